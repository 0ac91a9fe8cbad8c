"""Terms of events, every day worked out by the calendar on the wall."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.calendar import is_working_day
from apps.planning.enums import TermKind, YearKind
from apps.planning.terms import Span, Term, end_of_month, moved_to_year

D = datetime.date
K = TermKind


def days(term: Term) -> list[str]:
    """«15.10» or «01.10–31.10» of each holding."""
    return [
        f"{one.first:%d.%m.%y}" if one.first == one.last else f"{one.first:%d.%m.%y}–{one.last:%d.%m.%y}"
        for one in term.holdings()
    ]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Term(K.DAY, D(2026, 10, 15), D(2026, 10, 15)), ["15.10.26"]),
        (Term(K.SPAN, D(2026, 10, 12), D(2026, 10, 16)), ["12.10.26–16.10.26"]),
        (Term(K.MONTH, D(2026, 10, 9), D(2026, 10, 9)), ["01.10.26–31.10.26"]),
        (Term(K.MONTH, D(2028, 2, 29), D(2028, 2, 29)), ["01.02.28–29.02.28"]),
        (Term(K.MONTH, D(2027, 2, 1), D(2027, 2, 28)), ["01.02.27–28.02.27"]),
        (Term(K.YEAR, D(2026, 9, 1), D(2027, 8, 31)), ["01.09.26–31.08.27"]),
        # Thursday the first of October 2026: the first Monday is the fifth.
        (
            Term(K.WEEKLY, D(2026, 10, 1), D(2026, 10, 31), 1),
            ["05.10.26", "12.10.26", "19.10.26", "26.10.26"],
        ),
        (Term(K.WEEKLY, D(2026, 10, 1), D(2026, 10, 15), 4), ["01.10.26", "08.10.26", "15.10.26"]),
        # Over the turn of the year: Sundays.
        (Term(K.WEEKLY, D(2026, 12, 25), D(2027, 1, 10), 7), ["27.12.26", "03.01.27", "10.01.27"]),
        (Term(K.WEEKLY, D(2026, 10, 5), D(2026, 10, 5), 2), []),
        # A weekly one over the 29th of February 2028, a Tuesday.
        (Term(K.WEEKLY, D(2028, 2, 22), D(2028, 3, 7), 2), ["22.02.28", "29.02.28", "07.03.28"]),
        (
            Term(K.MONTHLY, D(2026, 9, 1), D(2026, 12, 31)),
            ["01.09.26–30.09.26", "01.10.26–31.10.26", "01.11.26–30.11.26", "01.12.26–31.12.26"],
        ),
        # By the twenty-fifth: what begins after it has missed that month, what ends before it too.
        (
            Term(K.MONTHLY, D(2026, 9, 26), D(2026, 12, 24), 25),
            ["01.10.26–25.10.26", "01.11.26–25.11.26"],
        ),
        # By the thirty-first: the last day of a shorter month.
        (
            Term(K.MONTHLY, D(2027, 1, 1), D(2027, 4, 30), 31),
            ["01.01.27–31.01.27", "01.02.27–28.02.27", "01.03.27–31.03.27", "01.04.27–30.04.27"],
        ),
        (Term(K.MONTHLY, D(2028, 2, 1), D(2028, 2, 29), 31), ["01.02.28–29.02.28"]),
        # The last months of the quarters of the calendar.
        (
            Term(K.QUARTERLY, D(2026, 9, 1), D(2027, 8, 31)),
            ["01.09.26–30.09.26", "01.12.26–31.12.26", "01.03.27–31.03.27", "01.06.27–30.06.27"],
        ),
        (
            Term(K.QUARTERLY, D(2027, 1, 1), D(2027, 12, 31), 20),
            ["01.03.27–20.03.27", "01.06.27–20.06.27", "01.09.27–20.09.27", "01.12.27–20.12.27"],
        ),
        (Term(K.QUARTERLY, D(2026, 10, 1), D(2026, 11, 30)), []),
    ],
)
def test_when_an_event_is_held(term, expected):
    assert days(term) == expected


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (Term(K.DAY, D(2026, 10, 15), D(2026, 10, 15)), "15.10.2026"),
        (Term(K.SPAN, D(2026, 10, 12), D(2026, 10, 16)), "12.10.2026 – 16.10.2026"),
        (Term(K.MONTH, D(2026, 10, 9), D(2026, 10, 9)), "октябрь 2026\u00a0г."),
        (Term(K.YEAR, D(2026, 9, 1), D(2027, 8, 31)), "в течение года"),
        (Term(K.WEEKLY, D(2026, 9, 1), D(2027, 5, 31), 1), "еженедельно по понедельникам"),
        (Term(K.MONTHLY, D(2026, 9, 1), D(2027, 5, 31)), "ежемесячно"),
        (Term(K.MONTHLY, D(2026, 9, 1), D(2027, 5, 31), 25), "ежемесячно до 25\u00a0числа"),
        (Term(K.QUARTERLY, D(2026, 9, 1), D(2027, 5, 31)), "ежеквартально"),
    ],
)
def test_how_a_term_is_written(term, text):
    assert term.text() == text


def moved(kind, first, last=None, day=None, *, year=2027, overrides=None, year_kind=YearKind.SCHOOL) -> Term:
    return moved_to_year(Term(kind, first, last or first, day), year_kind, year, overrides or {})


@pytest.mark.parametrize(
    ("was", "became"),
    [
        (D(2026, 10, 15), D(2027, 10, 14)),  # a Thursday stays a Thursday
        (D(2026, 9, 1), D(2027, 9, 7)),  # a Tuesday: 31 August 2027 is before the year begins
        (D(2026, 11, 4), D(2027, 11, 3)),  # the holiday moves to the Wednesday before it
        (D(2027, 6, 14), D(2028, 6, 13)),  # lands on Monday 12 June 2028, a holiday: goes on to Tuesday
        (D(2027, 2, 24), D(2028, 2, 24)),  # Wednesday 23 February 2028 is a holiday
        (D(2027, 3, 10), D(2028, 3, 9)),  # Wednesday 8 March 2028 is a holiday
        (D(2027, 3, 1), D(2028, 2, 28)),  # over a leap year a Monday stays a Monday
    ],
)
def test_a_day_keeps_its_weekday(was, became):
    assert moved(K.DAY, was).first == became


def test_a_day_of_a_calendar_year():
    """Thursday the eighth of January 2026 goes to the Thursday of the second week, still a holiday: on to the
    first working day."""
    made = moved(K.DAY, D(2026, 1, 8), year=2027, year_kind=YearKind.CALENDAR)
    assert made.first == D(2027, 1, 11)


def test_exceptions_of_the_calendar_are_kept():
    """A working Thursday declared a day off."""
    made = moved(K.DAY, D(2026, 10, 15), overrides={D(2027, 10, 14): False})
    assert made.first == D(2027, 10, 15)


def test_a_span_keeps_its_length_and_stays_in_the_year():
    week = moved(K.SPAN, D(2026, 10, 12), D(2026, 10, 16))
    assert (week.first, week.last) == (D(2027, 10, 11), D(2027, 10, 15))
    last = moved(K.SPAN, D(2027, 8, 25), D(2027, 8, 31))
    assert (last.first, last.last) == (D(2028, 8, 23), D(2028, 8, 29))
    end = moved(K.SPAN, D(2027, 8, 31), D(2027, 8, 31))
    assert end.first == D(2028, 8, 29)


@pytest.mark.parametrize(
    ("kind", "first", "last", "expected"),
    [
        (K.MONTH, D(2027, 2, 1), D(2027, 2, 28), Span(D(2028, 2, 1), D(2028, 2, 29))),
        (K.YEAR, D(2026, 9, 1), D(2027, 8, 31), Span(D(2027, 9, 1), D(2028, 8, 31))),
        (K.MONTHLY, D(2026, 9, 1), D(2027, 5, 31), Span(D(2027, 9, 1), D(2028, 5, 31))),
        (K.QUARTERLY, D(2026, 9, 1), D(2027, 2, 28), Span(D(2027, 9, 1), D(2028, 2, 29))),
        (K.MONTHLY, D(2027, 9, 1), D(2028, 2, 29), Span(D(2028, 9, 1), D(2029, 2, 28))),
    ],
)
def test_months_stay_months(kind, first, last, expected):
    year = first.year + 1 if first.month >= 9 else first.year
    made = moved(kind, first, last, year=year)
    assert (made.first, made.last) == (expected.first, expected.last)


YEARS = st.dates(D(2000, 1, 1), D(2090, 12, 31))


@given(first=YEARS, length=st.integers(0, 400), weekday=st.integers(1, 7))
def test_weekly_holdings_are_all_those_weekdays(first, length, weekday):
    last = first + datetime.timedelta(days=length)
    held = [one.first for one in Term(K.WEEKLY, first, last, weekday).holdings()]
    every = [first + datetime.timedelta(days=at) for at in range(length + 1)]
    assert held == [day for day in every if day.isoweekday() == weekday]


@given(first=YEARS, length=st.integers(0, 800), day=st.one_of(st.none(), st.integers(1, 31)))
def test_monthly_holdings_lie_within_the_term_one_in_a_month(first, length, day):
    last = first + datetime.timedelta(days=length)
    held = Term(K.MONTHLY, first, last, day).holdings()
    assert all(first <= one.first <= one.last <= last for one in held)
    assert all(one.first.month == one.last.month for one in held)
    assert len({(one.last.year, one.last.month) for one in held}) == len(held)


@given(day=st.dates(D(2026, 9, 1), D(2027, 8, 31)))
def test_a_moved_day_is_a_working_one_of_the_new_year(day):
    """Whatever the day was, unless the year ends with days off."""
    made = moved(K.DAY, day)
    assert D(2027, 9, 1) <= made.first <= D(2028, 8, 31)
    assert is_working_day(made.first)


@given(day=YEARS)
def test_the_end_of_a_month(day):
    assert (end_of_month(day) + datetime.timedelta(days=1)).day == 1
    assert end_of_month(day).month == day.month
