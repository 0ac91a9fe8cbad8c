"""The fixed words of a paper, the same in PDF and DOCX."""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal

from apps.core.russian import NBSP, date_long, date_short, number
from apps.papers.reports.blocks import (
    ApprovalStamp,
    Block,
    BulletList,
    Cell,
    MissingItem,
    Paragraph,
    Signature,
    Text,
    VerificationBlock,
)

DRAFT = "ПРОЕКТ"
NUMBERED = re.compile(r"\d{1,2}[.)]\s+")
TO_SIGN = "«____» ______________ 20___ г."


def cell_text(cell: Cell) -> Text:
    """What is printed in the cell; a blank one is empty, a number is written the Russian way."""
    match cell.value:
        case None:
            return ""
        case int() | Decimal():
            return number(cell.value, cell.decimals)
    return cell.value


def date_text(date: datetime.date | None) -> str:
    """«22 ноября 2026 г.»; nothing for a draft."""
    return date_long(date) if date else ""


def place_line(place: str, date: datetime.date | None) -> str:
    """«г. Магадан, 2026»; without the year while there is no date."""
    return f"{place}, {date.year}" if date else place


def stamp_lines(stamp: ApprovalStamp) -> list[str]:
    """The гриф line by line: word, position, order of an acting person, signature, date.

    One given by a document names it and nobody (ГОСТ Р 7.0.97).
    """
    if stamp.document:
        return [stamp.word, *stamp.document]
    date = date_long(stamp.date) if stamp.date else TO_SIGN
    basis = [f"({stamp.basis})"] if stamp.basis else []
    return [stamp.word, stamp.title, *basis, f"______________{NBSP}{stamp.name}", date]


def signature_basis(signature: Signature) -> str:
    return f"({signature.basis})" if signature.basis else ""


def missing_line(item: MissingItem) -> str:
    """«Школа № 4 — представлен с опозданием»."""
    return f"{item.name}{NBSP}— {item.remark}" if item.remark else item.name


def table_caption(number_: str, title: str) -> str:
    """«Таблица 1 — Название» (ГОСТ Р 7.32); nothing for a table without a number."""
    if not number_:
        return title
    return f"Таблица{NBSP}{number_}{NBSP}— {title}"


def figure_caption(number_: str, title: str) -> str:
    return f"Рисунок{NBSP}{number_}{NBSP}— {title}"


def verification_lines(block: VerificationBlock) -> list[str]:
    """What stands beside the QR, or alone where there is none."""
    lines = [f"Документ №{NBSP}{block.number} от {date_short(block.issued_on)} внесён в реестр документов."]
    if block.replaces:
        lines.append(f"Выдан взамен документа {block.replaces}.")
    lines.append(f"Код проверки: {block.code}")
    if block.with_qr:
        lines += ["Действует ли документ, можно проверить по QR-коду или на странице", block.url]
    return lines


def paragraphs(text: str) -> Iterator[Block]:
    """An author's text: a blank line parts paragraphs; lines with a dash or a number make a list."""
    for piece in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in piece.split("\n") if line.strip()]
        if lines and all(line.startswith(("- ", "— ", "– ")) for line in lines):
            yield BulletList(tuple(line[2:].strip() for line in lines))
        elif lines and all(NUMBERED.match(line) for line in lines):
            yield BulletList(tuple(NUMBERED.sub("", line) for line in lines), ordered=True)
        elif lines:
            yield Paragraph(" ".join(lines))
