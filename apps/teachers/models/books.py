"""Reference books with dates: what an act changes is a row here, never a line of code."""

import datetime
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.core.history import tracked
from apps.core.spans import days
from apps.teachers.enums import (
    PROFESSIONAL,
    AwardLevel,
    CategoryKind,
    PositionGroup,
    SubjectArea,
    TermSubject,
    TrainingKind,
)


def thresholds() -> list[int]:
    """Days before the end of a term when its notices go out."""
    return [90, 60, 30]


class BookRows(models.QuerySet):
    """Reference books hold nothing personal: whoever is signed in chooses from them."""

    def visible_to(self, user: Any) -> Self:
        return self if user.is_authenticated else self.none()

    def valid_on(self, day: datetime.date | None = None) -> Self:
        """In use on the day (today in Magadan), the first and the last day included."""
        day = day or timezone.localdate()
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day)).filter(
            Q(valid_to=None) | Q(valid_to__gte=day)
        )


class Dated(models.Model):
    """In use between two dates; a row that is no longer used stays for the records that name it."""

    valid_from = models.DateField("действует с", null=True, blank=True)
    valid_to = models.DateField("действует по", null=True, blank=True, help_text="Последний день.")
    act = models.CharField("основание", max_length=300, blank=True, help_text="Акт, его дата и номер.")

    objects = BookRows.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_valid_to_after_from",
                violation_error_message="Окончание действия раньше начала.",
            )
        ]


class Named(Dated):
    """A dated name with a code that imports and forms refer to, and what it was called before."""

    code = models.SlugField("код", max_length=40, unique=True)
    name = models.CharField("наименование", max_length=200)
    synonyms = ArrayField(
        models.CharField(max_length=200),
        verbose_name="другие написания",
        default=list,
        blank=True,
        help_text="Как ещё пишут в таблицах, через запятую.",
    )
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name="что было раньше",
    )

    class Meta(Dated.Meta):
        abstract = True
        ordering = ["name", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(predecessor=None) | ~Q(predecessor=F("id")),
                name="%(class)s_not_own_predecessor",
                violation_error_message="Запись не может быть собственной предшественницей.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Position(Named):
    """A position of ПП РФ 21.02.2022 № 225, or one beside it."""

    group = models.CharField("группа", max_length=12, choices=PositionGroup)
    in_coverage = models.BooleanField(
        "входит в охват КПК",
        default=True,
        help_text="Работник подлежит направлению на повышение квалификации раз в три года.",
    )
    counts_as_pedagogical = models.BooleanField("работа даёт педагогический стаж", default=True)
    is_attested = models.BooleanField("аттестуется на категорию", default=True)
    weekly_hours = models.DecimalField(
        "норма часов в неделю",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )

    class Meta(Named.Meta):
        verbose_name = "должность педагога"
        verbose_name_plural = "должности педагогов"


@tracked()
class Subject(Named):
    """What a teacher teaches: a subject, an area of preschool education, a direction of extra education."""

    area = models.CharField("вид", max_length=12, choices=SubjectArea)

    class Meta(Named.Meta):
        verbose_name = "предмет, направление"
        verbose_name_plural = "предметы, направления"


@tracked()
class AwardKind(Named):
    level = models.CharField("уровень", max_length=12, choices=AwardLevel)

    class Meta(Named.Meta):
        verbose_name = "вид награды"
        verbose_name_plural = "виды наград"


@tracked()
class DutyKind(Named):
    """What an order lays on a person beside his post: responsible for fire safety, member of a commission."""

    class Meta(Named.Meta):
        verbose_name = "вид обязанности"
        verbose_name_plural = "виды обязанностей"


class Rule(Dated):
    """What an act sets for a span of days; on one day one rule is in force."""

    valid_from = models.DateField("действует с")

    class Meta(Dated.Meta):
        abstract = True
        ordering = ["-valid_from"]


def once(name: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rules on one day, of those the condition names."""
    return ExclusionConstraint(
        name=name,
        expressions=[(days("valid_from", "valid_to"), RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message="На эти дни правило уже указано.",
    )


@tracked()
class TrainingRule(Rule):
    """From how many hours a training of the kind is ДПО (приказ Минобрнауки 24.03.2025 № 266, п. 18)."""

    kind = models.CharField("вид", max_length=12, choices=TrainingKind)
    min_hours = models.PositiveSmallIntegerField("не менее часов")

    class Meta(Rule.Meta):
        verbose_name = "порог часов ДПО"
        verbose_name_plural = "пороги часов ДПО"
        ordering = ["kind", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(min_hours__gte=1),
                name="trainingrule_has_hours",
                violation_error_message="Укажите число часов.",
            ),
            *(once(f"trainingrule_once_{kind}", Q(kind=kind)) for kind in sorted(PROFESSIONAL)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: от {self.min_hours} ч"


@tracked()
class CategoryRule(Rule):
    """For how long a category set on a day of the span is valid; no months means without expiry."""

    kind = models.CharField("категория", max_length=12, choices=CategoryKind)
    months = models.PositiveSmallIntegerField("срок, месяцев", null=True, blank=True)

    class Meta(Rule.Meta):
        verbose_name = "срок действия категории"
        verbose_name_plural = "сроки действия категорий"
        ordering = ["kind", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(months=None) | Q(months__gte=1),
                name="categoryrule_months_positive",
                violation_error_message="Срок — не менее месяца; бессрочно — оставьте пустым.",
            ),
            *(once(f"categoryrule_once_{kind}", Q(kind=kind)) for kind in CategoryKind.values),
        ]

    def __str__(self) -> str:
        term = f"{self.months} мес." if self.months else "бессрочно"
        return f"{self.get_kind_display()}: {term}"


@tracked()
class CoverageRule(Rule):
    """How the coverage of professional development is counted (273-ФЗ ст. 47 ч. 5 п. 2)."""

    months = models.PositiveSmallIntegerField("период, месяцев", default=36)
    by_document_date = models.BooleanField(
        "по дате документа", default=True, help_text="Иначе по дате окончания обучения."
    )
    counts_external = models.BooleanField("внешние совместители входят", default=False)
    counts_on_leave = models.BooleanField("находящиеся в отпуске входят", default=False)
    counts_diploma = models.BooleanField(
        "диплом ВО или СПО считается обучением",
        default=False,
        help_text="Окончивший вуз или колледж не подлежит направлению, пока период не истёк.",
    )

    class Meta(Rule.Meta):
        verbose_name = "правило охвата КПК"
        verbose_name_plural = "правила охвата КПК"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=120),
                name="coveragerule_months_sane",
                violation_error_message="Период — от 1 до 120 месяцев.",
            ),
            once("coveragerule_once"),
        ]

    def __str__(self) -> str:
        return f"за {self.months} мес."


@tracked()
class YoungRule(Rule):
    """Who is a young teacher: two separate signs, the age and the status of a young specialist."""

    max_age = models.PositiveSmallIntegerField("возраст до", default=35)
    is_inclusive = models.BooleanField(
        "включительно", default=True, help_text="35 включительно: 36 лет ещё не исполнилось."
    )
    max_experience_years = models.PositiveSmallIntegerField("педагогический стаж, лет не более", default=3)

    class Meta(Rule.Meta):
        verbose_name = "правило о молодых педагогах"
        verbose_name_plural = "правила о молодых педагогах"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(max_age__gte=18, max_age__lte=60, max_experience_years__lte=20),
                name="youngrule_is_sane",
                violation_error_message="Возраст — от 18 до 60 лет, стаж — не более 20 лет.",
            ),
            once("youngrule_once"),
        ]

    def __str__(self) -> str:
        return f"до {self.max_age} лет, стаж до {self.max_experience_years} лет"


@tracked()
class TermNotice(models.Model):
    """How many days before the end of a term people are told of it."""

    subject = models.CharField("что", max_length=12, choices=TermSubject, unique=True)
    warn_days = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name="за сколько дней", default=thresholds
    )

    objects = BookRows.as_manager()

    class Meta:
        verbose_name = "порог напоминаний о сроке"
        verbose_name_plural = "пороги напоминаний о сроках"
        ordering = ["subject"]

    def __str__(self) -> str:
        return str(self.get_subject_display())


class Provider(models.Model):
    """Who teaches the teachers; a licence for additional professional education makes a document count."""

    name = models.CharField("наименование", max_length=300, unique=True)
    short_name = models.CharField("краткое наименование", max_length=100, blank=True)
    inn = models.CharField("ИНН", max_length=10, blank=True)
    licence_number = models.CharField("номер лицензии", max_length=60, blank=True)
    licence_on = models.DateField("дата лицензии", null=True, blank=True)
    city = models.CharField("город", max_length=100, blank=True)

    objects = BookRows.as_manager()

    class Meta:
        verbose_name = "организация, ведущая обучение"
        verbose_name_plural = "организации, ведущие обучение"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.short_name or self.name
