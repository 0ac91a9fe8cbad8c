"""The load of organisations by weeks: deadlines and cells still to be filled, over all campaigns."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from apps.core.magadan import in_magadan
from apps.monitoring.definition.build import build
from apps.monitoring.definition.spread import spread
from apps.monitoring.enums import EDITABLE_STATES, CampaignState
from apps.monitoring.models import Campaign, FormVersion, Response

# A week in which one organisation has more than this is overloaded.
MAX_DEADLINES = 2
MAX_CELLS = 1000
WEEK = datetime.timedelta(days=7)
_cells: dict[int, int] = {}


@dataclass(frozen=True)
class Due:
    """One deadline of one organisation that has not answered yet."""

    organization_id: int
    organization: str
    campaign: Campaign
    response_id: int
    due_at: datetime.datetime
    cells: int

    @property
    def week(self) -> datetime.date:
        return week_of(in_magadan(self.due_at).date())


@dataclass
class Load:
    """What one organisation has to do in one week."""

    dues: list[Due] = field(default_factory=list)

    @property
    def deadlines(self) -> int:
        return len(self.dues)

    @property
    def cells(self) -> int:
        return sum(one.cells for one in self.dues)

    @property
    def is_over(self) -> bool:
        return is_over(self.deadlines, self.cells)


def is_over(deadlines: int, cells: int) -> bool:
    """Whether this much is too much for one organisation in one week."""
    return deadlines > MAX_DEADLINES or cells > MAX_CELLS


def week_of(day: datetime.date) -> datetime.date:
    """The Monday of the day's week."""
    return day - datetime.timedelta(days=day.weekday())


def weeks_from(day: datetime.date, count: int) -> list[datetime.date]:
    """Mondays of `count` weeks, that of the day first."""
    return [week_of(day) + WEEK * number for number in range(count)]


def dues_of(user: Any, first: datetime.date, last: datetime.date) -> list[Due]:
    """Deadlines of unanswered responses from the first to the last week (Mondays), nearest first.

    Running campaigns, and for the department those it prepares too: an organisation does not see these.
    Two queries, the second only for forms met for the first time.
    """
    rows = (
        Response.objects.visible_to(user)
        .without_documents()
        .filter(state__in=EDITABLE_STATES)
        .filter(Q(campaign__state=CampaignState.RUNNING) | Q(campaign__state=CampaignState.DRAFT))
        .annotate(due=Coalesce("extended_due_at", F("campaign__due_at")))
        .filter(due__date__range=(first, last + WEEK - datetime.timedelta(days=1)))
        .select_related("campaign", "organization")
        .order_by("due", "pk")
    )
    found = list(rows)
    sizes = cells_of({row.campaign.version_id for row in found})
    return [
        Due(
            organization_id=row.organization_id,
            organization=row.organization.short_name,
            campaign=row.campaign,
            response_id=row.pk,
            due_at=row.due_at,
            cells=sizes[row.campaign.version_id],
        )
        for row in found
    ]


def cells_of(version_ids: Iterable[int]) -> dict[int, int]:
    """How many cells a person fills in each version; a published version is counted once a process."""
    wanted = set(version_ids)
    if missing := wanted - _cells.keys():
        definitions = FormVersion.objects.filter(pk__in=missing).values_list("pk", "definition")
        _cells.update({pk: fillable(definition) for pk, definition in definitions})
    return {pk: _cells[pk] for pk in wanted}


def fillable(definition: dict[str, Any]) -> int:
    """Cells neither computed nor marked X; an open table counts as one row."""
    layout = spread(build(definition)).layout
    cells = [*layout.cells.values(), *layout.templates.values()]
    return sum(1 for one in cells if not one.is_x and one.computed is None)


def by_week(dues: Iterable[Due]) -> dict[datetime.date, Load]:
    """The load of one organisation (or of all of them together) by the Monday of the week."""
    found: dict[datetime.date, Load] = defaultdict(Load)
    for one in dues:
        found[one.week].dues.append(one)
    return dict(found)


def by_organization(dues: Iterable[Due]) -> dict[tuple[str, int], dict[datetime.date, Load]]:
    """(name, id) of each organisation that owes something → its load by week, in order of names."""
    own: dict[tuple[str, int], list[Due]] = defaultdict(list)
    for one in dues:
        own[one.organization, one.organization_id].append(one)
    return {key: by_week(own[key]) for key in sorted(own)}


@dataclass(frozen=True)
class WeekAround:
    """A week near a deadline being chosen, over the organisations that are asked.

    `spread`: (deadlines, how many organisations have that many already). With the new deadline in it,
    `overloaded` organisations would have too much.
    """

    week: datetime.date
    is_chosen: bool
    spread: list[tuple[int, int]]
    most_cells: int
    overloaded: int

    @property
    def last_day(self) -> datetime.date:
        return self.week + WEEK - datetime.timedelta(days=1)


AROUND = 2


def weeks_around(
    dues: Sequence[Due], day: datetime.date, recipients: set[int], cells: int
) -> list[WeekAround]:
    """The chosen week and two on each side, as they are before the new deadline of `cells` cells."""
    own = by_organization(one for one in dues if one.organization_id in recipients)
    loads = {organization_id: weeks for (_, organization_id), weeks in own.items()}
    found = []
    for week in weeks_from(week_of(day) - WEEK * AROUND, AROUND * 2 + 1):
        now = [loads.get(one, {}).get(week, Load()) for one in sorted(recipients)]
        counts = [one.deadlines for one in now]
        found.append(
            WeekAround(
                week=week,
                is_chosen=week == week_of(day),
                spread=[(number, counts.count(number)) for number in sorted(set(counts), reverse=True)],
                most_cells=max((one.cells for one in now), default=0),
                overloaded=sum(1 for one in now if is_over(one.deadlines + 1, one.cells + cells)),
            )
        )
    return found
