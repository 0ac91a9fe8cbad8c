from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.school_year import SchoolYear


@pytest.mark.parametrize(
    ("day", "start"),
    [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 1, 1), 2026)],
)  # fmt: skip
def test_year_of_a_day(day, start):
    assert SchoolYear.of(day) == SchoolYear(start)


@pytest.mark.parametrize(
    ("moment", "start"),
    [
        (datetime(2026, 8, 31, 12, 59, 59, tzinfo=UTC), 2025),  # 23:59:59 in Magadan
        (datetime(2026, 8, 31, 13, 0, 0, tzinfo=UTC), 2026),  # 00:00:00 of the first of September
    ],
)
def test_year_turns_at_midnight_of_magadan(moment, start):
    assert SchoolYear.of(moment).start == start
    with patch("django.utils.timezone.now", return_value=moment):
        assert SchoolYear.current().start == start


def test_names_and_days():
    year = SchoolYear(2026)
    assert year.title == "2026/2027 учебный год"
    assert str(year) == year.short == "2026/2027"
    assert (year.first_day, year.last_day) == (date(2026, 9, 1), date(2027, 8, 31))
    assert (year.previous, year.next) == (SchoolYear(2025), SchoolYear(2027))
    assert year > SchoolYear(2025)
    assert date(2027, 8, 31) in year
    assert date(2027, 9, 1) not in year


@pytest.mark.parametrize(
    "text", ["2026/2027", " 2026 / 2027 ", "2026-2027", "2026–2027", "2026/27", "2026/2027 уч. г."]
)
def test_parse(text):
    assert SchoolYear.parse(text) == SchoolYear(2026)


def test_parse_across_the_century():
    assert SchoolYear.parse("2099/00") == SchoolYear(2099)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026/2028", "2027/2026", "0000/0001", "٢٠٢٦/٢٠٢٧", "9999/10000", "a" * 100_000]
)
def test_parse_refuses(text):
    with pytest.raises(ValueError, match="2026/2027"):
        SchoolYear.parse(text)


@given(st.dates(date(1901, 1, 1), date(2199, 1, 1)))
def test_every_day_is_in_its_year(day):
    year = SchoolYear.of(day)
    assert year.first_day <= day <= year.last_day
    assert SchoolYear.parse(year.short) == year
