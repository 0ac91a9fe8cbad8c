"""Figures that plans give to the statute: clauses 1.3, 1.5, 1.6, 2.2; and events by the clause they name."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Q

from apps.accounts.models import User
from apps.core.registry import ClauseWork, CountedRow, Indicator, LinkedWork, Scope, clause_work, indicators
from apps.core.russian import counted, ratio
from apps.planning.enums import TASKS, Mark, PlanOwner, PlanState, ProgrammeLevel
from apps.planning.models import Edition, Feed, Holding, PlanItem
from apps.planning.permissions import can_read

Rows = Callable[[Any, Scope], Any]
AT_WORK = (PlanState.APPROVED, PlanState.CLOSED)


def holdings(user: Any, scope: Scope) -> Any:
    """Of approved plans what falls due within the days (a person's: whoever answers for it or helps)."""
    rows = Holding.objects.visible_to(user).standing().filter(item__plan__state__in=AT_WORK)
    rows = rows.filter(item__is_beside_plan=False).due_between(scope.first, scope.last)
    rows = rows.of_person(scope.person.pk) if scope.person else rows
    return rows.select_related("item").order_by("ends_on", "pk")


def done(user: Any, scope: Scope) -> Any:
    return holdings(user, scope).filter(state=Mark.DONE)


def overdue(user: Any, scope: Scope) -> Any:
    return holdings(user, scope).overdue(scope.last)


def late_people(user: Any, scope: Scope) -> Any:
    """Whoever answers for something overdue, by name, with how much of it (1.6)."""
    late = overdue(user, scope).select_related("item__responsible")
    people = Counter((str(one.item.responsible), one.item.responsible_id) for one in late)
    return [
        CountedRow(f"{name}: {counted(found, 'мероприятие', 'мероприятия', 'мероприятий')}")
        for (name, _), found in sorted(people.items())
    ]


def beside(user: Any, scope: Scope) -> Any:
    """Work beside the plan done within the days."""
    rows = Holding.objects.visible_to(user).standing().filter(item__is_beside_plan=True, state=Mark.DONE)
    rows = rows.filter(done_on__range=(scope.first, scope.last))
    rows = rows.of_person(scope.person.pk) if scope.person else rows
    return rows.select_related("item").order_by("done_on", "pk")


def waiting_for_director(user: Any, scope: Scope) -> Any:
    """Plans and amendments of the department that wait for its head's decision."""
    rows = Edition.objects.visible_to(user).waiting().filter(plan__owner=PlanOwner.DEPARTMENT)
    return rows.select_related("plan").defer("content")


def _of_owner(owner: str, mark: str = "") -> Rows:
    def rows(user: Any, scope: Scope) -> Any:
        found = holdings(user, scope).filter(item__plan__owner=owner)
        return found.filter(state=mark) if mark else found

    return rows


def _percent(owner: str) -> Callable[[Any, Scope], Decimal | None]:
    """done / (planned − cancelled)."""

    def figure(user: Any, scope: Scope) -> Decimal | None:
        found = {
            mark: _of_owner(owner, mark)(user, scope).count() for mark in ("", Mark.DONE, Mark.CANCELLED)
        }
        return ratio(found[Mark.DONE], found[""] - found[Mark.CANCELLED])

    return figure


def _done_where(condition: Q) -> Rows:
    return lambda user, scope: done(user, scope).filter(condition)


def _due_where(condition: Q) -> Rows:
    return lambda user, scope: holdings(user, scope).filter(condition)


def subscribers(user: Any, scope: Scope) -> Any:
    """Whose subscription to the calendar of the plan works on the last day; the links are nobody else's."""
    working = Feed.objects.filter(created_at__date__lte=scope.last)
    working = working.filter(Q(revoked_at=None) | Q(revoked_at__date__gt=scope.last))
    return User.objects.filter(pk__in=working.values("owner_id"), is_active=True).order_by("last_name", "pk")


def events_of_clauses(user: Any, scope: Scope) -> list[LinkedWork]:
    """Events of the plans of the days that name a clause, with what has become of them."""
    rows = PlanItem.objects.visible_to(user).in_plan().exclude(clause="").filter(plan__state__in=AT_WORK)
    rows = rows.filter(starts_on__lte=scope.last, ends_on__gte=scope.first)
    return [
        LinkedWork(one.clause, str(one), one.get_absolute_url(), "мероприятие плана", one.term_text)
        for one in rows.order_by("starts_on", "pk")
    ]


MARKS = [
    ("к исполнению на дату", ""),
    ("выполнено", Mark.DONE),
    ("перенесено", Mark.MOVED),
    ("снято", Mark.CANCELLED),
]
# key, clause, title, what is counted, whether it knows whose work it was
SINGLE: list[tuple[str, str, str, Rows, bool]] = [
    ("waiting", "1.3", "Планов и поправок ждут утверждения", waiting_for_director, False),
    ("beside", "1.5", "Сделано сверх плана", beside, True),
    ("overdue", "1.6", "Просрочено мероприятий", overdue, True),
    ("late", "1.6", "Ответственных с просроченным", late_people, False),
    ("due", "", "Мероприятий плана к исполнению", holdings, True),
    ("done", "", "Выполнено мероприятий плана", done, True),
]


def register() -> None:
    for order, (key, clause, title, rows, by_person) in enumerate(SINGLE, start=40):
        _register(key, clause, title, rows, order, by_person=by_person)
    for place, owner in enumerate(PlanOwner):
        for order, (word, mark) in enumerate(MARKS, start=10 * place):
            key = f"{owner}-{mark or 'planned'}"
            _register(key, "1.5", f"{owner.label}: {word}", _of_owner(owner, mark), order)
        title = f"{owner.label}: исполнение на дату"
        _register(
            f"{owner}-percent", "1.5", title, _of_owner(owner, Mark.DONE), 10 * place + 9, _percent(owner)
        )
    for number, words in TASKS:
        about = Q(item__task=number)
        title = f"Задача {number} ({words})"
        _register(f"task{number}-due", "2.2", f"{title}: к исполнению", _due_where(about), number * 2)
        _register(f"task{number}", "2.2", f"{title}: выполнено", _done_where(about), number * 2 + 1)
    for order, level in enumerate(ProgrammeLevel, start=30):
        about = Q(item__programme__level=level)
        title = f"Программы: {level.label}"
        due = f"{title}, мероприятий к исполнению"
        _register(f"programme-{level}-due", "2.2", due, _due_where(about), order * 2)
        done_title = f"{title}, выполнено мероприятий"
        _register(f"programme-{level}", "2.2", done_title, _done_where(about), order * 2 + 1)
    _register("subscribers", "3.2.5", "Подписаны на календарь плана", subscribers, 40)
    clause_work.register(ClauseWork("plans", events_of_clauses, 10))


def _register(
    key: str,
    clause: str,
    title: str,
    rows: Rows,
    order: int,
    percent: Callable[[Any, Scope], Decimal | None] | None = None,
    *,
    by_person: bool = False,
) -> None:
    indicators.register(
        Indicator(
            f"plans-{key}",
            title,
            clause,
            rows,
            percent,
            unit="%" if percent else "",
            decimals=1 if percent else 0,
            order=order,
            allowed=can_read,
            by_person=by_person,
        )
    )
