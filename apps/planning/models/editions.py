"""Texts of a plan that were sent for approval, and amendments of an approved plan."""

from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.core.history import tracked
from apps.papers.models import Paper
from apps.planning.enums import OPEN_AMENDMENTS, AmendmentState, EditionState, LineKind
from apps.planning.models.items import PlanItem
from apps.planning.models.plans import Plan


class AmendmentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(plan__in=Plan.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(state__in=OPEN_AMENDMENTS)


@tracked()
class Amendment(models.Model):
    """A numbered change of an approved plan: its lines take effect together, with its approval."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="amendments", verbose_name="план")
    number = models.PositiveSmallIntegerField("номер")
    reason = models.TextField("причина изменения")
    state = models.CharField(
        "состояние", max_length=12, choices=AmendmentState, default=AmendmentState.DRAFT, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="составил"
    )
    created_at = models.DateTimeField("создано", db_default=Now())

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = "изменение плана"
        verbose_name_plural = "изменения планов"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="amendment_number_once",
                violation_error_message="Изменение с этим номером уже есть.",
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=OPEN_AMENDMENTS),
                name="amendment_one_open",
                violation_error_message="Сначала закончите начатое изменение этого плана.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="amendment_has_reason",
                violation_error_message="Укажите причину изменения.",
            ),
        ]

    def __str__(self) -> str:
        return f"Изменение №\u00a0{self.number}: {self.plan}"


class AmendmentLineQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(amendment__in=Amendment.objects.visible_to(user))


@tracked()
class AmendmentLine(models.Model):
    """One event added, changed or taken out. `values` are the new values by field of the item."""

    amendment = models.ForeignKey(
        Amendment, models.CASCADE, related_name="lines", verbose_name="изменение плана"
    )
    kind = models.CharField("что сделать", max_length=10, choices=LineKind)
    item = models.ForeignKey(
        PlanItem,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="amendment_lines",
        verbose_name="мероприятие",
    )
    values = models.JSONField("новые значения", default=dict, blank=True)

    objects = AmendmentLineQuerySet.as_manager()

    class Meta:
        verbose_name = "строка изменения плана"
        verbose_name_plural = "строки изменений планов"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "item"],
                name="amendment_item_once",
                violation_error_message="Это мероприятие в изменении уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(kind=LineKind.ADD, item=None) | (~Q(kind=LineKind.ADD) & Q(item__isnull=False)),
                name="amendment_line_knows_item",
                violation_error_message="Укажите, какое мероприятие изменяется.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.item or self.values.get('title', '')}"


class EditionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(plan__in=Plan.objects.visible_to(user))

    def approved(self) -> Self:
        return self.filter(state=EditionState.APPROVED)

    def waiting(self) -> Self:
        return self.filter(state=EditionState.WAITING)


@tracked(exclude=["content"])
class Edition(models.Model):
    """The whole text of a plan as it was sent for approval; what is approved is this text, word for word.

    The database refuses to change the text (trigger `edition_text_is_frozen`), also to the application.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="editions", verbose_name="план")
    amendment = models.ForeignKey(
        Amendment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name="изменение плана",
    )
    number = models.PositiveSmallIntegerField("редакция", null=True, blank=True, editable=False)
    state = models.CharField(
        "состояние", max_length=10, choices=EditionState, default=EditionState.WAITING, editable=False
    )
    content = models.JSONField("текст", editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="отправил"
    )
    sent_at = models.DateTimeField("отправлена", db_default=Now())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="решил",
    )
    decided_at = models.DateTimeField("решение", null=True, blank=True)
    comment = models.TextField("замечания", blank=True)
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="документ"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "редакция плана"
        verbose_name_plural = "редакции планов"
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state=EditionState.WAITING),
                name="edition_one_waiting",
                violation_error_message="Одна редакция этого плана уже ждёт утверждения.",
            ),
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="edition_number_once",
                violation_error_message="Редакция с этим номером уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(state=EditionState.WAITING, decided_by=None, decided_at=None)
                | (
                    ~Q(state=EditionState.WAITING) & Q(decided_by__isnull=False) & Q(decided_at__isnull=False)
                ),
                name="edition_decided_by_somebody",
                violation_error_message="Решение принимает человек, с датой.",
            ),
            models.CheckConstraint(
                condition=Q(state=EditionState.APPROVED, number__isnull=False, paper__isnull=False)
                | (~Q(state=EditionState.APPROVED) & Q(number=None, paper=None)),
                name="edition_approved_with_paper",
                violation_error_message="Утверждённая редакция имеет номер и документ.",
            ),
            models.CheckConstraint(
                condition=~Q(state=EditionState.RETURNED) | ~Q(comment=""),
                name="edition_returned_with_comment",
                violation_error_message="Возврат требует пояснения.",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="edition_text_is_frozen", fields=["plan", "amendment", "content", "sent_by", "sent_at"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.title}"

    @property
    def title(self) -> str:
        """«редакция № 2», or that it has none yet."""
        return f"редакция №\u00a0{self.number}" if self.number else "проект редакции"
