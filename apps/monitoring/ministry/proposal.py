"""Where the cells of a form probably stand in somebody's workbook: row codes × numbers of columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from apps.core.spreadsheets import ReadSheet
from apps.monitoring.definition import CompiledForm, Question
from apps.monitoring.grids import Grid, GridRow, parts_of
from apps.monitoring.ministry.numbering import Block, blocks_of, code_of, value_at
from apps.monitoring.ministry.places import Place

_NO_WORD = re.compile(r"[\W_]+")
# A title that is the same tells more than a code that every table has.
TITLE_WEIGHT = 3
# Codes of rows stand in one of the first columns of a sheet.
FURTHEST_CODES = 50
# A workbook of nothing but numbered lines must not be laid under every table of the form.
MOST_BLOCKS = 500


@dataclass(frozen=True)
class Fit:
    """A table of the form laid over a block: row code → its row there."""

    block: Block
    rows: dict[str, int]
    columns: dict[str, int]
    titles: int

    @property
    def score(self) -> int:
        return len(self.rows) * len(self.columns) + TITLE_WEIGHT * self.titles


def itself(place: Place) -> Place:
    return place


def proposed(
    compiled: CompiledForm, sheets: Iterable[ReadSheet], corner: Callable[[Place], Place] = itself
) -> dict[str, Place]:
    """Address of a cell → its probable place. No place is given twice; what is not found is absent.

    `corner` leads from a place within a merged range to the cell that shows it.
    """
    sheets = list(sheets)
    blocks = list(islice((block for sheet in sheets for block in blocks_of(sheet)), MOST_BLOCKS))
    found: dict[str, Place] = {}
    taken: set[Place] = set()
    for address, guess in _pairs(compiled, sheets, blocks):
        cell, place = compiled.cells.get(address), corner(guess)
        if cell is not None and not cell.is_x and address not in found and place not in taken:
            found[address] = place
            taken.add(place)
    return found


def _pairs(
    compiled: CompiledForm, sheets: list[ReadSheet], blocks: list[Block]
) -> Iterator[tuple[str, Place]]:
    used: set[int] = set()
    answers = _answer_places(sheets)
    for part in parts_of(compiled):
        for item in part.items:
            if not isinstance(item, Question):
                yield from _of_grid(item, blocks, used)
            elif (words := plain(item.title)) and words in answers:
                yield item.code, answers[words]


def _of_grid(grid: Grid, blocks: list[Block], used: set[int]) -> Iterator[tuple[str, Place]]:
    """From the best blocks on: a long table goes on under a repeated header or on the next sheet."""
    fits = [fit for block in blocks if id(block) not in used and (fit := fitted(grid, block))]
    known: set[str] = set()
    for fit in sorted(fits, key=lambda one: one.score, reverse=True):
        fresh = {code: row for code, row in fit.rows.items() if code not in known}
        if not fresh or (known and len(fresh) < len(fit.rows)):
            continue
        used.add(id(fit.block))
        known.update(fresh)
        for row in grid.rows:
            if row.addresses and row.code in fresh:
                yield from _of_row(grid, row, fresh[row.code], fit)


def _of_row(grid: Grid, row: GridRow, line: int, fit: Fit) -> Iterator[tuple[str, Place]]:
    for address, column in zip(row.addresses, grid.column_codes, strict=True):
        if column in fit.columns:
            yield address, Place(fit.block.sheet.title, line + 1, fit.columns[column] + 1)


def fitted(grid: Grid, block: Block) -> Fit | None:
    """The table over the block, None where its columns or rows are not there."""
    columns = {
        code: block.columns[key] for code in grid.column_codes if (key := code_of(code)) in block.columns
    }
    if len(columns) * 2 <= len(grid.column_codes):
        return None
    wanted = {code_of(row.code): row for row in grid.rows if row.code}
    best: Fit | None = None
    for place in range(min(*columns.values(), FURTHEST_CODES)):
        rows = _rows_in(block, place, wanted)
        fit = Fit(block, rows, columns, _titles(block, rows, wanted)) if rows else None
        if fit and (best is None or fit.score > best.score):
            best = fit
    return best


def _rows_in(block: Block, place: int, wanted: dict[str, GridRow]) -> dict[str, int]:
    """Code of a row of the form → row of the sheet, by the codes in one column."""
    rows: dict[str, int] = {}
    for line in range(block.first, block.last):
        row = wanted.get(code_of(block.value(line, place)))
        if row is not None:
            rows.setdefault(row.code, line)
    return rows


def _titles(block: Block, rows: dict[str, int], wanted: dict[str, GridRow]) -> int:
    """How many of the rows have the same words in the form and on the sheet."""
    titles = {row.code: plain(row.title) for row in wanted.values()}
    return sum(
        any(plain(str(value)) == titles[code] for value in block.sheet.rows[line] if isinstance(value, str))
        for code, line in rows.items()
    )


def _answer_places(sheets: list[ReadSheet]) -> dict[str, Place]:
    """Words of a cell → the blank cell to the right of it, where a question is answered; the first one."""
    found: dict[str, Place] = {}
    for sheet in sheets:
        for row, line in enumerate(sheet.rows):
            for column, value in enumerate(line):
                if isinstance(value, str) and value_at(sheet, row, column + 1) is None:
                    found.setdefault(plain(value), Place(sheet.title, row + 1, column + 2))
    return found


def plain(text: str) -> str:
    """Words alone, to compare what two people typed."""
    return _NO_WORD.sub(" ", text.casefold().replace("ё", "е")).strip()
