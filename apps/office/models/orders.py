"""Orders of the department about ИМО's staff: drafted here, numbered there (statute 6.4, 6.5, 7.1)."""

import datetime
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from apps.accounts.models import RoleGrant
from apps.core.history import tracked
from apps.core.models import StoredFile
from apps.core.roles import reads_city
from apps.office.enums import EncouragementKind, OrderKind, OrderState
from apps.office.models.acts import LocalAct
from apps.office.models.employees import Appointment, Employee, PersonalRows, manages_staff
from apps.office.models.staffing import Position, StaffingEdition, order_words


class OrderQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The heads see all; an employee recorded orders about himself or given to him to read."""
        if manages_staff(user):
            return self
        if not reads_city(user):
            return self.none()
        own = Acquaintance.objects.filter(employee__user=user.pk).values("order_id")
        about = Q(employee__user=user.pk) | Q(absent__user=user.pk) | Q(substitute__user=user.pk)
        return self.filter(about | Q(pk__in=own), state=OrderState.RECORDED)

    def recorded(self) -> Self:
        return self.filter(state=OrderState.RECORDED)

    def awaiting_number(self) -> Self:
        return self.filter(state=OrderState.DRAFT)

    def acting_within(self, first: datetime.date, last: datetime.date) -> Self:
        """Recorded orders by which somebody acts for the head on a day of the span."""
        return self.recorded().filter(
            kind=OrderKind.ACTING, grant__isnull=False, starts_on__lte=last, ends_on__gte=first
        )


FROZEN = (
    "kind", "title", "employee_id", "position_id", "units", "appointment_id", "absent_id",
    "substitute_id", "edition_id", "act_id", "starts_on", "ends_on", "details", "reward", "consent_on",
    "preamble", "body", "control", "number", "date", "state",
)  # fmt: skip


@tracked()
class Order(models.Model):
    """An order. Without the department's number and date it is a draft and changes nothing."""

    kind = models.CharField("вид", max_length=10, choices=OrderKind)
    state = models.CharField(
        "состояние", max_length=10, choices=OrderState, default=OrderState.DRAFT, editable=False
    )
    title = models.CharField("заголовок", max_length=300, help_text="«О приёме на работу…»")
    employee = models.ForeignKey(
        Employee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name="сотрудник",
    )
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="должность"
    )
    units = models.DecimalField("ставка", max_digits=4, decimal_places=2, null=True, blank=True)
    appointment = models.ForeignKey(
        Appointment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="прежнее назначение",
        help_text="Назначение, которое заканчивается.",
    )
    absent = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="на время отсутствия"
    )
    substitute = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="замещает"
    )
    edition = models.ForeignKey(
        StaffingEdition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name="редакция штатного расписания",
    )
    act = models.ForeignKey(
        LocalAct,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name="редакция Положения",
    )
    reward = models.CharField("вид поощрения", max_length=12, choices=EncouragementKind, blank=True)
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True, help_text="Последний день, включительно.")
    details = models.CharField(
        "подробности", max_length=500, blank=True, help_text="Куда и зачем; за что; по какой причине."
    )
    consent_on = models.DateField(
        "письменное согласие от",
        null=True,
        blank=True,
        help_text="Согласие сотрудника, на которого возлагают обязанности (ТК РФ, ст. 60.2).",
    )
    preamble = models.TextField("основание", blank=True)
    body = models.TextField("текст приказа", blank=True, help_text="Каждая строка — пункт приказа.")
    control = models.CharField("контроль", max_length=300, blank=True)
    number = models.CharField("номер департамента", max_length=50, blank=True, editable=False)
    date = models.DateField("дата департамента", null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="зарегистрировал",
        editable=False,
    )
    recorded_at = models.DateTimeField("зарегистрирован", null=True, blank=True, editable=False)
    grant = models.OneToOneField(
        RoleGrant,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="право исполняющего обязанности",
        editable=False,
    )
    ended_early_on = models.DateField("прекращено досрочно", null=True, blank=True, editable=False)
    scan = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="скан приказа",
        editable=False,
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="составил", editable=False
    )
    created_at = models.DateTimeField("составлен", db_default=Now())

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "приказ"
        verbose_name_plural = "приказы"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=OrderState.DRAFT, number="", date=None)
                | (
                    Q(state=OrderState.RECORDED, date__isnull=False, recorded_by__isnull=False)
                    & ~Q(number="")
                ),
                name="order_recorded_with_number",
                violation_error_message="Зарегистрированный приказ имеет номер и дату департамента.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="order_ends_after_start",
                violation_error_message="Последний день раньше первого.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=OrderKind.ACTING, state=OrderState.RECORDED)
                | Q(
                    employee__isnull=False,
                    consent_on__isnull=False,
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                ),
                name="order_acting_with_consent",
                violation_error_message=(
                    "Обязанности возлагают на срок и с письменного согласия сотрудника (ТК РФ, ст. 60.2)."
                ),
            ),
            models.UniqueConstraint(
                F("number"),
                F("date"),
                condition=Q(state=OrderState.RECORDED),
                name="order_number_once",
                violation_error_message="Приказ с этим номером и датой уже зарегистрирован.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="recorded_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'recorded' AND ("
                    + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in FROZEN)
                    + ")"
                ),
            ),
            pgtrigger.Protect(
                name="recorded_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state = 'recorded'"),
            ),
        ]

    def __str__(self) -> str:
        return self.order_text.capitalize() if self.number else f"Проект приказа: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("office:order-detail", args=[self.pk])

    @property
    def is_recorded(self) -> bool:
        return self.state == OrderState.RECORDED

    @property
    def order_text(self) -> str:
        """«приказ от 01.06.2026 № 12-к»."""
        return order_words(self.number, self.date)


class AcquaintanceQuerySet(PersonalRows):
    pass


@tracked()
class Acquaintance(models.Model):
    """A line of the acquaintance sheet: the employee has read the order on the day."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="acquaintances", verbose_name="приказ")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name="сотрудник")
    read_on = models.DateField("ознакомлен", null=True, blank=True)

    objects = AcquaintanceQuerySet.as_manager()

    class Meta:
        verbose_name = "ознакомление с приказом"
        verbose_name_plural = "ознакомления с приказами"
        ordering = ["employee__last_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "employee"],
                name="acquaintance_once",
                violation_error_message="Этот сотрудник в листе ознакомления уже есть.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.order}"
