"""What is wrong with a workbook or was left out of it: all of it at once, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

MAX_PROBLEMS = 1_000


class Level(StrEnum):
    """`ERROR` stops the import; `WARNING` arrives disabled or changed; `NOTE` was left out by its nature."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` counts as the spreadsheet does, 0 where the whole sheet is meant; `message` is Russian."""

    level: Level
    sheet: str
    row: int
    column: str
    message: str

    @property
    def place(self) -> str:
        """«лист survey, строка 12, столбец relevant»."""
        parts = [f"лист {self.sheet}" if self.sheet else "", f"строка {self.row}" if self.row else ""]
        return ", ".join(filter(None, [*parts, f"столбец {self.column}" if self.column else ""]))

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass
class Problems:
    """Collects; the same finding is kept once, and no hostile workbook makes more than a thousand."""

    found: dict[Problem, None] = field(default_factory=dict)

    def add(self, level: Level, sheet: str, row: int, column: str, message: str) -> None:
        if len(self.found) < MAX_PROBLEMS:
            self.found[Problem(level, sheet, row, column, message)] = None

    def error(self, sheet: str, row: int, column: str, message: str) -> None:
        self.add(Level.ERROR, sheet, row, column, message)

    def warning(self, sheet: str, row: int, column: str, message: str) -> None:
        self.add(Level.WARNING, sheet, row, column, message)

    def note(self, sheet: str, row: int, column: str, message: str) -> None:
        self.add(Level.NOTE, sheet, row, column, message)

    def of(self, level: Level) -> list[Problem]:
        """Those of one level, by sheet and row as far as they have them."""
        order = {"": 0, "settings": 1, "survey": 2, "choices": 3}
        chosen = [one for one in self.found if one.level is level]
        return sorted(chosen, key=lambda one: (order.get(one.sheet, 4), one.row))

    @property
    def has_errors(self) -> bool:
        return any(one.level is Level.ERROR for one in self.found)
