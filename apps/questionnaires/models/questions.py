"""A question of a questionnaire."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.questionnaires.enums import WITH_OPTIONS, Passport, QuestionKind
from apps.questionnaires.models.questionnaires import Questionnaire

OTHER = "Другое"


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(questionnaire__in=Questionnaire.objects.visible_to(user))


@tracked()
class Question(models.Model):
    """`options` are the answers of a choice, the points of a scale, the things to rank, the scale of a
    matrix.

    An answer keeps the place of an option, so options never change once the questionnaire is open.
    """

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="questions", verbose_name="анкета"
    )
    order = models.PositiveSmallIntegerField("место", default=0)
    kind = models.CharField("вид", max_length=10, choices=QuestionKind)
    text = models.CharField("вопрос", max_length=500)
    help = models.CharField("пояснение", max_length=500, blank=True)
    is_required = models.BooleanField("ответ обязателен", default=False)
    options = ArrayField(models.CharField(max_length=300), verbose_name="варианты", default=list, blank=True)
    has_other = models.BooleanField("вариант «Другое» со своим ответом", default=False)
    statements = ArrayField(
        models.CharField(max_length=300), verbose_name="утверждения", default=list, blank=True
    )
    low = models.DecimalField("не меньше", max_digits=12, decimal_places=2, null=True, blank=True)
    high = models.DecimalField("не больше", max_digits=12, decimal_places=2, null=True, blank=True)
    passport = models.CharField(
        "сведения об отвечающем",
        max_length=12,
        choices=Passport,
        default=Passport.NONE,
        blank=True,
        help_text="По ответам на этот вопрос итоги разложатся по должностям или стажу.",
    )
    shown_if = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="depending",
        verbose_name="показывать, если на вопрос",
    )
    shown_option = models.PositiveSmallIntegerField("выбран вариант", null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "вопрос"
        verbose_name_plural = "вопросы"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(WITH_OPTIONS)) | Q(options__len__gte=2),
                name="question_has_options",
                violation_error_message="Нужно хотя бы два варианта.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=QuestionKind.MATRIX) | Q(statements__len__gte=1),
                name="question_matrix_has_statements",
                violation_error_message="Нужно хотя бы одно утверждение.",
            ),
            models.CheckConstraint(
                condition=Q(passport=Passport.NONE) | Q(kind=QuestionKind.SINGLE),
                name="question_passport_is_single",
                violation_error_message="Сведения об отвечающем берутся из вопроса с одним вариантом ответа.",
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "passport"],
                condition=~Q(passport=Passport.NONE),
                name="question_passport_once",
                violation_error_message="Такой вопрос об отвечающем в анкете уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(shown_if=None, shown_option=None)
                | Q(shown_if__isnull=False, shown_option__isnull=False),
                name="question_condition_is_whole",
                violation_error_message="Укажите и вопрос, и его вариант.",
            ),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(high__gte=F("low")),
                name="question_bounds_in_order",
                violation_error_message="Наибольшее значение меньше наименьшего.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """Under which an answer keeps its value."""
        return str(self.pk)

    @property
    def other_key(self) -> str:
        return f"{self.pk}o"

    @property
    def choices(self) -> list[str]:
        """The options with «Другое» at the end."""
        return [*self.options, OTHER] if self.has_other else list(self.options)
