"""A short paper without a title page of its own, and a гриф given by a document."""

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from pypdfium2 import PdfDocument

from apps.papers.reports import Report, TitlePage
from apps.papers.reports.blocks import ApprovalStamp, Cell, DataTable, Head, Row
from apps.papers.reports.docx import to_docx
from apps.papers.reports.pdf import to_pdf
from apps.papers.reports.words import stamp_lines

STAMP = ApprovalStamp("Заведующий отделом", "И. О. Фамилия")
TABLE = DataTable("", ((Head("Срок"),),), (Row((Cell("15.10.2026"),)),), wide=True)


def compact(**fields) -> Report:
    page = TitlePage(("Отдел",), "ПЛАН РАБОТЫ", ("на октябрь",), "", approval=STAMP, compact=True, **fields)
    return Report("План", page, (TABLE,), contents=False)


def words(document: PdfDocument) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_the_text_begins_under_the_head():
    document = PdfDocument(to_pdf(compact(is_draft=False)))
    assert len(document) == 1
    text = words(document)
    assert "ПЛАН РАБОТЫ" in text and "15.10.2026" in text and "ПРОЕКТ" not in text
    width, height = document[0].get_size()
    assert width > height


def test_the_same_in_word():
    document = Document(io.BytesIO(to_docx(compact(is_draft=False))))
    assert [one.orientation for one in document.sections] == [WD_ORIENT.LANDSCAPE]
    assert "ПЛАН РАБОТЫ" in [one.text for one in document.paragraphs]
    assert document.tables[0].cell(1, 0).text == "15.10.2026"


def test_a_paper_without_a_number_is_a_draft_unless_told_otherwise():
    assert "ПРОЕКТ" in words(PdfDocument(to_pdf(compact())))


def test_a_stamp_given_by_a_document_names_nobody():
    lines = ("приказом департамента", "от 28.08.2026 № 214")
    stamp = ApprovalStamp("Заведующий", "И. О. Фамилия", "УТВЕРЖДЁН", document=lines)
    assert stamp_lines(stamp) == ["УТВЕРЖДЁН", "приказом департамента", "от 28.08.2026 № 214"]
    assert stamp_lines(STAMP)[:2] == ["УТВЕРЖДАЮ", "Заведующий отделом"]
