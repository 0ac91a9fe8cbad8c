"""Report on the execution of a plan: of a quarter of its year, or of the whole year, with charts."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from apps.core.charts import Chart, Series
from apps.core.magadan import magadan_today
from apps.core.russian import NBSP, counted, date_short, initials_after, percent
from apps.organizations.models import Department
from apps.papers.reports.blocks import (
    Align,
    Block,
    Cell,
    ChartBlock,
    Column,
    DataTable,
    Emphasis,
    Head,
    Heading,
    Paragraph,
    Report,
    Row,
    Signature,
    TitlePage,
)
from apps.planning.enums import Mark, PlanOwner, Section
from apps.planning.execution import Execution, executions_by
from apps.planning.models import Holding, Plan
from apps.planning.printing.plans import Columns, present_signatory, table, text_row
from apps.planning.terms import MONTHS, Span, end_of_month

RULE = (
    "Исполнение — отношение числа выполненных мероприятий к числу запланированных без снятых. "
    "Мероприятие, которое проводится несколько раз, считается столько раз, сколько оно запланировано; "
    "к периоду относятся мероприятия, срок которых в нём истекает. "
    "Работа сверх плана в это отношение не входит."
)
# Short words: they stand in narrow columns.
FIGURES: Columns = (
    ("План", 9),
    ("Снято", 9),
    ("Перенесено", 16),
    ("Выполнено", 15),
    ("Просрочено", 16),
    ("%", 10),
)
LISTED: Columns = (("Мероприятие", 40), ("Срок", 18), ("Ответственный", 20), ("Пояснение", 30))


def quarters_of(plan: Plan) -> list[Span]:
    """The four quarters of the plan's year, from its first month on."""
    found, first = [], plan.span.first
    for _ in range(4):
        last = _months_later(first, 2)
        found.append(Span(first, end_of_month(last)))
        first = _months_later(first, 3)
    return found


def span_title(span: Span) -> str:
    """«сентябрь – ноябрь 2026»; the first year too where another one ends the span."""
    first, last = MONTHS[span.first.month - 1], MONTHS[span.last.month - 1]
    year = f" {span.first.year}" if span.first.year != span.last.year else ""
    return f"{first}{year} – {last} {span.last.year}"


def execution_report(plan: Plan, department: Department, quarter: int | None = None) -> Report:
    """`quarter` 1–4 of the plan's year; None is the whole year."""
    span = quarters_of(plan)[quarter - 1] if quarter else plan.span
    whose = department.imo_genitive_name if plan.owner == PlanOwner.IMO else department.genitive_name
    when = f"за {span_title(span)}{NBSP}г." if quarter else f"за {plan.year_title}"
    return Report(
        title=f"Отчёт об исполнении плана работы {whose} {when}",
        title_page=TitlePage(
            issuer=(department.full_name, department.imo_name)[: 2 if plan.owner == PlanOwner.IMO else 1],
            heading="ОТЧЁТ",
            lines=(f"об исполнении плана работы {whose} на {plan.year_title}", when),
            place=f"г.{NBSP}{department.city}",
            date=magadan_today(),
            is_draft=False,
        ),
        blocks=tuple(_blocks(plan, span, quarter is None)),
        author=department.full_name,
        subject=str(plan),
        contents=False,
    )


def _blocks(plan: Plan, span: Span, with_quarters: bool) -> Iterator[Block]:
    rows = Holding.objects.filter(item__plan=plan).due_between(span.first, span.last)
    sections = _by_section(rows)
    whole = sum((one for _, one in sections), Execution())
    yield Heading("Итоги")
    yield Paragraph(_summary(whole))
    yield Paragraph(RULE)
    if with_quarters:
        yield from _quarters(plan)
    yield Heading("По разделам плана")
    yield figures_table("Исполнение по разделам плана", "Раздел", sections, whole)
    yield ChartBlock(outcome_chart("Мероприятия по разделам плана", sections), with_table=False)
    people = _by_person(rows)
    yield Heading("По ответственным")
    yield figures_table("Исполнение по ответственным", "Ответственный", people, whole)
    yield ChartBlock(percent_chart("Исполнение по ответственным", people), with_table=False)
    yield from _lists(rows)
    signatory = present_signatory(plan)
    if signatory is not None:
        yield Signature(signatory.title, signatory.name, signatory.basis)


def _summary(whole: Execution) -> str:
    if not whole.planned:
        return "На этот период мероприятий не запланировано." + _beside(whole)
    asked = counted(whole.planned, "мероприятие", "мероприятия", "мероприятий")
    share = percent(whole.done, whole.expected) if whole.expected else "не определяется"
    return (
        f"Запланировано {asked}, снято {whole.cancelled}, выполнено {whole.done}, перенесено и ещё "
        f"не выполнено {whole.moved}, не выполнено в срок {whole.overdue}. Исполнение: {share}."
        f"{_beside(whole)}"
    )


def _beside(whole: Execution) -> str:
    return f" Сверх плана выполнено {whole.beside}." if whole.beside else ""


def _quarters(plan: Plan) -> Iterator[Block]:
    found = []
    for span in quarters_of(plan):
        rows = Holding.objects.filter(item__plan=plan).due_between(span.first, span.last)
        found.append((span_title(span), sum((one for _, one in _by_section(rows)), Execution())))
    yield Heading("По кварталам")
    yield figures_table(
        "Исполнение по кварталам", "Квартал", found, sum((one for _, one in found), Execution())
    )
    yield ChartBlock(percent_chart("Исполнение по кварталам", found, "column"), with_table=False)


def figures_table(
    title: str, first: str, rows: Iterable[tuple[str, Execution]], whole: Execution
) -> DataTable:
    """Figures of each line and of all of them."""
    made = [_figures(name, one) for name, one in rows if one.planned]
    return DataTable(
        title=title,
        header=((Head(first), *(Head(name) for name, _ in FIGURES)),),
        rows=(*made, _figures("Всего", whole, Emphasis.TOTAL)) if made else (),
        columns=(Column(36, Align.LEFT), *(Column(width) for _, width in FIGURES)),
    )


def _figures(name: str, one: Execution, emphasis: Emphasis = Emphasis.NONE) -> Row:
    counts = (one.planned, one.cancelled, one.moved, one.done, one.overdue)
    share = Cell(one.percent, 1, Align.RIGHT) if one.percent is not None else Cell("—", align=Align.RIGHT)
    return Row((Cell(name), *(Cell(count) for count in counts), share), emphasis)


def outcome_chart(title: str, rows: list[tuple[str, Execution]]) -> Chart:
    shown = [(name, one) for name, one in rows if one.planned]
    return Chart(
        "stacked_bar",
        title,
        "Сколько мероприятий в каждой строке выполнено, осталось и снято.",
        [name for name, _ in shown],
        [
            Series("выполнено", [one.done for _, one in shown]),
            Series("не выполнено", [one.left for _, one in shown]),
            Series("снято", [one.cancelled for _, one in shown]),
        ],
    )


def percent_chart(title: str, rows: list[tuple[str, Execution]], kind: Any = "bar") -> Chart:
    shown = [(name, one) for name, one in rows if one.expected]
    values: list[Decimal | None] = [one.percent for _, one in shown]
    return Chart(
        kind,
        title,
        "Доля выполненного от запланированного без снятого.",
        [name for name, _ in shown],
        [Series("исполнение, %", values)],
        unit="%",
        places=1,
    )


def _by_section(rows: Any) -> list[tuple[str, Execution]]:
    found = executions_by("item__section", rows)
    return [(str(one.label), found[one.value]) for one in Section if one.value in found]


def _by_person(rows: Any) -> list[tuple[str, Execution]]:
    """By the responsible, in the order of surnames."""
    names = {
        one.item.responsible_id: one.item.responsible
        for one in rows.select_related("item__responsible").order_by()
    }
    found = executions_by("item__responsible", rows)
    people = sorted(names.values(), key=lambda one: (one.last_name, one.first_name, one.pk))
    return [
        (initials_after(one.last_name, one.first_name, one.middle_name), found[one.pk])
        for one in people
        if one.pk in found
    ]


def _lists(rows: Any) -> Iterator[Block]:
    standing = rows.standing().select_related("item__responsible").order_by("starts_on", "pk")
    text = standing.filter(item__is_beside_plan=False)
    parts = (
        ("Не выполнено в срок", text.overdue(), lambda one: one.reason),
        ("Перенесено", text.filter(state=Mark.MOVED), _move),
        ("Снято", text.filter(state=Mark.CANCELLED), lambda one: one.reason),
        ("Выполнено сверх плана", standing.filter(item__is_beside_plan=True, state=Mark.DONE), _document),
    )
    for title, found, told in parts:
        lines = [text_row((str(one.item), one.term_text, _person(one), told(one))) for one in found]
        if lines:
            yield Heading(title)
            yield table(LISTED, lines, wide=False)


def _move(one: Holding) -> str:
    return f"по плану {date_short(one.planned_first)}: {one.reason}"


def _document(one: Holding) -> str:
    return one.document


def _person(one: Holding) -> str:
    who = one.item.responsible
    return initials_after(who.last_name, who.first_name, who.middle_name)


def _months_later(first: Any, months: int) -> Any:
    """The first day of a month so many months later."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return first.replace(year=year, month=month + 1, day=1)
