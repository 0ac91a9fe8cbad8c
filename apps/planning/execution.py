"""How much of a plan has been carried out: done / (planned − cancelled), counted by holdings."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q

from apps.core.magadan import magadan_today
from apps.core.russian import ratio
from apps.planning.enums import OPEN_MARKS, Mark, Section
from apps.planning.models import Holding, PlanItem


@dataclass(frozen=True)
class Execution:
    """Holdings of the plan's text by what has become of them; `beside` is done outside of the plan."""

    planned: int = 0
    done: int = 0
    moved: int = 0
    cancelled: int = 0
    overdue: int = 0
    beside: int = 0

    @property
    def expected(self) -> int:
        """What the percentage is of: planned without the cancelled."""
        return self.planned - self.cancelled

    @property
    def left(self) -> int:
        return self.expected - self.done

    @property
    def percent(self) -> Decimal | None:
        """done / (planned − cancelled), None where nothing was to be done."""
        return ratio(self.done, self.expected)

    def __add__(self, other: "Execution") -> "Execution":
        return Execution(
            self.planned + other.planned,
            self.done + other.done,
            self.moved + other.moved,
            self.cancelled + other.cancelled,
            self.overdue + other.overdue,
            self.beside + other.beside,
        )


def execution_of_item(item: PlanItem, holdings: Iterable[Holding], today: datetime.date) -> Execution:
    """Of one event whose holdings are given; a removed event counts for nothing."""
    if item.removed_at is not None:
        return Execution()
    rows = list(holdings)
    if item.is_beside_plan:
        return Execution(beside=sum(one.state == Mark.DONE for one in rows))
    return Execution(
        planned=len(rows),
        done=sum(one.state == Mark.DONE for one in rows),
        moved=sum(one.state == Mark.MOVED for one in rows),
        cancelled=sum(one.state == Mark.CANCELLED for one in rows),
        overdue=sum(one.state in OPEN_MARKS and one.ends_on < today for one in rows),
    )


def executions_by(field: str, rows: Any, today: datetime.date | None = None) -> dict[Any, Execution]:
    """Of holdings grouped by a field path («item__plan», «item__section»); one query."""
    today = today or magadan_today()
    found = rows.standing().order_by().values(key=F(field)).annotate(**_counts("", "item__", today))
    return {row.pop("key"): Execution(**row) for row in found}


def with_execution(plans: Any, today: datetime.date | None = None) -> Any:
    """Each plan with the figures of its execution as columns of the query."""
    return plans.annotate(**_counts("items__holdings__", "items__", today or magadan_today()))


def _counts(holding: str, item: str, today: datetime.date) -> dict[str, Count]:
    """Figure → the count that gives it; the paths lead to the holding and to its event."""

    def at(**asked: Any) -> Q:
        return Q(**{f"{holding}{name}": value for name, value in asked.items()})

    stands = Q(**{f"{item}removed_at": None})
    text = stands & Q(**{f"{item}is_beside_plan": False})
    beside = stands & Q(**{f"{item}is_beside_plan": True})
    counted = {
        "planned": text,
        "done": text & at(state=Mark.DONE),
        "moved": text & at(state=Mark.MOVED),
        "cancelled": text & at(state=Mark.CANCELLED),
        "overdue": text & at(state__in=OPEN_MARKS, ends_on__lt=today),
        "beside": beside & at(state=Mark.DONE),
    }
    return {name: Count(f"{holding}pk", filter=which) for name, which in counted.items()}


def by_section(rows: Any, today: datetime.date | None = None) -> list[tuple[str, Execution]]:
    """(section, its execution) in the order of the statute, and only those that have any."""
    found = executions_by("item__section", rows, today)
    return [(str(one.label), found[one.value]) for one in Section if one.value in found]
