"""Absences and substitution: who is away, who takes over the open tasks."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.accounts.models import RoleGrant
from apps.core.russian import date_short
from apps.notices.actions import notify
from apps.office.actions.common import locked, removed, require_keeper, written
from apps.office.models import Absence, Appointment, Employee


@transaction.atomic
def save_absence(*, by: Any, absence: Absence | None = None, **details: Any) -> Absence:
    """A new absence, or changes of one. `ValidationError`: overlaps, an absent substitute and the like."""
    require_keeper(by)
    row = locked(absence) if absence else Absence()
    for name, value in details.items():
        setattr(row, name, value)
    _lock_people(row)
    row.full_clean()
    if faults := absence_faults(row):
        raise ValidationError(faults)
    fresh = row.pk is None
    saved = written(row, by=by)
    if fresh and row.substitute and row.substitute.user:
        _tell_substitute(saved, by)
    return saved


@transaction.atomic
def remove_absence(*, by: Any, absence: Absence) -> None:
    """An absence that did not come about: the tasks come back at once."""
    require_keeper(by)
    removed(locked(absence), by=by)


def absence_faults(row: Absence) -> dict[str, str]:
    """Field → why the absence does not fit others; empty when it does."""
    first, last = row.starts_on, row.ends_on
    faults = {}
    others = Absence.objects.within(first, last).exclude(pk=row.pk)
    acting = RoleGrant.objects.filter(is_acting=True, starts_on__lte=last, ends_on__gte=first)
    if row.employee.user_id and (grant := acting.filter(user=row.employee.user_id).first()):
        faults["employee"] = (
            "В эти дни сотрудник исполняет обязанности заведующего "
            f"(приказ №\u00a0{grant.order_number}): сначала прекратите исполнение."
        )
    replaced = others.filter(substitute=row.employee).select_related("employee").first()
    if replaced and "employee" not in faults:
        faults["employee"] = (
            f"В эти дни сотрудник сам замещает: {replaced.employee}, {days_of(replaced)}. "
            "Назначьте там другого замещающего."
        )
    if row.substitute is not None:
        away = others.filter(employee=row.substitute).first()
        if away:
            faults["substitute"] = f"Замещающий в эти дни отсутствует сам: {kind_and_days(away)}."
        elif not Appointment.objects.filter(employee=row.substitute).within(first, last).exists():
            faults["substitute"] = "Замещающий в эти дни в ИМО не работает."
    return faults


def days_of(row: Absence) -> str:
    return f"с {date_short(row.starts_on)} по {date_short(row.ends_on)}"


def kind_and_days(row: Absence) -> str:
    return f"{row.get_kind_display().lower()} {days_of(row)}"


def _lock_people(row: Absence) -> None:
    """Both cards, always in the same order: two absences at once can not name each other."""
    keys = [key for key in (row.employee_id, row.substitute_id) if key]
    list(Employee.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _tell_substitute(row: Absence, by: Any) -> None:
    until: datetime.date = row.ends_on
    assert row.substitute is not None and row.substitute.user is not None
    notify(
        recipients=[row.substitute.user],
        kind="substitution",
        title=f"Вы замещаете: {row.employee}, {days_of(row)}",
        text=f"Открытые задачи стоят на вашей главной странице до {date_short(until)} включительно.",
        url="/",
        by=by,
    )
