"""Questions about responses that several pages and actions ask."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.db.models.functions import Now

from apps.core.roles import Role, has_role, represented_ids
from apps.monitoring.definition import Violation
from apps.monitoring.enums import EDITABLE_STATES, CampaignState, ResponseState
from apps.monitoring.models import Campaign, FormVersion, Response
from apps.monitoring.models.responses import ResponseQuerySet
from apps.monitoring.versions import GONE, moved


def earlier_values(response: Response) -> dict[str, str] | None:
    """What the organisation had accepted in the round before, under this version's addresses.

    None where there is no earlier round or the organisation has no accepted response in it.
    """
    previous_id = response.campaign.previous_id
    if previous_id is None:
        return None
    row = (
        Response.objects.accepted()
        .filter(campaign_id=previous_id, organization_id=response.organization_id)
        .values_list("values", "campaign__version_id")
        .first()
    )
    if row is None:
        return None
    values, version_id = row
    return translated(values, version_id, response.campaign.version_id)


def translated(values: Mapping[str, str], from_version: int, to_version: int) -> dict[str, str]:
    """Values of an earlier version under the addresses of a later one, by the maps of old codes between."""
    steps = successions(from_version, to_version)
    placed = ((carried(address, steps), value) for address, value in values.items())
    return {address: value for address, value in placed if address != GONE}


def successions(from_version: int, to_version: int) -> list[dict[str, str]]:
    """Maps of old codes from one version of a form to a later one, in order; empty ones are left out."""
    if from_version == to_version:
        return []
    numbers = dict(FormVersion.objects.filter(pk__in=[from_version, to_version]).values_list("pk", "number"))
    between = FormVersion.objects.filter(
        form__versions=to_version, number__gt=numbers[from_version], number__lte=numbers[to_version]
    )
    return [one for one in between.order_by("number").values_list("old_codes", flat=True) if one]


def carried(address: str, steps: Iterable[Mapping[str, str]]) -> str:
    """An address led through the maps of several versions; `GONE` where one of them has no place for it."""
    for old_codes in steps:
        address = moved(address, old_codes)
        if address == GONE:
            break
    return address


def other_forms_values(response: Response, codes: frozenset[str]) -> dict[str, dict[str, str]]:
    """The organisation's accepted response to each of the other forms: form code → values.

    Of the rounds of a form the one of the same period is taken, or the nearest before it; a later never.
    """
    rows = _latest_of_forms(response, codes).values_list("campaign__version__form__code", "values")
    return dict(rows) if codes else {}


def accepted_titles(response: Response, codes: frozenset[str]) -> dict[str, str]:
    """Form code → «принятый отчёт «…», период» of the same responses."""
    if not codes:
        return {}
    rows = _latest_of_forms(response, codes).select_related("campaign__version__form")
    return {
        one.campaign.version.form.code: f"принятый отчёт «{one.campaign.title}», {one.campaign.period_title}"
        for one in rows.without_documents()
    }


def naming_other_reports(response: Response, violations: list[Violation]) -> list[Violation]:
    """The violations, those of relations with other forms saying whose report of which period was read."""
    titles = accepted_titles(response, frozenset[str]().union(*(one.forms for one in violations)))
    return [_naming(one, titles) for one in violations]


def _naming(violation: Violation, titles: Mapping[str, str]) -> Violation:
    told = "; ".join(titles[code] for code in sorted(violation.forms) if code in titles)
    if not told:
        return violation
    return replace(violation, message=f"{violation.message}. Сверено с другой формой: {told}")


def _latest_of_forms(response: Response, codes: frozenset[str]) -> ResponseQuerySet:
    """Periods go by their beginnings; of two that begin together the one of the same length is first."""
    campaign = response.campaign
    same_length = Case(When(campaign__period_kind=campaign.period_kind, then=0), default=1)
    return (
        Response.objects.accepted()
        .filter(
            organization_id=response.organization_id,
            campaign__version__form__code__in=codes,
            campaign__period_start__lte=campaign.period_start,
        )
        .exclude(pk=response.pk)
        .order_by("campaign__version__form__code", "-campaign__period_start", same_length, "-pk")
        .distinct("campaign__version__form__code")
    )


def waiting_responses(user: Any) -> QuerySet[Response]:
    """What the organisations of the user still owe, nearest deadline first."""
    return (
        Response.objects.without_documents()
        .filter(
            organization__in=represented_ids(user),
            campaign__state=CampaignState.RUNNING,
            state__in=EDITABLE_STATES,
        )
        .select_related("campaign", "organization")
        .order_by("campaign__due_at", "pk")
    )


def responses_to_review(user: Any) -> QuerySet[Response]:
    """What has been sent and waits for a methodist."""
    if not has_role(user, Role.METHODIST, Role.HEAD):
        return Response.objects.none()
    return (
        Response.objects.without_documents()
        .filter(state=ResponseState.SUBMITTED)
        .select_related("campaign", "organization")
        .order_by("submitted_at")
    )


def with_progress(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Counts for lists: asked, answered (sent or accepted), accepted, late."""
    overdue = (
        Q(responses__state__in=EDITABLE_STATES)
        & Q(due_at__lt=Now())
        & (Q(responses__extended_due_at=None) | Q(responses__extended_due_at__lt=Now()))
    )
    return campaigns.annotate(
        asked=Count("responses"),
        answered=Count("responses", filter=Q(responses__state__in=["submitted", "accepted"])),
        accepted=Count("responses", filter=Q(responses__state="accepted")),
        waiting=Count("responses", filter=Q(responses__state="submitted")),
        overdue=Count("responses", filter=overdue),
        form_title=F("version__form__title"),
    )
