"""The working calendar of Russia by the clock of Magadan.

Days off come from the `holidays` library (ТК РФ ст. 111, 112, transfers by the Government); `overrides` maps
a date to whether it is working and wins: the staff enters there what the library does not know yet.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from apps.core.magadan import MAGADAN, in_magadan

OPENS_AT, CLOSES_AT = time(9), time(18)
ONE_DAY = timedelta(days=1)
# No stretch of days off is longer: past it the overrides have closed the calendar for good.
_LONGEST_SEARCH = 366
# Non-working holidays of ТК РФ ст. 112 ч. 1: the working day right before one is an hour shorter (ст. 95).
_HOLIDAYS = frozenset(
    [*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)]
)  # fmt: skip

Overrides = Mapping[date, bool]
NO_OVERRIDES: Overrides = {}


def is_working_day(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether the office works on the day."""
    if day in overrides:
        return overrides[day]
    return _calendar(day.year).is_working_day(day)


def is_workday(day: date) -> bool:
    """The same with the exceptions that the staff has entered; asks the database once."""
    from apps.core.models import WorkdayException

    return is_working_day(
        day, dict(WorkdayException.objects.filter(date=day).values_list("date", "is_working"))
    )


def is_short_day(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """A working day right before a holiday of ТК РФ ст. 112: an hour shorter."""
    after = day + ONE_DAY
    if not is_working_day(day, overrides) or is_working_day(after, overrides):
        return False
    return (after.month, after.day) in _HOLIDAYS


def next_working_day(day: date, overrides: Overrides = NO_OVERRIDES) -> date:
    """The first working day after `day`; ValueError when a whole year has none."""
    for _ in range(_LONGEST_SEARCH):
        day += ONE_DAY
        if is_working_day(day, overrides):
            return day
    raise ValueError("the calendar has no working day for a year")


def add_working_days(day: date, count: int, overrides: Overrides = NO_OVERRIDES) -> date:
    """The day that comes `count` (0 or more) working days after `day`, which itself is not counted."""
    if count < 0:
        raise ValueError("count of working days is negative")
    for _ in range(count):
        day = next_working_day(day, overrides)
    return day


def within_working_hours(moment: datetime, overrides: Overrides = NO_OVERRIDES) -> bool:
    """Whether the moment falls on a working day from 9:00 to before 18:00 (17:00 on a short day)."""
    local = in_magadan(moment)
    day = local.date()
    return is_working_day(day, overrides) and OPENS_AT <= local.time() < closes_at(day, overrides)


def next_working_moment(moment: datetime, overrides: Overrides = NO_OVERRIDES) -> datetime:
    """The moment itself within working hours, otherwise the next opening, with the time zone of Magadan."""
    local = in_magadan(moment)
    if within_working_hours(local, overrides):
        return local
    day = local.date()
    if not (is_working_day(day, overrides) and local.time() < OPENS_AT):
        day = next_working_day(day, overrides)
    return datetime.combine(day, OPENS_AT, MAGADAN)


def closes_at(day: date, overrides: Overrides = NO_OVERRIDES) -> time:
    """When a working day ends."""
    return time(CLOSES_AT.hour - 1) if is_short_day(day, overrides) else CLOSES_AT


@lru_cache(maxsize=16)
def _calendar(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("RU", years=year)


def months_later(day: date, months: int) -> date:
    """The same day so many months later (earlier, when negative); in a shorter month its last day."""
    index = day.year * 12 + day.month - 1 + months
    last = date((index + 1) // 12, (index + 1) % 12 + 1, 1) - ONE_DAY
    return last.replace(day=min(day.day, last.day))
