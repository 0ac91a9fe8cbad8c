"""The figures of a campaign: values of the city, of its groups, and rounds side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.core.russian import round_half_up
from apps.monitoring.compiled import compiled_for
from apps.monitoring.definition import Cell, CompiledForm
from apps.monitoring.enums import EDITABLE_STATES, ResponseState
from apps.monitoring.models import Campaign, Response
from apps.monitoring.queries import carried, successions
from apps.monitoring.summaries.moments import Moment, editions_at
from apps.monitoring.summaries.rollups import ALL, Slice, rollup_of, states_in
from apps.monitoring.vectors import unscaled
from apps.monitoring.versions import GONE

MAX_ROUNDS = 10
Steps = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Summary:
    """One group of organisations of one campaign.

    `values`: cell address → Decimal; a cell nobody filled is absent. `filled`: address → how many filled it.
    """

    campaign: Campaign
    key: str
    values: dict[str, Decimal]
    filled: dict[str, int]
    answers: dict[str, dict[str, int]]
    organizations: int
    pupils: int


def summary_of(
    campaign: Campaign, *, key: str = ALL, with_submitted: bool = False, moment: Moment | None = None
) -> Summary | None:
    """The summary of a group (see `rollups.slice_title`), None when no organisation of it has answered.

    `moment`: as it was then, of what was accepted at that time.
    """
    found = rollup_of(campaign, with_submitted=with_submitted, moment=moment).get(key)
    return None if found is None else summary_from(campaign, key, found)


def summary_from(campaign: Campaign, key: str, part: Slice) -> Summary:
    """The kept sums of a group as the figures people read."""
    compiled = compiled_for(campaign.version_id)
    return Summary(
        campaign=campaign,
        key=key,
        values=city_values(compiled, part),
        filled={
            address: count for address, count in zip(compiled.numeric, part.filled, strict=True) if count
        },
        answers=part.answers,
        organizations=part.organizations,
        pupils=part.pupils,
    )


def city_values(compiled: CompiledForm, part: Slice) -> dict[str, Decimal]:
    """Sums (or means, as the form says) of the typed cells; a computed cell is computed of them.

    So a share of the city is the share of its totals, not a sum of shares, and every total agrees with
    its parts.
    """
    typed: dict[str, Decimal] = {}
    for address, total, count in zip(compiled.numeric, part.sums, part.filled, strict=True):
        cell = compiled.cells[address]
        if count and cell.computed is None and cell.summary != "none":
            typed[address] = _summed(cell, total, count)
    computed = compiled.compute({address: f"{value:f}" for address, value in typed.items()})
    numeric = compiled.numeric_set
    typed.update({at: Decimal(text) for at, text in computed.items() if text and at in numeric})
    return typed


def _summed(cell: Cell, total: int, count: int) -> Decimal:
    value = unscaled(total, cell.decimals)
    return value if cell.summary == "sum" else round_half_up(value / count, max(cell.decimals, 1))


@dataclass(frozen=True)
class Round:
    """An earlier round under the addresses of the present one."""

    campaign: Campaign
    values: dict[str, Decimal]
    organizations: int


def rounds_of(
    campaign: Campaign, *, key: str = ALL, limit: int = 3, moment: Moment | None = None
) -> list[Round]:
    """Earlier rounds, the latest first, by the chain «прошлый период»; at most `MAX_ROUNDS`.

    Where the form changed between rounds, addresses are carried forward through the maps of old codes.
    """
    return [
        round_from(earlier, steps, summary_of(earlier, key=key, moment=moment))
        for earlier, steps in earlier_of(campaign, limit)
    ]


def round_from(campaign: Campaign, steps: Steps, summary: Summary | None) -> Round:
    """A summary of an earlier campaign under the present addresses; an empty one where nobody answered."""
    if summary is None:
        return Round(campaign, {}, 0)
    placed = ((carried(at, steps), value) for at, value in summary.values.items())
    return Round(campaign, {at: value for at, value in placed if at != GONE}, summary.organizations)


def earlier_of(campaign: Campaign, limit: int) -> Iterator[tuple[Campaign, Steps]]:
    """The campaigns before this one, the latest first, each with the maps that lead to its addresses."""
    current, seen = campaign, {campaign.pk}
    for _ in range(min(limit, MAX_ROUNDS)):
        earlier = current.previous
        if earlier is None or earlier.pk in seen:
            return
        seen.add(earlier.pk)
        yield earlier, successions(earlier.version_id, campaign.version_id)
        current = earlier


def per_hundred(value: Decimal | None, pupils: int) -> Decimal | None:
    """«На 100 обучающихся»; None where there is nothing to divide."""
    return None if value is None or not pupils else value * 100 / pupils


@dataclass(frozen=True)
class Coverage:
    """Who is in the summary and who is not."""

    asked: int
    included: int
    late: list[Response]
    missing: list[Response]
    waiting: list[Response]


def coverage_of(
    campaign: Campaign, *, with_submitted: bool = False, moment: Moment | None = None
) -> Coverage:
    """Counts and lists of responses: included, sent late, not sent, sent but not yet accepted.

    Of a past moment it is known who was in the summary; all the others were not accepted then.
    """
    rows = list(
        Response.objects.without_documents()
        .filter(campaign=campaign)
        .select_related("organization", "campaign")
        .order_by("organization__short_name")
    )
    if moment is not None:
        return _coverage_at(campaign, rows, moment)
    included = [row for row in rows if row.state in states_in(with_submitted)]
    return Coverage(
        asked=len(rows),
        included=len(included),
        late=[row for row in included if row.is_late],
        missing=[row for row in rows if row.state in EDITABLE_STATES],
        waiting=[row for row in rows if row.state == ResponseState.SUBMITTED and not with_submitted],
    )


def _coverage_at(campaign: Campaign, rows: list[Response], moment: Moment) -> Coverage:
    kept = editions_at(campaign, moment).values_list("response_id", "is_late", "submitted_at")
    then = {pk: (is_late, submitted_at) for pk, is_late, submitted_at in kept}
    included = [row for row in rows if row.pk in then]
    for row in included:
        row.is_late, row.submitted_at = then[row.pk]
    return Coverage(
        asked=len(rows),
        included=len(included),
        late=[row for row in included if row.is_late],
        missing=[row for row in rows if row.pk not in then],
        waiting=[],
    )
