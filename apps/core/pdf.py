"""Official papers as PDF, in one place: fonts, sheets and what a paper may fetch."""

import gc
import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from apps.core.magadan import in_magadan
from apps.core.text import printable

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

# Relative links of a paper point to a host that can not exist (RFC 2606): the network is never asked.
BASE_URL = "https://paper.invalid/"
# PT fonts have no hyphen U+2010 and no thin or narrow spaces: another font would step in for them.
_REPLACED = str.maketrans(
    {"\u2010": "-", "\u202f": "\u00a0", "\u2007": "\u00a0", "\u2009": " ", "\u200a": " "}
)
SERVED = frozenset({".css", ".ttf", ".svg", ".png", ".jpg", ".jpeg"})
PDF_TYPE = "application/pdf"


class PdfUnavailable(RuntimeError):
    """The system lacks what draws text; the message in Russian names the packages."""


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    author: str = "",
    subject: str = "",
    lang: str = "ru",
    variant: str = "pdf/ua-1",
) -> bytes:
    """The template, an heir of `pdf/base.html`, as a tagged PDF with its title, author and subject.

    Raises `PdfUnavailable` without Pango. Up to about 300 table rows belong in a request, more in a job.
    """
    return html_to_pdf(paper_html(template, context, title, author, subject, lang), variant=variant)


def paper_html(
    template: str, context: Mapping[str, Any], title: str, author: str, subject: str, lang: str
) -> str:
    """The page that is printed; the context gets `paper` with the properties of the file."""
    paper = {
        "title": title,
        "author": author,
        "subject": subject,
        "lang": lang,
        "created": in_magadan(timezone.now()).isoformat(timespec="seconds"),
    }
    return printable(render_to_string(template, {**context, "paper": paper})).translate(_REPLACED)


def html_to_pdf(html: str, *, variant: str = "pdf/ua-1") -> bytes:
    """Prints a page of our own; it fetches only files of the folder `static/`."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise PdfUnavailable(
            "PDF не подготовлен: на сервере нет библиотеки Pango. Администратору: установите пакеты "
            "libpango-1.0-0 и libpangoft2-1.0-0 (в RPM-дистрибутивах — pango) и перезапустите портал."
        ) from error
    with _without_collector():
        document = HTML(string=html, base_url=BASE_URL, url_fetcher=static_fetcher())
        printed: bytes = document.write_pdf(pdf_variant=variant, pdf_tags=True)
    return printed


@contextmanager
def _without_collector() -> Iterator[None]:
    """Layout makes millions of objects that live to its end; looking for cycles among them takes a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def static_fetcher() -> "URLFetcher":
    """Serves files of `static/` by a path under BASE_URL. Refuses everything else: file:, http:, data:,
    paths that leave the folder, attachments; a file of our own that is missing stops the printing.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class StaticFetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = static_path(url)
            if path is None:
                raise ValueError("a paper takes nothing from outside of the static folder")
            if not path.is_file():
                raise FatalURLFetchingError(f"no such file for papers: {urlsplit(url).path}")
            described = Message()
            described["Content-Type"] = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), described)

    return StaticFetcher(allowed_protocols=(), allow_redirects=False)


def static_path(url: str) -> Path | None:
    """The file of `static/` behind a link of a paper; None for any other address, also a disguised one."""
    if not url.startswith(BASE_URL):
        return None
    relative = unquote(urlsplit(url).path).lstrip("/")
    if "\x00" in relative or "\\" in relative:
        return None
    root = (Path(settings.BASE_DIR) / "static").resolve()
    path = (root / relative).resolve()
    return path if path.is_relative_to(root) and path.suffix.lower() in SERVED else None
