"""The register of local acts ИМО needs, by editions (statute 5.4, 5.6, 7.1)."""

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
from apps.core.models import StoredFile
from apps.core.roles import reads_city
from apps.core.spans import days, same
from apps.office.enums import ActForce, ActKind
from apps.office.models.employees import Employee, manages_staff
from apps.office.models.staffing import Position, order_words


class LocalActQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """ИМО reads the acts; a contract is for its employee and the heads alone."""
        if manages_staff(user):
            return self
        if not reads_city(user):
            return self.none()
        return self.filter(~Q(kind=ActKind.CONTRACT) | Q(employee__user=user.pk))

    def in_force(self, day: datetime.date | None = None) -> Self:
        day = day or timezone.localdate()
        return self.filter(Q(in_force_to=None) | Q(in_force_to__gte=day), in_force_from__lte=day)

    def awaiting_consent(self) -> Self:
        """Amendments of the statute of ИМО without the head's consent."""
        return self.filter(kind=ActKind.IMO_STATUTE, in_force_from=None, consented_on=None)


@tracked()
class LocalAct(models.Model):
    """An edition of a local act. Without its first day in force it is a draft."""

    kind = models.CharField("вид", max_length=20, choices=ActKind)
    title = models.CharField("название", max_length=300)
    edition = models.PositiveSmallIntegerField("редакция", default=1)
    position = models.ForeignKey(
        Position,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acts",
        verbose_name="должность",
        help_text="Только для должностной инструкции.",
    )
    employee = models.ForeignKey(
        Employee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acts",
        verbose_name="сотрудник",
        help_text="Только для трудового договора.",
    )
    number = models.CharField("номер", max_length=50, blank=True)
    date = models.DateField("дата", null=True, blank=True)
    order_number = models.CharField("номер приказа департамента", max_length=50, blank=True, editable=False)
    order_date = models.DateField("дата приказа департамента", null=True, blank=True, editable=False)
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="согласие дал",
        editable=False,
    )
    consented_on = models.DateField("согласие заведующего", null=True, blank=True, editable=False)
    in_force_from = models.DateField("действует с", null=True, blank=True, editable=False)
    in_force_to = models.DateField("действует по", null=True, blank=True, editable=False)
    changes = models.TextField("что меняется", blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="файл",
        editable=False,
    )
    created_at = models.DateTimeField("внесён", db_default=Now())

    objects = LocalActQuerySet.as_manager()

    class Meta:
        verbose_name = "локальный акт"
        verbose_name_plural = "локальные акты"
        ordering = ["kind", "title", "-edition", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ActKind.JOB_DESCRIPTION, position__isnull=False)
                | (~Q(kind=ActKind.JOB_DESCRIPTION) & Q(position=None)),
                name="act_position_fits_kind",
                violation_error_message="Должность указывается у должностной инструкции, и только у неё.",
            ),
            models.CheckConstraint(
                condition=Q(kind=ActKind.CONTRACT, employee__isnull=False)
                | (~Q(kind=ActKind.CONTRACT) & Q(employee=None)),
                name="act_employee_fits_kind",
                violation_error_message="Сотрудник указывается у трудового договора, и только у него.",
            ),
            models.CheckConstraint(
                condition=Q(in_force_to=None)
                | Q(in_force_from__isnull=False, in_force_to__gte=F("in_force_from")),
                name="act_ends_after_start",
                violation_error_message="Акт утрачивает силу раньше, чем вступает.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ActKind.IMO_STATUTE)
                | Q(in_force_from=None)
                | (
                    Q(order_date__isnull=False, consented_on__isnull=False, consented_by__isnull=False)
                    & ~Q(order_number="")
                ),
                name="act_statute_by_order_and_consent",
                violation_error_message=(
                    "Изменение Положения об ИМО вступает в силу по приказу департамента "
                    "с номером и датой и с согласия заведующего (п. 7.1)."
                ),
            ),
            ExclusionConstraint(
                name="act_one_description",
                expressions=[
                    (same("position"), RangeOperators.OVERLAPS),
                    (days("in_force_from", "in_force_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=ActKind.JOB_DESCRIPTION, in_force_from__isnull=False),
                violation_error_message="В эти дни действует другая редакция инструкции по этой должности.",
            ),
            *[
                ExclusionConstraint(
                    name=f"act_one_{kind}",
                    expressions=[(days("in_force_from", "in_force_to"), RangeOperators.OVERLAPS)],
                    condition=Q(kind=kind, in_force_from__isnull=False),
                    violation_error_message="В эти дни действует другая редакция этого положения.",
                )
                for kind in ("department_statute", "imo_statute")
            ],
        ]

    def __str__(self) -> str:
        return f"{self.title}, редакция {self.edition}"

    def get_absolute_url(self) -> str:
        return reverse("office:act-detail", args=[self.pk])

    @property
    def force(self) -> ActForce:
        """From the dates and the clock of Magadan."""
        today = timezone.localdate()
        if self.in_force_from is None:
            return ActForce.DRAFT
        if self.in_force_from > today:
            return ActForce.AHEAD
        return ActForce.ENDED if self.in_force_to and self.in_force_to < today else ActForce.IN_FORCE

    @property
    def order_text(self) -> str:
        return order_words(self.order_number, self.order_date)
