"""Addresses of a spreadsheet: «C5» is row 5, column 3."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def letters(column: int) -> str:
    """The letters of a column, counted from 1; "" for no column."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def column_number(text: str) -> int:
    """The number of a column by its letters; 0 for anything else."""
    number = 0
    for letter in text.strip().upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row}"


def parsed(text: str) -> tuple[int, int] | None:
    """Row and column of «C5» or «$C$5»; None for anything else."""
    match = _ADDRESS.fullmatch(text)
    return (int(match[2]), column_number(match[1])) if match else None
