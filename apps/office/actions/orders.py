"""Orders: drafted by template, recorded under the department's own number, then in effect."""

import datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from apps.accounts.actions import end_acting_head
from apps.accounts.models import RoleGrant, User
from apps.accounts.queries import holders_of
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.files import store_file
from apps.core.roles import Role
from apps.core.russian import date_short
from apps.notices.actions import notify
from apps.office.actions import effects
from apps.office.actions.common import locked, named, removed, require_keeper, written
from apps.office.enums import OrderKind
from apps.office.models import Acquaintance, Employee, Order
from apps.office.permissions import can_edit_order, can_end_acting, can_keep_staff, can_record_order
from apps.office.states import ORDER
from apps.office.texts import CONTROL, propose_text
from apps.organizations.models import Department
from apps.workflow.actions import move

ONLY_DRAFT = "Зарегистрированный приказ не меняется."
ONLY_DIRECTOR = "Приказ об утверждении штатного расписания регистрирует руководитель департамента."


@transaction.atomic
def draft_order(*, by: Any, **details: Any) -> Order:
    """A draft; texts that are not given are made by the template of the kind. `ValidationError` by field."""
    require_keeper(by)
    order = Order(created_by_id=by.pk)
    for name, value in details.items():
        setattr(order, name, value)
    _check(order)
    _fill_in(order)
    order = written(order, by=by)
    if order.employee:
        order.acquaintances.create(employee=order.employee)
    return order


@transaction.atomic
def change_order(*, by: Any, order: Order, **details: Any) -> Order:
    """Other details or texts of a draft; an emptied text is made by the template anew."""
    row = _draft(order, by)
    for name, value in details.items():
        setattr(row, name, value)
    _check(row)
    _fill_in(row)
    return written(row, by=by)


@transaction.atomic
def delete_order(*, by: Any, order: Order) -> None:
    """Only a draft."""
    removed(_draft(order, by), by=by)


@transaction.atomic
def record_order(*, by: Any, order: Order, number: str, date: datetime.date) -> Order:
    """Keeps the department's number and date, and does what the order says: all or nothing.

    Raises `Refused`, `Conflict` (recorded already), `ValidationError` (no number, and whatever forbids
    the effect: no free units, an overlap, no consent…).
    """
    row = _draft(order, by)
    require(can_record_order(by, row), ONLY_DIRECTOR if row.kind == OrderKind.STAFFING else effects_refusal())
    number = number.strip()
    if not number:
        raise ValidationError({"number": "Укажите номер, который приказу дал департамент."})
    if date > timezone.localdate():
        raise ValidationError({"date": "Дата приказа ещё не наступила."})
    _check(row)
    row.number, row.date = number, date
    row.recorded_by_id, row.recorded_at = by.pk, timezone.now()
    state, row.state = row.state, "recorded"
    row.full_clean(exclude=["grant"])
    row.state = state
    move(row, ORDER, "record", by=by, update_fields=("number", "date", "recorded_by", "recorded_at"))
    effects.apply(row, by=by)
    return row


def effects_refusal() -> str:
    return "Приказы регистрируют заведующий и руководитель департамента."


@transaction.atomic
def attach_scan(*, by: Any, order: Order, file: IO[bytes], name: str, content_type: str) -> Order:
    """Keeps a checked upload as the signed scan of a recorded order."""
    require_keeper(by)
    row = locked(order)
    if not row.is_recorded:
        raise Conflict("Скан прикладывают к зарегистрированному приказу.")
    row.scan = store_file(file=file, name=name, content_type=content_type, by=by)
    row.save(update_fields=["scan"])
    journal.record(by=by, verb=Verb.CHANGED, subject=row, title=named(row), note="скан")
    return row


@transaction.atomic
def add_to_sheet(*, by: Any, order: Order, employees: list[Employee]) -> None:
    """Puts employees on the acquaintance sheet; those on it stay as they are."""
    require_keeper(by)
    for employee in employees:
        Acquaintance.objects.get_or_create(order=order, employee=employee)
    journal.record(by=by, verb=Verb.CHANGED, subject=order, title=named(order), note="лист ознакомления")


@transaction.atomic
def mark_read(*, by: Any, line: Acquaintance, read_on: datetime.date | None = None) -> Acquaintance:
    """The day an employee has read a recorded order: by himself today, or entered from the paper sheet."""
    row = locked(line)
    own = row.employee.user_id is not None and row.employee.user_id == by.pk
    if not own:
        require_keeper(by)
    if not row.order.is_recorded:
        raise Conflict("Знакомят с зарегистрированным приказом.")
    today = timezone.localdate()
    keeps = can_keep_staff(by)
    day = read_on if read_on is not None and keeps else today
    if told := _reading_fault(row.order.date, day, today):
        raise ValidationError({"read_on": told})
    if row.read_on is None or (read_on is not None and keeps):
        written(row, by=by, details={"read_on": day})
    return row


def _reading_fault(ordered: datetime.date | None, day: datetime.date, today: datetime.date) -> str:
    if day > today:
        return f"День ознакомления ещё не наступил: сегодня {date_short(today)}."
    if ordered and day < ordered:
        return f"Ознакомить раньше приказа нельзя: приказ от {date_short(ordered)}."
    return ""


@transaction.atomic
def end_acting(*, by: Any, order: Order, ends_on: datetime.date, reason: str) -> Order:
    """Takes the head's rights back early, after `ends_on`; tells both and the department's head.

    Raises `Refused` (the acting one himself), `Conflict` (ended already, a day that does not fit).
    """
    row = locked(order)
    require(can_end_acting(by, row), "Прекратить это исполнение обязанностей вы не можете.")
    if not reason.strip():
        raise Conflict("Укажите причину досрочного прекращения.")
    grant = row.grant
    assert grant is not None
    row.ended_early_on = ends_on
    row.save(update_fields=["ended_early_on"])
    end_acting_head(by=by, grant=grant, ends_on=ends_on)
    notify(
        recipients=_concerned(row),
        kind="acting_ended",
        title=f"Исполнение обязанностей прекращено досрочно: {row.employee}",
        text=f"Последний день — {date_short(ends_on)}. Причина: {reason.strip()}",
        url=row.get_absolute_url(),
        by=by,
    )
    return Order.objects.get(pk=row.pk)


def _concerned(order: Order) -> list[User]:
    """The acting one, the head himself, and the department's head."""
    heads = RoleGrant.objects.in_force().filter(role=Role.HEAD, is_acting=False).select_related("user")
    people = [one.user for one in heads] + list(holders_of(Role.DIRECTOR))
    if order.employee and order.employee.user:
        people.insert(0, order.employee.user)
    return people


def _check(order: Order) -> None:
    if faults := effects.order_faults(order):
        raise ValidationError(faults)


def _fill_in(order: Order) -> None:
    """Texts of the template where none was typed."""
    department = Department.objects.filter(pk=1).first()
    if department is None:
        raise Conflict("Сведения о департаменте не заполнены: укажите их на странице настройки портала.")
    proposed = propose_text(order, department)
    order.title = order.title or proposed.title
    order.preamble = order.preamble or proposed.preamble
    order.body = order.body or "\n".join(proposed.clauses)
    order.control = order.control or CONTROL


def _draft(order: Order, by: Any) -> Order:
    require_keeper(by)
    row = locked(order)
    if not can_edit_order(by, row):
        raise Conflict(ONLY_DRAFT)
    return row
