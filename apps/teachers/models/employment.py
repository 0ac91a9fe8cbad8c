"""Where a person works, on what post, and when he is away for long; vacant posts."""

import datetime
from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.core.history import tracked
from apps.core.roles import reads_city, represented_ids
from apps.core.spans import days, same
from apps.organizations.models import Organization
from apps.teachers.enums import EmploymentForm, LeaveKind
from apps.teachers.models.books import DutyKind, Position, Subject
from apps.teachers.models.people import OfPerson, Person


class Spans(models.QuerySet):
    """Rows with a first and a last day, both included; no last day means until further notice."""

    def on(self, day: datetime.date | None = None) -> Self:
        """In force on the day (today in Magadan)."""
        day = day or timezone.localdate()
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=day), started_on__lte=day)


class SpansOfPerson(Spans, OfPerson):
    pass


@tracked()
class Employment(models.Model):
    """A post a person holds in an organisation. He may hold several, but one main one at a time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments", verbose_name="педагог")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="employments", verbose_name="организация"
    )
    position = models.ForeignKey(
        Position, models.PROTECT, related_name="employments", verbose_name="должность"
    )
    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="employments",
        verbose_name="предмет, направление",
    )
    form = models.CharField(
        "вид занятости", max_length=8, choices=EmploymentForm, default=EmploymentForm.MAIN
    )
    rate = models.DecimalField("ставка", max_digits=4, decimal_places=2, default=Decimal(1))
    weekly_hours = models.DecimalField(
        "нагрузка, часов в неделю", max_digits=4, decimal_places=1, null=True, blank=True
    )
    started_on = models.DateField("работает с")
    ended_on = models.DateField("по", null=True, blank=True, help_text="Последний день работы.")
    order = models.CharField("приказ", max_length=100, blank=True)
    end_reason = models.CharField("причина ухода", max_length=200, blank=True)

    objects = SpansOfPerson.as_manager()

    class Meta:
        verbose_name = "место работы"
        verbose_name_plural = "места работы"
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="employment_ends_after_start",
                violation_error_message="Работа заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0, rate__lte=2),
                name="employment_rate_sane",
                violation_error_message="Ставка — больше 0 и не больше 2.",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours=None) | Q(weekly_hours__gte=0, weekly_hours__lte=80),
                name="employment_hours_sane",
                violation_error_message="Нагрузка — от 0 до 80 часов в неделю.",
            ),
            ExclusionConstraint(
                name="employment_one_main",
                expressions=[
                    (same("person"), RangeOperators.OVERLAPS),
                    (days("started_on", "ended_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(form=EmploymentForm.MAIN),
                violation_error_message="В эти дни у человека уже есть основное место работы.",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "ended_on"], name="employment_organization"),
            models.Index(fields=["person", "started_on"], name="employment_person"),
            models.Index(fields=["position"], name="employment_position"),
        ]

    def __str__(self) -> str:
        return f"{self.position}, {self.organization}"


class OfEmployment(Spans):
    """Seen by whoever sees the person."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(employment__person__in=Person.objects.visible_to(user))


@tracked()
class Leave(models.Model):
    """A long leave from one post: who is away is shown apart in the coverage."""

    employment = models.ForeignKey(
        Employment, models.CASCADE, related_name="leaves", verbose_name="место работы"
    )
    kind = models.CharField("вид отпуска", max_length=10, choices=LeaveKind)
    started_on = models.DateField("с")
    ended_on = models.DateField("по", null=True, blank=True, help_text="Последний день.")

    objects = OfEmployment.as_manager()

    class Meta:
        verbose_name = "длительный отпуск"
        verbose_name_plural = "длительные отпуска"
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="leave_ends_after_start",
                violation_error_message="Отпуск заканчивается раньше, чем начинается.",
            ),
            ExclusionConstraint(
                name="leave_once",
                expressions=[
                    (same("employment"), RangeOperators.OVERLAPS),
                    (days("started_on", "ended_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="В эти дни отпуск уже записан.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


@tracked()
class Duty(models.Model):
    """What an order of the organisation lays on a person beside his post."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="duties", verbose_name="педагог")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="duties", verbose_name="организация"
    )
    kind = models.ForeignKey(DutyKind, models.PROTECT, related_name="duties", verbose_name="обязанность")
    order = models.CharField("приказ", max_length=100, blank=True)
    started_on = models.DateField("с")
    ended_on = models.DateField("по", null=True, blank=True, help_text="Последний день.")

    objects = SpansOfPerson.as_manager()

    class Meta:
        verbose_name = "обязанность"
        verbose_name_plural = "обязанности"
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="duty_ends_after_start",
                violation_error_message="Обязанность заканчивается раньше, чем начинается.",
            ),
            ExclusionConstraint(
                name="duty_once",
                expressions=[
                    (same("person"), RangeOperators.OVERLAPS),
                    (same("organization"), RangeOperators.OVERLAPS),
                    (same("kind"), RangeOperators.OVERLAPS),
                    (days("started_on", "ended_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="В эти дни такая обязанность уже возложена.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.kind)


class VacancyQuerySet(Spans):
    def visible_to(self, user: Any) -> Self:
        """The department sees the city's, an organisation its own."""
        if reads_city(user):
            return self
        own = represented_ids(user)
        return self.filter(Q(organization__in=own) | Q(organization__parent__in=own))


@tracked()
class Vacancy(models.Model):
    """A vacant post of an organisation."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="vacancies", verbose_name="организация"
    )
    position = models.ForeignKey(Position, models.PROTECT, related_name="+", verbose_name="должность")
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="предмет, направление"
    )
    rate = models.DecimalField("ставок", max_digits=5, decimal_places=2, default=Decimal(1))
    started_on = models.DateField("открыта с")
    ended_on = models.DateField("закрыта", null=True, blank=True, help_text="Последний день.")
    note = models.CharField("примечание", max_length=200, blank=True)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        verbose_name = "вакансия"
        verbose_name_plural = "вакансии"
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="vacancy_ends_after_start",
                violation_error_message="Вакансия закрыта раньше, чем открыта.",
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0, rate__lte=100),
                name="vacancy_rate_sane",
                violation_error_message="Ставок — больше 0 и не больше 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}, {self.organization}"
