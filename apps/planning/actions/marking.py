"""Execution of an approved plan: marks of its holdings, and the work done beside it."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.magadan import magadan_today
from apps.planning.actions.plans import check_values, locked_plan, put_values, write_co_executors
from apps.planning.enums import Mark, PlanState, TermKind
from apps.planning.models import Holding, Plan, PlanItem
from apps.planning.permissions import can_add_beside, can_mark
from apps.planning.states import HOLDING
from apps.workflow.actions import move
from apps.workflow.models import TransitionRecord

ONLY_EXECUTORS = "Выполнение отмечают ответственный, соисполнители и заведующий, пока план исполняется."
ONLY_IMO = "Работу сверх плана вносят сотрудники ИМО, пока план исполняется."
MARKED = ("marked_by", "marked_at")
RETAKEN = ("starts_on", "ends_on", "done_on", "actual_count", "document", "document_url", "reason")


@transaction.atomic
def complete(
    *, holding: Holding, by: Any, done_on: datetime.date, actual_count: int | None = None, document: str = ""
) -> Holding:
    """Done: on which day, how many took part, which document. `ValidationError` by field for a future day."""
    row = _marked(holding, by)
    if done_on > magadan_today():
        raise ValidationError({"done_on": "Этот день ещё не наступил."})
    HOLDING.check(row.state, "complete")
    row.done_on, row.actual_count, row.document = done_on, actual_count, document
    _check(row)
    move(row, HOLDING, "complete", by=by, update_fields=("done_on", "actual_count", "document", *MARKED))
    return row


@transaction.atomic
def move_holding(
    *, holding: Holding, by: Any, starts_on: datetime.date, ends_on: datetime.date | None, reason: str
) -> Holding:
    """Another day within the plan's year, with the reason; the planned days are kept beside it."""
    row = _marked(holding, by)
    last = ends_on or starts_on
    if last < starts_on:
        raise ValidationError({"ends_on": "Мероприятие не может закончиться раньше, чем началось."})
    for name, day in (("starts_on", starts_on), ("ends_on", last)):
        if not row.item.plan.covers(day):
            raise ValidationError({name: f"Эта дата не входит в {row.item.plan.year_title}."})
    if (starts_on, last) == (row.starts_on, row.ends_on):
        raise ValidationError({"starts_on": "Укажите новую дату: эта уже стоит."})
    row.starts_on, row.ends_on, row.reason = starts_on, last, reason.strip()
    HOLDING.check(row.state, "move", reason)
    _check(row)
    move(
        row,
        HOLDING,
        "move",
        by=by,
        comment=reason,
        update_fields=("starts_on", "ends_on", "reason", *MARKED),
    )
    return row


@transaction.atomic
def cancel(*, holding: Holding, by: Any, reason: str) -> Holding:
    """Will not be held, with the reason; it no longer counts among the planned."""
    row = _marked(holding, by)
    HOLDING.check(row.state, "cancel", reason)
    row.reason = reason.strip()
    _check(row)
    move(row, HOLDING, "cancel", by=by, comment=reason, update_fields=("reason", *MARKED))
    return row


@transaction.atomic
def reopen(*, holding: Holding, by: Any, reason: str) -> Holding:
    """Takes the last mark back, with the reason; what was written with it stays in the history.

    A move taken back restores the planned days; what was moved before it was marked done or cancelled is
    moved again, with the reason of the move.
    """
    row = _marked(holding, by)
    name = "reopen_moved" if row.is_moved and row.state != Mark.MOVED else "reopen"
    HOLDING.check(row.state, name, reason)
    row.done_on = row.actual_count = None
    row.document = row.document_url = ""
    row.reason = _reason_of_move(row) if name == "reopen_moved" else ""
    if name == "reopen":
        row.starts_on, row.ends_on = row.planned_first, row.planned_last
    move(row, HOLDING, name, by=by, comment=reason, update_fields=(*RETAKEN, *MARKED))
    return row


def _reason_of_move(row: Holding) -> str:
    """Why it was moved last: the reason of a later mark may have taken its place."""
    last = TransitionRecord.objects.of(row).filter(name="move").order_by("-pk").first()
    return last.comment.strip() if last else row.reason


@transaction.atomic
def add_beside(*, plan: Plan, by: Any, values: dict[str, Any], **done: Any) -> PlanItem:
    """Work that nobody planned, recorded as done; it never enters the text of the plan.

    `done` is what `complete` takes: day, number, document. `ValidationError` by field.
    """
    row = locked_plan(plan.pk)
    require(can_add_beside(by, row), ONLY_IMO)
    if row.state != PlanState.APPROVED:
        raise Conflict("Сверх плана вносят в утверждённый план, который исполняется.")
    day = done["done_on"]
    if day > magadan_today():
        raise ValidationError({"done_on": "Этот день ещё не наступил."})
    if not row.covers(day):
        raise ValidationError({"done_on": f"Эта дата не входит в {row.year_title}."})
    item = PlanItem(plan=row, is_beside_plan=True, term_kind=TermKind.DAY, starts_on=day, ends_on=day)
    put_values(item, values)
    check_values(item, values)
    item.save()
    write_co_executors(item, values)
    _put_done(item, by, **done)
    journal.record(by=by, verb=Verb.CREATED, subject=item, note="сверх плана")
    return item


def _put_done(
    item: PlanItem, by: Any, *, done_on: datetime.date, actual_count: int | None = None, document: str = ""
) -> None:
    holding = Holding(
        item=item,
        planned_first=done_on,
        planned_last=done_on,
        starts_on=done_on,
        ends_on=done_on,
        state=Mark.DONE,
        done_on=done_on,
        actual_count=actual_count,
        document=document,
        marked_by_id=by.pk,
        marked_at=timezone.now(),
    )
    holding.full_clean()
    holding.save()


def _marked(holding: Holding, by: Any) -> Holding:
    """The locked row with whoever marks it now."""
    plan = locked_plan(holding.item.plan_id)
    row = Holding.objects.select_for_update(of=("self",)).select_related("item").get(pk=holding.pk)
    row.item.plan = plan
    if plan.state != PlanState.APPROVED:
        raise Conflict("Выполнение отмечают в утверждённом плане, пока он не закрыт.")
    require(can_mark(by, row.item), ONLY_EXECUTORS)
    row.marked_by_id, row.marked_at = by.pk, timezone.now()
    return row


def _check(row: Holding) -> None:
    """The fields; the constraints look at the new state and are checked as it is saved."""
    row.clean_fields(exclude=["item", "marked_by", "state"])
