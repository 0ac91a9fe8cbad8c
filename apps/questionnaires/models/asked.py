"""Whom a questionnaire asks: organisations with their links, people with a link of their own."""

import secrets
import uuid
from typing import Any, Self

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from apps.core.roles import reads_city, represented_ids
from apps.organizations.models import Organization
from apps.questionnaires.models.questionnaires import Questionnaire


def new_code() -> str:
    """80 random bits: not guessed, and short enough to be typed from a sheet on the wall."""
    return secrets.token_hex(10)


class RecipientQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The department, and the responsible of the organisation: he hangs the link up."""
        if reads_city(user):
            return self
        return self.filter(
            questionnaire__in=Questionnaire.objects.visible_to(user),
            organization__in=represented_ids(user),
        )


class Recipient(models.Model):
    """An organisation that is asked. Its link is no secret: it hangs on the wall of the staff room."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="recipients", verbose_name="анкета"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="организация"
    )
    code = models.CharField("ссылка", max_length=32, unique=True, default=new_code, editable=False)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = "опрашиваемая организация"
        verbose_name_plural = "опрашиваемые организации"
        ordering = ["organization__short_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "organization"],
                name="recipient_of_questionnaire_once",
                violation_error_message="Эта организация уже в списке.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.questionnaire}"

    @property
    def link(self) -> str:
        return reverse("questionnaires:answer-by-link", args=[self.code])


class InviteeQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Addresses are for the department alone."""
        return self if reads_city(user) else self.none()


class Invitee(models.Model):
    """A person asked by letter. That the link was used is kept here, what was answered is not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="invitees", verbose_name="анкета"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="организация"
    )
    email = models.EmailField("электронная почта")
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    is_sent = models.BooleanField("письмо отправлено", default=False)
    has_answered = models.BooleanField("ссылка использована", default=False)

    objects = InviteeQuerySet.as_manager()

    class Meta:
        verbose_name = "приглашённый к анкете"
        verbose_name_plural = "приглашённые к анкете"
        ordering = ["organization__short_name", "email"]
        indexes = [models.Index(fields=["token_hash"], name="invitee_token")]
        constraints = [
            models.UniqueConstraint(
                "questionnaire",
                Lower("email"),
                name="invitee_once",
                violation_error_message="Этот адрес уже в списке.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.questionnaire}"
