from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.calendar import (
    add_working_days,
    closes_at,
    is_short_day,
    is_workday,
    is_working_day,
    months_later,
    next_working_day,
    next_working_moment,
    within_working_hours,
)
from apps.core.magadan import MAGADAN


def magadan(*parts):
    return datetime(*parts, tzinfo=MAGADAN)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2024, 4, 27), True),  # a Saturday made working by a transfer
        (date(2024, 12, 28), True),
        (date(2025, 11, 1), True),
        (date(2025, 5, 2), False),
        (date(2026, 1, 9), False),
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
    ],
)
def test_working_days(day, working):
    assert is_working_day(day) is working


def test_year_has_247_working_days():
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    assert sum(map(is_working_day, days)) == 247


def test_override_wins_both_ways():
    overrides = {date(2026, 11, 23): False, date(2026, 11, 22): True}
    assert is_working_day(date(2026, 11, 23), overrides) is False
    assert is_working_day(date(2026, 11, 22), overrides) is True
    assert next_working_day(date(2026, 11, 21), overrides) == date(2026, 11, 22)


def test_short_days_of_2026():
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    assert [day for day in days if is_short_day(day)] == [
        date(2026, 4, 30),
        date(2026, 5, 8),
        date(2026, 6, 11),
        date(2026, 11, 3),
    ]


def test_adding_working_days_over_new_year():
    assert add_working_days(date(2025, 12, 30), 1) == date(2026, 1, 12)
    assert add_working_days(date(2025, 12, 30), 0) == date(2025, 12, 30)
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2025, 12, 30), -1)


@pytest.mark.parametrize(
    ("moment", "within"),
    [
        (magadan(2026, 11, 23, 8, 59, 59), False),
        (magadan(2026, 11, 23, 9, 0, 0), True),
        (magadan(2026, 11, 23, 17, 59, 59), True),
        (magadan(2026, 11, 23, 18, 0, 0), False),
        (magadan(2026, 11, 22, 12, 0, 0), False),
        (magadan(2026, 11, 3, 17, 0, 0), False),
        (datetime(2026, 11, 22, 22, 0, tzinfo=UTC), True),  # 9:00 of Monday in Magadan
    ],
)
def test_working_hours(moment, within):
    assert within_working_hours(moment) is within


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (magadan(2026, 11, 22, 23, 59, 59), magadan(2026, 11, 23, 9)),
        (magadan(2026, 11, 23, 0, 0, 0), magadan(2026, 11, 23, 9)),
        (magadan(2026, 11, 23, 10, 30), magadan(2026, 11, 23, 10, 30)),
        (magadan(2026, 11, 20, 18, 0), magadan(2026, 11, 23, 9)),
        (datetime(2026, 11, 22, 12, 59, 59, tzinfo=UTC), magadan(2026, 11, 23, 9)),
    ],
)
def test_next_working_moment(moment, opening):
    assert next_working_moment(moment) == opening


def test_closing_of_a_short_day():
    assert closes_at(date(2026, 11, 3)).hour == 17
    assert closes_at(date(2026, 11, 2)).hour == 18


def test_calendar_without_working_days_is_a_fault():
    start = date(2026, 1, 1)
    overrides = {start + timedelta(days=n): False for n in range(400)}
    with pytest.raises(ValueError, match="no working day"):
        next_working_day(start, overrides)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))
def test_next_moment_is_a_working_one_and_not_earlier(moment):
    found = next_working_moment(moment)
    assert found >= moment
    assert within_working_hours(found)


@pytest.mark.django_db
def test_exceptions_entered_by_staff_count():
    from apps.core.models import WorkdayException

    assert is_workday(date(2026, 11, 23)) is True
    WorkdayException.objects.create(date=date(2026, 11, 23), is_working=False, note="метель")
    assert is_workday(date(2026, 11, 23)) is False


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 1, 31), 2, date(2027, 3, 31)),
        (date(2024, 2, 29), 60, date(2029, 2, 28)),
        (date(2026, 11, 24), -36, date(2023, 11, 24)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later(day, months, later):
    assert months_later(day, months) == later
