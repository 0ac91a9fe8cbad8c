"""Employees of ИМО: who they are, where they worked, by which order they hold their post."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from apps.core.history import tracked
from apps.core.roles import Role, has_role, reads_city
from apps.core.russian import initials_after, initials_before
from apps.core.spans import days, same
from apps.office.enums import DIRECTIONS, ServiceKind
from apps.office.models.staffing import QUARTER, DepartmentRows, Position, order_words

GENDERS = [("male", "мужской"), ("female", "женский")]


def manages_staff(user: Any) -> bool:
    """The head (the acting one too) and the department's head see and keep everything about the staff."""
    return has_role(user, Role.HEAD, Role.DIRECTOR)


class PersonalRows(models.QuerySet):
    """Rows about one employee: the heads see all, an employee his own."""

    owner = "employee"

    def visible_to(self, user: Any) -> Self:
        if manages_staff(user):
            return self
        return self.filter(**{f"{self.owner}__user": user.pk}) if reads_city(user) else self.none()


class EmployeeQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The staff list is for ИМО and the department's head."""
        return self if reads_city(user) else self.none()

    def employed_on(self, day: datetime.date | None = None) -> Self:
        """Those with an appointment in force on the day (today in Magadan)."""
        return self.filter(pk__in=Appointment.objects.in_force(day).values("employee_id"))


@tracked()
class Employee(models.Model):
    """Somebody who works or worked at ИМО; a user of the portal where he signs in."""

    last_name = models.CharField("фамилия", max_length=100)
    first_name = models.CharField("имя", max_length=100)
    middle_name = models.CharField("отчество", max_length=100, blank=True)
    gender = models.CharField(
        "пол",
        max_length=6,
        choices=GENDERS,
        blank=True,
        help_text="Нужен для склонения имени, если по отчеству он не ясен.",
    )
    genitive_name = models.CharField(
        "ФИО в родительном и винительном падеже",
        max_length=300,
        blank=True,
        help_text="Заполните, только если портал склоняет неверно.",
    )
    dative_name = models.CharField("ФИО в дательном падеже", max_length=300, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="employee",
        verbose_name="пользователь портала",
    )
    direction = models.CharField("направление работы", max_length=4, choices=DIRECTIONS, blank=True)
    created_at = models.DateTimeField("внесён", db_default=Now())

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        verbose_name = "сотрудник ИМО"
        verbose_name_plural = "сотрудники ИМО"
        ordering = ["last_name", "first_name", "pk"]

    def __str__(self) -> str:
        return initials_after(self.last_name, self.first_name, self.middle_name)

    def get_absolute_url(self) -> str:
        return reverse("office:employee-detail", args=[self.pk])

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, [self.last_name, self.first_name, self.middle_name]))

    @property
    def signed_name(self) -> str:
        """«И. О. Фамилия»."""
        return initials_before(self.last_name, self.first_name, self.middle_name)


class AppointmentQuerySet(PersonalRows):
    def in_force(self, day: datetime.date | None = None) -> Self:
        """Held on the day (today in Magadan), the first and the last day included."""
        day = day or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def within(self, first: datetime.date, last: datetime.date | None) -> Self:
        """Those that share a day with the span."""
        rows = self.filter(starts_on__lte=last) if last else self
        return rows.exclude(ends_on__lt=first)


@tracked()
class Appointment(models.Model):
    """A post an employee holds between two dates, by an order of the department (statute 6.4)."""

    employee = models.ForeignKey(
        Employee, models.PROTECT, related_name="appointments", verbose_name="сотрудник"
    )
    position = models.ForeignKey(
        Position, models.PROTECT, related_name="appointments", verbose_name="должность"
    )
    units = models.DecimalField("ставка", max_digits=4, decimal_places=2, default=1)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по", null=True, blank=True, help_text="Последний день, включительно.")
    order_number = models.CharField("номер приказа", max_length=50)
    order_date = models.DateField("дата приказа")
    created_at = models.DateTimeField("внесено", db_default=Now())

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "назначение"
        verbose_name_plural = "назначения"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="appointment_ends_after_start",
                violation_error_message="Назначение заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(units__gte=QUARTER, units__lte=2),
                name="appointment_units_sane",
                violation_error_message="Ставка — от 0,25 до 2.",
            ),
            models.CheckConstraint(
                condition=~Q(order_number=""),
                name="appointment_by_order",
                violation_error_message="Назначают приказом департамента: укажите его номер.",
            ),
            ExclusionConstraint(
                name="appointment_once",
                expressions=[
                    (same("employee"), RangeOperators.OVERLAPS),
                    (same("position"), RangeOperators.OVERLAPS),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="В эти дни сотрудник уже занимает эту должность.",
            ),
        ]
        indexes = [models.Index(fields=["position", "starts_on"], name="appointment_position")]

    def __str__(self) -> str:
        return f"{self.employee}, {self.position}"

    @property
    def order_text(self) -> str:
        return order_words(self.order_number, self.order_date)


@tracked()
class Service(models.Model):
    """Earlier work of an employee, for his experience."""

    employee = models.ForeignKey(Employee, models.CASCADE, related_name="services", verbose_name="сотрудник")
    place = models.CharField("место работы", max_length=300)
    post = models.CharField("должность", max_length=200)
    kind = models.CharField("вид стажа", max_length=10, choices=ServiceKind)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")

    objects = PersonalRows.as_manager()

    class Meta:
        verbose_name = "прежняя работа"
        verbose_name_plural = "прежняя работа"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="service_ends_after_start",
                violation_error_message="Работа заканчивается раньше, чем начинается.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.place}"


class ExperienceNormQuerySet(DepartmentRows):
    def in_force(self, day: datetime.date) -> Self:
        return self.filter(Q(in_force_to=None) | Q(in_force_to__gte=day), in_force_from__lte=day)


@tracked()
class ExperienceNorm(models.Model):
    """How long a service is asked of the head of ИМО, by which act, since when (statute 5.1)."""

    months = models.PositiveSmallIntegerField("стаж, месяцев")
    basis = models.CharField("основание", max_length=300)
    in_force_from = models.DateField("действует с")
    in_force_to = models.DateField("действует по", null=True, blank=True)

    objects = ExperienceNormQuerySet.as_manager()

    class Meta:
        verbose_name = "норма стажа"
        verbose_name_plural = "нормы стажа"
        ordering = ["-in_force_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_to=None) | Q(in_force_to__gte=F("in_force_from")),
                name="norm_ends_after_start",
                violation_error_message="Норма заканчивается раньше, чем начинается.",
            ),
            ExclusionConstraint(
                name="norm_once",
                expressions=[(days("in_force_from", "in_force_to"), RangeOperators.OVERLAPS)],
                violation_error_message="На эти дни норма стажа уже указана.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis}: {self.months} мес."
