"""The printed report: properties, fonts, tags, contents, repeated headers, turned pages."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from apps.papers.reports.pdf import to_pdf
from tests.papers.sample_report import full_report, sample_charts


@pytest.fixture(scope="module")
def printed() -> bytes:
    return to_pdf(full_report(charts=sample_charts()))


@pytest.fixture(scope="module")
def pages(printed) -> list[str]:
    document = pypdfium2.PdfDocument(printed)
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]


def test_properties_of_the_file(printed):
    pdf = pikepdf.open(io.BytesIO(printed))
    assert str(pdf.docinfo["/Title"]) == "Отчёт о мониторинге библиотечных фондов за 2026/27 учебный год"
    assert str(pdf.docinfo["/Author"]) == "Информационно-методический отдел"
    assert str(pdf.docinfo["/Subject"]) == "Мониторинг библиотечных фондов"
    assert str(pdf.Root.Lang) == "ru"
    assert pdf.Root.MarkInfo.Marked


def fonts_of(pdf) -> list[tuple[str, bool]]:
    """(name without the prefix of a subset, embedded) of every font of every page."""
    found = set()
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            embedded = "/FontFile2" in descriptor or "/FontFile3" in descriptor
            found.add((str(font.BaseFont).split("+")[-1], embedded))
    return sorted(found)


def test_only_embedded_pt_fonts_are_used(printed):
    fonts = fonts_of(pikepdf.open(io.BytesIO(printed)))
    assert fonts
    assert all(name.startswith(("PT-Serif", "PT-Sans")) and embedded for name, embedded in fonts)


def test_every_table_and_heading_is_tagged(printed):
    pdf = pikepdf.open(io.BytesIO(printed))
    kinds = [str(one.get("/S")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one]
    assert kinds.count("/Table") >= 3
    assert kinds.count("/H2") == 5
    assert kinds.count("/TH") > 20


def test_the_first_page_has_no_number_and_the_others_have(pages):
    assert not pages[0].startswith("1 ")
    assert [page.strip().split()[0 if page[0].isdigit() else -1] for page in pages[1:3]] == ["2", "3"]


def test_contents_name_the_page_of_each_heading(pages):
    line = re.search(r"Приложение\. Показатели по организациям[ .]*(\d+)", pages[1])
    assert "Приложение. Показатели по организациям" in pages[int(line[1]) - 1]


def test_the_header_of_a_long_table_stands_on_every_page_of_it(pages):
    appendix = [page for page in pages if "Организация № 50" in page or "Организация № 10 " in page]
    assert len(appendix) == 2
    assert all("Показатели" in page and "Учебники" in page for page in appendix)


def test_a_wide_table_lies_on_its_side(printed, pages):
    document = pypdfium2.PdfDocument(printed)
    for page, text in zip(document, pages, strict=True):
        width, height = page.get_size()
        assert (width > height) == ("Организация № " in text)


def test_a_draft_has_no_number_and_says_what_it_is():
    from dataclasses import replace

    report = full_report()
    draft = replace(report, title_page=replace(report.title_page, number="", date=None), blocks=())
    text = pypdfium2.PdfDocument(to_pdf(draft))[0].get_textpage().get_text_range()
    assert "ПРОЕКТ" in text
    assert "№" not in text
