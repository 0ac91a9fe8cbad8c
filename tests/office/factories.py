"""The least that makes a valid row of the staff."""

import datetime
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from apps.accounts.models import User
from apps.core.roles import Role
from apps.office.enums import EditionState, PostCategory, ServiceKind
from apps.office.models import (
    Appointment,
    Employee,
    ExperienceNorm,
    Position,
    Service,
    StaffingEdition,
    StaffingLine,
)
from tests.factories import user_with

SINCE = datetime.date(2020, 1, 1)


class PositionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Position

    title = factory.Sequence(lambda n: f"Методист {n}")
    category = PostCategory.METHODIST
    service_kind = ServiceKind.TEACHING


class EmployeeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Employee

    last_name = factory.Sequence(lambda n: f"Лугова{n}")
    first_name = "Ольга"
    middle_name = "Андреевна"


class AppointmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appointment

    employee = factory.SubFactory(EmployeeFactory)
    position = factory.SubFactory(PositionFactory)
    starts_on = SINCE
    order_number = "1-к"
    order_date = datetime.date(2019, 12, 30)


class ServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Service

    employee = factory.SubFactory(EmployeeFactory)
    place = "Школа № 1"
    post = "Учитель"
    kind = ServiceKind.TEACHING


def staffing(units: dict[Position, str], *, number: int = 1, since: datetime.date = SINCE) -> StaffingEdition:
    """An approved edition with so many units of each post."""
    edition = StaffingEdition.objects.create(number=number, in_force_from=since)
    for position, count in units.items():
        StaffingLine.objects.create(edition=edition, position=position, units=Decimal(count))
    approver = User.objects.filter(grants__role=Role.DIRECTOR).first() or user_with(Role.DIRECTOR)
    StaffingEdition.objects.filter(pk=edition.pk).update(
        state=EditionState.APPROVED,
        order_number="5",
        order_date=since,
        approved_by=approver,
        approved_at=timezone.now(),
    )
    edition.refresh_from_db()
    return edition


def norm(months: int = 36) -> ExperienceNorm:
    """The norm of the head's experience; another test may have emptied the table."""
    ExperienceNorm.objects.all().delete()
    return ExperienceNorm.objects.create(
        months=months, basis="Положение об ИМО, п. 5.1", in_force_from=datetime.date(2000, 1, 1)
    )


def employed(user: User | None = None, position: Position | None = None, **fields: Any) -> Employee:
    """An employee with an appointment since 2020."""
    names = {"last_name": user.last_name, "user": user} if user else {}
    employee = EmployeeFactory(**{**names, **fields})
    AppointmentFactory(employee=employee, position=position or PositionFactory())
    return employee
