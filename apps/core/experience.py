"""Length of service by the calendar: overlapping periods count once."""

import datetime
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass

from apps.core.russian import NBSP, plural

ONE_DAY = datetime.timedelta(days=1)
Span = tuple[datetime.date, datetime.date]


@dataclass(frozen=True, order=True)
class Length:
    """Whole years, months (0–11) and days (0–29): in a sum 30 days make a month, 12 months a year."""

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def of_days(cls, days: int) -> "Length":
        """From days of which 30 make a month."""
        months, rest = divmod(days, 30)
        return cls(months // 12, months % 12, rest)

    @property
    def in_days(self) -> int:
        return (self.years * 12 + self.months) * 30 + self.days

    def __str__(self) -> str:
        """«2 года 4 мес. 12 дн.»; «0 дн.» for nothing."""
        parts = [
            f"{self.years}{NBSP}{plural(self.years, 'год', 'года', 'лет')}" if self.years else "",
            f"{self.months}{NBSP}мес." if self.months else "",
            f"{self.days}{NBSP}дн." if self.days or not (self.years or self.months) else "",
        ]
        return " ".join(part for part in parts if part)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days as spans that neither overlap nor touch, the earliest first; both ends included."""
    made: list[Span] = []
    for first, last in sorted(spans):
        if made and first <= made[-1][1] + ONE_DAY:
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    return made


def length_of(first: datetime.date, last: datetime.date) -> Length:
    """Calendar years, months and days from the first to the last day, both included."""
    end = last + ONE_DAY
    months = (end.year - first.year) * 12 + end.month - first.month
    if _plus_months(first, months) > end:
        months -= 1
    days = (end - _plus_months(first, months)).days
    return Length(months // 12, months % 12, days)


def total(spans: Iterable[Span]) -> Length:
    """The service in all the spans together; no day counts twice."""
    return Length.of_days(sum(length_of(first, last).in_days for first, last in merged(spans)))


def missing(required_months: int, present: Length) -> Length | None:
    """What the service lacks to the required months; None when it is enough."""
    lacking = required_months * 30 - present.in_days
    return Length.of_days(lacking) if lacking > 0 else None


def _plus_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; a shorter month runs over to the first of the next one."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    if day.day <= monthrange(year, month)[1]:
        return day.replace(year=year, month=month)
    return datetime.date(year + month // 12, month % 12 + 1, 1)
