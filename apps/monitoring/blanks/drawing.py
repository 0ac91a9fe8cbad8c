"""The sheets as pictures of what was recognised: each cell with its role, each row with a word for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apps.monitoring.blanks.places import letters
from apps.monitoring.blanks.recognition import FoundTable
from apps.monitoring.blanks.sheets import Sheet

MAX_DRAWN_ROWS = 400
MAX_DRAWN_COLUMNS = 60
WORDS = {
    "title": "название или единица",
    "header": "шапка",
    "numbers": "номера граф",
    "code": "код строки",
    "name": "название строки",
    "data": "данные",
    "x": "клетка X",
    "total": "считает портал",
    "ignored": "не берётся",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell of the picture; `told` is its role in a word where the colour alone would say it."""

    text: str
    role: str
    columns: int
    rows: int
    told: str = ""


@dataclass(frozen=True, slots=True)
class DrawnRow:
    number: int
    word: str
    cells: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    columns: tuple[str, ...]
    rows: tuple[DrawnRow, ...]
    left_out: int


def drawn(sheet: Sheet, tables: list[FoundTable], sums: dict[tuple[int, int, int], str]) -> Picture:
    """The sheet with the roles of its cells; of a vast one only the beginning."""
    width = min(sheet.width, MAX_DRAWN_COLUMNS)
    height = min(sheet.height, MAX_DRAWN_ROWS)
    roles = _roles(tables, sums)
    rows = tuple(_row(sheet, row, width, height, tables, roles, sums) for row in range(1, height + 1))
    return Picture(tuple(letters(one) for one in range(1, width + 1)), rows, sheet.height - height)


def _roles(tables: list[FoundTable], sums: dict[tuple[int, int, int], str]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for table in tables:
        if table.include:
            found.update(_of_titles(table))
            found.update(_of_header(table))
            found.update(_of_body(table, sums))
    return found


def _of_titles(table: FoundTable) -> Iterator[tuple[tuple[int, int], str]]:
    for row in table.told_by:
        for column in range(1, MAX_DRAWN_COLUMNS + 1):
            yield (row, column), "title"


def _of_header(table: FoundTable) -> Iterator[tuple[tuple[int, int], str]]:
    frame = table.frame
    for column in range(frame.left, frame.right + 1):
        if frame.header_top:
            for row in range(frame.header_top, frame.header_bottom + 1):
                yield (row, column), "header"
        if frame.numbers:
            yield (frame.numbers, column), "numbers"


def _of_body(
    table: FoundTable, sums: dict[tuple[int, int, int], str]
) -> Iterator[tuple[tuple[int, int], str]]:
    frame = table.frame
    rows = [one.row for one in table.rows] or list(range(frame.body_top, frame.body_bottom + 1))
    coded = {one.row for one in table.coded}
    for row in rows:
        for slot, role in ((table.name_slot, "name"), (table.code_slot, "code")):
            for column in range(slot.left, slot.right + 1) if slot else ():
                yield (row, column), role
        for one in table.columns if row in coded or table.is_open else ():
            place = (row, one.slot.left)
            role = "x" if place in table.x else "total" if (table.sheet, *place) in sums else "data"
            for column in range(one.slot.left, one.slot.right + 1):
                yield (row, column), role


def _row(
    sheet: Sheet,
    row: int,
    width: int,
    height: int,
    tables: list[FoundTable],
    roles: dict[tuple[int, int], str],
    sums: dict[tuple[int, int, int], str],
) -> DrawnRow:
    cells = []
    sheet_number = tables[0].sheet if tables else -1
    for column in range(1, width + 1):
        span = sheet.span(row, column)
        if (span.top, span.left) != (row, column):
            continue
        role = roles.get((row, column), "ignored")
        told = sums.get((sheet_number, row, column), "")
        columns, rows = min(span.right, width) - column + 1, min(span.bottom, height) - row + 1
        cells.append(Drawn(sheet.own(row, column).text[:200], role, columns, rows, told))
    return DrawnRow(
        row, _word({roles.get((row, column), "") for column in range(1, width + 1)}), tuple(cells)
    )


def _word(roles: set[str]) -> str:
    if "header" in roles:
        return "шапка"
    if "title" in roles:
        return "название"
    if "numbers" in roles:
        return "номера граф"
    if roles & {"data", "x", "total"}:
        return "строка формы"
    return "заголовок" if "name" in roles else "не берётся"
