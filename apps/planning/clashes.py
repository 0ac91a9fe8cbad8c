"""Where a plan asks for one place, audience or person twice at one time, or for heads three times a day.

Only days are compared that an event names: a month or «в течение года» clashes with nothing.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Any

from apps.planning.enums import TermKind
from apps.planning.models import Holding, Plan, PlanItem

# How often heads of organisations may be invited in one day.
HEADS_A_DAY = 2
# An event without an end is taken to last so long.
USUAL = datetime.timedelta(hours=1)
EXACT = frozenset({TermKind.DAY, TermKind.WEEKLY})
LONGEST = datetime.timedelta(days=14)


class ClashKind(StrEnum):
    PLACE = "place"
    PERSON = "person"
    AUDIENCE = "audience"
    HEADS = "heads"

    @property
    def label(self) -> str:
        return {
            "place": "одно место",
            "person": "один человек",
            "audience": "одни и те же участники",
            "heads": "руководителей зовут слишком часто",
        }[self.value]


@dataclass(frozen=True)
class Clash:
    """`what` is the place, the person or the audience that is asked for by all `holdings` on the day."""

    kind: ClashKind
    day: datetime.date
    what: str
    holdings: tuple[Holding, ...] = field(compare=False)

    @property
    def is_certain(self) -> bool:
        """Of a place without hours it is only known that the day is the same."""
        return self.kind == ClashKind.HEADS or all(one.item.starts_at for one in self.holdings)


def clashes_of(plan: Plan, user: Any) -> list[Clash]:
    """Clashes of the plan's open events with each other and with those of other plans the user sees.

    Two queries, whatever the number of events.
    """
    rows = (
        Holding.objects.visible_to(user)
        .standing()
        .open()
        .between(plan.span.first, plan.span.last)
        .filter(item__is_beside_plan=False)
        .select_related("item", "item__plan", "item__responsible")
    )
    found = clashes_among(rows, _people(rows))
    return [one for one in found if any(row.item.plan_id == plan.pk for row in one.holdings)]


def clashes_among(holdings: Iterable[Holding], people: dict[int, dict[int, str]]) -> list[Clash]:
    """`people` are the executors of an event: its number → their names by number."""
    days: dict[datetime.date, list[Holding]] = defaultdict(list)
    for one in holdings:
        for day in _days(one):
            days[day].append(one)
    return [clash for day in sorted(days) for clash in _on(day, days[day], people)]


def _on(day: datetime.date, rows: list[Holding], people: dict[int, dict[int, str]]) -> Iterator[Clash]:
    yield from _pairs(ClashKind.PLACE, day, rows, lambda one: {_folded(one.item.place): one.item.place})
    yield from _pairs(ClashKind.PERSON, day, rows, lambda one: people.get(one.item_id, {}))
    yield from _pairs(
        ClashKind.AUDIENCE, day, rows, lambda one: {_folded(one.item.audience): one.item.audience}
    )
    inviting = tuple(one for one in rows if one.item.invites_heads)
    if len(inviting) > HEADS_A_DAY:
        yield Clash(ClashKind.HEADS, day, f"приглашений: {len(inviting)}", inviting)


def _pairs(
    kind: ClashKind,
    day: datetime.date,
    rows: list[Holding],
    asked: Callable[[Holding], dict[Any, str]],
) -> Iterator[Clash]:
    by_what: dict[Hashable, list[tuple[Holding, str]]] = defaultdict(list)
    for one in rows:
        for key, name in asked(one).items():
            if key:
                by_what[key].append((one, name))
    for same in by_what.values():
        together = [
            pair for pair in combinations([row for row, _ in same], 2)
            if pair[0].item_id != pair[1].item_id and _meet(kind, *pair)
        ]  # fmt: skip
        if together:
            told = {row.pk: row for pair in together for row in pair}
            yield Clash(kind, day, same[0][1], tuple(told.values()))


def _meet(kind: ClashKind, one: Holding, other: Holding) -> bool:
    """At one time. Without hours only a place is suspected: people do several things a day."""
    if one.item.starts_at is None or other.item.starts_at is None:
        return kind == ClashKind.PLACE
    first, second = _hours(one.item), _hours(other.item)
    return first[0] < second[1] and second[0] < first[1]


def _hours(item: PlanItem) -> tuple[datetime.datetime, datetime.datetime]:
    day = datetime.date.min
    start = datetime.datetime.combine(day, item.starts_at or datetime.time())
    return start, datetime.datetime.combine(day, item.ends_at) if item.ends_at else start + USUAL


def _days(holding: Holding) -> Iterator[datetime.date]:
    length = holding.ends_on - holding.starts_on
    exact = holding.item.term_kind in EXACT or not length
    if exact or (holding.item.term_kind == TermKind.SPAN and length <= LONGEST):
        for number in range(length.days + 1):
            yield holding.starts_on + datetime.timedelta(number)


def _folded(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


def _people(rows: Any) -> dict[int, dict[int, str]]:
    """Event → its responsible and co-executors. One query."""
    through = PlanItem.co_executors.through.objects.filter(planitem__in=rows.order_by().values("item_id"))
    people: dict[int, dict[int, str]] = defaultdict(dict)
    for one in rows:
        people[one.item_id][one.item.responsible_id] = one.item.responsible.short_name
    for helping in through.select_related("user"):
        people[helping.planitem_id][helping.user_id] = helping.user.short_name
    return people
