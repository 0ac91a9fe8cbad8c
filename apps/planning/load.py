"""Who is loaded how much: holdings by executor and month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from apps.planning.execution import Execution
from apps.planning.models import Plan
from apps.planning.table import Row
from apps.planning.terms import MONTHS


@dataclass
class PersonLoad:
    """What one person answers for: holdings by month of their last day, and what has become of them."""

    person: Any
    months: list[int] = field(default_factory=lambda: [0] * 12)
    helping: int = 0
    items: int = 0
    execution: Execution = field(default_factory=Execution)

    @property
    def most(self) -> int:
        return max(self.months)


@dataclass(frozen=True)
class Load:
    months: list[str]
    people: list[PersonLoad]

    @property
    def totals(self) -> list[int]:
        return [sum(one.months[at] for one in self.people) for at in range(12)]

    @property
    def most(self) -> int:
        """The largest month of anybody, to be marked."""
        return max((one.most for one in self.people), default=0)


def load_of(plan: Plan, rows: Iterable[Row]) -> Load:
    """By surname. Work beside the plan counts in nobody's load, only in what is done."""
    first = plan.span.first.month
    by_person: dict[int, PersonLoad] = {}
    for row in rows:
        person = row.item.responsible
        load = by_person.setdefault(person.pk, PersonLoad(person))
        load.execution += row.execution
        if row.item.is_beside_plan:
            continue
        load.items += 1
        for one in row.holdings:
            load.months[(one.ends_on.month - first) % 12] += 1
        for helper in row.item.co_executors.all():
            by_person.setdefault(helper.pk, PersonLoad(helper)).helping += 1
    names = [MONTHS[(first - 1 + at) % 12] for at in range(12)]
    people = sorted(by_person.values(), key=lambda one: (one.person.last_name, one.person.first_name))
    return Load(names, people)
