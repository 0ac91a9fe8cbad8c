"""The kept summary of a campaign and its official report."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast, Now

from apps.core.history import tracked
from apps.core.roles import reads_city
from apps.monitoring.enums import ReportState
from apps.monitoring.models.campaigns import Campaign
from apps.papers.models import Paper
from apps.workflow.models import TransitionRecord


class SummaryRollup(models.Model):
    """Sums of a campaign, kept; good only while `revision` equals the campaign's own."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="rollups", verbose_name="мониторинг")
    with_submitted = models.BooleanField("вместе с отправленными")
    revision = models.BigIntegerField("состояние данных")
    document = models.JSONField("итоги")
    computed_at = models.DateTimeField("вычислено", db_default=Now())

    class Meta:
        verbose_name = "сохранённый свод"
        verbose_name_plural = "сохранённые своды"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "with_submitted"],
                name="rollup_once",
                violation_error_message="Свод этого мониторинга уже есть.",
            )
        ]

    def __str__(self) -> str:
        return f"Свод: {self.campaign}"


class MonitoringReportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self if reads_city(user) else self.none()

    def waiting(self) -> Self:
        return self.filter(state=ReportState.ON_APPROVAL)

    def given_back(self) -> Self:
        """Drafts that have already been sent: returned by the head, or their paper was revoked."""
        moved = TransitionRecord.objects.filter(
            subject_type=self.model._meta.label_lower, subject_id=Cast(OuterRef("pk"), models.CharField())
        )
        return self.filter(Exists(moved), state=ReportState.DRAFT)


@tracked(exclude=["figures"])
class MonitoringReport(models.Model):
    """The official report of a campaign: text of the methodist around the figures of the summary."""

    campaign = models.OneToOneField(
        Campaign, models.PROTECT, related_name="report", verbose_name="мониторинг"
    )
    state = models.CharField(
        "состояние", max_length=12, choices=ReportState, default=ReportState.DRAFT, editable=False
    )
    introduction = models.TextField("вводная часть", blank=True)
    conclusion = models.TextField("выводы и предложения", blank=True)
    indicators = ArrayField(
        models.CharField(max_length=120),
        verbose_name="показатели приложения",
        default=list,
        blank=True,
        size=12,
        help_text="До 12 показателей для таблицы по организациям.",
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    figures = models.JSONField("показатели на дату утверждения", null=True, blank=True, editable=False)
    paper = models.OneToOneField(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="выданный документ",
        editable=False,
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="составил"
    )
    edited_at = models.DateTimeField("изменён", auto_now=True)
    created_at = models.DateTimeField("создан", db_default=Now())

    objects = MonitoringReportQuerySet.as_manager()

    class Meta:
        verbose_name = "отчёт о мониторинге"
        verbose_name_plural = "отчёты о мониторингах"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ReportState.APPROVED) | Q(paper__isnull=False, figures__isnull=False),
                name="report_approved_with_paper",
                violation_error_message="У утверждённого отчёта должен быть номер и показатели.",
            )
        ]

    def __str__(self) -> str:
        return f"Отчёт: {self.campaign}"

    @property
    def mark(self) -> str:
        """What the reader of a page saw: the state of the text and of the figures."""
        return f"{self.revision}.{self.campaign.revision}"
