"""The line under the header of a coded table that numbers its columns: «А, Б, 3, 4, 5»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apps.core.spreadsheets import Cell, ReadSheet

_LETTERS = frozenset("АБВГДЕ")
_WHOLE = re.compile(r"0*([0-9]{1,4})", re.ASCII)


def code_of(value: Cell) -> str:
    """A code in one spelling: «01», 1 and «1» are the same, «1.10» keeps its zero; "" for no code."""
    if value is None:
        return ""
    text = (value if isinstance(value, str) else str(value)).strip().rstrip(".").replace(",", ".")
    match = _WHOLE.fullmatch(text)
    return match[1] if match else text.casefold()


@dataclass(frozen=True)
class Block:
    """A table as it stands on a sheet, rows counted from 0.

    `columns`: code of a column → its place; the rows of the table lie between `first` and `last`.
    """

    sheet: ReadSheet
    header: int
    columns: dict[str, int]
    first: int
    last: int

    def value(self, row: int, column: int) -> Cell:
        return value_at(self.sheet, row, column)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.sheet.rows[self.first : self.last]), default=0)


def value_at(sheet: ReadSheet, row: int, column: int) -> Cell:
    """What stands in a cell, None beyond the end."""
    line = sheet.rows[row] if 0 <= row < len(sheet.rows) else []
    return line[column] if 0 <= column < len(line) else None


def blocks_of(sheet: ReadSheet) -> Iterator[Block]:
    """The tables of a sheet from the top: each from its numbered line to the next one."""
    headers = [(row, columns) for row, line in enumerate(sheet.rows) if (columns := numbered(line))]
    ends = [row for row, _ in headers[1:]] + [len(sheet.rows)]
    for (row, columns), end in zip(headers, ends, strict=False):
        yield Block(sheet, row, columns, row + 1, end)


def numbered(line: list[Cell]) -> dict[str, int]:
    """Code → place of the columns of a numbered line; empty for any other line.

    Numbers go up by one from the left, letters may stand before them, nothing else may be there.
    """
    found: dict[str, int] = {}
    last = 0
    for place, value in enumerate(line):
        code = code_of(value)
        if not code:
            continue
        if code.isdigit():
            if last and int(code) != last + 1:
                return {}
            last = int(code)
        elif last or code.upper() not in _LETTERS:
            return {}
        found[code] = place
    return found if len(found) > 1 and last else {}
