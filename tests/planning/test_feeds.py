"""Calendar subscriptions: what the link shows, to whom, until when; the digest of Monday."""

import datetime

import pytest
from icalendar import Calendar

from apps.accounts.models import RoleGrant
from apps.core.magadan import MAGADAN
from apps.notices.models import Notice
from apps.planning.actions.feeds import open_feed, revoke_feed
from apps.planning.models import Feed
from apps.planning.tasks import tell_week
from tests.planning.factories import approved, make_item, make_plan

pytestmark = pytest.mark.django_db
D, T = datetime.date, datetime.time


@pytest.fixture
def at_work(department, methodist, methodist2, head, clock):
    """Approved; today is Monday, 12.10.2026."""
    clock(2026, 10, 12, 9, 0)
    plan = make_plan(methodist, 0)
    make_item(plan, methodist, title="Свой семинар; с запятой, и точкой" + " очень" * 20, place="Зал",
              starts_at=T(10), ends_at=T(12))  # fmt: skip
    make_item(plan, methodist, title="Чужой", section="3.1", responsible=methodist2, starts_on=D(2026, 10, 7),
              ends_on=D(2026, 10, 7))  # fmt: skip
    make_item(plan, methodist, title="Месяц", term_kind="month", starts_on=D(2026, 10, 1),
              ends_on=D(2026, 10, 31))  # fmt: skip
    approved(plan, methodist, head)
    return plan


def events(client, token: str) -> dict[str, dict]:
    answer = client.get(f"/plans/feeds/{token}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert not answer.cookies
    return {str(one["summary"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_a_feed_of_a_person(at_work, methodist, client):
    _, token = open_feed(by=methodist)

    found = events(client, token)

    own = "Семинар: Свой семинар; с запятой, и точкой" + " очень" * 20
    assert set(found) == {own, "Семинар: Месяц"}
    # Ten o'clock of Magadan is 23:00 of the day before in UTC.
    assert found[own]["dtstart"].dt == datetime.datetime(2026, 10, 14, 23, tzinfo=datetime.UTC)
    assert found[own]["dtend"].dt == datetime.datetime(2026, 10, 15, 1, tzinfo=datetime.UTC)
    assert found["Семинар: Месяц"]["dtstart"].dt == D(2026, 10, 1)
    assert found["Семинар: Месяц"]["dtend"].dt == D(2026, 11, 1)
    assert str(found[own]["location"]) == "Зал"


def test_a_feed_of_a_section_and_drafts_stay_at_home(at_work, methodist, client):
    _, token = open_feed(by=methodist, section="3.1")
    draft = make_plan(methodist, 0, year=2027)
    make_item(
        draft, methodist, section="3.1", title="Проект", starts_on=D(2027, 10, 1), ends_on=D(2027, 10, 1)
    )

    assert set(events(client, token)) == {"Семинар: Чужой"}


def test_a_link_dies_with_the_right_or_by_hand(at_work, methodist, methodist2, client):
    feed, token = open_feed(by=methodist)
    _, other = open_feed(by=methodist2)
    revoke_feed(feed=feed, by=methodist)
    RoleGrant.objects.filter(user=methodist2).update(ends_on=D(2026, 10, 11))

    for dead in (token, other, "x" * 43):
        assert client.get(f"/plans/feeds/{dead}.ics").status_code == 404


def test_the_secret_is_shown_once_and_kept_as_a_hash(methodist, head, signed_in, department):
    client = signed_in(methodist)

    link = client.post("/plans/feeds/", {"what": ""}).context["link"]

    token = link.rpartition("/")[2].removesuffix(".ics")
    feed = Feed.objects.get()
    assert len(token) == 43
    assert token not in str(feed.__dict__)
    assert token not in client.get("/plans/feeds/").content.decode()
    assert signed_in(head).post(f"/plans/feeds/{feed.pk}/revoke/").status_code == 404
    assert signed_in(methodist).post(f"/plans/feeds/{feed.pk}/revoke/").status_code == 302


def test_one_digest_on_monday(at_work, methodist, methodist2, head):
    monday = datetime.datetime(2026, 10, 12, 9, 30, tzinfo=MAGADAN)

    assert tell_week(monday) == 2
    assert tell_week(monday + datetime.timedelta(days=2)) == 0

    own, other = (Notice.objects.get(kind="plan_week", recipient=one) for one in (methodist, methodist2))
    assert own.title == "План на неделю с 12.10.2026"
    assert own.text.startswith("15.10.2026 — Семинар: Свой семинар")
    assert "Месяц" not in own.text
    assert other.text == "Просрочено: 07.10.2026 — Семинар: Чужой"
    assert not Notice.objects.filter(kind="plan_week", recipient=head).exists()
