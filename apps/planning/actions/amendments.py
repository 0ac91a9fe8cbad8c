"""Amendments of an approved plan: drafted line by line, frozen as a text when sent, approved as a plan is."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.planning.actions.applying import amended_content, changed_item
from apps.planning.actions.editions import hand_over
from apps.planning.actions.plans import ONLY_WRITERS, TEXT_FIELDS, check_values, locked_plan
from apps.planning.content import differences
from apps.planning.enums import AmendmentState, LineKind, PlanState
from apps.planning.models import Amendment, AmendmentLine, Edition, Plan, PlanItem
from apps.planning.permissions import can_write_plans
from apps.planning.queries import approved_edition, open_amendment
from apps.planning.states import AMENDMENT
from apps.workflow.actions import move

NOT_AMENDED = {
    PlanState.DRAFT: "План ещё не утверждён: его текст правят прямо, без поправки.",
    PlanState.ON_APPROVAL: "План на утверждении: поправка возможна после него.",
    PlanState.CLOSED: "План закрыт: поправок к нему больше не вносят.",
}
ONLY_DRAFT = "Поправка меняется, пока она в проекте."
NO_LINES = "Поправка не отправлена: в ней ничего не меняется."


@transaction.atomic
def begin_amendment(*, plan: Plan, by: Any, reason: str) -> Amendment:
    """The next amendment of an approved plan, without lines. `Conflict` for a plan in another state and
    while another amendment is not decided; `ValidationError` without a reason."""
    require(can_write_plans(by), ONLY_WRITERS)
    row = _approved(plan.pk)
    begun = open_amendment(row)
    if begun is not None:
        raise Conflict(f"Сначала утвердите или снимите начатую поправку №\u00a0{begun.number}.")
    last = row.amendments.aggregate(last=Max("number"))["last"] or 0
    made = Amendment(plan=row, number=last + 1, reason=_reason(reason), created_by_id=by.pk)
    made.save()
    journal.record(by=by, verb=Verb.CREATED, subject=made)
    return made


@transaction.atomic
def edit_amendment(*, amendment: Amendment, by: Any, reason: str) -> Amendment:
    """Another reason of a draft."""
    row = _draft(amendment.pk, by)
    row.reason = _reason(reason)
    row.save(update_fields=["reason"])
    journal.record(by=by, verb=Verb.CHANGED, subject=row)
    return row


@transaction.atomic
def amend_add(*, amendment: Amendment, by: Any, values: dict[str, Any]) -> AmendmentLine:
    """An event the amendment adds. It gets its future number at once; `ValidationError` by field."""
    row = _draft(amendment.pk, by)
    line = AmendmentLine(amendment=row, kind=LineKind.ADD)
    return _write(line, {"id": _next_item_id()}, values, by)


@transaction.atomic
def amend_change(*, amendment: Amendment, by: Any, item: PlanItem, values: dict[str, Any]) -> AmendmentLine:
    """New values of an event in place of what the amendment said of it before. `ValidationError` by field,
    `Conflict` when the event is not in the plan or nothing would change."""
    row = _draft(amendment.pk, by)
    present = _own_item(row, item)
    line = row.lines.filter(item=present).first() or AmendmentLine(amendment=row, item=present)
    line.kind = LineKind.CHANGE
    return _write(line, {}, _really_new(present, values), by)


@transaction.atomic
def amend_remove(*, amendment: Amendment, by: Any, item: PlanItem) -> AmendmentLine:
    """An event the amendment takes out, whatever the amendment said of it before."""
    row = _draft(amendment.pk, by)
    present = _own_item(row, item)
    line = row.lines.filter(item=present).first() or AmendmentLine(amendment=row, item=present)
    line.kind, line.values = LineKind.REMOVE, {}
    return _saved(line, by)


@transaction.atomic
def edit_line(*, line: AmendmentLine, by: Any, values: dict[str, Any]) -> AmendmentLine:
    """Other values of an added event; those not named stay."""
    row = _draft(line.amendment_id, by)
    own = row.lines.filter(pk=line.pk, kind=LineKind.ADD).first()
    if own is None:
        raise Conflict("Этой строки в поправке уже нет. Откройте страницу заново.")
    own.amendment = row
    return _write(own, own.values, values, by)


@transaction.atomic
def drop_line(*, line: AmendmentLine, by: Any) -> None:
    """The event stays as it is approved."""
    row = _draft(line.amendment_id, by)
    row.lines.filter(pk=line.pk).delete()
    journal.record(by=by, verb=Verb.CHANGED, subject=row, note="строка убрана")


@transaction.atomic
def drop_amendment(*, amendment: Amendment, by: Any) -> Amendment:
    """The draft is given up; its number stays taken."""
    require(can_write_plans(by), ONLY_WRITERS)
    row = _locked(amendment.pk)
    move(row, AMENDMENT, "drop", by=by)
    return row


@transaction.atomic
def send_amendment(*, amendment: Amendment, by: Any) -> Edition:
    """Freezes the whole text as the amendment makes it and hands it to the approver.

    `Conflict` without lines, when they change nothing, or when a line does not fit the plan any more.
    """
    row = _draft(amendment.pk, by)
    if not row.lines.exists():
        raise Conflict(NO_LINES)
    content = _content(row)
    before = approved_edition(row.plan)
    if before is not None and not differences(before.content, content):
        raise Conflict(NO_LINES)
    if not content["items"]:
        raise Conflict("Поправка не отправлена: в плане не осталось ни одного мероприятия.")
    move(row, AMENDMENT, "send", by=by)
    return hand_over(Edition(plan=row.plan, amendment=row, content=content, sent_by_id=by.pk), by=by)


def frozen_values(values: dict[str, Any]) -> dict[str, Any]:
    """Values by field as JSON: dates and times as ISO text, persons and programmes by number."""
    unknown = set(values) - set(TEXT_FIELDS)
    if unknown:
        raise TypeError(f"the text of an event has no {sorted(unknown)}")
    return {name: _frozen(value) for name, value in values.items()}


def _frozen(value: Any) -> Any:
    match value:
        case datetime.date() | datetime.time():
            return value.isoformat()
        case None | str() | int():
            return value
    if hasattr(value, "pk"):
        return value.pk
    return sorted(getattr(one, "pk", one) for one in value) if isinstance(value, Iterable) else value


def _really_new(item: PlanItem, values: dict[str, Any]) -> dict[str, Any]:
    """Those values that differ from what is approved."""
    frozen = frozen_values(values)
    new = {name: values[name] for name in values if frozen[name] != _present(item, name)}
    if not new:
        raise Conflict("Мероприятие не изменено: значения те же, что утверждены.")
    return new


def _present(item: PlanItem, name: str) -> Any:
    return _frozen(item.co_executors.all() if name == "co_executors" else getattr(item, name))


def _write(line: AmendmentLine, kept: dict[str, Any], values: dict[str, Any], by: Any) -> AmendmentLine:
    """Checks the event as the line would make it and saves the line, never the event."""
    line.values = {**kept, **frozen_values(values)}
    item, _ = changed_item(line, line.amendment)
    check_values(item, {name: line.values[name] for name in values})
    return _saved(line, by)


def _saved(line: AmendmentLine, by: Any) -> AmendmentLine:
    line.save()
    journal.record(by=by, verb=Verb.CHANGED, subject=line.amendment, note=line.get_kind_display())
    return line


def _content(amendment: Amendment) -> dict[str, Any]:
    try:
        return amended_content(amendment)
    except ValidationError as error:
        raise Conflict("Поправка не отправлена. " + " ".join(error.messages)) from error


def _approved(plan_id: int) -> Plan:
    plan = locked_plan(plan_id)
    if plan.state != PlanState.APPROVED:
        raise Conflict(NOT_AMENDED[PlanState(plan.state)])
    return plan


def _locked(amendment_id: int) -> Amendment:
    """Plan, then amendment: in the order in which the approver locks them."""
    plan = locked_plan(Amendment.objects.values_list("plan_id", flat=True).get(pk=amendment_id))
    row = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment_id)
    row.plan = plan
    return row


def _draft(amendment_id: int, by: Any) -> Amendment:
    require(can_write_plans(by), ONLY_WRITERS)
    row = _locked(amendment_id)
    if row.plan.state != PlanState.APPROVED:
        raise Conflict(NOT_AMENDED[PlanState(row.plan.state)])
    if row.state != AmendmentState.DRAFT:
        raise Conflict(ONLY_DRAFT)
    return row


def _own_item(amendment: Amendment, item: PlanItem) -> PlanItem:
    present = amendment.plan.items.in_plan().filter(pk=item.pk).first()
    if present is None:
        raise Conflict("Мероприятия в плане уже нет. Откройте страницу заново.")
    present.plan = amendment.plan
    return present


def _reason(text: str) -> str:
    if not text.strip():
        raise ValidationError({"reason": "Укажите причину изменения."})
    return text.strip()


def _next_item_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('planning_planitem', 'id'))")
        return int(cursor.fetchone()[0])
