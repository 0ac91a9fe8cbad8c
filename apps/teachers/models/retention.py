"""How long a kind of record is kept after its purpose is reached; the department edits the terms."""

from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.teachers.models.books import BookRows, Dated, Rule, once


class RetentionKind(models.TextChoices):
    """From what the term runs is said by the name."""

    CONSENT = "consent", "согласие — после окончания или отзыва"
    CARD = "card", "карточка — после увольнения из всех организаций города"
    UPLOAD = "upload", "загруженная таблица — после решения по ней"


@tracked()
class RetentionRule(Rule):
    """The term of one kind in force on a day (152-ФЗ ст. 5 ч. 7; приказ Росархива 20.12.2019 № 236)."""

    kind = models.CharField("вид записи", max_length=10, choices=RetentionKind)
    months = models.PositiveSmallIntegerField("хранить месяцев")

    objects = BookRows.as_manager()

    class Meta(Rule.Meta):
        verbose_name = "срок хранения данных"
        verbose_name_plural = "сроки хранения данных"
        ordering = ["kind", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(months__lte=900),
                name="retentionrule_months_sane",
                violation_error_message="Срок хранения — не более 900 месяцев.",
            ),
            *(once(f"retentionrule_once_{kind}", Q(kind=kind)) for kind in RetentionKind.values),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.months} мес."
