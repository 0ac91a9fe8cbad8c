"""Trees of formulas in the notation of control relations: «сумма гр.4, 5», «стр.02 − стр.03»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from apps.monitoring.blanks.formulas import (
    COMPARISONS,
    Area,
    Call,
    FormulaFault,
    Negative,
    Number,
    Operation,
    Text,
    Tree,
)
from apps.monitoring.blanks.places import address
from apps.monitoring.relations.codes import CodeFault, code_key, resolve
from apps.monitoring.relations.nodes import CodeRange, Selection

_AGGREGATES = {"SUM": "сумма", "AVERAGE": "среднее", "MIN": "минимум", "MAX": "максимум"}
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "/"}
_WEIGHT = {"+": 1, "-": 1, "*": 2, "/": 2}
MAX_TARGETS = 2_000


@dataclass(frozen=True, slots=True)
class Target:
    """A cell of the form that stands for a cell of the sheet."""

    section: str
    row: str
    column: str
    is_x: bool = False


@dataclass
class Grid:
    """All cells of the form by sheet, row and column of the book; codes of each section in order."""

    targets: dict[tuple[int, int, int], Target]
    rows: dict[str, list[str]]
    columns: dict[str, list[str]]
    sheets: Mapping[str, int]

    def inside(self, sheet: int, area: Area) -> Iterator[Target]:
        """Targets within an area; a vast one is looked through by what there is."""
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if size <= len(self.targets):
            places = (
                (sheet, row, column)
                for row in range(area.top, area.bottom + 1)
                for column in range(area.left, area.right + 1)
            )
            yield from (self.targets[one] for one in places if one in self.targets)
            return
        for (at, row, column), target in self.targets.items():
            if at == sheet and area.top <= row <= area.bottom and area.left <= column <= area.right:
                yield target


@dataclass(frozen=True)
class Writer:
    """Writes the formulas of one cell: places in its own row or column are told by one code.

    Without `row` or `column` that code is always told.
    """

    grid: Grid
    sheet: int
    section: str
    row: str = ""
    column: str = ""

    def expression(self, tree: Tree) -> str:
        """Raises `FormulaFault`, in Russian, for whatever a form has no words for."""
        return self._written(tree, 0)

    def comparison(self, tree: Tree) -> str:
        """«гр.3 = сумма гр.4, 5»."""
        if not isinstance(tree, Operation) or tree.sign not in COMPARISONS:
            raise FormulaFault("это не сравнение")
        return f"{self._written(tree.left, 0)} {tree.sign} {self._written(tree.right, 0)}"

    def _written(self, tree: Tree, weight: int) -> str:
        if isinstance(tree, Number):
            return f"{tree.value:f}".replace(".", ",")
        if isinstance(tree, Text):
            raise FormulaFault("формула со словами не переносится")
        if isinstance(tree, Area):
            return self._single(tree)
        if isinstance(tree, Negative):
            return f"(−{self._written(tree.of, 3)})" if weight else f"−{self._written(tree.of, 3)}"
        if isinstance(tree, Call):
            return self._called(tree, weight)
        return self._operation(tree, weight)

    def _operation(self, tree: Operation, weight: int) -> str:
        if tree.sign not in _SIGNS:
            raise FormulaFault("сравнение или склеивание слов внутри формулы не переносится")
        terms = _terms(tree)
        if terms is not None and len(terms) > 1:
            return self._aggregate("сумма", terms)
        own = _WEIGHT[tree.sign]
        right = own + (tree.sign in "-/")
        text = f"{self._written(tree.left, own)} {_SIGNS[tree.sign]} {self._written(tree.right, right)}"
        return f"({text})" if own < weight else text

    def _called(self, tree: Call, weight: int) -> str:
        if tree.name in _AGGREGATES:
            return self._many(tree, weight)
        if tree.name == "ABS" and len(tree.arguments) == 1:
            return f"модуль({self._written(tree.arguments[0], 0)})"
        if tree.name == "ROUND" and len(tree.arguments) == 2 and _is_places(tree.arguments[1]):
            inner = self._written(tree.arguments[0], 0)
            return f"округлить({inner}; {self._written(tree.arguments[1], 0)})"
        if tree.name == "IFERROR" and len(tree.arguments) == 2:
            return self._written(tree.arguments[0], weight)
        if tree.name == "IF":
            return self._written(_guarded(tree), weight)
        raise FormulaFault(f"функция {tree.name[:40]} не переносится")

    def _many(self, tree: Call, weight: int) -> str:
        areas = [one for one in tree.arguments if isinstance(one, Area)]
        others = [one for one in tree.arguments if not isinstance(one, Area)]
        if not others:
            return self._aggregate(_AGGREGATES[tree.name], areas)
        parts = [
            self._aggregate("сумма", [one]) if isinstance(one, Area) else self._written(one, 1)
            for one in tree.arguments
        ]
        if tree.name == "SUM":
            text = " + ".join(parts)
            return f"({text})" if weight > 1 else text
        return f"{_AGGREGATES[tree.name]}({'; '.join(parts)})"

    # --- places ---

    def _sheet_of(self, area: Area) -> int:
        if not area.sheet:
            return self.sheet
        found = self.grid.sheets.get(area.sheet.strip().lower())
        if found is None:
            raise FormulaFault(f"листа «{area.sheet[:60]}» в книге нет")
        return found

    def _single(self, area: Area) -> str:
        if not area.is_single:
            raise FormulaFault("диапазон вне суммы не переносится")
        targets = list(self.grid.inside(self._sheet_of(area), area))
        if not targets:
            raise FormulaFault(f"ячейка {_named(area)} не вошла в форму как клетка с данными")
        if targets[0].is_x:
            raise FormulaFault(f"ячейка {_named(area)} – это X")
        return self._place(targets[0].section, [targets[0].row], [targets[0].column])

    def _aggregate(self, word: str, areas: Sequence[Area]) -> str:
        targets: dict[Target, None] = {}
        for area in areas:
            found = list(self.grid.inside(self._sheet_of(area), area))
            if not found:
                raise FormulaFault(f"в {_named(area)} нет ни одной клетки формы")
            for one in found:
                if one in targets:
                    raise FormulaFault("одна и та же ячейка названа в сумме дважды")
                if not one.is_x:
                    targets[one] = None
        if not targets:
            raise FormulaFault("в сумме одни клетки X")
        if len(targets) > MAX_TARGETS:
            raise FormulaFault("сумма слишком велика")
        if len(targets) == 1:
            one = next(iter(targets))
            return self._place(one.section, [one.row], [one.column])
        return self._grouped(word, list(targets))

    def _grouped(self, word: str, targets: list[Target]) -> str:
        """One list of rows and columns where they fill a rectangle, else the sum of its rows."""
        rectangles = list(_rectangles(targets))
        parts = [self._place(section, rows, columns) for section, rows, columns in rectangles]
        if len(parts) == 1:
            return f"{word} {parts[0]}"
        if word != "сумма":
            raise FormulaFault("среднее, минимум и максимум по разным местам не переносятся")
        if len(parts) > 40:
            raise FormulaFault("сумма из слишком многих мест")
        summed = [
            part if len(rows) * len(columns) == 1 else f"сумма {part}"
            for part, (_, rows, columns) in zip(parts, rectangles, strict=True)
        ]
        return f"({' + '.join(summed)})"

    def _place(self, section: str, rows: list[str], columns: list[str]) -> str:
        of_rows = "стр." + listed(rows, self.grid.rows[section], "строки")
        of_columns = "гр." + listed(columns, self.grid.columns[section], "графы")
        if section != self.section:
            return f"раздел {quoted(section)} {of_rows} {of_columns}"
        if self.row and rows == [self.row] and not (self.column and columns == [self.column]):
            return of_columns
        if self.column and columns == [self.column] and rows != [self.row]:
            return of_rows
        return f"{of_rows} {of_columns}"


def _named(area: Area) -> str:
    first = address(area.top, area.left)
    name = first if area.is_single else f"{first}:{address(area.bottom, area.right)}"
    return f"{area.sheet}!{name}" if area.sheet else name


def _terms(tree: Tree) -> list[Area] | None:
    """The cells of a chain A1 + B1 + C1, or None for anything else."""
    found: list[Area] = []
    while isinstance(tree, Operation) and tree.sign == "+":
        if not (isinstance(tree.right, Area) and tree.right.is_single):
            return None
        found.append(tree.right)
        tree = tree.left
    if not (isinstance(tree, Area) and tree.is_single):
        return None
    ordered = [tree, *reversed(found)]
    return ordered if len(set(ordered)) == len(ordered) else None


def _is_places(tree: Tree) -> bool:
    return isinstance(tree, Number) and tree.value in range(7)


def _guarded(tree: Call) -> Tree:
    """The quotient of IF(B1=0;0;A1/B1): a form leaves a cell blank at a division by zero by itself."""
    if len(tree.arguments) in (2, 3):
        condition, *branches = tree.arguments
        divided = [one for one in branches if _has_division(one)]
        rest = [one for one in branches if not _has_division(one)]
        if len(divided) == 1 and _is_test_of_zero(condition) and all(map(_is_nothing, rest)):
            return divided[0]
    raise FormulaFault("условие ЕСЛИ не переносится")


def _has_division(tree: Tree) -> bool:
    if isinstance(tree, Operation):
        return tree.sign == "/" or _has_division(tree.left) or _has_division(tree.right)
    if isinstance(tree, Call):
        return any(map(_has_division, tree.arguments))
    return isinstance(tree, Negative) and _has_division(tree.of)


def _is_test_of_zero(tree: Tree) -> bool:
    return isinstance(tree, Operation) and tree.sign in COMPARISONS and _is_nothing(tree.right)


def _is_nothing(tree: Tree) -> bool:
    return (isinstance(tree, Number) and tree.value == 0) or (
        isinstance(tree, Text) and tree.value.strip() in ("", "-", "–", "—")
    )


def _rectangles(targets: list[Target]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Rows that name the same columns go together."""
    rows: dict[tuple[str, str], list[str]] = {}
    for one in targets:
        rows.setdefault((one.section, one.row), []).append(one.column)
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (section, row), columns in rows.items():
        groups.setdefault((section, tuple(columns)), []).append(row)
    for (section, named), of_rows in groups.items():
        yield section, of_rows, list(named)


def quoted(code: str) -> str:
    """A code as the notation reads it back: one that begins with a letter stands in quotes."""
    return code if re.fullmatch(r"[0-9][0-9A-Za-zА-Яа-яЁё_.]*", code) else f"«{code}»"


def listed(wanted: Iterable[str], known: list[str], what: str) -> str:
    """«02–05, 07»: runs of three and more as ranges where the range means exactly them."""
    ordered = sorted(set(wanted), key=code_key)
    places = {code: index for index, code in enumerate(sorted(known, key=code_key))}
    runs: list[list[str]] = []
    for code in ordered:
        if runs and places.get(code, -1) == places.get(runs[-1][-1], -9) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return ", ".join(part for run in runs for part in _run(run, known, what))


def _run(run: list[str], known: list[str], what: str) -> list[str]:
    if len(run) > 2:
        try:
            meant = resolve(Selection((CodeRange(run[0], run[-1]),)), known, what)
        except CodeFault:
            meant = []
        if meant == run:
            return [f"{quoted(run[0])}–{quoted(run[-1])}"]
    return [quoted(code) for code in run]
