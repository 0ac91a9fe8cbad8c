"""Who is away, and who does the work meanwhile."""

import datetime
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from apps.core.history import tracked
from apps.core.roles import reads_city
from apps.core.spans import days, same
from apps.office.enums import AbsenceKind
from apps.office.models.employees import Employee, manages_staff


class AbsenceQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The heads see all, an employee his own and those in which he is the substitute."""
        if manages_staff(user):
            return self
        if not reads_city(user):
            return self.none()
        return self.filter(Q(employee__user=user.pk) | Q(substitute__user=user.pk))

    def on(self, day: datetime.date | None = None) -> Self:
        day = day or timezone.localdate()
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def within(self, first: datetime.date, last: datetime.date) -> Self:
        """Those that share a day with the span."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)


@tracked()
class Absence(models.Model):
    """An employee is away from the first to the last day; of an illness nothing else is kept."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="absences", verbose_name="сотрудник")
    kind = models.CharField("вид", max_length=10, choices=AbsenceKind)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по", help_text="Последний день, включительно.")
    substitute = models.ForeignKey(
        Employee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="substitutions",
        verbose_name="замещает",
        help_text="К нему на эти дни перейдут открытые задачи.",
    )
    order_number = models.CharField("номер приказа", max_length=50, blank=True)
    order_date = models.DateField("дата приказа", null=True, blank=True)
    created_at = models.DateTimeField("внесено", db_default=Now())

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "отсутствие"
        verbose_name_plural = "отсутствия"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_start",
                violation_error_message="Отсутствие заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(substitute=None) | ~Q(substitute=F("employee")),
                name="absence_substitute_is_another",
                violation_error_message="Сотрудник не может замещать сам себя.",
            ),
            ExclusionConstraint(
                name="absence_once",
                expressions=[
                    (same("employee"), RangeOperators.OVERLAPS),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="В эти дни у сотрудника уже записано другое отсутствие.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.get_kind_display().lower()} с {self.starts_on:%d.%m.%Y}"
