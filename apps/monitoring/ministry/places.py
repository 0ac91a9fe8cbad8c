"""Places in a workbook as people write them: «E12», «Раздел 1!E12», «'Раздел 1'!$E$12»."""

from __future__ import annotations

import re
from dataclasses import dataclass

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
# Russian letters that look like the Latin ones of a column.
_LOOKALIKES = str.maketrans("АВЕЗКМНОРСТУХ", "ABE3KMHOPCTYX")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell of a sheet; row and column count from 1."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        return f"{letters_of(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


def letters_of(column: int) -> str:
    """1 → «A», 28 → «AB»."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def number_of(letters: str) -> int:
    """«A» → 1, «AB» → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def parse_place(text: str, sheet: str = "") -> Place | None:
    """The place written in `text`, on `sheet` where it names none; None for anything that is no place."""
    named, mark, cell = text.strip().rpartition("!")
    title = named.strip().strip("'").replace("''", "'").strip() if mark else sheet
    match = _CELL.fullmatch(cell.strip().upper().translate(_LOOKALIKES))
    if match is None or not title:
        return None
    column, row = number_of(match[1]), int(match[2])
    return Place(title, row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None
