"""One function for each kind of block; a new kind needs one here and a template for the PDF."""

from collections.abc import Callable, Iterator
from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as Alignment
from docx.enum.text import WD_TAB_ALIGNMENT as TabAlignment
from docx.shared import Mm, Pt

from apps.papers.reports.blocks import Align, DataTable, Text
from apps.papers.reports.charts import data_table
from apps.papers.reports.docx.tables import write_table
from apps.papers.reports.docx.xml import add_text
from apps.papers.reports.placing import NumberedNote, Placed
from apps.papers.reports.words import (
    figure_caption,
    missing_line,
    signature_basis,
    table_caption,
    verification_lines,
)

ALIGNMENT = {Align.LEFT: Alignment.JUSTIFY, Align.CENTER: Alignment.CENTER, Align.RIGHT: Alignment.RIGHT}
CHART_NOTE = "Диаграмма печатается в PDF; здесь приведены её данные."


def write(document: DocxDocument, item: Placed, width_mm: int) -> None:
    """Appends the block to the document."""
    WRITERS[item.kind](document, item, width_mm)


def _paragraph(
    document: DocxDocument, text: Text, notes: Iterator[NumberedNote] | None = None, style: str | None = None
) -> Any:
    paragraph = document.add_paragraph(style=style)
    add_text(paragraph, text, notes or iter(()))
    return paragraph


def heading(document: DocxDocument, item: Placed, width_mm: int) -> None:
    words = f"{item.number} {item.block.text}".strip()
    document.add_heading(words, level=min(max(item.block.level, 1), 3))


def paragraph(document: DocxDocument, item: Placed, width_mm: int) -> None:
    added = _paragraph(document, item.block.text, iter(item.notes))
    added.alignment = ALIGNMENT[item.block.align]
    added.paragraph_format.space_after = Pt(4)
    if item.block.indented and item.block.align is Align.LEFT:
        added.paragraph_format.first_line_indent = Mm(12.5)


def bullet_list(document: DocxDocument, item: Placed, width_mm: int) -> None:
    """Numbers of an ordered list are written out: Word would go on counting from the list before."""
    notes = iter(item.notes)
    for order, text in enumerate(item.block.items, 1):
        if item.block.ordered:
            runs = (f"{order}) ", *((text,) if isinstance(text, str) else text))
            _paragraph(document, runs, notes).paragraph_format.left_indent = Mm(12.5)
        else:
            _paragraph(document, text, notes, style="List Bullet")


def table(document: DocxDocument, item: Placed, width_mm: int) -> None:
    _titled_table(document, table_caption(item.number, item.block.title), item.block, item.notes, width_mm)


def _titled_table(
    document: DocxDocument, caption: str, block: DataTable, numbered: tuple[NumberedNote, ...], width_mm: int
) -> None:
    notes = iter(numbered)
    if caption:
        _paragraph(document, caption, style="Caption")
    write_table(document, block, notes, width_mm)
    _paragraph(document, block.note, notes, style="Note").paragraph_format.space_after = Pt(8)


def chart(document: DocxDocument, item: Placed, width_mm: int) -> None:
    caption = figure_caption(item.number, item.block.chart.title)
    _titled_table(document, caption, data_table(item.block.chart, CHART_NOTE), (), width_mm)


def footnotes(document: DocxDocument, item: Placed, width_mm: int) -> None:
    if not item.notes:
        return
    title = document.add_paragraph()
    title.paragraph_format.space_before, title.paragraph_format.keep_with_next = Pt(12), True
    add_text(title, item.block.title, iter(()), bold=True)
    for note in item.notes:
        _paragraph(document, f"{note.number}. {note.text}", style="Note")


def missing_list(document: DocxDocument, item: Placed, width_mm: int) -> None:
    block = item.block
    add_text(document.add_paragraph(), block.title, iter(()), bold=True)
    for order, missing in enumerate(block.items, 1):
        _paragraph(document, f"{order}. {missing_line(missing)}").paragraph_format.left_indent = Mm(7)
    if not block.items:
        _paragraph(document, block.empty)
    if block.rule:
        _paragraph(document, block.rule, style="Note")


def page_break(document: DocxDocument, item: Placed, width_mm: int) -> None:
    document.add_page_break()


def signature(document: DocxDocument, item: Placed, width_mm: int) -> None:
    block = item.block
    line = document.add_paragraph()
    line.paragraph_format.space_before, line.paragraph_format.keep_together = Pt(36), True
    line.paragraph_format.tab_stops.add_tab_stop(Mm(width_mm), TabAlignment.RIGHT)
    line.add_run(f"{block.title}\t______________ {block.name}")
    if basis := signature_basis(block):
        _paragraph(document, basis, style="Note")


def verification_block(document: DocxDocument, item: Placed, width_mm: int) -> None:
    for order, line in enumerate(verification_lines(item.block)):
        _paragraph(document, line, style="Note").paragraph_format.space_before = Pt(0 if order else 24)


WRITERS: dict[str, Callable] = {
    writer.__name__: writer
    for writer in (
        heading,
        paragraph,
        bullet_list,
        table,
        chart,
        footnotes,
        missing_list,
        page_break,
        signature,
        verification_block,
    )
}
