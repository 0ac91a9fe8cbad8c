"""The library of data elements: what is asked, defined once and used in several forms."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.core.history import tracked
from apps.core.roles import reads_city


class ElementType(models.TextChoices):
    """The types of a value that need no list of answers beside them."""

    INTEGER = "integer", "целое число"
    DECIMAL = "decimal", "число с дробью"
    TEXT = "text", "текст"
    DATE = "date", "дата"
    YES_NO = "yes_no", "да или нет"


class DataElementQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self if reads_city(user) else self.none()

    def active(self) -> Self:
        return self.filter(is_archived=False)


@tracked()
class DataElement(models.Model):
    """A row or question as forms ask it. Forms name it by `code`; their published versions keep its words."""

    code = models.SlugField(
        "код",
        max_length=40,
        unique=True,
        help_text="Латинские буквы, цифры и дефис; потом не меняется.",
    )
    title = models.CharField("название", max_length=500)
    type = models.CharField("тип", max_length=10, choices=ElementType, default=ElementType.INTEGER)
    decimals = models.PositiveSmallIntegerField("знаков после запятой", null=True, blank=True)
    unit = models.CharField("единица измерения", max_length=100, blank=True, help_text="Например: человек")
    help = models.TextField("как считать", blank=True, max_length=2000)
    is_archived = models.BooleanField("в архиве", default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="создал"
    )
    created_at = models.DateTimeField("создан", db_default=Now())

    objects = DataElementQuerySet.as_manager()

    class Meta:
        verbose_name = "показатель библиотеки"
        verbose_name_plural = "библиотека показателей"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title"],
                condition=Q(is_archived=False),
                name="element_titles_differ",
                violation_error_message="Показатель с таким названием в библиотеке уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(decimals=None) | Q(type="decimal", decimals__lte=6),
                name="element_decimals_of_a_decimal",
                violation_error_message="Знаки после запятой бывают у числа с дробью, не больше шести.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
