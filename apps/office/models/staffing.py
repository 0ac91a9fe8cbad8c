"""The staffing table: its editions, the posts and how many units of each (statute 5.3, 6.1, 6.2)."""

import datetime
from decimal import Decimal
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Mod, Now
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone

from apps.core.history import tracked
from apps.core.roles import reads_city
from apps.office.enums import DIRECTIONS, EditionState, PostCategory, ServiceKind

QUARTER = Decimal("0.25")


class DepartmentRows(models.QuerySet):
    """Rows without personal data, read by ИМО and the department's head."""

    def visible_to(self, user: Any) -> Self:
        return self if reads_city(user) else self.none()


@tracked()
class Position(models.Model):
    """A post that lives through the editions of the staffing table."""

    title = models.CharField("должность", max_length=200)
    category = models.CharField("категория", max_length=12, choices=PostCategory)
    direction = models.CharField(
        "направление работы",
        max_length=4,
        choices=DIRECTIONS,
        blank=True,
        help_text="Раздел Положения; у заведующего можно не указывать.",
    )
    service_kind = models.CharField(
        "вид стажа",
        max_length=10,
        choices=ServiceKind,
        default=ServiceKind.OTHER,
        help_text="Какой стаж даёт работа в этой должности.",
    )
    is_closed = models.BooleanField("упразднена", default=False)

    objects = DepartmentRows.as_manager()

    class Meta:
        verbose_name = "должность"
        verbose_name_plural = "должности"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "direction"],
                name="position_once",
                violation_error_message="Такая должность с этим направлением уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def direction_title(self) -> str:
        return f"{self.direction} {self.get_direction_display()}" if self.direction else ""


class StaffingEditionQuerySet(DepartmentRows):
    def approved(self) -> Self:
        return self.filter(state=EditionState.APPROVED)

    def waiting(self) -> Self:
        return self.filter(state=EditionState.ON_APPROVAL)

    def in_force(self, day: datetime.date | None = None) -> Self:
        """The approved edition of the day (today in Magadan): the last one that has come into force."""
        day = day or timezone.localdate()
        last = self.model._default_manager.filter(state=EditionState.APPROVED, in_force_from__lte=day)
        return self.filter(pk__in=last.order_by("-in_force_from").values("pk")[:1])


@tracked()
class StaffingEdition(models.Model):
    """An edition of the staffing table; approved by the department's head alone, frozen from then on."""

    number = models.PositiveSmallIntegerField("номер редакции")
    in_force_from = models.DateField("действует с")
    state = models.CharField(
        "состояние", max_length=12, choices=EditionState, default=EditionState.DRAFT, editable=False
    )
    note = models.CharField("пояснение", max_length=300, blank=True)
    order_number = models.CharField("номер приказа", max_length=50, blank=True, editable=False)
    order_date = models.DateField("дата приказа", null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField("правка", default=0, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="утвердил",
        editable=False,
    )
    approved_at = models.DateTimeField("утверждена", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("создана", db_default=Now())

    objects = StaffingEditionQuerySet.as_manager()

    class Meta:
        verbose_name = "редакция штатного расписания"
        verbose_name_plural = "редакции штатного расписания"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                name="staffing_number_once",
                violation_error_message="Редакция с этим номером уже есть.",
            ),
            models.UniqueConstraint(
                fields=["in_force_from"],
                condition=Q(state=EditionState.APPROVED),
                name="staffing_one_a_day",
                violation_error_message="С этого дня уже действует другая утверждённая редакция.",
            ),
            models.CheckConstraint(
                condition=~Q(state=EditionState.APPROVED)
                | (
                    Q(order_date__isnull=False, approved_by__isnull=False, approved_at__isnull=False)
                    & ~Q(order_number="")
                ),
                name="staffing_approved_by_order",
                violation_error_message="Утверждённая редакция должна иметь номер и дату приказа.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state = 'approved'"),
            )
        ]

    def __str__(self) -> str:
        return f"Штатное расписание, редакция {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("office:edition-detail", args=[self.pk])

    @property
    def is_approved(self) -> bool:
        return self.state == EditionState.APPROVED

    @property
    def order_text(self) -> str:
        """«приказ от 01.09.2026 № 5», empty before the approval."""
        return order_words(self.order_number, self.order_date)


def order_words(number: str, date: datetime.date | None) -> str:
    """The order as it is named in papers and lists."""
    day = f" от {date:%d.%m.%Y}" if date else ""
    return f"приказ{day} №\u00a0{number}" if number else ""


FROZEN_LINES = """
    PERFORM 1 FROM office_staffingedition edition
     WHERE edition.id IN (
        CASE WHEN TG_OP = 'INSERT' THEN NEW.edition_id ELSE OLD.edition_id END,
        CASE WHEN TG_OP = 'DELETE' THEN OLD.edition_id ELSE NEW.edition_id END
     ) AND edition.state = 'approved';
    IF FOUND THEN
        RAISE EXCEPTION 'pgtrigger: an approved edition never changes';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


@tracked()
class StaffingLine(models.Model):
    """So many units of a post in an edition; money is kept only where the portal is told to keep it."""

    edition = models.ForeignKey(
        StaffingEdition, models.CASCADE, related_name="lines", verbose_name="редакция"
    )
    position = models.ForeignKey(Position, models.PROTECT, related_name="lines", verbose_name="должность")
    units = models.DecimalField("штатных единиц", max_digits=6, decimal_places=2)
    salary = models.DecimalField("оклад, руб.", max_digits=10, decimal_places=2, null=True, blank=True)
    district_allowance = models.DecimalField(
        "районный коэффициент, руб.", max_digits=10, decimal_places=2, null=True, blank=True
    )
    northern_allowance = models.DecimalField(
        "северная надбавка, руб.", max_digits=10, decimal_places=2, null=True, blank=True
    )
    other_allowance = models.DecimalField(
        "прочие надбавки, руб.", max_digits=10, decimal_places=2, null=True, blank=True
    )
    note = models.CharField("примечание", max_length=200, blank=True)

    objects = DepartmentRows.as_manager()

    class Meta:
        verbose_name = "строка штатного расписания"
        verbose_name_plural = "строки штатного расписания"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"],
                name="staffing_line_once",
                violation_error_message="Эта должность в редакции уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(units__gte=QUARTER),
                name="staffing_units_from_quarter",
                violation_error_message="Штатных единиц не меньше 0,25.",
            ),
            models.CheckConstraint(
                condition=Q(Exact(Mod(F("units"), Value(QUARTER)), Value(Decimal(0)))),
                name="staffing_units_in_quarters",
                violation_error_message="Штатные единицы считаются четвертями: 0,25; 0,5; 0,75; 1.",
            ),
            models.CheckConstraint(
                condition=Q(
                    *[
                        Q(**{name: None}) | Q(**{f"{name}__gte": 0})
                        for name in ("salary", "district_allowance", "northern_allowance", "other_allowance")
                    ]
                ),
                name="staffing_money_not_negative",
                violation_error_message="Оклад и надбавки не бывают отрицательными.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="approved_lines_never_change",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=FROZEN_LINES,
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}, {self.units}"

    @property
    def monthly(self) -> Decimal | None:
        """Column 9 of Т-3: salary with allowances for all units; None while no salary is entered."""
        if self.salary is None:
            return None
        parts = (self.salary, self.district_allowance, self.northern_allowance, self.other_allowance)
        return sum((part for part in parts if part is not None), Decimal(0)) * self.units
