"""Lines of column numbers under headers: «А Б 1 2 3»; they are the surest mark of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from apps.monitoring.blanks.sheets import Sheet
from apps.monitoring.blanks.texts import is_label


@dataclass(frozen=True, slots=True)
class Numbering:
    """A run of column numbers in one row: `labels` by the first column each of them stands in."""

    row: int
    left: int
    right: int
    labels: tuple[tuple[int, str], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(label for _, label in self.labels)


def numberings(sheet: Sheet) -> list[Numbering]:
    """All runs of the sheet, from the top; two tables side by side make two runs in one row."""
    found = []
    for row in range(1, sheet.height + 1):
        columns = sheet.filled(row)
        if len(columns) >= 2 and all(is_label(sheet.shown(row, column)) for column in columns):
            found += [run for run in _runs(sheet, row, columns) if _is_numbering(run)]
    return found


def numbering_at(sheet: Sheet, row: int, left: int, right: int) -> Numbering | None:
    """The labels of a row that a person has pointed to, whatever they are."""
    columns = sheet.filled(row, left, right)
    labels = tuple((column, sheet.shown(row, column).text[:40]) for column in columns)
    return Numbering(row, left, right, labels) if labels else None


def _runs(sheet: Sheet, row: int, columns: list[int]) -> list[Numbering]:
    """Cuts a row where the numbers begin anew."""
    runs: list[list[tuple[int, str]]] = [[]]
    last: tuple[float, float] = (-1, 0)
    for column in columns:
        label = sheet.shown(row, column).text
        key = _key(label)
        if runs[-1] and key <= last:
            runs.append([])
        runs[-1].append((column, label))
        last = key
    return [Numbering(row, run[0][0], sheet.span(row, run[-1][0]).right, tuple(run)) for run in runs]


def _key(label: str) -> tuple[float, float]:
    if not label[0].isdigit():
        return ("АБВГ".find({"A": "А", "B": "Б"}.get(label, label)) / 10, 0)
    whole, _, part = label.partition(".")
    return (float(int(whole)), float(part or 0))


def _is_numbering(run: Numbering) -> bool:
    """From 1 or А on, each number once and in order: a line of data rarely is so."""
    numbers = [int(label.partition(".")[0]) for label in run.texts if re.match(r"\d", label)]
    starts = bool(numbers) and (numbers[0] == 1 or not run.texts[0][0].isdigit())
    steps = all(0 <= second - first <= 1 for first, second in pairwise(numbers))
    return starts and steps and len(run.labels) >= 2
