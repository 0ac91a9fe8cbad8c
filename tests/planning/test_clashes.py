"""Clashes by hand: who and what is asked for twice at one time."""

import datetime

import pytest

from apps.planning.clashes import clashes_of
from apps.planning.load import load_of
from apps.planning.table import rows_of
from tests.planning.factories import make_item, make_plan

pytestmark = pytest.mark.django_db
D, T = datetime.date, datetime.time


def told(plan, user) -> list[tuple[str, str, list[str]]]:
    return [
        (one.kind.value, one.what, sorted(row.item.title for row in one.holdings))
        for one in clashes_of(plan, user)
    ]


def hours(first: int, last: int | None = None) -> dict:
    return {"starts_at": T(first), "ends_at": T(last) if last else None}


def test_one_place_twice_at_one_time(department, methodist, methodist2, head):
    plan = make_plan(methodist, 0)
    make_item(plan, methodist, title="А", place="Зал", **hours(10, 12))
    make_item(plan, methodist2, title="Б", place="зал ", responsible=methodist2, **hours(11, 13))
    make_item(plan, head, title="В", place="Зал", responsible=head, **hours(13, 14))

    assert told(plan, methodist) == [("place", "Зал", ["А", "Б"])]


def test_one_person_twice_and_the_same_audience(department, methodist, methodist2):
    plan = make_plan(methodist, 0)
    make_item(plan, methodist, title="А", audience="Завучи", **hours(10))
    make_item(plan, methodist, title="Б", audience="завучи", responsible=methodist2,
              co_executors=[methodist], **hours(10, 11))  # fmt: skip
    make_item(plan, methodist, title="В", **hours(11))

    assert sorted(told(plan, methodist)) == [
        ("audience", "Завучи", ["А", "Б"]),
        ("person", methodist.short_name, ["А", "Б"]),
    ]


def test_without_hours_only_a_place_is_suspected(department, methodist):
    plan = make_plan(methodist, 0)
    make_item(plan, methodist, title="А", place="Зал")
    make_item(plan, methodist, title="Б", place="Зал")

    found = clashes_of(plan, methodist)

    assert [(one.kind.value, one.is_certain) for one in found] == [("place", False)]


def test_heads_are_invited_at_most_twice_a_day(department, methodist):
    plan = make_plan(methodist, 0)
    for title in "АБ":
        make_item(plan, methodist, title=title, invites_heads=True)
    assert told(plan, methodist) == []

    make_item(plan, methodist, title="В", invites_heads=True)

    assert told(plan, methodist) == [("heads", "приглашений: 3", ["А", "Б", "В"])]


def test_other_plans_are_compared_and_months_are_not(department, methodist):
    plan = make_plan(methodist, 0)
    other = make_plan(methodist, 0, owner="department", year_kind="calendar")
    make_item(plan, methodist, title="А", place="Зал", **hours(10))
    make_item(other, methodist, title="Б", place="Зал", responsible=methodist, **hours(10))
    make_item(plan, methodist, title="Месяц", place="Зал", term_kind="month",
              starts_on=D(2026, 10, 1), ends_on=D(2026, 10, 31))  # fmt: skip

    assert ("place", "Зал", ["А", "Б"]) in told(plan, methodist)
    assert all("Месяц" not in titles for _, _, titles in told(plan, methodist))


def test_load_by_person_and_month(department, methodist, methodist2):
    plan = make_plan(methodist, 2)
    make_item(plan, methodist, title="Ноябрь", responsible=methodist2, co_executors=[methodist],
              starts_on=D(2026, 11, 3), ends_on=D(2026, 11, 3))  # fmt: skip

    load = load_of(plan, rows_of(plan, methodist))

    assert load.months[:3] == ["сентябрь", "октябрь", "ноябрь"]
    by_name = {one.person.pk: (one.items, one.helping, one.months[:3]) for one in load.people}
    assert by_name == {methodist.pk: (2, 1, [0, 2, 0]), methodist2.pk: (1, 0, [0, 0, 1])}
    assert (load.totals[:3], load.most) == ([0, 2, 1], 2)
