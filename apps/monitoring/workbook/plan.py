"""Where everything of a form stands in its workbook: sheets, blocks, lines. Rows and columns count from 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from apps.monitoring.definition import CompiledForm
from apps.monitoring.definition import model as m
from apps.monitoring.relations.layout import Cell, section_address
from apps.monitoring.relations.nodes import TOTAL_ROW

MARK, TITLE, CODE, UNIT, FIRST = 0, 1, 2, 3, 4
"""Columns: the hidden marker, the title of a row, its code, its unit, the first value."""
FIRST_BLOCK = 4
SPARE_ROWS = 30
"""Empty rows an open table offers beyond those it has."""
NUMBERS = "#"
QUESTION = "?"


@dataclass(frozen=True)
class Line:
    """A row of values. `marker` names it on the sheet; `cells` are (column of the sheet, cell)."""

    row: int
    marker: str
    title: str
    code: str
    unit: str
    level: int
    kind: str
    cells: tuple[tuple[int, Cell], ...]


@dataclass(frozen=True)
class Block:
    """Something of a section from `row` on: a heading or note (`text`), or a table, or a question."""

    row: int
    text: str = ""
    style: str = ""
    table: m.Table | m.OpenTable | None = None
    marker: str = ""
    header_rows: int = 0
    lines: tuple[Line, ...] = ()

    @property
    def numbers_row(self) -> int:
        return self.row + self.header_rows


@dataclass
class SheetPlan:
    """One sheet: a top-level section with everything below it."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    free: int = FIRST_BLOCK

    def put(self, block: Block, height: int) -> None:
        self.blocks.append(block)
        self.free = block.row + height


@dataclass(frozen=True)
class Plan:
    sheets: Sequence[SheetPlan]

    def lines(self) -> Iterator[tuple[int, Line]]:
        """(number of the sheet, line) in reading order."""
        for number, sheet in enumerate(self.sheets):
            for block in sheet.blocks:
                yield from ((number, line) for line in block.lines)

    def places(self) -> dict[str, tuple[int, int, int]]:
        """Address → (sheet, row, column) of every cell."""
        return {
            cell.address: (number, line.row, column)
            for number, line in self.lines()
            for column, cell in line.cells
        }


def plan_of(compiled: CompiledForm, open_rows: Mapping[str, Sequence[str]] | None) -> Plan:
    """The whole workbook. `open_rows`: section address → codes of the rows an open table shows.

    None leaves added rows out: of an open table only «Итого» is laid out, as in a summary.
    """
    copies: dict[str, list[tuple[str, str]]] = {}
    for section in compiled.form.walk():
        copies[section.code] = list(compiled.copies(section.code))
    return Plan([_sheet(compiled, section, copies, open_rows) for section in compiled.form.sections])


def _sheet(
    compiled: CompiledForm,
    top: m.Section,
    copies: Mapping[str, Sequence[tuple[str, str]]],
    open_rows: Mapping[str, Sequence[str]] | None,
) -> SheetPlan:
    sheet = SheetPlan(f"{top.number} {top.title}".strip() or top.code)
    for section in top.walk():
        for copy, copy_title in copies[section.code]:
            name = " ".join(filter(None, [section.number, section.title]))
            text = f"{name} ({copy_title})" if copy_title else name
            sheet.put(Block(sheet.free, text, "section"), 1)
            if section.text:
                sheet.put(Block(sheet.free, section.text, "note"), 1)
            _items(compiled, sheet, section, copy, open_rows)
    return sheet


def _items(
    compiled: CompiledForm,
    sheet: SheetPlan,
    section: m.Section,
    copy: str,
    open_rows: Mapping[str, Sequence[str]] | None,
) -> None:
    address = section_address(section.code, copy)
    for index, item in enumerate(section.items):
        if isinstance(item, m.Note):
            sheet.put(Block(sheet.free, item.text, "note"), 1)
        elif isinstance(item, m.Question):
            _question(compiled, sheet, item, copy)
        else:
            _table(compiled, sheet, item, (address, f"{NUMBERS}{address}/{index}"), open_rows)
        sheet.free += 1


def _question(compiled: CompiledForm, sheet: SheetPlan, item: m.Question, copy: str) -> None:
    cell = compiled.cells.get(section_address(item.code, copy))
    if cell is None:
        return
    unit = cell.unit.name if cell.unit else ""
    marker = f"{QUESTION}{cell.address}"
    line = Line(sheet.free, marker, item.title, "", unit, 0, "question", ((FIRST, cell),))
    sheet.put(Block(sheet.free, lines=(line,)), 1)


def _table(
    compiled: CompiledForm,
    sheet: SheetPlan,
    table: m.Table | m.OpenTable,
    names: tuple[str, str],
    open_rows: Mapping[str, Sequence[str]] | None,
) -> None:
    address, marker = names
    for text, style in ((table.title, "table"), (table.help, "note")):
        if text:
            sheet.put(Block(sheet.free, text, style), 1)
    depth = depth_of(table)
    first = sheet.free + depth + 1
    columns = {code: FIRST + place for place, code in enumerate(ordered(table))}
    rows = list(_rows(table, address, open_rows))
    lines = tuple(_line(compiled, address, row, columns, first + number) for number, row in enumerate(rows))
    block = Block(sheet.free, table=table, marker=marker, header_rows=depth, lines=lines)
    sheet.put(block, depth + 1 + len(lines))


def _rows(
    table: m.Table | m.OpenTable, address: str, open_rows: Mapping[str, Sequence[str]] | None
) -> Iterator[m.Row]:
    if isinstance(table, m.Table):
        yield from table.rows
        return
    for number, code in enumerate((open_rows or {}).get(address, ()), 1):
        yield m.Row(code, str(number))
    if table.total:
        yield m.Row(TOTAL_ROW, "Итого", kind="grand_total")


def _line(compiled: CompiledForm, address: str, row: m.Row, columns: Mapping[str, int], place: int) -> Line:
    marker = f"{address}/{row.code}"
    found = ((column, compiled.cell(f"{marker}/{code}")) for code, column in columns.items())
    cells = tuple((column, cell) for column, cell in found if cell is not None) if row.code else ()
    code = row.code if row.code != TOTAL_ROW and row.kind != "heading" and not _is_added(row) else ""
    unit = row.spec.unit.name if row.spec.unit else ""
    return Line(place, marker if cells else "", row.title, code, unit, row.level, row.kind, cells)


def _is_added(row: m.Row) -> bool:
    return row.code.startswith("n") and row.code[1:] != "" and row.title.isdigit()


def ordered(table: m.Table | m.OpenTable) -> list[str]:
    """Codes of the columns as they stand under the header."""
    found = [code for node in table.header for code in node.leaves()]
    return found or [column.code for column in table.columns]


def depth_of(table: m.Table | m.OpenTable) -> int:
    """Levels of the header."""
    return max((_depth(node) for node in table.header), default=1)


def _depth(node: m.Header) -> int:
    return 1 + max(map(_depth, node.children), default=0)
