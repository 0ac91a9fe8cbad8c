"""What could not be taken over from a blank, each with its sheet and cell, in Russian."""

from __future__ import annotations

from dataclasses import dataclass, field

from apps.monitoring.blanks.places import address

MAX_PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """`cell` is «C5», or "" where a whole table or sheet is meant."""

    sheet: str
    cell: str
    message: str

    @property
    def place(self) -> str:
        """«лист «Раздел 1», ячейка C5»."""
        parts = [f"лист «{self.sheet}»" if self.sheet else "", f"ячейка {self.cell}" if self.cell else ""]
        return ", ".join(filter(None, parts))

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass
class Problems:
    """Collects; the same finding is kept once, and no workbook makes more than five hundred."""

    found: dict[Problem, None] = field(default_factory=dict)
    more: int = 0

    def add(self, sheet: str, message: str, row: int = 0, column: int = 0) -> None:
        one = Problem(sheet, address(row, column) if row and column else "", message)
        if len(self.found) < MAX_PROBLEMS:
            self.found[one] = None
        elif one not in self.found:
            self.more += 1

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)
