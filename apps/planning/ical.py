"""A feed as a calendar (RFC 5545)."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from apps.core.magadan import MAGADAN
from apps.core.mail import absolute
from apps.planning.enums import Mark, PlanState, TermKind
from apps.planning.models import Feed, Holding
from apps.planning.terms import ONE_DAY

EXACT = (TermKind.DAY, TermKind.WEEKLY)
# A calendar program asks for everything each time: two years are enough.
BACK = datetime.timedelta(days=365)


def holdings_of(feed: Feed, today: datetime.date) -> Any:
    """Of approved plans only what its owner may see today, and nothing «в течение года»."""
    rows = (
        Holding.objects.visible_to(feed.owner)
        .standing()
        .filter(item__plan__state__in=(PlanState.APPROVED, PlanState.CLOSED), ends_on__gte=today - BACK)
        .exclude(item__term_kind=TermKind.YEAR)
    )
    rows = rows.filter(item__section=feed.section) if feed.section else rows.of_person(feed.owner_id)
    return rows.select_related("item__plan", "item__responsible").order_by("starts_on", "pk")


def calendar_of(title: str, holdings: Iterable[Holding]) -> bytes:
    """The text of the calendar; lines are folded and user's text escaped by the library."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//ИМО//Планы работы//RU")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", title)
    made.add("x-wr-timezone", "Asia/Magadan")
    for one in holdings:
        made.add_component(_event(one))
    return bytes(made.to_ical())


def _event(holding: Holding) -> Any:
    from icalendar import Event

    item = holding.item
    event = Event()
    event.add("uid", f"holding-{holding.pk}@imo-portal")
    event.add("dtstamp", (holding.marked_at or item.created_at).astimezone(datetime.UTC))
    event.add("summary", str(item))
    _put_days(event, holding)
    if item.place:
        event.add("location", item.place)
    event.add("description", _description(holding))
    event.add("url", absolute(f"/plans/items/{item.pk}/"))
    event.add("status", "CANCELLED" if holding.state == Mark.CANCELLED else "CONFIRMED")
    return event


def _put_days(event: Any, holding: Holding) -> None:
    """Hours only for a single day; otherwise whole days, the end not included as the standard has it."""
    item, day = holding.item, holding.starts_on
    if item.starts_at and holding.starts_on == holding.ends_on:
        event.add("dtstart", _moment(day, item.starts_at))
        end = (
            item.ends_at
            or (datetime.datetime.combine(day, item.starts_at) + datetime.timedelta(hours=1)).time()
        )
        event.add("dtend", _moment(day, end if end > item.starts_at else datetime.time(23, 59)))
    else:
        event.add("dtstart", day)
        event.add("dtend", holding.ends_on + ONE_DAY)


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """In UTC: no program has to know the zone of Magadan."""
    return datetime.datetime.combine(day, time, MAGADAN).astimezone(datetime.UTC)


def _description(holding: Holding) -> str:
    item = holding.item
    lines = [
        str(item.plan),
        f"Ответственный: {item.responsible}",
        f"Участники: {item.audience}" if item.audience else "",
        f"Отметка: {Mark(holding.state).label}",
        holding.reason,
    ]
    return "\n".join(line for line in lines if line)


def feed_by_token(token: str) -> Feed | None:
    """The working feed of a link whose owner still reads plans; None for every useless link alike."""
    from apps.accounts.links import token_hash
    from apps.planning.permissions import can_read

    found = Feed.objects.working().filter(Q(token_hash=token_hash(token))).select_related("owner").first()
    return found if found is not None and can_read(found.owner) else None
