"""Answers, and apart from them who has answered.

An `Answer` holds nothing that leads to a person: its number is random, its time is a day, it has no
history, no line in the journal, no column for a user. Who has answered is counted in other tables, all of
whose rows for the questionnaire are written anew with each answer, so that neither order nor transaction
tells which came with which (docs/decisions/0014-questionnaires.md). Only `NamedRespondent`, of
questionnaires that say so, leads from a person to an answer.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models

from apps.core.roles import reads_city
from apps.organizations.models import Organization
from apps.questionnaires.models.questionnaires import Questionnaire


class AnswerQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Single answers are shown on no page; the department reads the results made of them."""
        return self if reads_city(user) else self.none()


class Answer(models.Model):
    """`values`: question number → place of an option, places, text; «<number>o» → the words of «Другое»."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="answers", verbose_name="анкета"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="организация"
    )
    answered_on = models.DateField("день ответа")
    values = models.JSONField("ответы", default=dict)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "ответ на анкету"
        verbose_name_plural = "ответы на анкеты"
        ordering = ["pk"]
        indexes = [models.Index(fields=["questionnaire", "organization"], name="answer_questionnaire")]

    def __str__(self) -> str:
        return f"Ответ на анкету «{self.questionnaire}»"


class ParticipationQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own: whether I have answered. Nobody else is told."""
        return self.filter(user_id=user.pk)


class Participation(models.Model):
    """A signed-in person may answer an anonymous questionnaire once. No time, no answer, no history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="participations", verbose_name="анкета"
    )
    user: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="кто"
    )
    has_answered = models.BooleanField("ответил", default=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "участие в анонимной анкете"
        verbose_name_plural = "участие в анонимных анкетах"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "user"],
                name="participation_once",
                violation_error_message="Участие уже отмечено.",
            )
        ]

    def __str__(self) -> str:
        return f"Участие в анкете «{self.questionnaire}»"


class NamedRespondentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Oneself, and the department: such a questionnaire says that answers bear a name."""
        return self if reads_city(user) else self.filter(user_id=user.pk)


class NamedRespondent(models.Model):
    """Whose the answer is, where people sign in and are told so. One answer a person."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="respondents", verbose_name="анкета"
    )
    user: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто"
    )
    answer = models.OneToOneField(Answer, models.PROTECT, related_name="respondent", verbose_name="ответ")

    objects = NamedRespondentQuerySet.as_manager()

    class Meta:
        verbose_name = "ответивший с именем"
        verbose_name_plural = "ответившие с именем"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "user"],
                name="named_respondent_once",
                violation_error_message="Вы уже ответили на эту анкету.",
            )
        ]

    def __str__(self) -> str:
        return f"Ответ с именем на анкету «{self.questionnaire}»"
