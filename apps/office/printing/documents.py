"""Orders, acquaintance sheets and the staffing table as PDF, orders as DOCX too."""

import io
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as Alignment
from docx.enum.text import WD_TAB_ALIGNMENT as TabAlignment
from docx.shared import Mm, Pt

from apps.core.exports import Sheet
from apps.core.pdf import render_pdf
from apps.core.russian import NBSP, date_long, number
from apps.office.models import Order, StaffingEdition, StaffingLine
from apps.office.printing.sheets import COMMAND, DRAFT, acquaintance_rows, department, director, order_sheet
from apps.papers.reports.docx.styles import prepare_styles

TEXT_WIDTH = Mm(170)


def order_pdf(order: Order) -> bytes:
    """The order as the department signs it."""
    sheet = order_sheet(order)
    return render_pdf(
        "office/print/order.html",
        {"sheet": sheet, "command": COMMAND, "draft": DRAFT},
        title=f"Приказ {sheet.title}",
        author=sheet.issuer,
    )


def order_docx(order: Order) -> bytes:
    """The same to be corrected by hand before it is signed."""
    sheet = order_sheet(order)
    document = Document()
    prepare_styles(document)
    _page(document)
    if sheet.is_draft:
        _line(document, DRAFT, Alignment.RIGHT)
    _line(document, sheet.issuer, after=12)
    _line(document, "ПРИКАЗ", bold=True, after=12)
    _details(document, sheet.date, sheet.place, sheet.number)
    title = _line(document, sheet.title, Alignment.LEFT, bold=True, after=12)
    title.paragraph_format.right_indent = Mm(70)
    _text(document, f"{sheet.preamble}")
    _line(document, COMMAND, Alignment.LEFT, after=6)
    for order_number, clause in enumerate(sheet.clauses, 1):
        _text(document, f"{order_number}. {clause}")
    signature = document.add_paragraph()
    signature.paragraph_format.space_before = Pt(36)
    signature.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, TabAlignment.RIGHT)
    signature.add_run(f"{sheet.position}\t{sheet.name}")
    properties = document.core_properties
    properties.title, properties.author = f"Приказ {sheet.title}"[:255], sheet.issuer[:255]
    properties.language, properties.comments = "ru-RU", ""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def acquaintance_pdf(order: Order) -> bytes:
    """The sheet to sign by hand, with the days that are known."""
    sheet = order_sheet(order)
    return render_pdf(
        "office/print/acquaintance.html",
        {"sheet": sheet, "order": order, "rows": acquaintance_rows(order)},
        title="Лист ознакомления",
        author=sheet.issuer,
    )


HEADS = [
    "Структурное подразделение",
    "Код",
    "Должность (специальность, профессия), разряд, класс (категория)",
    "Количество штатных единиц",
    "Тарифная ставка (оклад), руб.",
    "Районный коэффициент, руб.",
    "Северная надбавка, руб.",
    "Прочие надбавки, руб.",
    "Всего в месяц, руб.",
    "Примечание",
]


def staffing_pdf(edition: StaffingEdition) -> bytes:
    """The table in the shape of Т-3 (Госкомстат, 05.01.2004 № 1), on a landscape sheet with the гриф."""
    lines = list(edition.lines.select_related("position"))
    issuer = department()
    approved = [f"приказом {issuer.genitive_name}", _order(edition)] if edition.is_approved else []
    return render_pdf(
        "office/print/staffing.html",
        {
            "edition": edition,
            "department": issuer,
            "document": approved,
            "director": director(edition.order_date or timezone.localdate()),
            "heads": HEADS,
            "rows": [(index, staffing_cells(line, issuer.imo_name)) for index, line in enumerate(lines, 1)],
            "units": number(_units(lines)),
            "total": number(_money(lines), 2) if _shows_money() else "",
            "since": date_long(edition.in_force_from),
            "word": "УТВЕРЖДЕНО",
        },
        title=str(edition),
        author=issuer.full_name,
    )


def staffing_sheet(edition: StaffingEdition) -> Sheet:
    """The same table for Excel; the money columns are empty where the portal keeps no money."""
    lines = list(edition.lines.select_related("position"))
    issuer = department()
    rows: list[list[Any]] = [
        [issuer.imo_name, "", line.position.title, line.units, *_amounts(line), line.note] for line in lines
    ]
    total = _money(lines) if _shows_money() else None
    rows.append(["Итого", "", "", _units(lines), None, None, None, None, total, ""])
    return Sheet(
        "Штатное расписание",
        HEADS,
        rows,
        widths=[34, 8, 40, 12, 14, 14, 14, 14, 14, 30],
        note=f"{edition}, действует с {edition.in_force_from:%d.%m.%Y}. {edition.order_text}",
    )


def staffing_cells(line: StaffingLine, unit: str) -> list[tuple[str, bool]]:
    """Texts of a row with whether they are numbers."""
    amounts = [(number(one, 2) if one is not None else "", True) for one in _amounts(line)]
    first = [(unit, False), ("", False), (line.position.title, False), (number(line.units), True)]
    return [*first, *amounts, (line.note, False)]


def _amounts(line: StaffingLine) -> list[Decimal | None]:
    if not _shows_money():
        return [None] * 5
    parts = [line.salary, line.district_allowance, line.northern_allowance, line.other_allowance]
    return [*parts, line.monthly]


def _shows_money() -> bool:
    return bool(settings.PORTAL_SALARIES)


def _units(lines: list[StaffingLine]) -> Decimal:
    return sum((line.units for line in lines), Decimal(0))


def _money(lines: list[StaffingLine]) -> Decimal:
    return sum((line.monthly or Decimal(0) for line in lines), Decimal(0))


def _order(edition: StaffingEdition) -> str:
    return f"от {edition.order_date:%d.%m.%Y} №{NBSP}{edition.order_number}"


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)


def _line(document: Any, text: str, align: Any = Alignment.CENTER, bold: bool = False, after: int = 0) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.add_run(text).bold = bold
    return paragraph


def _text(document: Any, text: str) -> None:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = Alignment.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(12.5)
    paragraph.paragraph_format.space_after = Pt(6)


def _details(document: Any, date: str, place: str, order_number: str) -> None:
    paragraph = document.add_paragraph()
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(85), TabAlignment.CENTER)
    stops.add_tab_stop(TEXT_WIDTH, TabAlignment.RIGHT)
    paragraph.paragraph_format.space_after = Pt(12)
    paragraph.add_run(f"{date}\t{place}\t№{NBSP}{order_number or '________'}")
