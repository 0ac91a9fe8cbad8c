"""The plan of a month: what of the year's plan is held in it, to be signed by who approves the plan."""

from apps.core.russian import NBSP
from apps.organizations.models import Department
from apps.papers.reports.blocks import ApprovalStamp, Report, TitlePage
from apps.planning.content import audience_line, executors_line, item_content, person_line, result_line
from apps.planning.enums import PlanOwner
from apps.planning.models import Holding, Plan
from apps.planning.printing.marks import holding_mark
from apps.planning.printing.plans import Columns, present_signatory, table, text_row
from apps.planning.terms import MONTHS, Span

MONTH_COLUMNS: Columns = (
    ("№", 5),
    ("Дата, время", 15),
    ("Мероприятие (форма, тема)", 34),
    ("Место", 16),
    ("Категория участников, число", 18),
    ("Ответственный", 18),
    ("Соисполнители", 16),
    ("Ожидаемый результат", 18),
    ("Отметка о выполнении", 16),
)
MonthRow = Holding


def month_rows(plan: Plan, month: Span) -> list[MonthRow]:
    """What is held on any day of the month, dated ones first; the cancelled too, marked. Two queries."""
    rows = (
        Holding.objects.filter(item__plan=plan)
        .standing()
        .between(month.first, month.last)
        .select_related("item__responsible", "item__programme")
        .prefetch_related("item__co_executors")
        .order_by("starts_on", "item__starts_at", "item__section", "item__order", "pk")
    )
    return sorted(rows, key=lambda one: not _is_dated(one, month))


def month_cells(rows: list[MonthRow], month: Span) -> list[tuple[str, ...]]:
    """The texts of each row in the columns of the month."""
    made: list[tuple[str, ...]] = []
    for number, one in enumerate(rows, 1):
        item = item_content(one.item, one.item.co_executors.all())
        made.append(
            (
                str(number),
                _when(one, month),
                str(one.item),
                item["place"],
                audience_line(item),
                person_line(item["responsible"]),
                executors_line(item),
                result_line(item),
                holding_mark(one),
            )
        )
    return made


def month_report(plan: Plan, month: Span, department: Department) -> Report:
    """One compact paper on turned sheets with the blank of the гриф."""
    whose = department.imo_genitive_name if plan.owner == PlanOwner.IMO else department.genitive_name
    when = f"на {MONTHS[month.first.month - 1]} {month.first.year}{NBSP}года"
    signatory = present_signatory(plan)
    return Report(
        title=f"План работы {whose} {when}",
        title_page=TitlePage(
            issuer=(department.full_name, department.imo_name)[: 2 if plan.owner == PlanOwner.IMO else 1],
            heading="ПЛАН РАБОТЫ",
            lines=(f"{whose} {when}",),
            place="",
            approval=ApprovalStamp(signatory.title, signatory.name, basis=signatory.basis)
            if signatory
            else None,
            is_draft=False,
            compact=True,
        ),
        blocks=(
            table(
                MONTH_COLUMNS,
                [text_row(cells) for cells in month_cells(month_rows(plan, month), month)],
                empty="На этот месяц ничего не запланировано.",
                dense=True,
            ),
        ),
        author=department.full_name,
        subject=str(plan),
        contents=False,
    )


def _is_dated(holding: Holding, month: Span) -> bool:
    """Held on days of the month, not through the whole of it."""
    return not (holding.starts_on <= month.first and holding.ends_on >= month.last)


def _when(holding: Holding, month: Span) -> str:
    """«15.10.2026, 10:00–12:00»; what goes on through the month is told in the words of the plan."""
    item = holding.item
    if not _is_dated(holding, month):
        return item.term_text
    start = f"{item.starts_at:%H:%M}" if item.starts_at else ""
    hours = f"{start}–{item.ends_at:%H:%M}" if item.ends_at else start
    return f"{holding.term_text}, {hours}" if hours else holding.term_text
