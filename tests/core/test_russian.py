from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.russian import (
    Agreement,
    agree_approved,
    counted,
    date_long,
    date_short,
    datetime_short,
    difference,
    initials_after,
    initials_before,
    join_and,
    latin,
    number,
    percent,
    plural,
    points,
    ratio,
    round_half_up,
    shares,
)


@pytest.mark.parametrize(
    ("n", "word"),
    [
        *[(0, "баллов"), (1, "балл"), (2, "балла"), (4, "балла"), (5, "баллов"), (11, "баллов")],
        *[(12, "баллов"), (14, "баллов"), (21, "балл"), (22, "балла"), (25, "баллов"), (111, "баллов")],
        *[(101, "балл"), (-1, "балл"), (Decimal("1.5"), "балла"), (Decimal("2.0"), "балла")],
        *[(10**40, "баллов"), (float("nan"), "баллов")],
    ],
)
def test_plural(n, word):
    assert plural(n, "балл", "балла", "баллов") == word


def test_counted_does_not_break():
    assert counted(1051, "организация", "организации", "организаций") == "1\u00a0051\u00a0организация"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("1234.5"), None, "1\u00a0234,5"),
        (Decimal("1234.50"), None, "1\u00a0234,5"),
        (Decimal("1234.5"), 2, "1\u00a0234,50"),
        (1234567, None, "1\u00a0234\u00a0567"),
        (0.1, None, "0,1"),
        (Decimal("0.25"), 1, "0,3"),
        (Decimal("-0.04"), 1, "0,0"),
        (-12, None, "−12"),
        (Decimal("1E+3"), None, "1\u00a0000"),
        (10**12, 1, "1\u00a0000\u00a0000\u00a0000\u00a0000,0"),
        (None, None, "—"),
        (float("nan"), 1, "—"),
        (Decimal("Infinity"), None, "—"),
    ],
)
def test_number(value, places, text):
    assert number(value, places) == text


def test_number_of_forty_digits_keeps_all_of_them():
    assert number(Decimal("1234567890123456789012345678901234567891"), 1).replace("\u00a0", "") == (
        "1234567890123456789012345678901234567891,0"
    )


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (51, 54, "94,4\u00a0%"),
        (1, 8, "12,5\u00a0%"),
        (1, 16, "6,3\u00a0%"),
        (0, 54, "0,0\u00a0%"),
        (3, 0, "—"),
        (None, 54, "—"),
        (Decimal("94.45"), None, "94,5\u00a0%"),
        (None, None, "—"),
    ],
)
def test_percent(part, whole, text):
    assert percent(part, whole) == text


def test_ratio_is_not_rounded():
    assert ratio(1, 8) == Decimal("12.5")
    assert ratio(1, 0) is None


def test_half_goes_away_from_nought():
    assert round_half_up(Decimal("2.5")) == 3
    assert round_half_up(Decimal("-2.5")) == -3


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [(5, 2, "+3"), (2, 5, "−3"), (2, 2, "0"), (None, 2, "—"), (2, None, "—"), (1.5, 1, "+0,5")],
)
def test_difference(now, before, text):
    assert difference(now, before) == text


def test_difference_that_rounds_to_nought_has_no_sign():
    assert difference(Decimal("1.04"), 1, 1) == "0,0"


def test_points():
    assert points(Decimal("94.4"), Decimal("92.1")) == "+2,3\u00a0п.п."
    assert points(None, 1) == "—"


def test_shares_of_thirds_add_up():
    assert shares([1, 1, 1]) == [Decimal("33.4"), Decimal("33.3"), Decimal("33.3")]


def test_shares_give_the_rest_to_the_largest_remainder():
    assert shares([1, 2, 4], 0) == [Decimal(14), Decimal(29), Decimal(57)]


def test_shares_of_nothing():
    assert shares([0, 0]) == [Decimal("0.0"), Decimal("0.0")]
    assert shares([]) == []


@pytest.mark.parametrize("parts", [[-1, 2], [Decimal("NaN")]])
def test_shares_refuse_what_is_no_part(parts):
    with pytest.raises(ValueError, match="not negative"):
        shares(parts)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60), st.integers(0, 3))
def test_shares_always_add_up_and_stay_near(parts, places):
    found = shares(parts, places)
    total = sum(parts)
    assert sum(found) == (100 if total else 0)
    for part, share in zip(parts, found, strict=True):
        assert total == 0 or abs(Decimal(part) * 100 / total - share) < Decimal(1).scaleb(-places)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=4))
def test_number_reads_back(value):
    text = number(value).replace("\u00a0", "").replace("−", "-").replace(",", ".")
    assert Decimal(text) == value


def test_dates():
    assert date_short(date(2026, 11, 2)) == "02.11.2026"
    assert date_short(date(33, 1, 2)) == "02.01.0033"
    assert date_short(None) == "—"
    assert date_long(date(2026, 11, 22)) == "22\u00a0ноября\u00a02026\u00a0г."
    assert date_long(None) == "—"


def test_moment_by_the_clock_of_magadan():
    assert datetime_short(datetime(2026, 11, 22, 13, 5, tzinfo=UTC)) == "23.11.2026\u00a000:05"
    assert datetime_short(None) == "—"


def test_join_and():
    assert join_and([]) == ""
    assert join_and(["первая"]) == "первая"
    assert join_and(["первая", "вторая"]) == "первая и вторая"
    assert join_and(["первая", "вторая", "третья"]) == "первая, вторая и третья"


def test_initials():
    assert initials_before("Иванова", "Анна-Мария", "Петровна") == "А.-М.\u00a0П.\u00a0Иванова"
    assert initials_before("Алиев", "Мамед", "") == "М.\u00a0Алиев"
    assert initials_after("Алиев", "Мамед", "Ахмед оглы") == "Алиев\u00a0М.\u00a0А."
    assert initials_after("Ким", "", "") == "Ким"


def test_approved_agrees_with_the_document():
    assert [agree_approved(each) for each in Agreement] == [
        "УТВЕРЖДЁН",
        "УТВЕРЖДЕНА",
        "УТВЕРЖДЕНО",
        "УТВЕРЖДЕНЫ",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Библиотечный фонд школ № 2", "bibliotechnyi fond shkol 2"),
        ("Подъём, щель и чаща", "podieem shchel i chashcha"),
        ("ЭЮЯ ёж", "eiuia ezh"),
        ("日本", ""),
    ],
)
def test_latin(text, expected):
    assert latin(text) == expected
