"""Rounds side by side over the same organisations: a change that no change of their circle has made."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from apps.monitoring.models import Campaign
from apps.monitoring.summaries.behind import included
from apps.monitoring.summaries.moments import Moment
from apps.monitoring.summaries.rollups import ALL, slice_over
from apps.monitoring.summaries.summary import Round, Summary, earlier_of, round_from, summary_from


@dataclass(frozen=True)
class Panel:
    """The present round and the earlier ones, the latest first, each over the same organisations."""

    summary: Summary
    rounds: list[Round]

    @property
    def organizations(self) -> int:
        return self.summary.organizations


def panel_of(
    campaign: Campaign,
    *,
    key: str = ALL,
    with_submitted: bool = False,
    limit: int = 1,
    moment: Moment | None = None,
) -> Panel | None:
    """The campaign and up to `limit` rounds before it over those who are in every one of them.

    The group `key` is that of the present round, so an organisation that has become another kind since
    is compared with itself. None where there is no earlier round, or nobody has answered in all.
    """
    chain = list(earlier_of(campaign, limit))
    responses = in_every_round(
        campaign, [earlier for earlier, _ in chain], key=key, with_submitted=with_submitted, moment=moment
    )
    present = slice_over(campaign, responses) if chain else None
    if present is None or not present.organizations:
        return None
    same = responses.values("organization_id")
    rounds = []
    for earlier, steps in chain:
        part = slice_over(earlier, included(earlier, moment=moment).filter(organization_id__in=same))
        rounds.append(round_from(earlier, steps, summary_from(earlier, key, part)))
    return Panel(summary_from(campaign, key, present), rounds)


def in_every_round(
    campaign: Campaign,
    earlier: list[Campaign],
    *,
    key: str = ALL,
    with_submitted: bool = False,
    moment: Moment | None = None,
) -> QuerySet[Any]:
    """The campaign's responses whose organisations are in the summaries of all `earlier` ones too."""
    rows = included(campaign, key=key, with_submitted=with_submitted, moment=moment)
    for one in earlier:
        rows = rows.filter(organization_id__in=included(one, moment=moment).values("organization_id"))
    return rows
