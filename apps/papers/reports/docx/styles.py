"""Styles of the DOCX: the official paper of the portal, editable with Times where PT is missing."""

from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as Alignment
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT, FALLBACK = "PT Serif", "Times New Roman"
HEADINGS = {1: 14, 2: 13, 3: 12}
SMALL = {"Caption": 11, "Table": 10, "Note": 10}


def prepare_styles(document: DocxDocument) -> None:
    """Sets fonts, sizes and spacing of every style the writers use."""
    _substitute(document)
    _hyphenate(document)
    styles = document.styles
    normal = styles["Normal"]
    _font(normal, 12)
    _russian(normal)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.15
    for level, size in HEADINGS.items():
        _heading(styles[f"Heading {level}"], size)
    for name, size in SMALL.items():
        style = styles[name] if name in styles else styles.add_style(name, 1)
        style.base_style = normal
        _font(style, size)
        style.paragraph_format.line_spacing = 1.0
    _caption(styles["Caption"])
    for name in ("Header", "List Bullet", "List Number", "Title"):
        _font(styles[name], 12)
    styles["Header"].paragraph_format.alignment = Alignment.CENTER


def _hyphenate(document: DocxDocument) -> None:
    """Long words of narrow heads are parted by the rules of Russian instead of wherever the cell ends."""
    setting = document.settings.element
    # The schema fixes the order of settings: right after the default tab stop.
    setting.find(qn("w:defaultTabStop")).addnext(OxmlElement("w:autoHyphenation"))


def _heading(style: Any, size: int) -> None:
    _font(style, size, bold=True)
    style.element.get_or_add_pPr().append(OxmlElement("w:suppressAutoHyphens"))
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.keep_with_next = Pt(14), Pt(6), True


def _caption(style: Any) -> None:
    _font(style, SMALL["Caption"])
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.keep_with_next = Pt(8), Pt(3), True
    layout.left_indent = Mm(0)


def _font(style: Any, size: int, bold: bool = False) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
        fonts.set(qn(f"w:{script}"), FONT)


def _russian(style: Any) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU")
    style.element.get_or_add_rPr().append(language)


def _substitute(document: DocxDocument) -> None:
    """Names the font to take where PT Serif is not installed."""
    entry = (
        f'<w:font w:name="{FONT}"><w:altName w:val="{FALLBACK}"/><w:charset w:val="CC"/>'
        f'<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = part.blob.replace(b"</w:fonts>", entry.encode())
