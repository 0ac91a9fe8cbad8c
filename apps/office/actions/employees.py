"""Employees, their earlier service and their appointments."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.core.access import Conflict
from apps.core.russian import date_short, number
from apps.office.actions.common import locked, removed, require_keeper, written
from apps.office.enums import PostCategory
from apps.office.models import Appointment, Employee, ExperienceNorm, Order, Position, Service
from apps.office.queries import head_check, shortage
from apps.papers.models import Paper

ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def save_employee(*, by: Any, employee: Employee | None = None, **details: Any) -> Employee:
    """A new card, or changes of one. `Refused`; `ValidationError` by field."""
    require_keeper(by)
    return written(locked(employee) if employee else Employee(), by=by, details=details)


def deletion_refusal(employee: Employee) -> str:
    """Why the card can't be deleted, empty when it can."""
    user = employee.user_id
    reasons = [
        ("подписывал или выдавал документы", user and Paper.objects.filter(issued_by=user).exists()),
        ("имеет назначения", employee.appointments.exists()),
        ("назван в приказах", Order.objects.filter(_named(employee)).exists()),
        ("отсутствовал или замещал", employee.absences.exists() or employee.substitutions.exists()),
        ("имеет трудовой договор", employee.acts.exists()),
        ("вносил предложения или обращения", employee.proposals.exists() or employee.appeals.exists()),
        ("имеет записи о поощрениях", employee.encouragements.exists()),
        ("имеет записи об обучении и инструктажах", _was_taught(employee)),
    ]
    found = [words for words, is_so in reasons if is_so]
    return f"Удалить карточку нельзя: сотрудник {', '.join(found)}." if found else ""


@transaction.atomic
def delete_employee(*, by: Any, employee: Employee) -> None:
    """Only a card made by mistake. `Conflict` says what keeps it."""
    require_keeper(by)
    employee = locked(employee)
    if told := deletion_refusal(employee):
        raise Conflict(told)
    removed(employee, by=by)


@transaction.atomic
def save_service(*, by: Any, employee: Employee, service: Service | None = None, **details: Any) -> Service:
    """Earlier work for the experience."""
    require_keeper(by)
    row = locked(service) if service else Service(employee=employee)
    return written(row, by=by, details=details)


@transaction.atomic
def remove_service(*, by: Any, service: Service) -> None:
    require_keeper(by)
    removed(service, by=by)


@transaction.atomic
def appoint(
    *,
    by: Any,
    employee: Employee,
    position: Position,
    units: Any,
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
    order_number: str,
    order_date: datetime.date,
) -> Appointment:
    """An appointment by an order. `ValidationError`: no free units, too little experience of a head."""
    require_keeper(by)
    locked(position)
    row = Appointment(
        employee=employee,
        position=position,
        units=units,
        starts_on=starts_on,
        ends_on=ends_on,
        order_number=order_number.strip(),
        order_date=order_date,
    )
    return checked_appointment(row, by=by)


@transaction.atomic
def end_appointment(*, by: Any, appointment: Appointment, ends_on: datetime.date | None) -> Appointment:
    """Another last day; none means «until further notice»."""
    require_keeper(by)
    locked(appointment.position)
    row = locked(appointment)
    row.ends_on = ends_on
    return checked_appointment(row, by=by)


@transaction.atomic
def add_norm(
    *,
    by: Any,
    months: int,
    basis: str,
    in_force_from: datetime.date,
    in_force_to: datetime.date | None = None,
) -> ExperienceNorm:
    """Another term of a head's experience (statute 5.1); one without an end ends the day before it.

    An ended norm never changes: checks of its days are explained by it. Raises `Refused`,
    `ValidationError` (days that a norm stands for already, no months).
    """
    require_keeper(by)
    present = ExperienceNorm.objects.select_for_update().filter(in_force_to=None).first()
    if present and present.in_force_from < in_force_from:
        written(present, by=by, details={"in_force_to": in_force_from - ONE_DAY})
    row = ExperienceNorm(
        months=months, basis=basis.strip(), in_force_from=in_force_from, in_force_to=in_force_to
    )
    return written(row, by=by)


def checked_appointment(row: Appointment, *, by: Any) -> Appointment:
    """Saves an appointment that fits into the units of its post; the post's row is locked by the caller."""
    row.full_clean()
    told = {"units": units_refusal(row)}
    if not row.pk:
        told["employee"] = head_refusal(row.employee, row.position, row.starts_on)
    if faults := {name: words for name, words in told.items() if words}:
        raise ValidationError(faults)
    return written(row, by=by)


def units_refusal(row: Appointment) -> str:
    """«…с 01.12.2026 по штатному расписанию 2 ед., занято 2»; empty when there is room."""
    lack = shortage(row.position, row.units, row.starts_on, row.ends_on, except_for=row)
    if lack is None:
        return ""
    return (
        f"По должности «{row.position}» на {date_short(lack.day)} в штатном расписании "
        f"{number(lack.units)} ед., занято {number(lack.occupied)}: "
        f"свободной ставки {number(row.units)} нет."
    )


def head_refusal(employee: Employee, position: Position, day: datetime.date) -> str:
    """What the experience of a future head lacks (statute 5.1); empty when it suffices."""
    if position.category != PostCategory.HEAD:
        return ""
    check = head_check(employee, day)
    if check is None or check.missing is None:
        return ""
    return (
        f"Заведующему нужен стаж руководящей или педагогической работы "
        f"{_months(check.norm.months)} ({check.norm.basis}). На {date_short(day)} стаж {check.present}, "
        f"не хватает {check.missing}"
    )


def _months(count: int) -> str:
    from apps.core.experience import Length

    return str(Length.of_days(count * 30))


def _named(employee: Employee) -> Any:
    from django.db.models import Q

    return (
        Q(employee=employee)
        | Q(absent=employee)
        | Q(substitute=employee)
        | Q(acquaintances__employee=employee)
    )


def _was_taught(employee: Employee) -> bool:
    return employee.briefings.exists() or employee.trainings.exists()
