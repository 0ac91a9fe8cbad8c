"""The load calendar: weeks by hand, what is counted, who sees what, how many queries."""

import datetime

import pytest

from apps.monitoring import load
from apps.monitoring.load import Due, by_organization, by_week, fillable, is_over, week_of, weeks_around
from apps.monitoring.models import Campaign
from apps.monitoring.registered import load_panel
from tests.factories import CampaignFactory, OrganizationFactory, ResponseFactory
from tests.monitoring.responses.definitions import LIBRARY
from tests.monitoring.small import SMALL, at, campaign_of

MONDAY = datetime.date(2026, 11, 23)


def due(organization_id: int, day: int, cells: int = 10) -> Due:
    return Due(organization_id, f"Школа {organization_id}", Campaign(pk=1), 1, at(2026, 11, day, 12), cells)


@pytest.mark.parametrize(("day", "monday"), [(22, 16), (23, 23), (29, 23), (30, 30)])
def test_week_begins_on_monday(day, monday):
    assert week_of(datetime.date(2026, 11, day)) == datetime.date(2026, 11, monday)


def test_fillable_cells():
    """SMALL: two typed figures, a computed one, two questions."""
    assert fillable(SMALL) == 4


def test_fillable_cells_without_x_and_with_an_open_table():
    """LIBRARY: 3 rows × гр.4 and 5 without one X are 5; the open table's row of two cells; its questions."""
    items = [item for section in LIBRARY["sections"] for item in section.get("items", [])]
    questions = sum(1 for one in items if one["type"] == "question")
    computed = sum(1 for one in items if one["type"] == "question" and one["value"].get("computed"))
    assert fillable(LIBRARY) == 5 + 2 + questions - computed


@pytest.mark.parametrize(
    ("deadlines", "cells", "over"), [(2, 1000, False), (3, 10, True), (1, 1001, True), (0, 0, False)]
)
def test_overload(deadlines, cells, over):
    assert is_over(deadlines, cells) is over


def test_by_week_and_organization():
    dues = [due(1, 24), due(1, 29, 5), due(2, 24), due(1, 30, 7)]
    loads = by_week([one for one in dues if one.organization_id == 1])
    assert {week: (one.deadlines, one.cells) for week, one in loads.items()} == {
        MONDAY: (2, 15),
        datetime.date(2026, 11, 30): (1, 7),
    }
    assert list(by_organization(dues)) == [("Школа 1", 1), ("Школа 2", 2)]


def test_weeks_around_a_deadline():
    """In the chosen week the first has two deadlines, the second one, the third none: a third is too many."""
    dues = [due(1, 24), due(1, 25), due(2, 26), due(9, 26)]
    weeks = weeks_around(dues, datetime.date(2026, 11, 27), {1, 2, 3}, cells=10)
    assert [one.week for one in weeks] == [
        datetime.date(2026, 11, 9),
        datetime.date(2026, 11, 16),
        MONDAY,
        datetime.date(2026, 11, 30),
        datetime.date(2026, 12, 7),
    ]
    chosen = weeks[2]
    assert (chosen.is_chosen, chosen.spread, chosen.most_cells, chosen.overloaded) == (
        True,
        [(2, 1), (1, 1), (0, 1)],
        20,
        1,
    )
    assert (weeks[0].spread, weeks[0].overloaded) == ([(0, 3)], 0)
    assert weeks_around(dues, datetime.date(2026, 11, 27), {1, 2, 3}, cells=985)[2].overloaded == 1
    assert weeks_around(dues, datetime.date(2026, 11, 27), {1, 2, 3}, cells=991)[2].overloaded == 2


@pytest.fixture
def now(clock):
    clock(at(2026, 11, 24, 9))


@pytest.fixture
def campaigns(small, methodist, school_a, school_b, now):
    """Running until the 26th, asked of both; in preparation until the 27th; one already answered."""
    running = campaign_of(small, methodist, title="Идёт", due_at=at(2026, 11, 26, 18))
    planned = campaign_of(
        small, methodist, title="Готовится", due_at=at(2026, 11, 27, 18), state="draft", started_at=None
    )
    for campaign in (running, planned):
        for school in (school_a, school_b):
            ResponseFactory(campaign=campaign, organization=school)
    answered = campaign_of(small, methodist, title="Сдан", due_at=at(2026, 11, 26, 18))
    ResponseFactory(
        campaign=answered, organization=school_a, state="submitted", submitted_at=at(2026, 11, 20)
    )
    return running, planned


def test_department_sees_what_is_planned(campaigns, methodist):
    dues = load.dues_of(methodist, MONDAY, MONDAY)
    assert [(one.campaign.title, one.cells) for one in dues] == [
        ("Идёт", 4),
        ("Идёт", 4),
        ("Готовится", 4),
        ("Готовится", 4),
    ]


def test_school_sees_its_own_that_are_running(campaigns, responsible_a, school_a):
    panel = load_panel(responsible_a)
    assert [(week, [one.campaign.title for one in own.dues]) for week, own in panel["weeks"]] == [
        (MONDAY, ["Идёт"])
    ]


def test_extended_deadline_counts(campaigns, methodist, school_a):
    running, _ = campaigns
    running.responses.filter(organization=school_a).update(extended_due_at=at(2026, 12, 2, 12))
    dues = load.dues_of(methodist, MONDAY, MONDAY + load.WEEK)
    assert [(one.organization, one.week) for one in dues if one.campaign == running] == [
        ("Школа Б", MONDAY),
        ("Школа А", datetime.date(2026, 11, 30)),
    ]


def test_no_panel_without_deadlines(responsible_a, now):
    assert load_panel(responsible_a) is None


def test_two_queries_whatever_the_number(campaigns, methodist, small, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(load, "_cells", {})
    for number in range(3):
        more = CampaignFactory(version=small, created_by=methodist, due_at=at(2026, 11, 28, number))
        ResponseFactory(campaign=more, organization=OrganizationFactory())
    load.dues_of(methodist, MONDAY, MONDAY)
    monkeypatch.setattr(load, "_cells", {})
    with django_assert_num_queries(2):
        load.dues_of(methodist, MONDAY, MONDAY)


def test_calendar_page(campaigns, client, methodist):
    client.force_login(methodist)
    page = client.get("/monitoring/load/").content.decode()
    assert "с 23.11.2026" in page and "Школа А" in page and "2\u00a0срока" in page and "(готовится)" in page


def test_around_page(campaigns, client, methodist):
    running, planned = campaigns
    client.force_login(methodist)
    page = client.get(
        f"/monitoring/load/around/?campaign={planned.pk}&due_at=2026-11-27T18:00"
    ).content.decode()
    assert "Сроки выбранных организаций (2)" in page
    assert "1\u00a0срок — 2\u00a0организации" in page and "Неделя перегружена" not in page
    for title in ("Ещё один", "И ещё"):
        more = CampaignFactory(
            version=running.version, created_by=methodist, title=title, due_at=at(2026, 11, 25)
        )
        for one in running.responses.all():
            ResponseFactory(campaign=more, organization=one.organization)
    page = client.get(
        f"/monitoring/load/around/?campaign={planned.pk}&due_at=2026-11-27T18:00"
    ).content.decode()
    assert "Неделя перегружена" in page
    for text in ("", "завтра", "2026-13-45T99:99", "0001-01-01T00:00", "99999-01-01T00:00"):
        answer = client.get("/monitoring/load/around/", {"due_at": text, "campaign": "x", "version": "-1"})
        assert answer.status_code == 200 and "Укажите срок" in answer.content.decode()


def test_form_of_a_campaign_asks_for_the_load(campaigns, client, methodist):
    client.force_login(methodist)
    page = client.get(f"/monitoring/campaigns/{campaigns[1].pk}/edit/").content.decode()
    assert f'hx-get="/monitoring/load/around/?campaign={campaigns[1].pk}"' in page
    assert 'id="load-around"' in page
