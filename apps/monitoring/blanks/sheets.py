"""A workbook as the recognition sees it: cells with what they show, their formulas, and merged spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

MAX_COVERED = 400_000


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` as shown, trimmed; `number` where the value is one; `formula` without its equals sign.

    `indent` counts steps of the alignment, or leading spaces by three; `framed` tells of a border.
    """

    text: str = ""
    number: Decimal | None = None
    formula: str = ""
    indent: int = 0
    bold: bool = False
    framed: bool = False
    number_format: str = ""

    @property
    def is_filled(self) -> bool:
        return bool(self.text or self.formula)


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range, ends included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def width(self) -> int:
        return self.right - self.left + 1


@dataclass
class Sheet:
    """A sheet; `cells` holds what is filled or framed, by (row, column) from 1."""

    title: str
    cells: dict[tuple[int, int], Cell]
    spans: tuple[Span, ...] = ()
    is_hidden: bool = False
    height: int = field(init=False)
    width: int = field(init=False)
    _covered: dict[tuple[int, int], Span] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.height = max((row for row, _ in self.cells), default=0)
        self.width = max((column for _, column in self.cells), default=0)
        self._covered = dict(self._cover(self.spans))

    def _cover(self, spans: Iterable[Span]) -> Iterator[tuple[tuple[int, int], Span]]:
        """Every place of a span inside the sheet; a workbook of endless spans is covered only in part."""
        left = MAX_COVERED
        for span in spans:
            bottom, right = min(span.bottom, self.height), min(span.right, self.width)
            left -= max(bottom - span.top + 1, 0) * max(right - span.left + 1, 0)
            if left < 0:
                return
            clipped = Span(span.top, span.left, bottom, right)
            for row in range(span.top, bottom + 1):
                for column in range(span.left, right + 1):
                    yield (row, column), clipped

    def span(self, row: int, column: int) -> Span:
        return self._covered.get((row, column)) or Span(row, column, row, column)

    def own(self, row: int, column: int) -> Cell:
        """The cell itself: inside a merged range only its first corner has content."""
        return self.cells.get((row, column), EMPTY)

    def shown(self, row: int, column: int) -> Cell:
        """What a person sees there: a merged range shows its first corner everywhere."""
        span = self._covered.get((row, column))
        return self.own(span.top, span.left) if span else self.own(row, column)

    def filled(self, row: int, left: int = 1, right: int | None = None) -> list[int]:
        """Columns of the row with content of their own, each merged range once, at its left end."""
        found = []
        for column in range(left, (right or self.width) + 1):
            span = self.span(row, column)
            starts = span.left == column or column == left
            if starts and self.own(span.top, span.left).is_filled:
                found.append(column)
        return found

    def is_blank(self, row: int, left: int, right: int) -> bool:
        return not self.filled(row, left, right)

    def is_framed(self, row: int, left: int, right: int) -> bool:
        """Whether most cells of the row have a border: an empty line of a table, not a gap after it."""
        framed = sum(self.own(row, column).framed for column in range(left, right + 1))
        return framed * 2 > right - left


@dataclass
class Book:
    """`has_formulas` is false for .xls: its formulas are read as their last values."""

    sheets: list[Sheet]
    has_formulas: bool = True

    def sheet_named(self, title: str) -> int | None:
        """The number of a sheet by its name, letter case aside."""
        wanted = title.strip().lower()
        return next((i for i, one in enumerate(self.sheets) if one.title.strip().lower() == wanted), None)
