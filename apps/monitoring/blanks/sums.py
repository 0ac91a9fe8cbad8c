"""Formulas of a blank as computed cells or control relations of the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from apps.monitoring.blanks.columns import CHECK
from apps.monitoring.blanks.formulas import (
    COMPARISONS,
    Area,
    Call,
    FormulaFault,
    Number,
    Operation,
    Text,
    Tree,
    parse_formula,
)
from apps.monitoring.blanks.notation import Grid, Target, Writer, listed
from apps.monitoring.blanks.problems import Problems
from apps.monitoring.blanks.recognition import FoundColumn, FoundTable
from apps.monitoring.blanks.rows import FoundRow
from apps.monitoring.blanks.sheets import Book, Sheet

NUMERIC = ("integer", "decimal1", "decimal2")
MAX_RELATIONS = 500


@dataclass
class Levels:
    """Computed expressions of one table: by column, by row, by cell; the nearer one wins."""

    columns: dict[str, str] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.columns or self.rows or self.cells)


@dataclass
class Sums:
    """`computed` by key of the table; `checks` are the comparisons the workbook holds, by section."""

    computed: dict[str, Levels] = field(default_factory=dict)
    equalities: list[tuple[str, str]] = field(default_factory=list)
    checks: list[tuple[str, str]] = field(default_factory=list)
    cells: dict[tuple[int, int, int], str] = field(default_factory=dict)


def find_sums(book: Book, tables: list[FoundTable], sections: dict[str, str], problems: Problems) -> Sums:
    """Everything the formulas say that a form can say; the rest goes to `problems` with sheet and cell."""
    grid = _grid(book, tables, sections)
    sums = Sums()
    for table in tables:
        sheet, section = book.sheets[table.sheet], sections[table.key]
        if table.is_open:
            levels = _open_levels(sheet, table, section)
            told: dict[tuple[str, str], str] = {}
        else:
            told = _told(sheet, table, section, grid, problems)
            levels = compressed(told, table)
            sums.equalities += [(section, one) for one in _equalities(told, table)]
        sums.cells.update(_shown(told, table))
        if not levels.is_empty:
            sums.computed[table.key] = levels
    _find_checks(book, tables, sections, grid, problems, sums)
    return sums


def _grid(book: Book, tables: list[FoundTable], sections: dict[str, str]) -> Grid:
    targets: dict[tuple[int, int, int], Target] = {}
    for table in tables:
        section = sections[table.key]
        for row in table.coded:
            for column in table.columns:
                is_x = (row.row, column.slot.left) in table.x
                if column.type in NUMERIC:
                    target = Target(section, row.code, column.code, is_x)
                    targets[table.sheet, row.row, column.slot.left] = target
    return Grid(
        targets,
        rows={sections[one.key]: [row.code for row in one.coded] for one in tables},
        columns={sections[one.key]: [column.code for column in one.columns] for one in tables},
        sheets={sheet.title.strip().lower(): index for index, sheet in enumerate(book.sheets)},
    )


def _told(
    sheet: Sheet, table: FoundTable, section: str, grid: Grid, problems: Problems
) -> dict[tuple[str, str], str]:
    """The expression of every data cell that holds a formula, by codes of its row and column."""
    found: dict[tuple[str, str], str] = {}
    for row, column in _formula_cells(sheet, table):
        cell = sheet.own(row.row, column.slot.left)
        try:
            if column.type not in NUMERIC:
                raise FormulaFault("графа не числовая")
            tree = _of_percents(parse_formula(cell.formula), cell.number_format)
            writer = Writer(grid, table.sheet, section, row.code, column.code)
            found[row.code, column.code] = writer.expression(tree)
        except FormulaFault as fault:
            message = f"формула «={cell.formula[:200]}» не перенесена: {fault.told}."
            problems.add(sheet.title, message, row.row, column.slot.left)
    return found


def _formula_cells(sheet: Sheet, table: FoundTable) -> Iterator[tuple[FoundRow, FoundColumn]]:
    for row in table.coded:
        for column in table.columns:
            place = (row.row, column.slot.left)
            if sheet.own(*place).formula and place not in table.x:
                yield row, column


def _of_percents(tree: Tree, number_format: str) -> Tree:
    """A quotient shown as 25 % holds 0,25; the form asks for 25."""
    return Operation("*", tree, Number(100)) if "%" in number_format else tree  # type: ignore[arg-type]


def _shown(told: dict[tuple[str, str], str], table: FoundTable) -> dict[tuple[int, int, int], str]:
    rows = {one.code: one.row for one in table.coded}
    columns = {one.code: one.slot.left for one in table.columns}
    return {(table.sheet, rows[row], columns[column]): text for (row, column), text in told.items()}


def compressed(told: dict[tuple[str, str], str], table: FoundTable) -> Levels:
    """The same expressions said once: for a whole row, for a whole column, the rest cell by cell."""
    levels = Levels()
    for row in table.coded:
        texts = [told.get((row.code, one.code)) for one in _open_columns(row, table)]
        if len(texts) > 1 and texts[0] and set(texts) == {texts[0]}:
            levels.rows[row.code] = texts[0]
    for column in table.columns:
        rows = [one for one in table.coded if one.code not in levels.rows and _is_asked(one, column, table)]
        texts = [told.get((one.code, column.code)) for one in rows]
        if len(texts) > 1 and texts[0] and set(texts) == {texts[0]}:
            levels.columns[column.code] = texts[0]
    for (row_code, column_code), text in told.items():
        if row_code not in levels.rows and column_code not in levels.columns:
            levels.cells[row_code, column_code] = text
    return levels


def _is_asked(row: FoundRow, column: FoundColumn, table: FoundTable) -> bool:
    return (row.row, column.slot.left) not in table.x


def _open_columns(row: FoundRow, table: FoundTable) -> list[FoundColumn]:
    return [one for one in table.columns if _is_asked(row, one, table)]


def _equalities(told: dict[tuple[str, str], str], table: FoundTable) -> list[str]:
    """The same as relations: «по графам 3–5: стр.01 = сумме стр.02–04»."""
    rows = [one.code for one in table.coded]
    columns = [one.code for one in table.columns]
    by_row: dict[tuple[str, str], list[str]] = {}
    by_column: dict[tuple[str, str], list[str]] = {}
    for (row, column), text in told.items():
        by_row.setdefault((row, text), []).append(column)
        by_column.setdefault((column, text), []).append(row)
    found: dict[str, None] = {}
    for (row, column), text in told.items():
        over, down = by_row[row, text], by_column[column, text]
        if len(down) > 1 and len(down) >= len(over):
            scope = "" if len(down) == len(rows) else f"по строкам {listed(down, rows, 'строки')}: "
            found[f"{scope}гр.{listed([column], columns, 'графы')} = {_dative(text)}"] = None
        elif len(over) > 1:
            scope = f"по графам {listed(over, columns, 'графы')}: "
            found[f"{scope}стр.{listed([row], rows, 'строки')} = {_dative(text)}"] = None
        else:
            scope = (
                f"по строкам {listed([row], rows, 'строки')} и графам {listed([column], columns, 'графы')}: "
            )
            found[f"{scope}клетка = {_dative(text)}"] = None
    return list(found)


def _dative(text: str) -> str:
    return f"сумме {text.removeprefix('сумма ')}" if text.startswith("сумма ") else text


def _open_levels(sheet: Sheet, table: FoundTable, section: str) -> Levels:
    """In an open table a formula of a blank row over that row alone becomes that of the column."""
    levels = Levels()
    grid = Grid({}, {section: []}, {section: [one.code for one in table.columns]}, {})
    for row in range(table.frame.body_top, table.frame.body_bottom + 1):
        grid.targets = {
            (table.sheet, row, one.slot.left): Target(section, "n", one.code)
            for one in table.columns
            if one.type in NUMERIC
        }
        grid.rows = {section: ["n"]}
        for column in table.columns:
            formula = sheet.own(row, column.slot.left).formula
            if not formula or column.code in levels.columns or column.type not in NUMERIC:
                continue
            try:
                text = Writer(grid, table.sheet, section, "n").expression(parse_formula(formula))
            except FormulaFault:
                continue
            if "стр." not in text:
                levels.columns[column.code] = text
    return levels


# --- comparisons: «=IF(C5=C6+C7;"верно";"ошибка")» beside or under a table ---


def _find_checks(
    book: Book,
    tables: list[FoundTable],
    sections: dict[str, str],
    grid: Grid,
    problems: Problems,
    sums: Sums,
) -> None:
    grouped: dict[tuple[str, str], list[str]] = {}
    for index, sheet in enumerate(book.sheets):
        own = [one for one in tables if one.sheet == index]
        data = {place for place in grid.targets if place[0] == index}
        for (row, column), cell in sheet.cells.items():
            if not cell.formula or (index, row, column) in data or not own or _inside_open(own, row, column):
                continue
            if _is_data_place(own, row, column):
                continue
            table = _nearest(own, row, column)
            line = next((one.code for one in table.coded if one.row == row), "")
            try:
                tree = _comparison(parse_formula(cell.formula), _is_check_column(table, column))
                text = Writer(grid, index, sections[table.key], line).comparison(tree)
                grouped.setdefault((table.key, text), []).append(line)
            except FormulaFault as fault:
                message = f"формула «={cell.formula[:200]}» вне клеток с данными не перенесена: {fault.told}."
                problems.add(sheet.title, message, row, column)
    by_key = {one.key: one for one in tables}
    for (key, text), rows in list(grouped.items())[:MAX_RELATIONS]:
        codes = [one.code for one in by_key[key].coded]
        named = [one for one in dict.fromkeys(rows) if one]
        scope = f"по строкам {listed(named, codes, 'строки')}: " if named and text.startswith("гр.") else ""
        sums.checks.append((sections[key], scope + text))


def _inside_open(tables: list[FoundTable], row: int, column: int) -> bool:
    return any(
        one.is_open
        and one.frame.body_top <= row <= one.frame.body_bottom
        and one.frame.left <= column <= one.frame.right
        for one in tables
    )


def _is_data_place(tables: list[FoundTable], row: int, column: int) -> bool:
    """A data cell that is X or asks for words: its formula has been told of already."""
    return any(
        row in {found.row for found in one.coded} and column in {found.slot.left for found in one.columns}
        for one in tables
    )


def _nearest(tables: list[FoundTable], row: int, column: int) -> FoundTable:
    """The table the row belongs to, else the one over it."""

    def distance(one: FoundTable) -> tuple[int, int]:
        frame = one.frame
        down = (
            0
            if frame.top <= row <= frame.body_bottom
            else min(abs(row - frame.body_bottom), abs(row - frame.top))
        )
        aside = (
            0
            if frame.left <= column <= frame.right
            else min(abs(column - frame.left), abs(column - frame.right))
        )
        return down, aside

    return min(tables, key=distance)


def _is_check_column(table: FoundTable, column: int) -> bool:
    return column > table.frame.right or any(
        one.role == CHECK and one.left <= column <= one.right for one in table.slots
    )


def _comparison(tree: Tree, is_check: bool) -> Tree:
    """The comparison that a checking formula makes; a difference beside a table must be zero."""
    if isinstance(tree, Call) and tree.name == "IF" and len(tree.arguments) in (2, 3):
        condition, *answers = tree.arguments
        if all(isinstance(one, Text | Number) for one in answers):
            return _comparison(condition, False)
    if isinstance(tree, Operation) and tree.sign in COMPARISONS:
        return tree
    if is_check and isinstance(tree, Operation) and tree.sign == "-" and not isinstance(tree.left, Text):
        return (
            Operation("=", tree.left, tree.right)
            if isinstance(tree.left, Area)
            else Operation("=", tree, Number(0))
        )  # type: ignore[arg-type]
    raise FormulaFault("это не сравнение и не сумма в клетке формы")
