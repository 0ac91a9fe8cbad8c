"""What the statute gives the staff (5.5): a say in acts, support, safety, own training, appeals."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils import timezone

from apps.core.history import tracked
from apps.core.roles import has_role, reads_city
from apps.office.enums import Addressee, AnswerState, BriefingKind, EncouragementKind, ProposalState
from apps.office.models.acts import LocalAct
from apps.office.models.employees import Employee, PersonalRows
from apps.office.models.orders import Order


class ActProposalQuerySet(PersonalRows):
    owner = "author"

    def waiting(self) -> Self:
        return self.filter(state=ProposalState.WAITING)


class ActProposal(models.Model):
    """A proposal of an employee to a draft of a local act, with the answer to it."""

    author = models.ForeignKey(Employee, models.PROTECT, related_name="proposals", verbose_name="автор")
    act = models.ForeignKey(
        LocalAct,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name="локальный акт",
        help_text="Не указывайте, если предлагаете принять новый.",
    )
    text = models.TextField("предложение", max_length=5000)
    state = models.CharField(
        "состояние", max_length=10, choices=ProposalState, default=ProposalState.WAITING, editable=False
    )
    answer = models.TextField("ответ", blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ответил",
        editable=False,
    )
    answered_at = models.DateTimeField("дан ответ", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("внесено", db_default=Now())

    objects = ActProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "предложение к локальному акту"
        verbose_name_plural = "предложения к локальным актам"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ProposalState.WAITING, answer="")
                | (~Q(state=ProposalState.WAITING) & ~Q(answer="") & Q(answered_by__isnull=False)),
                name="proposal_answered_with_words",
                violation_error_message="Ответ на предложение даётся словами.",
            )
        ]

    def __str__(self) -> str:
        return f"Предложение: {self.act or 'новый акт'}"


@tracked()
class Encouragement(models.Model):
    """Moral or material support and rewards of an employee."""

    employee = models.ForeignKey(
        Employee, models.PROTECT, related_name="encouragements", verbose_name="сотрудник"
    )
    kind = models.CharField("вид", max_length=12, choices=EncouragementKind)
    reason = models.CharField("за что", max_length=500)
    given_on = models.DateField("дата")
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="приказ", editable=False
    )
    basis = models.CharField("основание", max_length=200, blank=True)

    objects = PersonalRows.as_manager()

    class Meta:
        verbose_name = "поддержка и поощрение"
        verbose_name_plural = "поддержка и поощрения"
        ordering = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.employee}"


class BriefingQuerySet(PersonalRows):
    def latest(self) -> Self:
        """The last briefing of each employee: it says when the next one is due."""
        last = self.model._default_manager.filter(employee=OuterRef("employee")).order_by("-held_on", "-pk")
        return self.filter(pk=Subquery(last.values("pk")[:1]))

    def due(self, day: datetime.date | None = None) -> Self:
        """Last briefings whose next date has come."""
        return self.latest().filter(next_on__lte=day or timezone.localdate())


@tracked()
class SafetyBriefing(models.Model):
    """Instruction in safety at work, with the day of the next one."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="briefings", verbose_name="сотрудник")
    kind = models.CharField("вид инструктажа", max_length=12, choices=BriefingKind)
    held_on = models.DateField("проведён")
    next_on = models.DateField("следующий", null=True, blank=True)
    instructor = models.CharField("провёл", max_length=200)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = "инструктаж по охране труда"
        verbose_name_plural = "инструктажи по охране труда"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=F("held_on")),
                name="briefing_next_is_later",
                violation_error_message="Следующий инструктаж — позже проведённого.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.employee}"


@tracked()
class StaffTraining(models.Model):
    """An employee's own professional development."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="trainings", verbose_name="сотрудник")
    title = models.CharField("программа", max_length=300)
    provider = models.CharField("где", max_length=300)
    hours = models.PositiveSmallIntegerField("часов")
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    document = models.CharField("документ", max_length=200, blank=True)

    objects = PersonalRows.as_manager()

    class Meta:
        verbose_name = "обучение сотрудника"
        verbose_name_plural = "обучение сотрудников"
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="training_ends_after_start",
                violation_error_message="Обучение заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=1),
                name="training_has_hours",
                violation_error_message="Укажите число часов.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.employee}"


class AppealQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Its author and whoever holds the role it is addressed to; nobody else."""
        if not reads_city(user):
            return self.none()
        roles = [role for role in Addressee.values if has_role(user, role)]
        return self.filter(Q(author__user=user.pk) | Q(addressee__in=roles))

    def waiting(self) -> Self:
        return self.filter(answered_at=None)


class Appeal(models.Model):
    """What an employee writes about his work to a head; its text is kept in no history."""

    author = models.ForeignKey(Employee, models.PROTECT, related_name="appeals", verbose_name="автор")
    addressee = models.CharField("кому", max_length=10, choices=Addressee)
    subject = models.CharField("тема", max_length=200)
    text = models.TextField("обращение", max_length=10_000)
    answer = models.TextField("ответ", blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ответил",
        editable=False,
    )
    answered_at = models.DateTimeField("дан ответ", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("подано", db_default=Now())

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = "обращение сотрудника"
        verbose_name_plural = "обращения сотрудников"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="appeal_answered_with_words",
                violation_error_message="Ответ на обращение даётся словами.",
            )
        ]

    def __str__(self) -> str:
        return f"Обращение от {self.created_at:%d.%m.%Y}" if self.pk else "Обращение"

    @property
    def state(self) -> AnswerState:
        return AnswerState.ANSWERED if self.answered_at else AnswerState.WAITING
