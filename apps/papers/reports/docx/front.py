"""Title page and contents of the DOCX."""

from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as Alignment
from docx.enum.text import WD_TAB_ALIGNMENT as TabAlignment
from docx.enum.text import WD_TAB_LEADER as TabLeader
from docx.shared import Mm, Pt

from apps.papers.reports.blocks import ApprovalStamp, TitlePage
from apps.papers.reports.docx.xml import begin_field, end_field
from apps.papers.reports.placing import Placed
from apps.papers.reports.words import date_text, stamp_lines

STAMP_INDENT = Mm(95)


def write_title_page(document: DocxDocument, page: TitlePage) -> None:
    """Issuer, гриф, heading, date and number, place: from the top of the sheet to its foot."""
    if page.compact:
        _write_compact(document, page)
        return
    for line in page.issuer:
        _line(document, line)
    if page.approval:
        _stamp(document, page.approval)
    heading = _line(document, page.heading, bold=True, size=16)
    heading.paragraph_format.space_before = Pt(60 if page.approval else 150)
    for line in page.lines:
        _line(document, line, size=14)
    if page.date or page.number:
        _date_and_number(document, page)
    year = f", {page.date.year}" if page.date else ""
    _line(document, f"{page.place}{year}").paragraph_format.space_before = Pt(150)


def _write_compact(document: DocxDocument, page: TitlePage) -> None:
    for line in page.issuer:
        _line(document, line).alignment = Alignment.LEFT
    if page.approval:
        _stamp(document, page.approval, Mm(160), 6)
    _line(document, page.heading, bold=True, size=14).paragraph_format.space_before = Pt(12)
    for line in page.lines:
        _line(document, line)
    document.paragraphs[-1].paragraph_format.space_after = Pt(8)


def _line(document: DocxDocument, text: str, bold: bool = False, size: int = 12) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = Alignment.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    return paragraph


def _stamp(document: DocxDocument, stamp: ApprovalStamp, indent: Any = STAMP_INDENT, above: int = 30) -> None:
    for index, line in enumerate(stamp_lines(stamp)):
        paragraph = document.add_paragraph(line)
        paragraph.paragraph_format.left_indent = indent
        paragraph.paragraph_format.space_before = Pt(4 if index else above)


def _date_and_number(document: DocxDocument, page: TitlePage) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(24)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), TabAlignment.RIGHT)
    number = f"№\u00a0{page.number}" if page.number else ""
    paragraph.add_run(f"{date_text(page.date)}\t{number}")


def write_contents(document: DocxDocument, entries: list[Placed]) -> None:
    """A contents field: the headings are there at once, the editor adds the pages when it updates it."""
    title = document.add_paragraph()
    title.paragraph_format.page_break_before = True
    title.paragraph_format.space_after = Pt(10)
    title.alignment = Alignment.CENTER
    title.add_run("Содержание").bold = True
    paragraph = title
    for index, entry in enumerate(entries):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(6 * (entry.block.level - 1))
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), TabAlignment.RIGHT, TabLeader.DOTS)
        if index == 0:
            begin_field(paragraph, 'TOC \\o "1-3" \\h \\z', dirty=True)
        paragraph.add_run(f"{entry.number} {entry.block.text}".strip())
    if entries:
        end_field(paragraph)
