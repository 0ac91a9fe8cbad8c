"""What people type is text in HTML, PDF and DOCX, whatever it looks like."""

import io
import re
import zipfile

import pytest
from docx import Document

from apps.papers.reports import (
    ApprovalStamp,
    BulletList,
    Cell,
    DataTable,
    Footnotes,
    Head,
    Heading,
    MissingItem,
    MissingList,
    Note,
    Paragraph,
    Report,
    Row,
    Signature,
    Strong,
    TitlePage,
)
from apps.papers.reports.docx import to_docx
from apps.papers.reports.html import to_html
from apps.papers.reports.text import clean

EVIL = "<script>alert(1)</script>{{ 7|add:1 }}{% load x %}&lt;\x00\x1b\u202e\ud800=1+1"
TEXT = "<script>alert(1)</script>{{ 7|add:1 }}{% load x %}&lt;=1+1"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:1 }}{% load x %}&amp;lt;=1+1"


def report_of(text: str) -> Report:
    """The text in every place where a report takes text."""
    return Report(
        title=text,
        author=text,
        subject=text,
        title_page=TitlePage((text,), text, (text,), text, None, text, ApprovalStamp(text, text, basis=text)),
        blocks=(
            Heading(text),
            Heading(text, 2),
            Heading(text, 3),
            Paragraph((text, Strong(text), Note(text))),
            BulletList((text,)),
            BulletList((text,), ordered=True),
            DataTable(text, ((Head(text), Head(text)),), (Row((Cell(text), Cell(5))),), note=text),
            DataTable(text, ((Head(text),),), (), empty=text),
            MissingList(text, (MissingItem(text, text),), rule=text),
            MissingList(text, (), empty=text),
            Signature(text, text, text),
            Footnotes(text),
        ),
    )


def test_html_holds_every_text_escaped():
    html = to_html(report_of(EVIL))
    assert "<script" not in html
    assert html.count(ESCAPED) >= 27
    assert not re.search(r"[\x00-\x08\x1b\u202e\ud800]", html)


def test_a_template_in_a_text_is_not_run():
    assert "8{% load" not in to_html(report_of(EVIL))


def test_docx_holds_every_text_as_text_and_no_field_of_it():
    package = zipfile.ZipFile(io.BytesIO(to_docx(report_of(EVIL))))
    xml = package.read("word/document.xml").decode()
    instructions = re.findall(r"<w:instrText[^>]*>([^<]*)<", xml)
    assert instructions == [' TOC \\o "1-3" \\h \\z ']
    document = Document(io.BytesIO(to_docx(report_of(EVIL))))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert TEXT in paragraphs
    assert f"1 {TEXT}" in paragraphs
    assert document.tables[0].cell(1, 0).text == TEXT
    assert document.core_properties.title == TEXT
    assert document.core_properties.language == "ru-RU"


def test_a_text_that_looks_like_a_field_or_formula_stays_text():
    docx = to_docx(report_of("{ INCLUDETEXT C:\\secret } =cmd|'/C calc'!A1"))
    document = Document(io.BytesIO(docx))
    assert document.tables[0].cell(1, 0).text == "{ INCLUDETEXT C:\\secret } =cmd|'/C calc'!A1"


def test_a_very_long_text_is_printed_whole():
    long = "я" * 100_000
    assert long in to_html(report_of(long))
    assert Document(io.BytesIO(to_docx(report_of(long)))).tables[0].cell(1, 0).text == long


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("а\r\nб\rв", "а\nб\nв"), ("а\x00б", "аб"), ("\ud800", ""), ("таб\tуляция", "таб\tуляция")],
)
def test_cleaning_keeps_what_can_be_printed(typed, kept):
    assert clean(typed) == kept


def test_notes_are_linked_both_ways_in_html():
    html = to_html(report_of("слово"))
    assert '<a class="note-mark" id="noted-1" href="#note-1">1</a>' in html
    assert '<p class="note" id="note-1"><a href="#noted-1">1.</a> слово</p>' in html


def test_the_header_of_a_table_repeats_in_docx_and_spans_are_merged():
    header = ((Head("А", rowspan=2), Head("Б", colspan=2)), (Head("В"), Head("Г")))
    table = DataTable("Т", header, (Row((Cell("а"), Cell(1), Cell(2)), indent=1),), numbers_columns=True)
    page = TitlePage(("И",), "ОТЧЁТ", (), "г. П")
    document = Document(io.BytesIO(to_docx(Report("Т", page, (table,), contents=False))))
    [grid] = document.tables
    xml = grid._tbl.xml
    assert xml.count("w:tblHeader") == 3
    assert xml.count("w:cantSplit") == 4
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [
        ["А", "Б", "Б"],
        ["А", "В", "Г"],
        ["1", "2", "3"],
        ["а", "1", "2"],
    ]


def test_a_wide_table_of_docx_stands_on_a_turned_page_with_its_number_above():
    wide = DataTable("Т", ((Head("А"),),), (Row((Cell("а"),)),), wide=True)
    page = TitlePage(("И",), "ОТЧЁТ", (), "г. П")
    report = Report("Т", page, (Paragraph("до"), wide, Paragraph("после")), contents=False)
    document = Document(io.BytesIO(to_docx(report)))
    sizes = [(round(s.page_width.mm), round(s.page_height.mm)) for s in document.sections]
    assert sizes == [(210, 297), (297, 210), (210, 297)]
    assert [s.different_first_page_header_footer for s in document.sections] == [True, False, False]
    margins = document.sections[0]
    assert [
        round(m.mm)
        for m in (margins.left_margin, margins.right_margin, margins.top_margin, margins.bottom_margin)
    ] == [30, 10, 20, 20]
    assert "PAGE" in document.sections[1].header._element.xml
