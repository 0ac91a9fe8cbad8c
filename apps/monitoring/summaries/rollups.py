"""The kept sums of a campaign, computed once for each state of its data."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import QuerySet

from apps.monitoring.compiled import compiled_for
from apps.monitoring.definition import CompiledForm
from apps.monitoring.enums import SENT_STATES, ResponseState
from apps.monitoring.models import Campaign, Response, SummaryRollup
from apps.monitoring.summaries.moments import Moment, editions_at
from apps.monitoring.vectors import column_sums, matrix_of
from apps.organizations.enums import EducationLevel, OrganizationKind

ALL = "all"
MAX_DISTINCT = 200
COUNTED_TYPES = frozenset({"choice", "multi_choice", "yes_no", "scale"})


@dataclass
class Slice:
    """Sums over a group of organisations; lists follow `CompiledForm.numeric`, numbers are scaled."""

    organizations: int = 0
    pupils: int = 0
    with_pupils: int = 0
    sums: list[int] = field(default_factory=list)
    filled: list[int] = field(default_factory=list)
    answers: dict[str, dict[str, int]] = field(default_factory=dict)


def slice_title(key: str) -> str:
    """The Russian name of a group: «all», «kind:school», «level:primary»."""
    scope, _, value = key.partition(":")
    if scope == "kind":
        return OrganizationKind(value).plural_title
    if scope == "level":
        return f"Уровень: {EducationLevel(value).label}"
    return "Все организации"


def in_order(keys: Iterable[str]) -> list[str]:
    """The whole city, then kinds, then levels, both as their enums list them."""
    known = [ALL, *(f"kind:{one}" for one in OrganizationKind), *(f"level:{one}" for one in EducationLevel)]
    return sorted(keys, key=known.index)


def states_in(with_submitted: bool) -> frozenset[str]:
    """Which responses are summed: the accepted ones, on request also those waiting for acceptance."""
    return frozenset(SENT_STATES) if with_submitted else frozenset({ResponseState.ACCEPTED})


def rollup_of(
    campaign: Campaign, *, with_submitted: bool = False, moment: Moment | None = None
) -> dict[str, Slice]:
    """The sums by group of organisations; from the kept row while it is fresh, computed anew otherwise.

    Freshness: every act that changes the figures raises `campaign.revision` in its own transaction; the
    number is read before the data, so a change in between makes the kept row stale, never wrong.
    The sums of a past `moment` are made of its editions each time: nothing is kept of them.
    """
    if moment is not None:
        return _compute(campaign, editions_at(campaign, moment))
    revision = Campaign.objects.values_list("revision", flat=True).get(pk=campaign.pk)
    kept = SummaryRollup.objects.filter(
        campaign=campaign, with_submitted=with_submitted, revision=revision
    ).first()
    if kept is not None:
        return {key: Slice(**document) for key, document in kept.document.items()}
    slices = _compute(
        campaign, Response.objects.filter(campaign=campaign, state__in=states_in(with_submitted))
    )
    SummaryRollup.objects.update_or_create(
        campaign=campaign,
        with_submitted=with_submitted,
        defaults={"revision": revision, "document": {key: vars(one) for key, one in slices.items()}},
    )
    return slices


def _compute(campaign: Campaign, responses: QuerySet[Any]) -> dict[str, Slice]:
    rows, matrix, distributed = _read(campaign, responses)
    return {key: _slice(rows, matrix, members, distributed) for key, members in _groups(rows).items()}


def slice_over(campaign: Campaign, responses: QuerySet[Any]) -> Slice:
    """The sums over just these responses of the campaign; computed each time, never kept."""
    rows, matrix, distributed = _read(campaign, responses)
    return _slice(rows, matrix, list(range(len(rows))), distributed)


def _read(campaign: Campaign, responses: QuerySet[Any]) -> tuple[list[tuple], Any, dict[str, bool]]:
    compiled = compiled_for(campaign.version_id)
    distributed = _counted_addresses(compiled)
    fields = ("kind", "levels", "pupils", "vector", *(("answers",) if distributed else ()))
    rows = list(responses.values_list(*fields))
    return rows, matrix_of((row[3] for row in rows), len(compiled.numeric)), distributed


def _groups(rows: list[tuple]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    groups[ALL] = list(range(len(rows)))
    for index, (kind, levels, *_rest) in enumerate(rows):
        groups[f"kind:{kind}"].append(index)
        for level in levels:
            groups[f"level:{level}"].append(index)
    return groups


def _slice(rows: list[tuple], matrix: Any, members: list[int], distributed: dict[str, bool]) -> Slice:
    part = matrix if len(members) == len(rows) else matrix[np.array(members, dtype=int)]
    sums, filled = column_sums(part)
    pupils = [rows[index][2] for index in members if rows[index][2] is not None]
    return Slice(
        organizations=len(members),
        pupils=sum(pupils),
        with_pupils=len(pupils),
        sums=sums,
        filled=filled,
        answers=_distributions([rows[index][4] for index in members], distributed) if distributed else {},
    )


def _counted_addresses(compiled: CompiledForm) -> dict[str, bool]:
    """Cells whose answers are counted (free texts are listed, not counted): address → several at once."""
    return {
        address: cell.type == "multi_choice"
        for address, cell in compiled.cells.items()
        if cell.type in COUNTED_TYPES
    }


def _distributions(answers: list[dict[str, str]], distributed: dict[str, bool]) -> dict[str, dict[str, int]]:
    counters: dict[str, Counter[str]] = defaultdict(Counter)
    for one in answers:
        for address, value in one.items():
            if address in distributed:
                counters[address].update(value.split(",") if distributed[address] else [value])
    return {address: dict(counter.most_common(MAX_DISTINCT)) for address, counter in counters.items()}
