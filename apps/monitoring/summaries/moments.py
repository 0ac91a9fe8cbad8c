"""Past days of a campaign: the summary is made of the editions that stood then."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from apps.core.magadan import MAGADAN
from apps.monitoring.models import Amendment, Campaign, Explanation, Response, ResponseEdition

Moment = datetime.datetime


def end_of(day: datetime.date) -> Moment:
    """The moment a day of Magadan is over: what happened on it belongs to the summary of the day."""
    return datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), MAGADAN)


def past_day(text: str) -> datetime.date | None:
    """The day an address asks for; None for today, a day to come, or no date at all: the present summary."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if datetime.date(2000, 1, 1) <= day < timezone.localdate() else None


def moment_of(text: str) -> Moment | None:
    """The moment up to which an address wants the summary; None for the present one."""
    day = past_day(text)
    return None if day is None else end_of(day)


def editions_at(campaign: Campaign, moment: Moment) -> QuerySet[ResponseEdition]:
    """What was accepted then, an organisation each."""
    return ResponseEdition.objects.at(moment).filter(campaign=campaign)


def explanations_at(editions: Iterable[ResponseEdition]) -> list[Explanation]:
    """The explanations that stood then, as unsaved rows that know their organisation."""
    found: list[Explanation] = []
    for edition in editions:
        response = Response(
            pk=edition.response_id, organization=edition.organization, campaign_id=edition.campaign_id
        )
        found.extend(Explanation(response=response, **kept) for kept in edition.explanations)
    return found


def explained_at(campaign: Campaign, moment: Moment) -> list[Explanation]:
    """The explanations of a summary of the past, by organisation."""
    rows = editions_at(campaign, moment).exclude(explanations=[]).select_related("organization")
    rows = rows.only("response_id", "campaign_id", "organization", "explanations")
    return explanations_at(rows.order_by("organization__short_name", "pk"))


def amendments_since(campaign: Campaign, moment: Moment | None) -> QuerySet[Amendment]:
    """Amendments accepted after the moment (None: all of them), the latest first."""
    rows = Amendment.objects.accepted().filter(response__campaign=campaign)
    if moment is not None:
        rows = rows.filter(decided_at__gte=moment)
    return rows.select_related("response__organization", "decided_by").order_by("-decided_at", "-pk")
