"""The text of a plan while it is a draft: its header and events. Afterwards it changes by amendments."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from apps.accounts.queries import holders_of
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.roles import CITY_READERS
from apps.planning.enums import OPEN_AMENDMENTS, Mark, PlanState
from apps.planning.models import Holding, Plan, PlanItem
from apps.planning.permissions import can_close, can_write_plans
from apps.planning.states import PLAN
from apps.workflow.actions import announce_finished, move

HEADER_FIELDS = ("theme", "goal", "tasks", "priorities", "bases", "order_number", "order_date")
# What the printed text of an event consists of.
TEXT_FIELDS = (
    *("section", "form", "title", "term_kind", "starts_on", "ends_on", "term_day", "starts_at", "ends_at"),
    *("place", "audience", "planned_count", "invites_heads", "responsible", "co_executors", "partners"),
    *("result", "result_kind", "clause", "task", "programme", "note"),
)
ITEM_FIELDS = (*TEXT_FIELDS, "subject_type", "subject_id")
KEYS = frozenset({"responsible", "programme"})
ONLY_WRITERS = "Планы составляют методисты и заведующий."
FROZEN = {
    PlanState.ON_APPROVAL: "План на утверждении: его текст не меняется, пока план не вернут на доработку.",
    PlanState.APPROVED: "План утверждён: его текст меняется только поправкой, которую утверждают отдельно.",
    PlanState.CLOSED: "План закрыт: его текст не меняется.",
}
CHANGED_MEANWHILE = "План тем временем изменил другой человек. Откройте страницу заново и сверьте текст."


def locked_plan(plan_id: int) -> Plan:
    """The plan as it is now, held until the end of the transaction."""
    return Plan.objects.select_for_update(of=("self",)).get(pk=plan_id)


@transaction.atomic
def create_plan(*, by: Any, owner: str, year_kind: str, year: int, **header: Any) -> Plan:
    """A draft. `ValidationError` by field: an unknown year, a second plan of the same owner and year."""
    require(can_write_plans(by), ONLY_WRITERS)
    plan = Plan(owner=owner, year_kind=year_kind, year=year, created_by_id=by.pk)
    _put(plan, header, HEADER_FIELDS)
    plan.full_clean()
    plan.save()
    journal.record(by=by, verb=Verb.CREATED, subject=plan)
    return plan


@transaction.atomic
def edit_plan(*, plan: Plan, by: Any, revision: int, **header: Any) -> Plan:
    """Another header. `revision` is what the editor saw: a newer one is not overwritten (`Conflict`)."""
    row = _open_text(plan.pk, by)
    if row.revision != revision:
        raise Conflict(CHANGED_MEANWHILE)
    _put(row, header, HEADER_FIELDS)
    row.full_clean()
    row.save()
    _changed(row, by, "титульная часть")
    return row


@transaction.atomic
def delete_plan(*, plan: Plan, by: Any) -> None:
    """Only a draft that was never sent for approval."""
    row = _open_text(plan.pk, by)
    if row.editions.exists():
        raise Conflict("План уже отправляли на утверждение: он не удаляется.")
    journal.record(by=by, verb=Verb.DELETED, subject=row)
    row.delete()


@transaction.atomic
def add_item(*, plan: Plan, by: Any, values: dict[str, Any]) -> PlanItem:
    """A new event at the end of its section. `ValidationError` by field; `Conflict` unless a draft."""
    return add_items(plan=plan, by=by, rows=[values])[0]


@transaction.atomic
def add_items(*, plan: Plan, by: Any, rows: Iterable[dict[str, Any]]) -> list[PlanItem]:
    """Several new events, all of them or none. `is_unseen` may be among the values of a copied one."""
    row = _open_text(plan.pk, by)
    made = [_write_item(PlanItem(plan=row), values) for values in rows]
    _changed(row, by, "мероприятия добавлены")
    return made


@transaction.atomic
def change_item(*, item: PlanItem, by: Any, values: dict[str, Any]) -> PlanItem:
    """Some or all values of an event; it counts as seen. `ValidationError` by field."""
    return change_items(plan=item.plan, by=by, ids=[item.pk], values=values)[0]


@transaction.atomic
def change_items(*, plan: Plan, by: Any, ids: Sequence[int], values: dict[str, Any]) -> list[PlanItem]:
    """The same values for several events, all of them or none."""
    row = _open_text(plan.pk, by)
    rows = [_write_item(one, {"is_unseen": False, **values}) for one in _own_items(row, ids)]
    _changed(row, by, "мероприятия изменены")
    return rows


@transaction.atomic
def remove_item(*, item: PlanItem, by: Any) -> None:
    """Takes an event out of a draft; history keeps that it was there."""
    remove_items(plan=item.plan, by=by, ids=[item.pk])


@transaction.atomic
def remove_items(*, plan: Plan, by: Any, ids: Sequence[int]) -> None:
    """Takes several events out of a draft, all of them or none."""
    row = _open_text(plan.pk, by)
    for one in _own_items(row, ids):
        journal.record(by=by, verb=Verb.DELETED, subject=one)
        one.delete()
    _changed(row, by, "мероприятия удалены")


@transaction.atomic
def mark_seen(*, plan: Plan, by: Any, ids: Sequence[int]) -> None:
    """Events copied from last year that have been looked at and stay as they are."""
    row = _open_text(plan.pk, by)
    for one in _own_items(row, ids):
        one.is_unseen = False
        one.save(update_fields=["is_unseen"])
    _changed(row, by, "мероприятия просмотрены")


@transaction.atomic
def reorder(*, plan: Plan, by: Any, ids: Sequence[int]) -> None:
    """Puts the events in the order given. `ids` name every event of each section they touch, once."""
    row = _open_text(plan.pk, by)
    items = {one.pk: one for one in row.items.in_plan()}
    touched = {items[pk].section for pk in ids if pk in items}
    whole = sorted(pk for pk, one in items.items() if one.section in touched)
    if sorted(ids) != whole:
        raise Conflict("Состав мероприятий тем временем изменился. Откройте страницу заново.")
    for place, pk in enumerate(ids, start=1):
        if items[pk].order != place:
            items[pk].order = place
            items[pk].save(update_fields=["order"])
    _changed(row, by, "порядок мероприятий")


@transaction.atomic
def close_plan(*, plan: Plan, by: Any) -> Plan:
    """The year is over: nothing is marked any more; those above are told that the plan is finished."""
    row = locked_plan(plan.pk)
    if row.amendments.filter(state__in=OPEN_AMENDMENTS).exists():
        raise Conflict("Сначала утвердите или снимите начатую поправку к плану.")
    PLAN.check(row.state, "close")
    require(can_close(by, row), "План закрывает заведующий или исполняющий его обязанности.")
    move(row, PLAN, "close", by=by)
    announce_finished(row, by=by)
    return row


def put_values(item: PlanItem, values: dict[str, Any]) -> PlanItem:
    """Sets the columns of an event; a key of a person or programme may be the row or its number."""
    allowed = (*ITEM_FIELDS, "is_unseen", "order")
    for name, value in values.items():
        if name not in allowed:
            raise TypeError(f"an event of a plan has no {name!r} to write")
        if name in KEYS and not hasattr(value, "pk"):
            setattr(item, f"{name}_id", value)
        elif name != "co_executors":
            setattr(item, name, value)
    return item


def check_values(item: PlanItem, values: dict[str, Any]) -> None:
    """`ValidationError` by field: the row's own rules, and only the department's people execute plans."""
    item.full_clean()
    asked = {name: person_ids(values[name]) for name in ("responsible", "co_executors") if name in values}
    known = _staff_ids(set().union(*asked.values())) if asked else set()
    strangers = {name: ids for name, ids in asked.items() if not ids <= known}
    if strangers:
        told = "Выберите работающего сотрудника ИМО или департамента."
        raise ValidationError(dict.fromkeys(strangers, told))


def person_ids(value: Any) -> set[int]:
    """Numbers of one person or several, given as rows or numbers."""
    if value is None:
        return set()
    several = value if isinstance(value, Iterable) else [value]
    numbers: list[Any] = [getattr(one, "pk", one) for one in several]
    return set(numbers)


def regenerate_holdings(item: PlanItem) -> None:
    """The days the event's term says. Marks stay where the first day is the same; what has been done or
    cancelled on another day stays as a fact, what is still open there goes."""
    planned = {span.first: span for span in item.term.holdings()}
    present = {one.planned_first: one for one in item.holdings.all()}
    for first, one in present.items():
        if first not in planned and one.state in (Mark.PLANNED, Mark.MOVED):
            one.delete()
        elif first in planned and one.planned_last != planned[first].last:
            _stretch(one, planned[first].last)
    Holding.objects.bulk_create(
        Holding(
            item=item,
            planned_first=span.first,
            planned_last=span.last,
            starts_on=span.first,
            ends_on=span.last,
        )
        for first, span in planned.items()
        if first not in present
    )


def place_last(item: PlanItem) -> None:
    """The end of the event's section."""
    others = item.plan.items.filter(section=item.section).exclude(pk=item.pk)
    item.order = max(others.values_list("order", flat=True), default=0) + 1


def write_co_executors(item: PlanItem, values: dict[str, Any]) -> None:
    """Those among the values, without the responsible himself."""
    if "co_executors" in values:
        item.co_executors.set(person_ids(values["co_executors"]) - {item.responsible_id})


def remove_row(item: PlanItem) -> None:
    """An approved event taken out by an amendment stays in the table; its open days are cancelled by that."""
    item.removed_at = timezone.now()
    item.save(update_fields=["removed_at"])


def _stretch(holding: Holding, last: Any) -> None:
    holding.planned_last = last
    if holding.state == Mark.PLANNED:
        holding.ends_on = max(last, holding.starts_on)
    holding.save(update_fields=["planned_last", "ends_on"])


def _write_item(item: PlanItem, values: dict[str, Any]) -> PlanItem:
    section = item.section
    put_values(item, values)
    if item.section != section and "order" not in values:
        place_last(item)
    check_values(item, values)
    item.save()
    write_co_executors(item, values)
    regenerate_holdings(item)
    return item


def _own_items(plan: Plan, ids: Sequence[int]) -> list[PlanItem]:
    rows = {one.pk: one for one in plan.items.in_plan().filter(pk__in=ids)}
    if set(ids) != set(rows):
        raise Conflict("Мероприятия в плане уже нет. Откройте страницу заново.")
    for one in rows.values():
        one.plan = plan
    return [rows[pk] for pk in dict.fromkeys(ids)]


def _open_text(plan_id: int, by: Any) -> Plan:
    """The locked draft, for those who write plans; `Conflict` says why another state does not allow it."""
    require(can_write_plans(by), ONLY_WRITERS)
    plan = locked_plan(plan_id)
    if not plan.is_text_open:
        raise Conflict(FROZEN[PlanState(plan.state)])
    return plan


def _put(row: Plan, values: dict[str, Any], allowed: tuple[str, ...]) -> None:
    for name, value in values.items():
        if name not in allowed:
            raise TypeError(f"the header of a plan has no {name!r}")
        setattr(row, name, value)


def _changed(plan: Plan, by: Any, note: str) -> None:
    plan.revision += 1
    plan.save(update_fields=["revision"])
    journal.record(by=by, verb=Verb.CHANGED, subject=plan, note=note)


def _staff_ids(ids: set[int]) -> set[int]:
    return set(holders_of(*CITY_READERS).filter(pk__in=ids).values_list("pk", flat=True))
