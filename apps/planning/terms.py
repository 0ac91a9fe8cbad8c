"""Terms of planned events: on which days they fall, how they are written, and where they go in another year.

Pure: dates in, dates out. A recurring event is held on each of its days, any other one once.
"""

import calendar as months
import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from apps.core.calendar import Overrides, is_working_day, next_working_day
from apps.core.russian import date_short
from apps.planning.enums import TermKind, YearKind

ONE_DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(days=7)
# 52 weeks: the same weekday nearest to the same date a year later.
A_YEAR_OF_WEEKS = datetime.timedelta(days=364)
WEEKDAYS = ("понедельникам", "вторникам", "средам", "четвергам", "пятницам", "субботам", "воскресеньям")
MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


@dataclass(frozen=True)
class Span:
    """From the first to the last day, both included."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class Term:
    """When an event is held.

    `first` and `last` are its day, span, month (any day of it as `first`) or, of a recurring event, the days
    between which it recurs. `day` is the weekday (1–7) of a weekly, the last day of the month (1–31, None for
    the whole month) of a monthly or quarterly event.
    """

    kind: TermKind
    first: datetime.date
    last: datetime.date
    day: int | None = None

    def holdings(self) -> list[Span]:
        """Each time the event is held, in order."""
        match self.kind:
            case TermKind.MONTH:
                return [Span(self.first.replace(day=1), end_of_month(self.first))]
            case TermKind.WEEKLY:
                return [Span(day, day) for day in self._weekdays()]
            case TermKind.MONTHLY:
                return list(self._months(1))
            case TermKind.QUARTERLY:
                return list(self._months(3))
        return [Span(self.first, self.last)]

    def text(self) -> str:
        """«15.10.2026», «12.10.2026 – 16.10.2026», «октябрь 2026 г.», «ежемесячно до 25 числа»."""
        match self.kind:
            case TermKind.DAY:
                return date_short(self.first)
            case TermKind.SPAN:
                return f"{date_short(self.first)} – {date_short(self.last)}"
            case TermKind.MONTH:
                return f"{MONTHS[self.first.month - 1]} {self.first.year}\u00a0г."
            case TermKind.WEEKLY:
                return f"еженедельно по {WEEKDAYS[(self.day or 1) - 1]}"
        return f"{self.kind.label} до {self.day}\u00a0числа" if self.day else self.kind.label

    def _weekdays(self) -> Iterator[datetime.date]:
        day = self.first + datetime.timedelta(days=((self.day or 1) - self.first.isoweekday()) % 7)
        while day <= self.last:
            yield day
            day += WEEK

    def _months(self, step: int) -> Iterator[Span]:
        """Each month, or the last month of each quarter, that the term touches."""
        first = self.first.replace(day=1)
        while first <= self.last:
            end = end_of_month(first)
            due = end if self.day is None else first.replace(day=min(self.day, end.day))
            if first.month % step == 0 and self.first <= due <= self.last:
                yield Span(max(first, self.first), due)
            first = end + ONE_DAY


def end_of_month(day: datetime.date) -> datetime.date:
    return day.replace(day=months.monthrange(day.year, day.month)[1])


def moved_to_year(term: Term, year_kind: YearKind, year: int, overrides: Overrides) -> Term:
    """The term of a plan copied from the year before into the plan of `year`.

    A day keeps its weekday (52 weeks later; a week more where that falls before the plan begins) and goes
    on to the next working day when it lands on a day off. A span keeps its length in days. A month, the
    whole year and recurring terms keep their months.
    """
    first_day, last_day = year_kind.first_day(year), year_kind.last_day(year)
    match term.kind:
        case TermKind.DAY | TermKind.SPAN:
            first = _working(_weeks_later(term.first, first_day), last_day, overrides)
            return Term(term.kind, first, min(first + (term.last - term.first), last_day))
        case TermKind.YEAR:
            return Term(term.kind, first_day, last_day)
        case TermKind.MONTH:
            first = _same_date(term.first.replace(day=1))
            return Term(term.kind, first, end_of_month(first))
    return Term(
        term.kind,
        max(_same_date(term.first), first_day),
        min(_same_date(term.last), last_day),
        term.day,
    )


def _weeks_later(day: datetime.date, first_day: datetime.date) -> datetime.date:
    moved = day + A_YEAR_OF_WEEKS
    return moved if moved >= first_day else moved + WEEK


def _working(day: datetime.date, last_day: datetime.date, overrides: Overrides) -> datetime.date:
    """The day itself, or the next working one that still belongs to the plan."""
    if is_working_day(day, overrides):
        return day
    after = next_working_day(day, overrides)
    return after if after <= last_day else day


def _same_date(day: datetime.date) -> datetime.date:
    """The date a year later; the last of February stays the last."""
    if day == end_of_month(day):
        return end_of_month(day.replace(year=day.year + 1, day=1))
    return day.replace(year=day.year + 1)
