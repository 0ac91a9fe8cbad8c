"""Service by the calendar; every expectation counted by hand."""

import datetime

import pytest

from apps.core.experience import Length, length_of, merged, missing, total

D = datetime.date


@pytest.mark.parametrize(
    ("first", "last", "years", "months", "days"),
    [
        (D(2020, 1, 1), D(2020, 12, 31), 1, 0, 0),
        (D(2020, 2, 29), D(2021, 2, 27), 0, 11, 30),
        (D(2020, 1, 15), D(2020, 1, 15), 0, 0, 1),
        (D(2020, 1, 31), D(2020, 2, 29), 0, 1, 0),
        (D(2023, 7, 5), D(2026, 3, 16), 2, 8, 12),
    ],
)
def test_length_of_one_span(first, last, years, months, days):
    assert length_of(first, last) == Length(years, months, days)


def test_overlapping_and_touching_spans_are_one():
    spans = [
        (D(2020, 5, 1), D(2020, 6, 30)),
        (D(2020, 1, 1), D(2020, 5, 10)),
        (D(2020, 7, 1), D(2020, 7, 31)),
        (D(2021, 1, 1), D(2021, 1, 2)),
    ]
    assert merged(spans) == [(D(2020, 1, 1), D(2020, 7, 31)), (D(2021, 1, 1), D(2021, 1, 2))]


def test_a_day_counts_once_and_thirty_days_make_a_month():
    spans = [
        (D(2020, 1, 1), D(2020, 12, 31)),
        (D(2020, 6, 1), D(2020, 9, 30)),
        (D(2022, 3, 1), D(2022, 3, 20)),
        (D(2023, 3, 1), D(2023, 3, 15)),
    ]
    assert total(spans) == Length(1, 1, 5)
    assert total([]) == Length()


def test_what_is_missing_is_told_exactly():
    assert missing(36, Length(2, 7, 18)) == Length(0, 4, 12)
    assert str(Length(0, 4, 12)) == "4\u00a0мес. 12\u00a0дн."
    assert str(Length(2, 0, 0)) == "2\u00a0года"
    assert str(Length(5, 1, 0)) == "5\u00a0лет 1\u00a0мес."
    assert str(Length()) == "0\u00a0дн."
    assert missing(36, Length(3, 0, 0)) is None
    assert missing(36, Length(2, 11, 29)) == Length(0, 0, 1)
