"""A cell in words for a person who does not see the form: «Учебники (стр. 03) · приобретено (гр. 4)»."""

from collections.abc import Iterator
from dataclasses import dataclass

from apps.monitoring.definition import Cell, CompiledForm
from apps.monitoring.definition import model as m
from apps.monitoring.relations.layout import OPEN_ROW_CODE, section_address
from apps.monitoring.relations.nodes import TOTAL_ROW

# Longer titles of rows and columns are cut to this many characters; the whole stands in `full`.
SHOWN = 60


@dataclass(frozen=True)
class CellName:
    """`short` is shown, `full` is the same uncut, `place` the address for the paper form."""

    short: str
    full: str
    place: str

    def __str__(self) -> str:
        return f"{self.full} — {self.place}" if self.place else self.full


def cell_name(compiled: CompiledForm, address: str) -> CellName:
    """The words for a cell; an address that is not in the form is its own name."""
    cell = compiled.cell(address)
    if cell is None:
        return CellName(address, address, "")
    copy = next((one for one in compiled.laid.copies if one.address == _section_of(cell)), None)
    if not cell.row:
        return _question_name(compiled, cell)
    table = _table_of(copy.section.items if copy else (), cell)
    if copy is None or table is None:
        return CellName(cell.title, cell.title, "")
    row, column = _row_title(table, cell), _column_title(table, cell.column)
    return CellName(_joined(cell, _cut(row), _cut(column)), _joined(cell, row, column), copy.shown)


def _section_of(cell: Cell) -> str:
    return section_address(cell.section, cell.copy)


def _question_name(compiled: CompiledForm, cell: Cell) -> CellName:
    copy, item = compiled.laid.items[cell.address]
    title = item.title if isinstance(item, m.Question) else cell.title
    return CellName(_cut(title), title, copy.shown if copy.section.number else "")


def _table_of(items: tuple[m.Item, ...], cell: Cell) -> m.Table | m.OpenTable | None:
    for item in items:
        if isinstance(item, m.OpenTable) and (cell.row == TOTAL_ROW or OPEN_ROW_CODE.fullmatch(cell.row)):
            return item
        if isinstance(item, m.Table) and any(row.code == cell.row for row in item.rows):
            return item
    return None


def _row_title(table: m.Table | m.OpenTable, cell: Cell) -> str:
    if cell.row == TOTAL_ROW:
        return "Итого"
    if isinstance(table, m.OpenTable):
        return f"Строка {cell.row[1:]}"
    return next(row.title for row in table.rows if row.code == cell.row)


def _column_title(table: m.Table | m.OpenTable, code: str) -> str:
    """The title of a column after the titles of the groups above it: «в том числе: учебники»."""
    own = next(column.title for column in table.columns if column.code == code)
    groups = next((path for node in table.header for path in _paths(node, code)), ())
    return ": ".join([*(title for title in groups if title), own])


def _paths(node: m.Header, code: str, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if node.column == code:
        yield above
    for child in node.children:
        yield from _paths(child, code, (*above, node.title))


def _joined(cell: Cell, row: str, column: str) -> str:
    is_coded = not (cell.row == TOTAL_ROW or OPEN_ROW_CODE.fullmatch(cell.row))
    lead = f"{row} (стр. {cell.row})" if is_coded else row
    return f"{lead} · {column} (гр. {cell.column})"


def _cut(text: str) -> str:
    """Cut at a space where there is one in the second half."""
    if len(text) <= SHOWN:
        return text
    head = text[: SHOWN - 1]
    space = head.rfind(" ", SHOWN // 2)
    return head[: space if space > 0 else None].rstrip(" ,;:") + "…"
