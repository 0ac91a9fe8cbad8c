import io
import re
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.conf import settings
from weasyprint.urls import FatalURLFetchingError

from apps.core import pdf
from apps.core.pdf import PdfUnavailable, html_to_pdf, render_pdf, static_fetcher, static_path
from apps.core.qr import qr_svg


@pytest.fixture
def sheet(settings):
    templates = settings.TEMPLATES[0]
    own = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**templates, "DIRS": [*templates["DIRS"], own]}]
    return "sheet.html"


CONTEXT = {
    "typed": "<script>&\u202fтекст\x00\ud800",
    "rows": range(80),
    "entries": [{"anchor": "one", "text": "1. Текст"}, {"anchor": "two", "text": "2. Вширь", "level": 2}],
    "qr": qr_svg("https://portal.example/v/1/"),
}


def printed(sheet):
    return render_pdf(sheet, CONTEXT, title="Отчёт № 1", author="Департамент", subject="Мониторинг")


def texts(data):
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


def test_file_is_tagged_and_has_its_properties(sheet):
    with pikepdf.open(io.BytesIO(printed(sheet))) as file:
        assert str(file.Root.Lang) == "ru"
        assert file.Root.MarkInfo.Marked is True or bool(file.Root.MarkInfo.Marked)
        assert file.Root.StructTreeRoot is not None
        assert str(file.docinfo["/Title"]) == "Отчёт № 1"
        assert str(file.docinfo["/Author"]) == "Департамент"
        assert str(file.docinfo["/Subject"]) == "Мониторинг"
        assert file.open_metadata()["pdfuaid:part"] == "1"


def test_only_pt_fonts_are_embedded_whatever_was_typed(sheet):
    fonts = set()
    with pikepdf.open(io.BytesIO(printed(sheet))) as file:
        for page in file.pages:
            for font in page.resources.get("/Font", {}).values():
                fonts.add(re.sub(r"^/[A-Z]{6}\+", "", str(font.BaseFont)))
    assert fonts == {"PT-Serif", "PT-Serif-Bold"}


def test_pages_of_the_paper(sheet):
    pages = texts(printed(sheet))
    assert "УТВЕРЖДАЮ" in pages[0]
    assert "22.11.2026" in pages[0]
    assert not re.search(r"(?m)^1\s*$", pages[0])
    assert [page.split()[-1] for page in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]
    assert re.search(r"2\. Вширь[. ]+" + str(len(pages)), pages[0])
    assert "<script>& текст" in pages[1].replace("\u00a0", " ")
    assert "Сноска." in pages[1]
    assert all("Графа" in page for page in pages[1:-1])
    assert "AB-12" in pages[-1]


def test_landscape_section_lies_on_its_side(sheet):
    document = pypdfium2.PdfDocument(printed(sheet))
    sizes = [tuple(round(side) for side in page.get_size()) for page in document]
    document.close()
    assert sizes[0] == (595, 842)
    assert sizes[-1] == (842, 595)


@pytest.mark.parametrize(
    "url",
    [
        *["file:///etc/passwd", "FILE:///etc/passwd", "http://127.0.0.1/", "data:text/css,a{}", ""],
        *["https://paper.invalid/../manage.py", "https://paper.invalid/%2e%2e/%2e%2e/etc/passwd.css", "ftp://a"],
        *["https://paper.invalid//etc/x.css\x00", "https://paper.invalid/css\\x.css", "https://a.example/"],
        *["https://paper.invalid/fonts/LICENSE.txt", "https://paper.invalid:80/css/paper.css", "https://paper.invalid.a/x.css"],
    ],
)  # fmt: skip
def test_everything_but_the_static_folder_is_refused(url):
    assert static_path(url) is None or not static_path(url).exists()
    with pytest.raises((ValueError, FatalURLFetchingError)):
        static_fetcher().fetch(url)


def test_own_stylesheet_is_served():
    path = static_path("https://paper.invalid/css/paper.css?v=1")
    assert path == settings.BASE_DIR / "static/css/paper.css"
    assert static_fetcher().fetch("https://paper.invalid/css/paper.css").read().startswith(b"/*")


def test_missing_file_of_our_own_stops_the_printing():
    with pytest.raises(FatalURLFetchingError):
        html_to_pdf('<title>x</title><link rel="stylesheet" href="css/none.css">')


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="attachment" href="file:///etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<img src="file:///etc/passwd">',
        '<object data="file:///etc/passwd"></object>',
        '<style>@import "file:///etc/passwd"; body { background: url(file:///etc/passwd) }</style>',
        '<svg><image href="file:///etc/passwd" width="9" height="9"/><use href="file:///etc/passwd#a"/></svg>',
    ],
)
def test_files_of_the_system_do_not_get_into_a_paper(markup, caplog):
    data = html_to_pdf(f"<title>x</title><p>текст</p>{markup}")
    with pikepdf.open(io.BytesIO(data)) as file:
        assert len(file.attachments) == 0
        streams = [obj.read_bytes() for obj in file.objects if isinstance(obj, pikepdf.Stream)]
    assert not any(b"root:" in stream for stream in streams)


def test_missing_pango_is_told_in_russian(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PdfUnavailable, match=r"libpango-1\.0-0"):
        html_to_pdf("<p>x</p>")


def test_module_does_not_load_weasyprint_itself():
    assert "weasyprint" not in vars(pdf)
