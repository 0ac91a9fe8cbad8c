"""A report as DOCX: the same blocks in the same places as in the PDF, to be corrected by hand."""

import io
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm

from apps.papers.reports.blocks import Report
from apps.papers.reports.docx import writers
from apps.papers.reports.docx.front import write_contents, write_title_page
from apps.papers.reports.docx.styles import prepare_styles
from apps.papers.reports.docx.xml import add_field
from apps.papers.reports.placing import Section, headings, place
from apps.papers.reports.text import cleaned

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Bound on the long side in portrait, on top when the page is turned (the same sheet, turned clockwise).
MARGINS = {False: (30, 10, 20, 20), True: (20, 20, 30, 10)}


def to_docx(report: Report) -> bytes:
    """The report as a DOCX file. Texts are only ever text: no markup, field or path can come of them."""
    report = cleaned(report)
    document = Document()
    prepare_styles(document)
    _properties(document, report)
    sections = place(report)
    turned = report.title_page.compact and bool(sections) and sections[0].landscape
    _page(document.sections[0], landscape=turned)
    _page_number(document)
    write_title_page(document, report.title_page)
    if report.contents:
        write_contents(document, headings(sections))
    _body(document, sections, report.title_page.compact)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _body(document: DocxDocument, sections: list[Section], compact: bool = False) -> None:
    landscape, begins = False, True
    for section in sections:
        if compact and begins:
            pass  # the text goes on under the head of the paper
        elif section.landscape != landscape or not begins:
            _new_section(document, section.landscape)
        elif begins:
            document.add_page_break()
        landscape, begins = section.landscape, False
        for item in section.items:
            writers.write(document, item, text_width_mm(section.landscape))


def _new_section(document: DocxDocument, landscape: bool) -> None:
    added = document.add_section(WD_SECTION.NEW_PAGE)
    added.different_first_page_header_footer = False
    _page(added, landscape)


def text_width_mm(landscape: bool) -> int:
    """Width between the margins."""
    left, right = MARGINS[landscape][:2]
    return (297 if landscape else 210) - left - right


def _page(section: Any, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (297, 210) if landscape else (210, 297)
    section.page_width, section.page_height = Mm(width), Mm(height)
    left, right, top, bottom = MARGINS[landscape]
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.header_distance = section.footer_distance = Mm(10)


def _page_number(document: DocxDocument) -> None:
    """At the top centre from the second page; later sections take the header of the first."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.style = document.styles["Header"]
    add_field(paragraph, "PAGE", "2")


def _properties(document: DocxDocument, report: Report) -> None:
    properties = document.core_properties
    properties.title = report.title[:255]
    properties.author = properties.last_modified_by = report.author[:255]
    properties.subject = report.subject[:255]
    properties.language = "ru-RU"
    properties.comments = properties.keywords = ""
