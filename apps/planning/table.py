"""Rows of a plan as pages show them: numbered within the plan, with marks, clashes and execution."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from apps.core.magadan import magadan_today
from apps.planning.clashes import Clash, clashes_of
from apps.planning.enums import OPEN_MARKS, Mark, ResultKind, Section
from apps.planning.execution import Execution, execution_of_item
from apps.planning.models import Holding, Plan, PlanItem


@dataclass
class Row:
    """One event with all that its line shows; `number` stands in the first column."""

    number: str
    item: PlanItem
    holdings: list[Holding]
    today: datetime.date
    clashes: list[Clash] = field(default_factory=list)

    @property
    def execution(self) -> Execution:
        return execution_of_item(self.item, self.holdings, self.today)

    @property
    def is_overdue(self) -> bool:
        return any(one.state in OPEN_MARKS and one.ends_on < self.today for one in self.holdings)

    @property
    def only(self) -> Holding | None:
        """The holding of an event that is held once."""
        return self.holdings[0] if len(self.holdings) == 1 else None

    @property
    def mark(self) -> Mark | None:
        return Mark(self.only.state) if self.only else None

    @property
    def people_ids(self) -> set[int]:
        return {self.item.responsible_id, *(one.pk for one in self.item.co_executors.all())}

    @property
    def result(self) -> str:
        kind = str(ResultKind(self.item.result_kind).label) if self.item.result_kind else ""
        return f"{self.item.result} ({kind})" if self.item.result and kind else self.item.result or kind

    @property
    def hours(self) -> str:
        return hours_of(self.item)


def hours_of(item: PlanItem) -> str:
    """«10:00–12:00», «с 10:00» or nothing."""
    if item.starts_at is None:
        return ""
    return f"{item.starts_at:%H:%M}–{item.ends_at:%H:%M}" if item.ends_at else f"с {item.starts_at:%H:%M}"


def rows_of(plan: Plan, user: Any, *, with_clashes: bool = True) -> list[Row]:
    """Every event of the plan in the order of print, then the work beside it. Six queries."""
    items = (
        PlanItem.objects.visible_to(user)
        .filter(plan=plan)
        .standing()
        .select_related("responsible", "programme")
        .prefetch_related("co_executors", "holdings")
        .order_by("is_beside_plan", "section", "order", "pk")
    )
    today = magadan_today()
    by_item: dict[int, list[Clash]] = {}
    for clash in clashes_of(plan, user) if with_clashes else []:
        for item_id in {one.item_id for one in clash.holdings}:
            by_item.setdefault(item_id, []).append(clash)
    rows = []
    for number, item in enumerate(items, start=1):
        item.plan = plan
        label = "+" if item.is_beside_plan else str(number)
        rows.append(Row(label, item, list(item.holdings.all()), today, by_item.get(item.pk, [])))
    return rows


def people_among(rows: Iterable[Row]) -> list[Any]:
    """Everybody who answers for or helps with an event, by surname."""
    found = {one.pk: one for row in rows for one in (row.item.responsible, *row.item.co_executors.all())}
    return sorted(found.values(), key=lambda one: (one.last_name, one.first_name, one.pk))


def by_section(rows: Iterable[Row]) -> list[tuple[str, Execution, list[Row]]]:
    """(title, execution, rows) of each section that has any; the work beside the plan stands last."""
    listed = list(rows)
    groups: list[tuple[str, list[Row]]] = [
        (_title(one), [row for row in listed if row.item.section == one and not row.item.is_beside_plan])
        for one in Section
    ]
    groups.append(("Сверх плана", [row for row in listed if row.item.is_beside_plan]))
    return [(title, total(found), found) for title, found in groups if found]


def _title(section: Section) -> str:
    return f"{section.value}. {section.label}"


def total(rows: Iterable[Row]) -> Execution:
    return sum((row.execution for row in rows), Execution())


MARKS: dict[str, Callable[[Row], bool]] = {
    "open": lambda row: any(one.state in OPEN_MARKS for one in row.holdings),
    "overdue": lambda row: row.is_overdue,
    "done": lambda row: any(one.state == Mark.DONE for one in row.holdings),
    "moved": lambda row: any(one.state == Mark.MOVED for one in row.holdings),
    "cancelled": lambda row: any(one.state == Mark.CANCELLED for one in row.holdings),
    "beside": lambda row: row.item.is_beside_plan,
    "unseen": lambda row: row.item.is_unseen,
    "clash": lambda row: bool(row.clashes),
}


def narrowed(rows: Iterable[Row], chosen: dict[str, Any], q: str = "") -> list[Row]:
    """The rows that all chosen filters and every word of the search leave."""
    found = list(rows)
    if section := chosen.get("section"):
        found = [row for row in found if row.item.section == section]
    if person := chosen.get("person"):
        found = [row for row in found if int(person) in row.people_ids]
    if month := chosen.get("month"):
        found = [row for row in found if _touches(row, month)]
    if mark := chosen.get("mark"):
        found = [row for row in found if MARKS[mark](row)]
    for word in _folded(q).split()[:10]:
        found = [row for row in found if word in _text(row.item)]
    return found


def _touches(row: Row, month: str) -> bool:
    year, number = map(int, month.split("-"))
    first = datetime.date(year, number, 1)
    last = (first + datetime.timedelta(days=31)).replace(day=1)
    return any(one.starts_on < last and one.ends_on >= first for one in row.holdings)


def _text(item: PlanItem) -> str:
    parts = (item.form, item.title, item.place, item.audience, item.partners, item.result, item.note)
    return _folded(" ".join(parts))


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")
