"""Earlier rounds loaded from a table, so that comparison works from the first year."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.monitoring.actions.campaigns import locked_campaign
from apps.monitoring.actions.editions import begin_edition
from apps.monitoring.actions.sending import bump, seal
from apps.monitoring.compiled import compiled_for
from apps.monitoring.enums import CampaignState, ChangeSource, ResponseState
from apps.monitoring.models import Campaign, CellChange, Response, Submission
from apps.monitoring.permissions import can_run_campaigns


@transaction.atomic
def load_round(
    *, campaign: Campaign, period_start: datetime.date, values: dict[int, dict[str, str]], by: Any
) -> Campaign:
    """Makes a closed round before `campaign` out of checked values (organisation id → address → value).

    The new round goes into the chain of «прошлый период» right before the campaign. Raises `Conflict`
    when the period is not earlier, or such a round is there already.
    """
    require(can_run_campaigns(by), "Мониторинги проводят методисты и заведующий.")
    campaign = locked_campaign(campaign.pk)
    if period_start >= campaign.period_start:
        raise Conflict("Загрузить можно только период раньше этого.")
    if Campaign.objects.rounds_before(campaign).filter(period_start=period_start).exists():
        raise Conflict("Данные за этот период уже есть.")
    loaded = _closed_round(campaign, period_start, by)
    for organization_id, given in values.items():
        _accepted(loaded, organization_id, given, by)
    _insert_into_chain(campaign, loaded)
    bump(loaded.pk)
    journal.record(by=by, verb=Verb.IMPORTED, subject=loaded)
    return loaded


def _closed_round(campaign: Campaign, period_start: datetime.date, by: Any) -> Campaign:
    now = timezone.now()
    return Campaign.objects.create(
        version_id=campaign.version_id,
        title=campaign.title,
        period_kind=campaign.period_kind,
        period_start=period_start,
        state=CampaignState.CLOSED,
        due_at=now,
        started_at=now,
        closed_at=now,
        is_loaded=True,
        created_by_id=by.pk,
    )


def _accepted(campaign: Campaign, organization_id: int, given: dict[str, str], by: Any) -> None:
    compiled = compiled_for(campaign.version_id, organization_id)
    now = timezone.now()
    response = Response(
        campaign=campaign,
        organization_id=organization_id,
        state=ResponseState.ACCEPTED,
        values={**given, **{at: value for at, value in compiled.compute(given).items() if value}},
        submitted_at=now,
        submitted_by_id=by.pk,
        accepted_at=now,
        accepted_by_id=by.pk,
        saved_at=now,
    )
    response.filled = len(response.values)
    seal(response, compiled)
    response.save()
    CellChange.objects.bulk_create(
        CellChange(response=response, address=at, became=value, source=ChangeSource.LOADED, by_id=by.pk)
        for at, value in given.items()
    )
    begin_edition(response, at=now)
    Submission.objects.create(response=response, number=1, values=response.values, by_id=by.pk)


def _insert_into_chain(campaign: Campaign, loaded: Campaign) -> None:
    """campaign → … → loaded → …: the loaded round stands before the first one later than it."""
    later = campaign
    while later.previous is not None and later.previous.period_start > loaded.period_start:
        later = later.previous
    loaded.previous = later.previous
    loaded.save(update_fields=["previous"])
    later.previous = loaded
    later.save(update_fields=["previous"])
