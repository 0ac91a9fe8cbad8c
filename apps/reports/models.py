"""Reports on activity (statute 5.2): words of the author around figures, each of them a saved query."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from apps.core.history import tracked
from apps.core.registry import Indicator, Scope, indicators
from apps.core.roles import Role, has_role, reads_city
from apps.core.russian import date_short
from apps.papers.models import Paper
from apps.reports.enums import ReportKind, ReportState, SectionKind


class ActivityReportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The department reads reports; one on a person's activity — the heads, the person, the author."""
        if not reads_city(user):
            return self.none()
        if has_role(user, Role.HEAD, Role.DIRECTOR):
            return self
        return self.filter(~Q(kind=ReportKind.PERSON) | Q(person_id=user.pk) | Q(created_by_id=user.pk))

    def waiting(self) -> Self:
        return self.filter(state=ReportState.ON_APPROVAL)


@tracked()
class ActivityReport(models.Model):
    """Its figures are live while it is a draft and frozen from the moment it is sent for approval."""

    kind = models.CharField("вид", max_length=10, choices=ReportKind)
    title = models.CharField("название", max_length=300)
    first_day = models.DateField("с")
    last_day = models.DateField("по")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="о чьей деятельности",
    )
    state = models.CharField(
        "состояние", max_length=12, choices=ReportState, default=ReportState.DRAFT, editable=False
    )
    revision = models.PositiveIntegerField("правка", default=0, editable=False)
    frozen_on = models.DateField("показатели на дату", null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="составил"
    )
    created_at = models.DateTimeField("создан", db_default=Now())
    paper = models.OneToOneField(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="выданный документ",
        editable=False,
    )

    objects = ActivityReportQuerySet.as_manager()

    class Meta:
        verbose_name = "отчёт о деятельности"
        verbose_name_plural = "отчёты о деятельности"
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="activity_days_in_order",
                violation_error_message="Период не может закончиться раньше, чем начался.",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReportKind.PERSON, person__isnull=False)
                | (~Q(kind=ReportKind.PERSON) & Q(person=None)),
                name="activity_person_where_due",
                violation_error_message="Сотрудника указывают только в отчёте о деятельности методиста.",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT, frozen_on=None)
                | (~Q(state=ReportState.DRAFT) & Q(frozen_on__isnull=False)),
                name="activity_frozen_once_sent",
                violation_error_message="Показатели отправленного отчёта зафиксированы на дату.",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.APPROVED, paper__isnull=False)
                | (~Q(state=ReportState.APPROVED) & Q(paper=None)),
                name="activity_approved_with_paper",
                violation_error_message="Утверждённый отчёт имеет документ, неутверждённый его не имеет.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:report-detail", args=[self.pk])

    @property
    def period(self) -> str:
        return f"{date_short(self.first_day)} – {date_short(self.last_day)}"

    @property
    def scope(self) -> Scope:
        return Scope(self.first_day, self.last_day, self.person)

    @property
    def scope_before(self) -> Scope:
        """The same days a year earlier."""
        first, last = (_year_earlier(day) for day in (self.first_day, self.last_day))
        return Scope(first, last, self.person)


def _year_earlier(day: Any) -> Any:
    """The 29th of February has the 28th before it."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


class ReportSectionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(report__in=ActivityReport.objects.visible_to(user))


@tracked()
class ReportSection(models.Model):
    report = models.ForeignKey(ActivityReport, models.CASCADE, related_name="sections", verbose_name="отчёт")
    order = models.PositiveSmallIntegerField("порядок", default=0, editable=False)
    kind = models.CharField("вид", max_length=5, choices=SectionKind, default=SectionKind.TEXT)
    title = models.CharField("заголовок", max_length=200)
    text = models.TextField("текст", blank=True)

    objects = ReportSectionQuerySet.as_manager()

    class Meta:
        verbose_name = "раздел отчёта"
        verbose_name_plural = "разделы отчётов"
        ordering = ["report", "order", "pk"]

    def __str__(self) -> str:
        return self.title


class ReportFigureQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(section__in=ReportSection.objects.visible_to(user))


@tracked(exclude=["names"])
class ReportFigure(models.Model):
    """A saved query: which indicator. Its number, last year's and the names behind it once it is frozen."""

    section = models.ForeignKey(ReportSection, models.CASCADE, related_name="figures", verbose_name="раздел")
    order = models.PositiveSmallIntegerField("порядок", default=0, editable=False)
    indicator = models.CharField("показатель", max_length=80)
    value = models.DecimalField("значение", max_digits=20, decimal_places=4, null=True, editable=False)
    before = models.DecimalField("год назад", max_digits=20, decimal_places=4, null=True, editable=False)
    names = models.JSONField("что посчитано", null=True, editable=False)

    objects = ReportFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "показатель отчёта"
        verbose_name_plural = "показатели отчётов"
        ordering = ["section", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "indicator"],
                name="figure_once_in_section",
                violation_error_message="Этот показатель в разделе уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.source.title if self.source else self.indicator

    @property
    def source(self) -> Indicator | None:
        """The saved query; None for one the portal no longer has (its frozen number stays)."""
        return indicators.get(self.indicator)
