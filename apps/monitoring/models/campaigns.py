"""A campaign asks one form version of many organisations for one period."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from apps.core.history import tracked
from apps.core.roles import reads_city, represented_ids
from apps.monitoring.enums import CampaignState, PeriodKind
from apps.monitoring.models.forms import FormVersion


def default_reminder_days() -> list[int]:
    """Days before the deadline (negative: after it) on which those who have not answered are reminded."""
    return [3, 1, -1]


class CampaignQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The department sees all, an organisation those that ask it, once they are started."""
        if reads_city(user):
            return self
        return self.filter(responses__organization__in=represented_ids(user)).exclude(
            state=CampaignState.DRAFT
        )

    def running(self) -> Self:
        return self.filter(state=CampaignState.RUNNING)

    def rounds_before(self, campaign: "Campaign") -> Self:
        """Earlier rounds of the same form and kind of period, latest first."""
        return (
            self.filter(
                version__form_id=campaign.version.form_id,
                period_kind=campaign.period_kind,
                period_start__lt=campaign.period_start,
            )
            .exclude(state=CampaignState.DRAFT)
            .order_by("-period_start", "-pk")
        )


@tracked()
class Campaign(models.Model):
    version = models.ForeignKey(
        FormVersion, models.PROTECT, related_name="campaigns", verbose_name="версия формы"
    )
    title = models.CharField("название", max_length=300)
    period_kind = models.CharField("вид периода", max_length=15, choices=PeriodKind)
    period_start = models.DateField("начало периода или дата")
    state = models.CharField(
        "состояние", max_length=10, choices=CampaignState, default=CampaignState.DRAFT, editable=False
    )
    letter = models.TextField("сопроводительное письмо", blank=True)
    contact = models.CharField("к кому обращаться", max_length=300, blank=True)
    respondent = models.CharField(
        "кто отвечает в организации",
        max_length=200,
        blank=True,
        help_text="Например: заместитель директора по учебно-воспитательной работе.",
    )
    due_at = models.DateTimeField("срок")
    grace_hours = models.PositiveSmallIntegerField(
        "льготное время, часов",
        default=0,
        help_text="Столько часов после срока отчёт ещё принимается, с отметкой «Просрочен».",
    )
    reminder_days = ArrayField(
        models.SmallIntegerField(),
        verbose_name="напоминания, дней до срока",
        default=default_reminder_days,
        blank=True,
        help_text="Через запятую; отрицательное число — дней после срока.",
    )
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="next_rounds",
        verbose_name="прошлый период",
    )
    is_loaded = models.BooleanField("загружена из таблицы", default=False, editable=False)
    revision = models.BigIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="методист"
    )
    created_at = models.DateTimeField("создана", db_default=Now())
    started_at = models.DateTimeField("запущена", null=True, blank=True, editable=False)
    closed_at = models.DateTimeField("завершена", null=True, blank=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "мониторинг"
        verbose_name_plural = "мониторинги"
        ordering = ["-period_start", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CampaignState.DRAFT) | Q(started_at__isnull=False),
                name="campaign_started_with_date",
                violation_error_message="У запущенного мониторинга должна быть дата запуска.",
            ),
            models.CheckConstraint(
                condition=Q(grace_hours__lte=24 * 31),
                name="campaign_grace_is_sane",
                violation_error_message="Льготное время — не больше месяца.",
            ),
            models.CheckConstraint(
                condition=Q(previous=None) | ~Q(previous=F("id")),
                name="campaign_not_own_previous",
                violation_error_message="Мониторинг не может быть прошлым периодом самого себя.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.period_title}"

    def get_absolute_url(self) -> str:
        """Its progress, for the department."""
        return reverse("monitoring:campaign-detail", args=[self.pk])

    @property
    def period_title(self) -> str:
        return PeriodKind(self.period_kind).title_of(self.period_start)

    @property
    def closes_at(self) -> datetime.datetime:
        """The last moment at which a response without an extension is accepted."""
        return self.due_at + datetime.timedelta(hours=self.grace_hours)

    @property
    def is_overdue(self) -> bool:
        return self.state == CampaignState.RUNNING and timezone.now() > self.due_at


class Reminder(models.Model):
    """A reminder that was sent: at most one for each scheduled day of a campaign, or by hand."""

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="reminders", verbose_name="мониторинг"
    )
    day = models.SmallIntegerField("за сколько дней", null=True, blank=True)
    sent_at = models.DateTimeField("отправлено", db_default=Now())
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто"
    )
    recipients = models.PositiveIntegerField("получателей", default=0)

    class Meta:
        verbose_name = "напоминание"
        verbose_name_plural = "напоминания"
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "day"],
                condition=Q(day__isnull=False),
                name="reminder_once_a_day",
                violation_error_message="Это напоминание уже отправлено.",
            )
        ]

    def __str__(self) -> str:
        return f"Напоминание: {self.campaign}"
