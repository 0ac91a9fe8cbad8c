"""What a recorded order changes: each effect by its kind, from the dates of the order."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.accounts.actions import end_staff_grants, grant_acting_head
from apps.accounts.models import RoleGrant, User
from apps.accounts.queries import holders_of
from apps.core.roles import IMO_ROLES, Role
from apps.core.russian import date_short
from apps.notices.actions import notify
from apps.office.actions.absences import days_of, kind_and_days, save_absence
from apps.office.actions.acts import bring_into_force
from apps.office.actions.common import locked, written
from apps.office.actions.employees import appoint, end_appointment
from apps.office.actions.staffing import approve_edition
from apps.office.enums import OrderKind, PostCategory
from apps.office.models import Absence, Appointment, Employee, Encouragement, Order
from apps.office.texts import ABSENCE_OF

ONE_DAY = datetime.timedelta(days=1)
NEEDED: dict[str, dict[str, str]] = {
    OrderKind.HIRE: {
        "employee": "Укажите сотрудника.",
        "position": "Укажите должность.",
        "starts_on": "Укажите день приёма.",
    },
    OrderKind.TRANSFER: {
        "employee": "Укажите сотрудника.",
        "position": "Укажите новую должность.",
        "appointment": "Укажите назначение, которое заканчивается.",
        "starts_on": "Укажите день перевода.",
    },
    OrderKind.DISMISSAL: {
        "employee": "Укажите сотрудника.",
        "starts_on": "Укажите последний день работы.",
    },
    OrderKind.LEAVE: {
        "employee": "Укажите сотрудника.",
        "starts_on": "Укажите первый день.",
        "ends_on": "Укажите последний день.",
    },
    OrderKind.ACTING: {
        "employee": "Укажите, на кого возлагаются обязанности.",
        "starts_on": "Укажите первый день.",
        "ends_on": "Укажите последний день: обязанности возлагают на срок.",
    },
    OrderKind.STAFFING: {"edition": "Укажите редакцию штатного расписания."},
    OrderKind.STATUTE: {
        "act": "Укажите редакцию Положения об ИМО.",
        "starts_on": "Укажите день вступления в силу.",
    },
    OrderKind.REWARD: {
        "employee": "Укажите сотрудника.",
        "reward": "Укажите вид поощрения.",
        "starts_on": "Укажите день поощрения.",
    },
}
NEEDED[OrderKind.TRIP] = NEEDED[OrderKind.LEAVE]


def order_faults(order: Order) -> dict[str, str]:
    """Field → what keeps the order from being drafted so; empty when nothing does."""
    needed = NEEDED.get(order.kind, {})
    faults = {name: told for name, told in needed.items() if getattr(order, name) in (None, "")}
    if order.starts_on and order.ends_on and order.ends_on < order.starts_on:
        faults["ends_on"] = "Последний день раньше первого."
    if order.appointment and order.appointment.employee_id != order.employee_id:
        faults["appointment"] = "Это назначение другого сотрудника."
    if order.kind == OrderKind.STATUTE and order.act and order.act.kind != "imo_statute":
        faults["act"] = "Выберите редакцию Положения об ИМО."
    if order.kind == OrderKind.ACTING and not faults:
        faults = acting_faults(order)
    return faults


def acting_faults(order: Order) -> dict[str, str]:
    """What forbids this substitute in these days (statute 6.5); consent is asked for when recording."""
    assert order.employee and order.starts_on and order.ends_on
    first, last, employee = order.starts_on, order.ends_on, order.employee
    if order.absent_id == employee.pk:
        return {"absent": "Сотрудник не может исполнять обязанности за самого себя."}
    held = employee.appointments.filter(position__category=PostCategory.METHODIST, starts_on__lte=first)
    if not held.exclude(ends_on__lt=last).exists():
        return {"employee": f"Обязанности возлагают на методиста ИМО: {employee} в эти дни им не работает."}
    if employee.user is None or not _signs_in(employee.user, first):
        return {"employee": f"В портале нет действующей учётной записи методиста: {employee}."}
    away = Absence.objects.within(first, last).filter(employee=employee).first()
    if away:
        return {"employee": f"В эти дни {employee} отсутствует: {kind_and_days(away)}."}
    taken = RoleGrant.objects.filter(is_acting=True, starts_on__lte=last, ends_on__gte=first).first()
    if taken:
        return {
            "starts_on": (
                "В эти дни обязанности заведующего уже возложены: "
                f"{taken.user}, с {date_short(taken.starts_on)} по {date_short(taken.ends_on)}, "
                f"приказ №\u00a0{taken.order_number}."
            )
        }
    return {}


def _signs_in(user: Any, day: datetime.date) -> bool:
    return user.is_active and user.grants.in_force(day).filter(role=Role.METHODIST).exists()


def apply(order: Order, *, by: Any) -> None:
    """Changes the data as the order says; called in the transaction that records it."""
    if effect := EFFECTS.get(OrderKind(order.kind)):
        effect(order, by)


def _hire(order: Order, by: Any) -> None:
    assert order.employee and order.position and order.starts_on and order.date
    appoint(
        by=by,
        employee=order.employee,
        position=order.position,
        units=order.units or Decimal(1),
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        order_number=order.number,
        order_date=order.date,
    )


def _transfer(order: Order, by: Any) -> None:
    assert order.appointment and order.starts_on
    end_appointment(by=by, appointment=order.appointment, ends_on=order.starts_on - ONE_DAY)
    _hire(order, by)


def _dismissal(order: Order, by: Any) -> None:
    """Ends what the employee holds and, with his last post, the rights of ИМО after his last day."""
    assert order.employee and order.starts_on
    last = order.starts_on
    if faults := leaving_faults(order.employee, last, order.appointment):
        raise ValidationError(faults)
    if order.appointment:
        held = [order.appointment]
    else:
        held = list(Appointment.objects.in_force(last).filter(employee=order.employee))
    if not held:
        raise ValidationError(
            {"employee": f"На {date_short(last)} сотрудник не занимает ни одной должности."}
        )
    for appointment in held:
        end_appointment(by=by, appointment=appointment, ends_on=last)
    user = order.employee.user
    if user and not _works_after(order.employee, last):
        _tell_of_end(user, end_staff_grants(by=by, user=user, last_day=last), by)


def leaving_faults(employee: Employee, last: datetime.date, leaves: Appointment | None) -> dict[str, str]:
    """What the employee still answers for after his last day; a dismissal ends no such thing silently."""
    if leaves and _works_after(employee, last, besides=leaves):
        return {}
    acting = RoleGrant.objects.filter(is_acting=True, user=employee.user_id, ends_on__gt=last)
    if employee.user_id and (grant := acting.filter(ends_on__gte=timezone.localdate()).first()):
        return {
            "employee": (
                f"После последнего дня {employee} исполняет обязанности заведующего "
                f"(приказ №\u00a0{grant.order_number}): сначала прекратите исполнение."
            )
        }
    held = Absence.objects.filter(substitute=employee, ends_on__gt=last)
    if replaced := held.filter(ends_on__gte=timezone.localdate()).select_related("employee").first():
        return {
            "employee": (
                f"После последнего дня {employee} замещает: {replaced.employee}, {days_of(replaced)}. "
                "Назначьте там другого замещающего."
            )
        }
    return {}


def _works_after(employee: Employee, last: datetime.date, besides: Appointment | None = None) -> bool:
    rows = employee.appointments.exclude(ends_on__lte=last)
    return (rows.exclude(pk=besides.pk) if besides else rows).exists()


def _tell_of_end(user: User, last: datetime.date, by: Any) -> None:
    """The administrator is told what ended by itself and what he has to decide: other rights, the account."""
    others = [str(one) for one in user.grants.exclude(role__in=sorted(IMO_ROLES)).exclude(ends_on__lte=last)]
    rest = f"Остаются другие права: {', '.join(others)}." if others else "Других прав нет."
    notify(
        recipients=holders_of(Role.ADMIN),
        kind="dismissal",
        title=f"Права сотрудника ИМО прекращаются: {user}, с {date_short(last + ONE_DAY)}",
        text=f"Сотрудник уволен приказом департамента. {rest} Учётную запись закройте, если она не нужна.",
        url=f"/admin/accounts/user/{user.pk}/change/",
        by=by,
    )


def _absence(order: Order, by: Any) -> None:
    save_absence(
        by=by,
        employee=order.employee,
        kind=ABSENCE_OF[order.kind],
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        substitute=order.substitute,
        order_number=order.number,
        order_date=order.date,
    )


def _acting(order: Order, by: Any) -> None:
    """The head's rights for the days of the order, and for no other day."""
    assert order.employee and order.employee.user and order.starts_on and order.ends_on
    locked(order.employee)
    if order.consent_on is None:
        raise ValidationError(
            {"consent_on": "Нет письменного согласия сотрудника (ТК РФ, ст. 60.2): укажите его дату."}
        )
    if faults := acting_faults(order):
        raise ValidationError(faults)
    order.grant = grant_acting_head(
        by=by,
        user=order.employee.user,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        order_number=order.number,
        order_date=order.date,
    )
    order.save(update_fields=["grant"])


def _staffing(order: Order, by: Any) -> None:
    assert order.edition and order.date
    approve_edition(by=by, edition=order.edition, order_number=order.number, order_date=order.date)


def _statute(order: Order, by: Any) -> None:
    assert order.act and order.starts_on
    bring_into_force(
        by=by,
        act=order.act,
        in_force_from=order.starts_on,
        order_number=order.number,
        order_date=order.date,
    )


def _reward(order: Order, by: Any) -> None:
    details = {
        "employee": order.employee,
        "kind": order.reward,
        "reason": order.details or order.title,
        "given_on": order.starts_on,
        "order": order,
        "basis": order.order_text,
    }
    written(Encouragement(), by=by, details=details)


EFFECTS: dict[OrderKind, Callable[[Order, Any], None]] = {
    OrderKind.HIRE: _hire,
    OrderKind.TRANSFER: _transfer,
    OrderKind.DISMISSAL: _dismissal,
    OrderKind.LEAVE: _absence,
    OrderKind.TRIP: _absence,
    OrderKind.ACTING: _acting,
    OrderKind.STAFFING: _staffing,
    OrderKind.STATUTE: _statute,
    OrderKind.REWARD: _reward,
}
