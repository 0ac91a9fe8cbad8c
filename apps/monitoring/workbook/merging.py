"""Merged cells of an uploaded sheet: only the top left one of a range holds anything."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from apps.core.spreadsheets import Range

MAX_RANGES = 5_000
"""Each answer is looked for in every range of its rows: nobody merges more."""


class MergedCells:
    """Remembers which answers of a sheet stood in cells that a merged range covers."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._ranges = ranges[:MAX_RANGES]
        self._row = -1
        self._here: list[Range] = []
        self.covered: dict[Range, list[str]] = {}

    def covers(self, row: int, column: int) -> bool:
        """Whether the cell lies in a merged range and is not its top left one; remembers it if so."""
        if row != self._row:
            self._row, self._here = row, [one for one in self._ranges if one[0] <= row <= one[2]]
        for one in self._here:
            if one[1] <= column <= one[3] and (row, column) != one[:2]:
                self.covered.setdefault(one, []).append(xl_rowcol_to_cell(row, column))
                return True
        return False

    def told(self, taken: set[str]) -> list[tuple[str, str]]:
        """(«E7:F8», what was made of it) of each range that covers answers. `taken`: cells with answers."""
        return [(xl_range(*one), _told(one, cells, taken)) for one, cells in self.covered.items()]


def _told(one: Range, cells: Sequence[str], taken: set[str]) -> str:
    corner, range_ = xl_rowcol_to_cell(one[0], one[1]), xl_range(*one)
    rest = ", ".join(cells[:12]) + (", …" if len(cells) > 12 else "")
    if corner in taken:
        return (
            f"Ячейки объединены ({range_}): значение взято только для {corner}. "
            f"Не взято и на портале не изменится: {rest}."
        )
    return f"Ячейки объединены ({range_}): не взято и на портале не изменится: {rest}."
