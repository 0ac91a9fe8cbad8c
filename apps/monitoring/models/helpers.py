"""Who helps to answer without an account: a colleague with some sections, a head who told by phone."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.core.history import tracked


class OfVisibleResponseQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever sees the response."""
        from apps.monitoring.models.responses import Response

        return self.filter(response__in=Response.objects.visible_to(user))


class PartQuerySet(OfVisibleResponseQuerySet):
    def in_force(self) -> Self:
        return self.filter(withdrawn_at=None)


@tracked(exclude=["token_hash"])
class Part(models.Model):
    """Sections of a response given to a colleague by a personal link; the link's secret is not kept.

    `sections` are addresses of sections («2», «2@value» of a repeated one).
    """

    response = models.ForeignKey(
        "monitoring.Response", models.CASCADE, related_name="parts", verbose_name="отчёт"
    )
    name = models.CharField("кому поручено", max_length=150, help_text="Фамилия, имя, отчество, должность.")
    email = models.EmailField("электронная почта", blank=True)
    sections = ArrayField(models.CharField(max_length=100), verbose_name="разделы", blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто поручил"
    )
    created_at = models.DateTimeField("когда поручено", db_default=Now())
    opened_at = models.DateTimeField("впервые открыто", null=True, blank=True)
    done_at = models.DateTimeField("готово", null=True, blank=True)
    withdrawn_at = models.DateTimeField("отозвано", null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "поручение раздела"
        verbose_name_plural = "поручения разделов"
        ordering = ["response", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sections=[]),
                name="part_has_sections",
                violation_error_message="Выберите хотя бы один раздел.",
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked(exclude=["token_hash"])
class PhoneCall(models.Model):
    """Answers that staff type in for an organisation by phone; its head confirms them by a link.

    It is open until the response is sent; from then on its link asks the head.
    """

    response = models.ForeignKey(
        "monitoring.Response", models.CASCADE, related_name="calls", verbose_name="отчёт"
    )
    told_by = models.CharField("кто сообщил", max_length=200, help_text="Фамилия, имя, отчество и должность.")
    called_at = models.DateTimeField("когда", db_default=Now())
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто ввёл"
    )
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    decided_by = models.CharField("руководитель", max_length=200, blank=True)
    confirmed_at = models.DateTimeField("подтверждено", null=True, blank=True)
    objected_at = models.DateTimeField("есть возражения", null=True, blank=True)
    objection = models.TextField("возражение", blank=True)

    objects = OfVisibleResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "ответ по телефону"
        verbose_name_plural = "ответы по телефону"
        ordering = ["response", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response"],
                condition=Q(sent_at=None),
                name="phone_call_one_open",
                violation_error_message="Этот отчёт уже вводят по телефону.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, objected_at=None)
                | Q(sent_at__isnull=False) & ~Q(decided_by="") & (Q(confirmed_at=None) | Q(objected_at=None)),
                name="phone_call_decided_once",
                violation_error_message="Подтвердить или возразить можно один раз и только после отправки.",
            ),
            models.CheckConstraint(
                condition=Q(objected_at=None) | ~Q(objection=""),
                name="phone_call_objection_in_words",
                violation_error_message="Напишите, с чем вы не согласны.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response}: {self.told_by}"
