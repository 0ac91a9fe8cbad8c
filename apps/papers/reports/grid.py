"""The grid under a table: how many columns, which cell stands where, which way it is aligned."""

from collections.abc import Iterator
from dataclasses import dataclass

from apps.papers.reports.blocks import Align, Cell, Column, DataTable, Head, Row


@dataclass(frozen=True)
class HeadSlot:
    """A place in a row of the header: the cell that begins here, or the continuation of one from above."""

    column: int
    head: Head
    continues: bool = False


def column_count(table: DataTable) -> int:
    """Columns of the grid: the widest of what the table declares, its header and its rows."""
    first = sum(head.colspan for head in table.header[0]) if table.header else 0
    body = max((sum(cell.colspan for cell in row.cells) for row in table.rows), default=0)
    return max(len(table.columns), first, body, 1)


def columns(table: DataTable) -> tuple[Column, ...]:
    """The declared columns; without them the first is three shares wide, for it holds the words."""
    count = column_count(table)
    declared = table.columns or (Column(3 if count > 1 else 1),)
    return declared + (Column(),) * (count - len(declared))


def widths(table: DataTable) -> list[float]:
    """Per cent of the table's width, one for each column."""
    shares = [max(column.width, 1) for column in columns(table)]
    return [round(share * 100 / sum(shares), 2) for share in shares]


def header_slots(table: DataTable) -> list[list[HeadSlot]]:
    """Rows of the header with every place taken, so that spans over rows can be written down as merges."""
    rows: list[list[HeadSlot]] = []
    spans: dict[int, tuple[int, Head]] = {}
    for heads in table.header:
        rows.append(_slots_of_row(iter(heads), spans, column_count(table)))
    return rows


def _slots_of_row(heads: Iterator[Head], spans: dict[int, tuple[int, Head]], count: int) -> list[HeadSlot]:
    slots: list[HeadSlot] = []
    column = 0
    while column < count:
        left, above = spans.pop(column, (0, None))
        head = above or next(heads, Head(""))
        slots.append(HeadSlot(column, head, continues=above is not None))
        left = left or head.rowspan
        if left > 1:
            spans[column] = (left - 1, head)
        column += head.colspan
    return slots


def alignment(cell: Cell, column: Column) -> Align:
    """The cell's own, then the column's, then: numbers right, words left."""
    return cell.align or column.align or (Align.RIGHT if cell.is_number else Align.LEFT)


def aligned_cells(row: Row, table_columns: tuple[Column, ...]) -> list[tuple[Cell, Align]]:
    """The row's cells with their alignment."""
    found, index = [], 0
    for cell in row.cells:
        found.append((cell, alignment(cell, table_columns[min(index, len(table_columns) - 1)])))
        index += cell.colspan
    return found
