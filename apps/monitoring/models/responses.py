"""An organisation's response: one JSON document, its history cell by cell, its review."""

import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from apps.core.history import tracked
from apps.core.models import StoredFile
from apps.core.roles import reads_city, represented_ids
from apps.monitoring.enums import (
    EDITABLE_STATES,
    SENT_STATES,
    STARTED_STATES,
    AttachmentKind,
    CampaignState,
    ChangeSource,
    RemarkState,
    ResponseState,
)
from apps.monitoring.models.campaigns import Campaign
from apps.organizations.models import Organization


class ResponseQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The department sees every response, an organisation its own of started campaigns."""
        if reads_city(user):
            return self
        return self.filter(organization_id__in=represented_ids(user), campaign__state__in=STARTED_STATES)

    def without_documents(self) -> Self:
        """For lists: the heavy columns stay in the database."""
        return self.defer("values", "vector", "answers")

    def sent(self) -> Self:
        return self.filter(state__in=SENT_STATES)

    def accepted(self) -> Self:
        return self.filter(state=ResponseState.ACCEPTED)

    def unanswered(self) -> Self:
        return self.filter(state__in=EDITABLE_STATES)

    def past_due(self, moment: datetime.datetime) -> Self:
        """Whose own deadline (extended or the campaign's) was before the moment."""
        return self.filter(
            Q(extended_due_at__lt=moment) | Q(extended_due_at=None, campaign__due_at__lt=moment)
        )


@tracked(exclude=["values", "open_rows", "vector", "answers", "filled", "saved_at"])
class Response(models.Model):
    """What one organisation owes to one campaign. `values` (cell address → text) is the source of truth;

    `vector` and `answers` are made of it when it is sent, for summaries (see `summaries`).
    """

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="responses", verbose_name="мониторинг"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="responses", verbose_name="организация"
    )
    state = models.CharField(
        "состояние", max_length=12, choices=ResponseState, default=ResponseState.NOT_STARTED, editable=False
    )
    values = models.JSONField("ответы", default=dict, editable=False)
    open_rows = models.JSONField("строки открытых таблиц", default=dict, editable=False)
    vector = models.BinaryField(null=True, editable=False)
    answers = models.JSONField(default=dict, editable=False)
    # What the organisation was when it sent: a summary by kind and level must not change with the card.
    kind = models.CharField("вид организации", max_length=20, blank=True, editable=False)
    levels = ArrayField(models.CharField(max_length=12), verbose_name="уровни", default=list, editable=False)
    pupils = models.PositiveIntegerField("обучающихся", null=True, editable=False)
    filled = models.PositiveIntegerField("заполнено ячеек", default=0, editable=False)
    extended_due_at = models.DateTimeField("срок продлён до", null=True, blank=True, editable=False)
    opened_at = models.DateTimeField("впервые открыт", null=True, blank=True, editable=False)
    saved_at = models.DateTimeField("сохранён", null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField("отправлен", null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="отправил",
        editable=False,
    )
    is_late = models.BooleanField("просрочен", default=False, editable=False)
    accepted_at = models.DateTimeField("принят", null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="принял",
        editable=False,
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "отчёт организации"
        verbose_name_plural = "отчёты организаций"
        ordering = ["organization__short_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organization"],
                name="response_once",
                violation_error_message="Организация уже получила этот мониторинг.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "accepted"]) | Q(submitted_at__isnull=False),
                name="response_sent_with_date",
                violation_error_message="У отправленного отчёта должно быть время отправки.",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False),
                name="response_accepted_with_date",
                violation_error_message="У принятого отчёта должно быть время приёмки.",
            ),
        ]
        indexes = [models.Index(fields=["organization", "state"], name="response_organization")]

    def __str__(self) -> str:
        return f"{self.campaign.title} — {self.organization}"

    @property
    def state_member(self) -> ResponseState:
        """The state with its word and tone."""
        return ResponseState(self.state)

    @property
    def due_at(self) -> datetime.datetime:
        return self.extended_due_at or self.campaign.due_at

    @property
    def closes_at(self) -> datetime.datetime:
        """After this moment nothing is accepted; computed from the clock, not by a job."""
        return self.due_at + datetime.timedelta(hours=self.campaign.grace_hours)

    @property
    def is_overdue(self) -> bool:
        """The deadline has passed and it is not sent, or it was sent late."""
        if self.state in SENT_STATES:
            return self.is_late
        return timezone.now() > self.due_at

    @property
    def is_open(self) -> bool:
        """The organisation may still type and send."""
        return (
            self.state in EDITABLE_STATES
            and self.campaign.state == CampaignState.RUNNING
            and timezone.now() <= self.closes_at
        )


class OfResponseQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(response__in=Response.objects.visible_to(user))


class CellChange(models.Model):
    """One change of one cell: the history of the document (docs/architecture.md, History)."""

    append_only = True

    response = models.ForeignKey(Response, models.CASCADE, related_name="changes", verbose_name="отчёт")
    address = models.CharField("ячейка", max_length=120)
    was = models.TextField("было", blank=True)
    became = models.TextField("стало", blank=True)
    source = models.CharField("как", max_length=12, choices=ChangeSource, default=ChangeSource.TYPED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="кто"
    )
    # The colleague who typed by a link of his own; then `by` is empty.
    part = models.ForeignKey(
        "monitoring.Part",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="по поручению",
    )
    at = models.DateTimeField("когда", db_default=Now())
    key = models.CharField("ключ запроса", max_length=64, blank=True)

    objects = OfResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "изменение ячейки"
        verbose_name_plural = "изменения ячеек"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "key", "address"],
                condition=~Q(key=""),
                name="cell_change_once_a_request",
                violation_error_message="Это изменение уже сохранено.",
            )
        ]
        indexes = [models.Index(fields=["response", "address"], name="cell_change_cell")]

    def __str__(self) -> str:
        return f"{self.address}: {self.was} → {self.became}"


class Explanation(models.Model):
    """Why a warning stands: asked before sending, printed as a footnote of the summary."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="explanations", verbose_name="отчёт")
    relation = models.CharField("соотношение", max_length=50)
    instance = models.CharField("где", max_length=200)
    message = models.TextField("предупреждение", blank=True)
    # Of an answer to an outlier question: the cell it is about; of a relation's warning it is empty.
    address = models.CharField("ячейка", max_length=120, blank=True)
    text = models.TextField("пояснение")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")
    at = models.DateTimeField("когда", auto_now=True)

    objects = OfResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "пояснение"
        verbose_name_plural = "пояснения"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "instance"],
                name="explanation_once",
                violation_error_message="Пояснение уже дано.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.relation}: {self.text[:50]}"

    @property
    def about(self) -> str:
        """What was asked: «соотношение 12» or «сравнение с прошлым периодом»."""
        return self.relation if self.address else f"соотношение {self.relation}"


class Submission(models.Model):
    """A sending with its receipt and a copy of what was sent."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="submissions", verbose_name="отчёт")
    number = models.PositiveIntegerField("номер отправки")
    values = models.JSONField("ответы")
    is_late = models.BooleanField("просрочен", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")
    at = models.DateTimeField("когда", db_default=Now())
    key = models.CharField("ключ запроса", max_length=64, blank=True)

    objects = OfResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "отправка"
        verbose_name_plural = "отправки"
        ordering = ["response", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "number"],
                name="submission_number_once",
                violation_error_message="Отправка с этим номером уже есть.",
            ),
            models.UniqueConstraint(
                fields=["response", "key"],
                condition=~Q(key=""),
                name="submission_key_once",
                violation_error_message="Отчёт уже отправлен.",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def receipt(self) -> str:
        """The number on the receipt: campaign, response, sending."""
        return f"{self.response.campaign_id}-{self.response_id}-{self.number}"


class Extension(models.Model):
    """A later deadline for one organisation, with its reason."""

    append_only = True

    response = models.ForeignKey(Response, models.CASCADE, related_name="extensions", verbose_name="отчёт")
    due_at = models.DateTimeField("новый срок")
    reason = models.CharField("причина", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")
    at = models.DateTimeField("когда", db_default=Now())

    objects = OfResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "продление срока"
        verbose_name_plural = "продления сроков"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"до {self.due_at:%d.%m.%Y %H:%M}"


@tracked()
class Remark(models.Model):
    """A methodist's remark on a cell or on the whole response, with a thread."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="remarks", verbose_name="отчёт")
    address = models.CharField("ячейка", max_length=120, blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=RemarkState, default=RemarkState.OPEN, editable=False
    )
    created_at = models.DateTimeField("создано", db_default=Now())

    objects = OfResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "замечание"
        verbose_name_plural = "замечания"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.address or "Ко всему отчёту"

    @property
    def state_member(self) -> RemarkState:
        """The state with its word and tone."""
        return RemarkState(self.state)


class RemarkMessage(models.Model):
    append_only = True

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="messages", verbose_name="замечание")
    text = models.TextField("текст")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")
    at = models.DateTimeField("когда", db_default=Now())

    class Meta:
        verbose_name = "сообщение замечания"
        verbose_name_plural = "сообщения замечаний"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:50]


@tracked()
class Attachment(models.Model):
    response = models.ForeignKey(Response, models.CASCADE, related_name="attachments", verbose_name="отчёт")
    kind = models.CharField("вид", max_length=10, choices=AttachmentKind, default=AttachmentKind.OTHER)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="файл")
    note = models.CharField("пояснение", max_length=200, blank=True)
    removed_at = models.DateTimeField("убран", null=True, blank=True)

    objects = OfResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "вложение"
        verbose_name_plural = "вложения"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name
