"""Corrections of accepted responses, and what each response was while it was accepted."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from apps.core.history import tracked
from apps.core.roles import reads_city, represented_ids
from apps.monitoring.enums import STARTED_STATES, AmendmentState
from apps.monitoring.models.campaigns import Campaign
from apps.monitoring.models.responses import Response
from apps.organizations.models import Organization


class ResponseAmendmentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """An organisation sees its own, the department what has been sent to it."""
        if reads_city(user):
            return self.exclude(state=AmendmentState.DRAFT)
        return self.filter(response__in=Response.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(state__in=[AmendmentState.DRAFT, AmendmentState.SENT])

    def accepted(self) -> Self:
        return self.filter(state=AmendmentState.ACCEPTED)

    def waiting(self) -> Self:
        return self.filter(state=AmendmentState.SENT)

    def own_drafts(self, user: Any) -> Self:
        """What the organisations of the user have begun and not sent."""
        return self.filter(state=AmendmentState.DRAFT, response__organization_id__in=represented_ids(user))


@tracked(exclude=["values", "was"])
class Amendment(models.Model):
    """New values for cells of an accepted response, with the reason; they count when it is accepted.

    `values`: cell address → proposed text as stored ("" makes it blank). `was`: what stood there when the
    amendment was last saved, and from its acceptance on, what it has replaced.
    """

    response = models.ForeignKey(Response, models.PROTECT, related_name="amendments", verbose_name="отчёт")
    state = models.CharField(
        "состояние", max_length=10, choices=AmendmentState, default=AmendmentState.DRAFT, editable=False
    )
    reason = models.TextField("причина", blank=True)
    values = models.JSONField("новые значения", default=dict, editable=False)
    was = models.JSONField("прежние значения", default=dict, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто внёс"
    )
    created_at = models.DateTimeField("внесена", db_default=Now())
    sent_at = models.DateTimeField("отправлена", null=True, blank=True, editable=False)
    decided_at = models.DateTimeField("рассмотрена", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто рассмотрел",
        editable=False,
    )

    objects = ResponseAmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = "поправка к отчёту"
        verbose_name_plural = "поправки к отчётам"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response"],
                condition=Q(state__in=["draft", "sent"]),
                name="response_amendment_one_open",
                violation_error_message="У отчёта уже есть открытая поправка.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(sent_at__isnull=False),
                name="response_amendment_sent_with_date",
                violation_error_message="У отправленной поправки должно быть время отправки.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "rejected"]) | Q(decided_at__isnull=False),
                name="response_amendment_decided_with_date",
                violation_error_message="У рассмотренной поправки должно быть время решения.",
            ),
        ]

    def __str__(self) -> str:
        return f"Поправка к отчёту: {self.response}"

    @property
    def state_member(self) -> AmendmentState:
        """The state with its word and tone."""
        return AmendmentState(self.state)


class ResponseEditionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        if reads_city(user):
            return self
        return self.filter(organization_id__in=represented_ids(user), campaign__state__in=STARTED_STATES)

    def current(self) -> Self:
        return self.filter(valid_to=None)

    def at(self, moment: datetime.datetime) -> Self:
        """What was accepted just before the moment."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=moment), valid_from__lt=moment)


class ResponseEdition(models.Model):
    """What an accepted response was from one moment to another: summaries of past days are made of these.

    The columns that summaries read have the names they have in `Response`. `explanations` are those that
    stood: they are footnotes of that summary.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="editions", verbose_name="отчёт")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="editions", verbose_name="мониторинг")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="организация"
    )
    amendment = models.ForeignKey(
        Amendment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="поправка"
    )
    valid_from = models.DateTimeField("действует с")
    valid_to = models.DateTimeField("действует до", null=True, blank=True)
    values = models.JSONField("ответы", default=dict, editable=False)
    vector = models.BinaryField(null=True, editable=False)
    answers = models.JSONField(default=dict, editable=False)
    kind = models.CharField("вид организации", max_length=20, blank=True)
    levels = ArrayField(models.CharField(max_length=12), verbose_name="уровни", default=list, blank=True)
    pupils = models.PositiveIntegerField("обучающихся", null=True, blank=True)
    submitted_at = models.DateTimeField("отправлен", null=True, blank=True)
    is_late = models.BooleanField("просрочен", default=False)
    explanations = models.JSONField("пояснения", default=list, editable=False)

    objects = ResponseEditionQuerySet.as_manager()

    class Meta:
        verbose_name = "редакция отчёта"
        verbose_name_plural = "редакции отчётов"
        ordering = ["response", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response"],
                condition=Q(valid_to=None),
                name="edition_one_current",
                violation_error_message="У отчёта уже есть действующая редакция.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="edition_ends_after_it_begins",
                violation_error_message="Редакция не может кончиться раньше, чем начаться.",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "valid_from"], name="edition_of_campaign")]

    def __str__(self) -> str:
        return f"{self.response}, редакция с {self.valid_from:%d.%m.%Y %H:%M}"
