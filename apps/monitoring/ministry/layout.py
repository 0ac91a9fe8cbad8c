"""Whether a workbook still has the layout of the blank: the words around each mapped cell are its marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apps.core.spreadsheets import Cell, ReadSheet
from apps.monitoring.ministry.numbering import code_of, value_at
from apps.monitoring.ministry.places import Place
from apps.monitoring.ministry.proposal import plain
from apps.monitoring.ministry.workbook import KeptWorkbook

# Words that a person fills in are longer or shorter than this; codes and titles of rows are compared whole.
SHOWN = 60


class Layout:
    """The blank as it came, to compare workbooks of the same layout with it.

    `sheets` are those of the blank, `book` tells its formulas, `places` are the mapped cells.
    """

    def __init__(self, book: KeptWorkbook, sheets: Iterable[ReadSheet], places: Iterable[Place]) -> None:
        self._book = book
        self._sheets = {sheet.title: sheet for sheet in sheets}
        self._mapped = frozenset(places)
        self._tops: dict[tuple[str, int], int] = {}
        for place in self._mapped:
            key = (place.sheet, place.column)
            self._tops[key] = min(place.row, self._tops.get(key, place.row))
        self._lines: dict[tuple[str, int], str] = {}
        self._columns: dict[tuple[str, int], str] = {}

    def moved(self, place: Place, sheets: Mapping[str, ReadSheet]) -> str:
        """Why the value at the place can't be trusted, in Russian; empty where the layout is the blank's."""
        sheet = sheets.get(place.sheet)
        if sheet is None:
            return f"в файле нет листа «{place.sheet}»"
        line = (place.sheet, place.row)
        if line not in self._lines:
            self._lines[line] = self._moved_row(place, sheet)
        column = (place.sheet, place.column)
        if column not in self._columns:
            self._columns[column] = self._moved_column(place, sheet)
        return self._lines[line] or self._columns[column]

    def _moved_row(self, place: Place, sheet: ReadSheet) -> str:
        own = self._sheets[place.sheet]
        width = len(own.rows[place.row - 1]) if place.row <= len(own.rows) else 0
        for column in range(1, width + 1):
            mark = Place(place.sheet, place.row, column)
            if told := self._differs(mark, own, sheet):
                return f"строка не та, что в бланке: {told}"
        return ""

    def _moved_column(self, place: Place, sheet: ReadSheet) -> str:
        """By the nearest words over the topmost mapped cell of the column: mostly the column's number."""
        own = self._sheets[place.sheet]
        for row in range(self._tops[place.sheet, place.column] - 1, 0, -1):
            mark = Place(place.sheet, row, place.column)
            if self._is_mark(mark, own):
                told = self._differs(mark, own, sheet)
                return f"графа не та, что в бланке: {told}" if told else ""
        return ""

    def _is_mark(self, place: Place, own: ReadSheet) -> bool:
        value = value_at(own, place.row - 1, place.column - 1)
        return value is not None and place not in self._mapped and not self._book.has_formula(place)

    def _differs(self, mark: Place, own: ReadSheet, sheet: ReadSheet) -> str:
        if not self._is_mark(mark, own):
            return ""
        expected = value_at(own, mark.row - 1, mark.column - 1)
        present = value_at(sheet, mark.row - 1, mark.column - 1)
        if _same(expected, present):
            return ""
        return f"в {mark.cell} должно стоять «{_cut(expected)}», а стоит «{_cut(present)}»"


def _same(one: Cell, other: Cell) -> bool:
    return code_of(one) == code_of(other) or plain(str(one)) == plain(str(other)) != ""


def _cut(value: Cell) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
