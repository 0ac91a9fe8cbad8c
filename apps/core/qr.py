"""QR codes as SVG without styles, so that a strict Content-Security-Policy lets them stand in a page."""

import io

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

LONGEST = 1_000


def qr_svg(text: str, size_mm: int = 25, label: str = "QR-код") -> SafeString:
    """The text (an address, at most 1,000 characters; ValueError otherwise) as inline SVG with a label.

    Error correction M; the quiet zone of four modules is part of the picture.
    """
    if not text or len(text) > LONGEST:
        raise ValueError("a QR code holds from 1 to 1,000 characters here")
    code = segno.make(text, error="m", micro=False)
    side = code.symbol_size(border=4)[0]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}" width="{}mm" height="{}mm" '
        'viewBox="0 0 {} {}" shape-rendering="crispEdges"><title>{}</title>'
        '<rect width="{}" height="{}" fill="#ffffff"/><path fill="#000000" d="{}"/></svg>',
        *(label, size_mm, size_mm, side, side, label, side, side, _path(code)),
    )


def _path(code: segno.QRCode) -> SafeString:
    """One closed rectangle for each run of dark modules of a row."""
    out = io.StringIO()
    for y, row in enumerate(map(bytes, code.matrix_iter(border=4))):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                out.write(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    return mark_safe(out.getvalue())  # noqa: S308  digits and letters of our own
