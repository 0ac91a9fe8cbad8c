"""A plan, and the programmes its events serve."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from apps.core.history import tracked
from apps.core.roles import Role, has_role, reads_city
from apps.planning.enums import PlanOwner, PlanState, ProgrammeLevel, YearKind
from apps.planning.terms import Span


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The department's directory."""
        return self if reads_city(user) else self.none()


@tracked()
class Programme(models.Model):
    """A municipal, regional or federal programme that the department helps to fulfil (statute 2.2)."""

    title = models.CharField("название", max_length=300)
    level = models.CharField("чья", max_length=10, choices=ProgrammeLevel)
    basis = models.CharField("чем утверждена", max_length=300, blank=True)
    starts_on = models.DateField("действует с", null=True, blank=True)
    ends_on = models.DateField("действует по", null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "программа"
        verbose_name_plural = "программы"
        ordering = ["level", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "title"],
                name="programme_once",
                violation_error_message="Такая программа уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="programme_ends_after_start",
                violation_error_message="Программа не может закончиться раньше, чем началась.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Plans are the department's own papers; a draft is for those who write and approve it."""
        if not reads_city(user):
            return self.none()
        if has_role(user, Role.HEAD, Role.METHODIST, Role.DIRECTOR):
            return self
        return self.exclude(state=PlanState.DRAFT, editions=None)

    def waiting_for(self, user: Any) -> Self:
        """Sent for approval to the role the user holds."""
        owners = [owner for owner in PlanOwner if has_role(user, owner.approver)]
        return self.filter(state=PlanState.ON_APPROVAL, owner__in=owners)


@tracked()
class Plan(models.Model):
    """The department's or ИМО's plan of a year. Month, week and personal plans are cuts of it."""

    owner = models.CharField("чей план", max_length=10, choices=PlanOwner, default=PlanOwner.IMO)
    year_kind = models.CharField("по какому году", max_length=10, choices=YearKind, default=YearKind.SCHOOL)
    year = models.SmallIntegerField("год начала")
    state = models.CharField(
        "состояние", max_length=12, choices=PlanState, default=PlanState.DRAFT, editable=False
    )
    theme = models.CharField("методическая тема", max_length=400, blank=True)
    goal = models.TextField("цель", blank=True)
    tasks = models.TextField("задачи", blank=True, help_text="Каждая задача с новой строки.")
    priorities = models.TextField("приоритеты", blank=True, help_text="Каждый с новой строки.")
    bases = models.TextField("нормативные основания", blank=True, help_text="Каждое с новой строки.")
    order_number = models.CharField("номер приказа об утверждении", max_length=50, blank=True)
    order_date = models.DateField("дата приказа об утверждении", null=True, blank=True)
    copied_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
        verbose_name="по образцу плана",
    )
    revision = models.PositiveIntegerField("правка", default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="составил", editable=False
    )
    created_at = models.DateTimeField("создан", db_default=Now(), editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "план"
        verbose_name_plural = "планы"
        ordering = ["-year", "year_kind", "owner"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "year_kind", "year"],
                name="plan_once_a_year",
                violation_error_message="План на этот год уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1990, 2198)),
                name="plan_year_is_sane",
                violation_error_message="Год плана — от 1990 до 2198.",
            ),
            models.CheckConstraint(
                condition=Q(order_number="", order_date=None)
                | (~Q(order_number="") & Q(order_date__isnull=False)),
                name="plan_order_has_number_and_date",
                violation_error_message="Укажите и номер, и дату приказа.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_owner_display()} на {self.year_title}"

    def get_absolute_url(self) -> str:
        return reverse("planning:plan-detail", args=[self.pk])

    @property
    def year_title(self) -> str:
        return YearKind(self.year_kind).title_of(self.year)

    @property
    def span(self) -> Span:
        """The days of the plan's year."""
        kind = YearKind(self.year_kind)
        return Span(kind.first_day(self.year), kind.last_day(self.year))

    @property
    def approver(self) -> Role:
        return PlanOwner(self.owner).approver

    @property
    def is_text_open(self) -> bool:
        """The text is edited directly only before the first approval; afterwards by amendments."""
        return self.state == PlanState.DRAFT

    def covers(self, day: datetime.date) -> bool:
        return self.span.first <= day <= self.span.last
