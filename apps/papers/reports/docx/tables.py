"""Tables of the DOCX, written straight as XML: python-docx walks the whole table for every cell."""

from collections.abc import Iterator
from typing import Any

from docx.document import Document as DocxDocument
from docx.text.paragraph import Paragraph as DocxParagraph

from apps.papers.reports.blocks import Align, Cell, Column, DataTable, Emphasis, Row
from apps.papers.reports.docx.xml import add_text, element
from apps.papers.reports.grid import HeadSlot, aligned_cells, column_count, columns, header_slots, widths
from apps.papers.reports.placing import NumberedNote
from apps.papers.reports.words import cell_text

TWIPS_IN_MM = 56.7
JUSTIFICATION = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right"}


def write_table(
    document: DocxDocument, table: DataTable, notes: Iterator[NumberedNote], width_mm: int
) -> None:
    """Appends the grid of a table; its title and note are paragraphs around it."""
    grid = [round(share / 100 * width_mm * TWIPS_IN_MM) for share in widths(table)]
    made = element("w:tbl")
    made.append(_properties())
    made.append(_grid(grid))
    for slots in header_slots(table):
        made.append(_row([_head_cell(slot, grid) for slot in slots], repeated=True))
    if table.numbers_columns:
        made.append(_row([_words(str(n + 1), w) for n, w in enumerate(grid)], repeated=True))
    for row in table.rows:
        made.append(_body_row(row, columns(table), grid, notes))
    if not table.rows:
        made.append(_row([_words(table.empty, sum(grid), span=column_count(table))]))
    body = document.element.body
    body.insert(len(body) - 1, made)


def _properties() -> Any:
    properties = element("w:tblPr")
    properties.append(element("w:tblW", w=5000, type="pct"))
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz=4, space=0, color="000000"))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    return properties


def _grid(grid: list[int]) -> Any:
    made = element("w:tblGrid")
    for width in grid:
        made.append(element("w:gridCol", w=width))
    return made


def _row(cells: list[Any], repeated: bool = False) -> Any:
    """A row that is not broken between pages; of the header, one that every page repeats."""
    row = element("w:tr")
    properties = element("w:trPr")
    properties.append(element("w:cantSplit"))
    if repeated:
        properties.append(element("w:tblHeader"))
    row.append(properties)
    row.extend(cells)
    return row


def _cell(width: int, span: int = 1, merge: str = "") -> Any:
    cell = element("w:tc")
    properties = element("w:tcPr")
    properties.append(element("w:tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(element("w:gridSpan", val=span))
    if merge:
        properties.append(element("w:vMerge", val=merge))
    cell.append(properties)
    return cell


def _paragraph(cell: Any, align: Align, indent: int = 0) -> DocxParagraph:
    made = element("w:p")
    properties = element("w:pPr")
    properties.append(element("w:pStyle", val="Table"))
    if indent:
        properties.append(element("w:ind", left=indent * 227))
    properties.append(element("w:jc", val=JUSTIFICATION[align]))
    made.append(properties)
    cell.append(made)
    return DocxParagraph(made, None)  # type: ignore[arg-type]


def _head_cell(slot: HeadSlot, grid: list[int]) -> Any:
    head = slot.head
    merge = "" if head.rowspan == 1 else ("continue" if slot.continues else "restart")
    cell = _cell(sum(grid[slot.column : slot.column + head.colspan]), head.colspan, merge)
    cell[0].append(element("w:vAlign", val="center"))
    paragraph = _paragraph(cell, Align.CENTER)
    if not slot.continues:
        add_text(paragraph, head.text, iter(()), bold=True)
    return cell


def _words(text: str, width: int, span: int = 1) -> Any:
    cell = _cell(width, span)
    add_text(_paragraph(cell, Align.CENTER), text, iter(()))
    return cell


def _body_row(
    row: Row, table_columns: tuple[Column, ...], grid: list[int], notes: Iterator[NumberedNote]
) -> Any:
    cells, column = [], 0
    for cell, align in aligned_cells(row, table_columns):
        width = sum(grid[column : column + cell.colspan])
        cells.append(_body_cell(cell, align, width, row, notes, is_first=column == 0))
        column += cell.colspan
    if column < len(grid):
        cells.append(_words("", sum(grid[column:]), len(grid) - column))
    return _row(cells)


def _body_cell(
    cell: Cell, align: Align, width: int, row: Row, notes: Iterator[NumberedNote], is_first: bool
) -> Any:
    made = _cell(width, cell.colspan)
    paragraph = _paragraph(made, align, row.indent if is_first else 0)
    add_text(paragraph, cell_text(cell), notes, bold=row.emphasis != Emphasis.NONE)
    return made
