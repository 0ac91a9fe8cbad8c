"""Cuts of plans by days: what is held in a month, in a week, and the grid of a month."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from apps.core.calendar import Overrides, is_working_day
from apps.core.magadan import magadan_today
from apps.planning.enums import OPEN_MARKS, Mark, TermKind
from apps.planning.models import Holding
from apps.planning.table import hours_of
from apps.planning.terms import MONTHS, Span, Term, end_of_month

ONE_DAY = datetime.timedelta(days=1)
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
# Longer than this an event is no matter of single days: it stands above the grid.
SHORT = datetime.timedelta(days=6)


@dataclass(frozen=True)
class Entry:
    """A holding as a cut by days shows it."""

    holding: Holding
    today: datetime.date

    @property
    def mark(self) -> Mark:
        return Mark(self.holding.state)

    @property
    def is_overdue(self) -> bool:
        return self.holding.state in OPEN_MARKS and self.holding.ends_on < self.today

    @property
    def hours(self) -> str:
        return hours_of(self.holding.item)

    @property
    def is_long(self) -> bool:
        """A month, a year, a long span."""
        return self.holding.ends_on - self.holding.starts_on > SHORT

    @property
    def was(self) -> str:
        """The planned days of a moved one."""
        one = self.holding
        if (one.planned_first, one.planned_last) == (one.starts_on, one.ends_on):
            return ""
        kind = TermKind.DAY if one.planned_first == one.planned_last else TermKind.SPAN
        return Term(kind, one.planned_first, one.planned_last).text()


@dataclass(frozen=True)
class Day:
    date: datetime.date
    is_working: bool
    is_today: bool
    is_inside: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.date.weekday()]


def entries_between(plan: Any, user: Any, span: Span) -> list[Entry]:
    """What of the plan is held on any day of the span, earliest first. Two queries."""
    rows = (
        Holding.objects.visible_to(user)
        .standing()
        .filter(item__plan=plan)
        .between(span.first, span.last)
        .select_related("item", "item__responsible", "item__plan")
        .prefetch_related("item__co_executors")
        .order_by("starts_on", "item__starts_at", "item__section", "item__order", "pk")
    )
    today = magadan_today()
    return [Entry(one, today) for one in rows]


def days_of(span: Span, entries: list[Entry], overrides: Overrides, inside: Span | None = None) -> list[Day]:
    """Each day of the span with its short entries."""
    today = magadan_today()
    days = []
    day = span.first
    while day <= span.last:
        here = [
            one for one in entries if not one.is_long and one.holding.starts_on <= day <= one.holding.ends_on
        ]
        within = inside is None or inside.first <= day <= inside.last
        days.append(Day(day, is_working_day(day, overrides), day == today, within, here))
        day += ONE_DAY
    return days


def month_of(text: str, plan: Any) -> Span:
    """The month «2026-10» of the address where it belongs to the plan, else the present or the first one."""
    try:
        first = datetime.datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        first = magadan_today().replace(day=1)
    if not (plan.span.first <= end_of_month(first) and first <= plan.span.last):
        first = _nearest(plan).replace(day=1)
    return Span(first, end_of_month(first))


def week_of(text: str, plan: Any) -> Span:
    """The week of the day «2026-10-15» of the address, Monday to Sunday."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        day = magadan_today()
    if not plan.covers(day):
        day = _nearest(plan)
    monday = day - datetime.timedelta(days=day.weekday())
    return Span(monday, monday + datetime.timedelta(days=6))


def _nearest(plan: Any) -> datetime.date:
    return min(max(magadan_today(), plan.span.first), plan.span.last)


def grid_of(month: Span) -> Span:
    """The whole weeks that the month touches."""
    first = month.first - datetime.timedelta(days=month.first.weekday())
    return Span(first, month.last + datetime.timedelta(days=6 - month.last.weekday()))


def month_title(month: Span) -> str:
    """«октябрь 2026»."""
    return f"{MONTHS[month.first.month - 1]} {month.first.year}"


def neighbours(span: Span, plan: Any) -> tuple[datetime.date | None, datetime.date | None]:
    """The first day of the month or week before and of the one after, where they belong to the plan."""
    before, after = span.first - ONE_DAY, span.last + ONE_DAY
    return before if plan.covers(before) else None, after if plan.covers(after) else None
