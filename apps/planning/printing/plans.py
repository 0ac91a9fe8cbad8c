"""The text of a plan as a report: draft, issued paper, or a working copy with marks of execution."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from apps.core.access import Conflict
from apps.core.magadan import magadan_today
from apps.core.russian import NBSP, Agreement, agree_approved, date_short
from apps.organizations.models import Department
from apps.papers.headers import PaperHeader
from apps.papers.reports.blocks import (
    Align,
    ApprovalStamp,
    Block,
    BulletList,
    Cell,
    Column,
    DataTable,
    Emphasis,
    Head,
    Heading,
    Paragraph,
    Report,
    Row,
    TitlePage,
)
from apps.papers.signatories import Signatory
from apps.planning.content import (
    Change,
    Content,
    Item,
    audience_line,
    by_section,
    differences,
    executors_line,
    full_title,
    person_line,
    result_line,
    term_line,
)
from apps.planning.enums import PlanOwner
from apps.planning.models import Edition, Plan
from apps.planning.signing import signatory_of

# Titles of columns with their shares of the width.
Columns = tuple[tuple[str, int], ...]
COLUMNS: Columns = (
    ("№", 4),
    ("Мероприятие (форма, тема)", 30),
    ("Срок", 13),
    ("Место", 14),
    ("Категория участников, число", 20),
    ("Ответственный", 15),
    ("Соисполнители", 15),
    ("Ожидаемый результат, вид документа", 22),
    ("Отметка о выполнении", 14),
    ("Примечание", 11),
)
CHANGES: Columns = (("Мероприятие", 24), ("Что изменено", 14), ("Было", 24), ("Стало", 24))
# (field of the header, heading, whether each line is an item of a list)
PREFACE = (
    ("theme", "Методическая тема", False),
    ("goal", "Цель", False),
    ("tasks", "Задачи", True),
    ("priorities", "Приоритеты", True),
    ("bases", "Нормативные основания", True),
)
# Marks of execution of an event by its number: what stands in the column of marks.
Marks = Mapping[int, str]


def edition_title(edition: Edition) -> str:
    """«План работы ИМО на 2026/2027 учебный год», with the number of the amendment it has come by."""
    number = edition.amendment.number if edition.amendment else None
    return f"{edition.plan} (изменение №{NBSP}{number})" if number else str(edition.plan)


def edition_report(
    edition: Edition,
    department: Department,
    header: PaperHeader | None = None,
    was: Content | None = None,
    marks: Marks | None = None,
) -> Report:
    """The frozen text of an edition; `was` is the text approved before, whose differences are printed.

    Without a header (number, date, signatory, code) it is a draft; with marks of execution a working copy,
    which no page of verification confirms.
    """
    amendment = edition.amendment
    changes = differences(was, edition.content) if was is not None and amendment else []
    line = f"с изменением №{NBSP}{amendment.number}" if amendment else ""
    line = f"с отметками о выполнении на {date_short(magadan_today())}" if marks is not None else line
    reason = amendment.reason if amendment else ""
    return _report(edition.plan, edition.content, department, header, line, reason, changes, marks)


def plan_report(plan: Plan, content: Content, department: Department, marks: Marks | None = None) -> Report:
    """A draft of the text that nobody has sent yet."""
    return _report(plan, content, department, None, "", "", [], marks)


def item_cells(number: str, item: Item, mark: str = "") -> tuple[str, ...]:
    """The texts of an event in the columns of the plan."""
    return (
        number,
        full_title(item),
        term_line(item),
        item["place"],
        audience_line(item),
        person_line(item["responsible"]),
        executors_line(item),
        result_line(item),
        mark,
        item["note"],
    )


def numbered_items(content: Content) -> Iterator[tuple[str, list[tuple[str, Item]]]]:
    """(«1. Аналитическая деятельность», [(«1», event), …]) of each section that has events; events are
    numbered through the whole plan."""
    number = count(1)
    for order, (_, title, items) in enumerate(by_section(content), 1):
        yield f"{order}. {title}", [(str(next(number)), one) for one in items]


def stamp_of(plan: Plan, header: PaperHeader | None, content: Content) -> ApprovalStamp | None:
    """«УТВЕРЖДАЮ» of the approver; a draft has the blank to sign. With the department's order the гриф is
    «УТВЕРЖДЁН приказом …» (ГОСТ Р 7.0.97)."""
    signatory = header.signatory if header else present_signatory(plan)
    if signatory is None:
        return None
    order = order_lines(content)
    return ApprovalStamp(
        signatory.title,
        signatory.name,
        agree_approved(Agreement.MASCULINE) if order else "УТВЕРЖДАЮ",
        date=header.issued_on if header else None,
        basis=signatory.basis,
        document=order,
    )


def present_signatory(plan: Plan) -> Signatory | None:
    """Who would approve today; None where nobody holds the place."""
    try:
        return signatory_of(plan, magadan_today())
    except Conflict:
        return None


def order_lines(content: Content) -> tuple[str, ...]:
    """«приказом департамента …», «от … № …» where the plan names the order that approves it."""
    number, day = content["header"]["order_number"], content["header"]["order_date"]
    if not number:
        return ()
    department = Department.objects.get()
    date = date_short(datetime.date.fromisoformat(day))
    return f"приказом {department.genitive_name}", f"от {date} №{NBSP}{number}"


def _report(
    plan: Plan,
    content: Content,
    department: Department,
    header: PaperHeader | None,
    line: str,
    reason: str,
    changes: list[Change],
    marks: Marks | None,
) -> Report:
    whose = department.imo_genitive_name if plan.owner == PlanOwner.IMO else department.genitive_name
    lines = [whose, f"на {content['header']['year_title']}", line]
    return Report(
        title=f"План работы {whose} на {content['header']['year_title']}",
        title_page=TitlePage(
            issuer=(department.full_name, department.imo_name)[: 2 if plan.owner == PlanOwner.IMO else 1],
            heading="ПЛАН РАБОТЫ",
            lines=tuple(one for one in lines if one),
            place=f"г.{NBSP}{department.city}",
            date=header.issued_on if header else None,
            number=header.number if header else "",
            approval=stamp_of(plan, header, content),
        ),
        blocks=tuple(_blocks(content, header, reason, changes, marks)),
        author=department.full_name,
        subject=content["header"]["year_title"],
        contents=False,
    )


def _blocks(
    content: Content, header: PaperHeader | None, reason: str, changes: list[Change], marks: Marks | None
) -> Iterator[Block]:
    yield from _preface(content)
    if changes:
        yield Heading("Изменения", level=2, numbered=False)
        yield Paragraph(f"Причина изменения: {reason}")
        yield changes_table(changes)
    yield items_table(content, marks or {})
    if header is not None and content["header"]["order_number"]:
        yield header.signature
    if header is not None and marks is None:
        yield header.verification


def preface_of(content: Content) -> Iterator[tuple[str, list[str], bool]]:
    """(heading, lines, whether they are a list) of what is filled in before the table."""
    for name, title, is_list in PREFACE:
        lines = _lines(content["header"].get(name))
        if lines:
            yield title, lines, is_list and len(lines) > 1


def _preface(content: Content) -> Iterator[Block]:
    for title, lines, is_list in preface_of(content):
        yield Heading(title, level=2, numbered=False)
        if is_list:
            yield BulletList(tuple(lines))
        else:
            yield from (Paragraph(one) for one in lines)


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def items_table(content: Content, marks: Marks) -> DataTable:
    """All events in the columns of practice, each section under its title, on pages turned on their side."""
    rows: list[Row] = []
    for title, items in numbered_items(content):
        rows.append(group_row(title, len(COLUMNS)))
        rows += [text_row(item_cells(number, one, marks.get(one["id"], ""))) for number, one in items]
    return table(COLUMNS, rows, numbers_columns=True, dense=True)


def changes_table(changes: list[Change]) -> DataTable:
    """Was → became of every difference."""
    rows = [text_row((one.title, one.field or one.kind.label, one.was, one.became)) for one in changes]
    return table(CHANGES, rows, wide=False)


def table(columns: Columns, rows: list[Row], **options: Any) -> DataTable:
    """A table of texts on turned pages."""
    return DataTable(
        title="",
        header=(tuple(Head(title) for title, _ in columns),),
        rows=tuple(rows),
        columns=tuple(Column(width, Align.LEFT) for _, width in columns),
        **{"wide": True, **options},
    )


def text_row(texts: Iterable[str]) -> Row:
    return Row(tuple(Cell(text) for text in texts))


def group_row(title: str, width: int) -> Row:
    """A bold line across the table over what belongs to it."""
    return Row((Cell(title, colspan=width),), Emphasis.GROUP)
