"""Figures of the statute that plans give: clauses 1.3, 1.5, 1.6, 2.2 and the directions of section III."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Q

from apps.core.clauses import all_clauses
from apps.core.registry import Indicator, indicators
from apps.core.school_year import SchoolYear
from apps.planning.enums import TASKS, Mark, PlanOwner, PlanState, ProgrammeLevel
from apps.planning.execution import Execution, executions_by
from apps.planning.models import Edition, Holding, PlanItem
from apps.planning.permissions import can_read

Figure = Callable[[Any, datetime.date], int | Decimal | None]
AT_WORK = (PlanState.APPROVED, PlanState.CLOSED)


def holdings_of_year(user: Any, day: datetime.date) -> Any:
    """Of approved plans what falls into the day's school year up to the day, by its last planned day."""
    return (
        Holding.objects.visible_to(user)
        .standing()
        .filter(item__plan__state__in=AT_WORK, item__is_beside_plan=False)
        .due_between(SchoolYear.of(day).first_day, SchoolYear.of(day).last_day)
    )


def execution_of_year(user: Any, day: datetime.date, owner: str) -> Execution:
    rows = holdings_of_year(user, day).filter(item__plan__owner=owner)
    return executions_by("item__plan__owner", rows, day).get(owner, Execution())


def _of_owner(owner: str, name: str) -> Figure:
    def figure(user: Any, day: datetime.date) -> int | Decimal | None:
        return getattr(execution_of_year(user, day, owner), name)  # type: ignore[no-any-return]

    return figure


def waiting_for_director(user: Any, day: datetime.date) -> int:
    """Plans and amendments of the department that wait for its head's decision."""
    return Edition.objects.visible_to(user).waiting().filter(plan__owner=PlanOwner.DEPARTMENT).count()


def late_people(user: Any, day: datetime.date) -> int:
    """How many people answer for something overdue."""
    late = holdings_of_year(user, day).overdue(day)
    return late.order_by().values("item__responsible_id").distinct().count()


def overdue(user: Any, day: datetime.date) -> int:
    return holdings_of_year(user, day).overdue(day).count()


def beside(user: Any, day: datetime.date) -> int:
    year = SchoolYear.of(day)
    rows = Holding.objects.visible_to(user).standing().filter(item__is_beside_plan=True, state=Mark.DONE)
    return rows.filter(done_on__range=(year.first_day, year.last_day)).count()


def _done_where(condition: Q) -> Figure:
    def figure(user: Any, day: datetime.date) -> int:
        return holdings_of_year(user, day).filter(condition, state=Mark.DONE).count()

    return figure


def _planned_where(condition: Q) -> Figure:
    def figure(user: Any, day: datetime.date) -> int:
        year = SchoolYear.of(day)
        rows = PlanItem.objects.visible_to(user).in_plan().filter(condition, plan__state__in=AT_WORK)
        return rows.filter(starts_on__lte=year.last_day, ends_on__gte=year.first_day).count()

    return figure


PARTS = [("запланировано", "planned"), ("выполнено", "done"), ("перенесено", "moved"), ("снято", "cancelled"),
         ("исполнение", "percent")]  # fmt: skip
SINGLE: list[tuple[str, str, str, Figure]] = [
    ("waiting", "1.3", "Планов и поправок ждут утверждения", waiting_for_director),
    ("beside", "1.5", "Сделано сверх плана за год", beside),
    ("overdue", "1.6", "Просрочено мероприятий", overdue),
    ("late", "1.6", "Ответственных с просроченным", late_people),
]


def register() -> None:
    for order, (key, clause, title, figure) in enumerate(SINGLE):
        _register(key, clause, title, figure, order)
    for owner in PlanOwner:
        for order, (word, name) in enumerate(PARTS):
            unit = "%" if name == "percent" else ""
            _register(f"{owner}-{name}", "1.5", f"{owner.label}: {word}", _of_owner(owner, name), order, unit)
    for number, words in TASKS:
        about = Q(item__task=number)
        _register(f"task{number}", "2.2", f"Задача {number} ({words}): выполнено", _done_where(about), number)
    for order, level in enumerate(ProgrammeLevel, start=10):
        about = Q(item__programme__level=level)
        title = f"Программы: {level.label}, выполнено мероприятий"
        _register(f"programme-{level}", "2.2", title, _done_where(about), order)
    _register_directions()


def _register_directions() -> None:
    """Each bullet of section III: events of the plans linked to it, and how many of them are done."""
    for clause in all_clauses():
        if clause.code.startswith("3.") and clause.code.count(".") == 2:
            key = clause.code.replace(".", "-")
            planned, done = Q(clause=clause.code), Q(item__clause=clause.code)
            _register(f"c{key}", clause.code, "Мероприятий в планах", _planned_where(planned), 90)
            _register(f"d{key}", clause.code, "Выполнено по планам", _done_where(done), 91)


def _register(key: str, clause: str, title: str, figure: Figure, order: int, unit: str = "") -> None:
    indicators.register(
        Indicator(
            f"plans-{key}",
            title,
            clause,
            figure,
            "planning:plan-list",
            unit=unit,
            order=order,
            allowed=can_read,
        )
    )
