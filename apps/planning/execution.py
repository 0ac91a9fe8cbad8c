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
    text = Q(item__is_beside_plan=False)
    found = (
        rows.standing()
        .order_by()
        .values(key=F(field))
        .annotate(
            planned=Count("pk", filter=text),
            done=Count("pk", filter=text & Q(state=Mark.DONE)),
            moved=Count("pk", filter=text & Q(state=Mark.MOVED)),
            cancelled=Count("pk", filter=text & Q(state=Mark.CANCELLED)),
            overdue=Count("pk", filter=text & Q(state__in=OPEN_MARKS, ends_on__lt=today)),
            beside=Count("pk", filter=Q(item__is_beside_plan=True, state=Mark.DONE)),
        )
    )
    return {row.pop("key"): Execution(**row) for row in found}


def by_section(rows: Any, today: datetime.date | None = None) -> list[tuple[str, Execution]]:
    """(section, its execution) in the order of the statute, and only those that have any."""
    found = executions_by("item__section", rows, today)
    return [(str(one.label), found[one.value]) for one in Section if one.value in found]
