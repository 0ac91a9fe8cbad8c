"""The ministry's own workbooks, kept with a form: which cell of the form stands where in them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.core.history import tracked
from apps.core.models import StoredFile
from apps.core.roles import reads_city
from apps.monitoring.models.forms import Form
from apps.monitoring.models.responses import Response


class ForeignBlankQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The department sees all, an organisation those of the forms it is asked to answer."""
        if reads_city(user):
            return self
        asked = Response.objects.visible_to(user).order_by().values("campaign__version__form_id")
        return self.filter(form__in=asked)


@tracked()
class ForeignBlank(models.Model):
    """Somebody else's workbook with the layout of a form; the file itself is never changed."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="blanks", verbose_name="форма")
    title = models.CharField("название", max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="файл")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="загрузил"
    )
    created_at = models.DateTimeField("загружен", db_default=Now())

    objects = ForeignBlankQuerySet.as_manager()

    class Meta:
        verbose_name = "бланк министерства"
        verbose_name_plural = "бланки министерства"
        ordering = ["form", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "title"],
                name="foreign_blank_titles_differ",
                violation_error_message="Бланк с таким названием у этой формы уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class BlankPlaceQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(blank__in=ForeignBlank.objects.visible_to(user))


class BlankPlace(models.Model):
    """Where one cell of the form stands in the workbook: «Раздел 1» and «E12»."""

    blank = models.ForeignKey(ForeignBlank, models.CASCADE, related_name="places", verbose_name="бланк")
    address = models.CharField("ячейка формы", max_length=120)
    sheet = models.CharField("лист", max_length=100)
    place = models.CharField("ячейка листа", max_length=10)

    objects = BlankPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "место в бланке"
        verbose_name_plural = "места в бланке"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["blank", "address"],
                name="blank_address_once",
                violation_error_message="У этой ячейки формы место в бланке уже есть.",
            ),
            models.UniqueConstraint(
                fields=["blank", "sheet", "place"],
                name="blank_place_once",
                violation_error_message="Это место бланка уже занято другой ячейкой формы.",
            ),
            models.CheckConstraint(
                condition=Q(place__regex=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$"),
                name="blank_place_is_a_cell",
                violation_error_message="Место пишется как адрес ячейки Excel: E12.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address} → {self.sheet}!{self.place}"
