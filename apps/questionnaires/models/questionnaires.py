"""A questionnaire, and the threshold under which its results show no group."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from apps.core.history import tracked
from apps.core.magadan import magadan_today
from apps.core.roles import reads_city
from apps.questionnaires.enums import Audience, Mode, QuestionnaireState

LEAST_THRESHOLD = 5
VOLUNTARY = "Участие добровольное: можно не отвечать и в любой момент прервать заполнение."


def own_organization_ids(user: Any) -> frozenset[int]:
    """The organisations a person belongs to today, as the responsible or as a teacher."""
    grants = getattr(user, "grants_today", [])
    return frozenset(one.organization_id for one in grants if one.organization_id is not None)


class ThresholdQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self if reads_city(user) else self.none()

    def on(self, day: Any) -> int:
        """The threshold in force on the day."""
        values = self.filter(starts_on__lte=day).order_by("-starts_on").values_list("value", flat=True)
        return values.first() or LEAST_THRESHOLD


@tracked()
class GroupThreshold(models.Model):
    """From which day on a group must count how many answers to be shown. Never less than five."""

    value = models.PositiveSmallIntegerField("наименьшая группа, ответов", default=LEAST_THRESHOLD)
    starts_on = models.DateField("с", unique=True)

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = "порог показа групп"
        verbose_name_plural = "порог показа групп"
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=LEAST_THRESHOLD),
                name="threshold_is_five_at_least",
                violation_error_message="Порог не может быть меньше пяти ответов.",
            )
        ]

    def __str__(self) -> str:
        return f"не менее {self.value} с {self.starts_on:%d.%m.%Y}"


class QuestionnaireQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The department sees all; people of an organisation what is or was asked there."""
        if reads_city(user):
            return self
        asked = self.exclude(state=QuestionnaireState.DRAFT)
        return asked.filter(recipients__organization__in=own_organization_ids(user)).distinct()

    def open(self) -> Self:
        """Those that may be answered today."""
        today = magadan_today()
        return self.filter(
            Q(closes_on=None) | Q(closes_on__gte=today), state=QuestionnaireState.OPEN, opens_on__lte=today
        )


@tracked()
class Questionnaire(models.Model):
    """What is asked, of whom, how. Its questions change only while it is a draft."""

    title = models.CharField("название", max_length=300)
    purpose = models.TextField("зачем опрос", help_text="Эти слова отвечающий прочтёт первыми.")
    clause = models.CharField("пункт Положения", max_length=10, blank=True)
    audience = models.CharField("кто отвечает", max_length=20, choices=Audience, default=Audience.TEACHERS)
    mode = models.CharField("как отвечают", max_length=12, choices=Mode, default=Mode.ANONYMOUS)
    opens_on = models.DateField("открыта с", null=True, blank=True)
    closes_on = models.DateField("последний день", null=True, blank=True)
    state = models.CharField(
        "состояние",
        max_length=10,
        choices=QuestionnaireState,
        default=QuestionnaireState.DRAFT,
        editable=False,
    )
    threshold = models.PositiveSmallIntegerField(
        "наименьшая группа, ответов", default=LEAST_THRESHOLD, editable=False
    )
    copied_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="rounds",
        verbose_name="проведена по образцу",
    )
    created_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="составил", editable=False
    )
    created_at = models.DateTimeField("создана", db_default=Now(), editable=False)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "анкета"
        verbose_name_plural = "анкеты"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(opens_on=None) | Q(closes_on__gte=F("opens_on")),
                name="questionnaire_closes_after_opening",
                violation_error_message="Последний день раньше первого.",
            ),
            models.CheckConstraint(
                condition=Q(state=QuestionnaireState.DRAFT) | Q(opens_on__isnull=False),
                name="questionnaire_open_has_day",
                violation_error_message="У открытой анкеты указан первый день.",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=LEAST_THRESHOLD),
                name="questionnaire_threshold_is_five_at_least",
                violation_error_message="Порог не может быть меньше пяти ответов.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("questionnaires:questionnaire-detail", args=[self.pk])

    @property
    def state_member(self) -> QuestionnaireState:
        return QuestionnaireState(self.state)

    @property
    def is_draft(self) -> bool:
        return self.state == QuestionnaireState.DRAFT

    @property
    def is_anonymous(self) -> bool:
        return self.mode != Mode.SIGNED_IN

    @property
    def is_answered_today(self) -> bool:
        """Whether answers are taken now; the last day is included."""
        if self.state != QuestionnaireState.OPEN or self.opens_on is None:
            return False
        today = magadan_today()
        return self.opens_on <= today and (self.closes_on is None or today <= self.closes_on)
