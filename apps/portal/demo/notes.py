"""Notices inside the portal, as the campaigns would have left them; no letters leave the demo."""

from collections.abc import Iterator

from django.utils import timezone

from apps.monitoring.enums import CampaignState, ResponseState
from apps.monitoring.models import Campaign, Response
from apps.notices.models import Notice
from apps.portal.demo.campaigns import started_at
from apps.portal.demo.city import City


def load_notices(city: City, running: list[Campaign]) -> int:
    """Tells every representative what is asked and what came back. Gives the number of notices."""
    people = {one.pk: city.representative(one) for one in city.organizations}
    notices = []
    for campaign in running:
        if campaign.state == CampaignState.RUNNING:
            responses = campaign.responses.without_documents().select_related("campaign")
            notices += [note for one in responses for note in _of(one, campaign, people)]
    return len(Notice.objects.bulk_create(notices))


def _of(response: Response, campaign: Campaign, people: dict) -> Iterator[Notice]:
    due = timezone.localtime(campaign.due_at)
    recipient = people[response.organization_id]
    yield Notice(
        recipient=recipient,
        kind="monitoring",
        title=f"Новый мониторинг: {campaign.title}",
        text=f"{campaign.letter}\n\nСрок — {due:%d.%m.%Y %H:%M} (магаданское время).",
        url="/monitoring/",
        sent_by=campaign.created_by,
        created_at=started_at(campaign),
        read_at=response.opened_at,
    )
    word = _NEWS.get(ResponseState(response.state))
    at = response.accepted_at or response.submitted_at
    if word and at:
        yield Notice(
            recipient=recipient,
            kind="monitoring",
            title=f"{word}: {campaign.title}",
            url=f"/monitoring/responses/{response.pk}/",
            sent_by=campaign.created_by,
            created_at=at,
        )


_NEWS = {ResponseState.RETURNED: "Отчёт возвращён на доработку", ResponseState.ACCEPTED: "Отчёт принят"}
