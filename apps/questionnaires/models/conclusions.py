"""What people make of the answers: groups of free answers, directions of improvement."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from apps.core.history import tracked
from apps.core.roles import reads_city
from apps.questionnaires.models.answers import Answer
from apps.questionnaires.models.questionnaires import Questionnaire
from apps.questionnaires.models.questions import Question


class CityQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self if reads_city(user) else self.none()


@tracked()
class TextGroup(models.Model):
    """A group of free answers, named by the methodist."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="groups", verbose_name="вопрос")
    title = models.CharField("группа", max_length=200)

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = "группа свободных ответов"
        verbose_name_plural = "группы свободных ответов"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "title"],
                name="text_group_once",
                violation_error_message="Такая группа уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class TextCode(models.Model):
    """Into which group a free answer was put; without history, as the answer itself."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="codes", verbose_name="ответ")
    group = models.ForeignKey(TextGroup, models.CASCADE, related_name="codes", verbose_name="группа")
    question = models.ForeignKey(Question, models.CASCADE, related_name="codes", verbose_name="вопрос")

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = "отнесение ответа к группе"
        verbose_name_plural = "отнесение ответов к группам"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "question"],
                name="text_code_once",
                violation_error_message="Ответ уже отнесён к группе.",
            )
        ]

    def __str__(self) -> str:
        return f"Свободный ответ: {self.group}"


@tracked()
class Direction(models.Model):
    """A direction of improvement chosen from the results (statute 3.1.5); its figures stay as they were."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="directions", verbose_name="анкета"
    )
    title = models.CharField("направление", max_length=300)
    reason = models.TextField("обоснование")
    evidence = models.TextField("показатели анкеты на день выбора", editable=False)
    done_on = models.DateField("выполнено", null=True, blank=True, editable=False)
    created_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="выбрал", editable=False
    )
    created_at = models.DateTimeField("выбрано", db_default=Now(), editable=False)

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = "направление совершенствования"
        verbose_name_plural = "направления совершенствования"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(evidence=""),
                name="direction_rests_on_figures",
                violation_error_message="Направление выбирают по показателям анкеты.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("questionnaires:direction-detail", args=[self.pk])
