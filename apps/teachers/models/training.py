"""Training of persons: courses with their documents, and the kinds of it that acts oblige to."""

import datetime
from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from apps.core.history import tracked
from apps.core.models import StoredFile
from apps.teachers.enums import FrdoResult, Funding, PositionGroup, TrainingForm, TrainingKind
from apps.teachers.models.books import BookRows, DutyKind, Named, Position, Provider, thresholds
from apps.teachers.models.people import OfPerson, Person

MAX_HOURS = 3000


class ObligatoryRows(BookRows):
    def with_rules(self) -> Self:
        return self.prefetch_related("positions", "duties")


@tracked()
class ObligatoryKind(Named):
    """A training an act obliges to: who must, how often, by when after appointment (ГО, ЧС, ПБ, first aid).

    Whoever holds a position of `groups`, one of `positions` or one of `duties` must. No period means once.
    """

    period_months = models.PositiveSmallIntegerField(
        "повторять раз в, месяцев", null=True, blank=True, help_text="Пусто — один раз."
    )
    first_term_months = models.PositiveSmallIntegerField(
        "впервые — в течение месяцев после назначения", null=True, blank=True
    )
    groups = ArrayField(
        models.CharField(max_length=12, choices=PositionGroup),
        verbose_name="группы должностей",
        default=list,
        blank=True,
    )
    positions = models.ManyToManyField(Position, blank=True, related_name="+", verbose_name="должности")
    duties = models.ManyToManyField(DutyKind, blank=True, related_name="+", verbose_name="обязанности")
    warn_days = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name="напоминать за дней",
        default=thresholds,
        help_text="За сколько дней до окончания срока, через запятую.",
    )

    objects = ObligatoryRows.as_manager()

    class Meta(Named.Meta):
        verbose_name = "вид обязательного обучения"
        verbose_name_plural = "виды обязательного обучения"
        constraints = [
            *Named.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(period_months=None) | Q(period_months__gte=1))
                & (Q(first_term_months=None) | Q(first_term_months__gte=1)),
                name="obligatorykind_terms_positive",
                violation_error_message="Сроки — не менее месяца.",
            ),
        ]


class TrainingQuerySet(OfPerson):
    def counted(self) -> Self:
        """Additional professional education alone: it has enough hours and a document."""
        return self.filter(is_counted=True)


@tracked()
class Training(models.Model):
    """A course a person went through.

    `is_counted` is set by `actions.training` from `TrainingRule`: ДПО of enough hours with a document.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="trainings", verbose_name="педагог")
    kind = models.CharField("вид", max_length=12, choices=TrainingKind)
    obligatory = models.ForeignKey(
        ObligatoryKind,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trainings",
        verbose_name="вид обязательного обучения",
    )
    programme = models.CharField("программа", max_length=400)
    topic = models.CharField("тема, направление", max_length=200, blank=True)
    provider = models.ForeignKey(
        Provider,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trainings",
        verbose_name="где обучался",
    )
    hours = models.PositiveSmallIntegerField("часов")
    form = models.CharField("форма", max_length=10, choices=TrainingForm, blank=True)
    is_distance = models.BooleanField("с дистанционными технологиями", default=False)
    started_on = models.DateField("начало")
    ended_on = models.DateField("окончание")
    document_series = models.CharField("серия документа", max_length=20, blank=True)
    document_number = models.CharField("номер документа", max_length=60, blank=True)
    registration_number = models.CharField("регистрационный номер", max_length=60, blank=True)
    issued_on = models.DateField("дата документа", null=True, blank=True)
    funding = models.CharField("источник средств", max_length=8, choices=Funding, blank=True)
    cost = models.DecimalField("стоимость, руб.", max_digits=10, decimal_places=2, null=True, blank=True)
    scan = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="скан документа"
    )
    frdo_checked_on = models.DateField("проверен в ФИС ФРДО", null=True, blank=True)
    frdo_result = models.CharField("результат проверки", max_length=10, choices=FrdoResult, blank=True)
    is_counted = models.BooleanField("входит в охват КПК", default=False, editable=False)
    created_at = models.DateTimeField("внесено", db_default=Now())

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = "обучение"
        verbose_name_plural = "обучение"
        ordering = ["-ended_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")),
                name="training_course_ends_after_start",
                violation_error_message="Обучение заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(issued_on__gte=F("started_on")),
                name="training_document_after_start",
                violation_error_message="Документ выдан раньше начала обучения.",
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=1, hours__lte=MAX_HOURS),
                name="training_hours_sane",
                violation_error_message=f"Часов — от 1 до {MAX_HOURS}.",
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=Decimal(0)),
                name="training_cost_not_negative",
                violation_error_message="Стоимость не бывает отрицательной.",
            ),
            models.CheckConstraint(
                condition=Q(kind="obligatory", obligatory__isnull=False) | ~Q(kind="obligatory"),
                name="training_obligatory_named",
                violation_error_message="Укажите, какое это обязательное обучение.",
            ),
            models.CheckConstraint(
                condition=Q(is_counted=False)
                | Q(kind__in=["advanced", "retraining"], issued_on__isnull=False),
                name="training_counted_is_professional",
                violation_error_message="В охват входит только ДПО с документом.",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "ended_on"], name="training_person"),
            models.Index(
                fields=["issued_on", "person"], condition=Q(is_counted=True), name="training_counted"
            ),
            models.Index(
                fields=["obligatory", "person", "ended_on"],
                condition=Q(obligatory__isnull=False),
                name="training_obligatory",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.hours} ч"

    @property
    def proven_on(self) -> datetime.date:
        """The day from which terms are counted: of the document, of the end without one."""
        return self.issued_on or self.ended_on

    @property
    def document_text(self) -> str:
        """«серия 49 № 1234», empty without a number."""
        number = f"№\u00a0{self.document_number}" if self.document_number else ""
        series = f"серия {self.document_series}" if self.document_series else ""
        return " ".join(filter(None, [series, number]))
