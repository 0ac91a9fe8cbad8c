"""What was edited in the draft of a form: for taking back and doing again, also after a reload."""

from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now

from apps.core.roles import reads_city
from apps.monitoring.models.forms import FormVersion


class DraftEditQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self if reads_city(user) else self.none()


class DraftEdit(models.Model):
    """One edit of the designer. It lives no longer than the draft: publication removes all of them.

    It is a history itself, so it is not tracked.
    """

    version = models.ForeignKey(FormVersion, models.CASCADE, related_name="edits", verbose_name="версия")
    number = models.PositiveIntegerField("номер")
    command = models.JSONField("правка", encoder=DjangoJSONEncoder)
    patches = models.JSONField("заменённые части", encoder=DjangoJSONEncoder)
    is_undone = models.BooleanField("отменена", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")
    at = models.DateTimeField("когда", db_default=Now())

    objects = DraftEditQuerySet.as_manager()

    class Meta:
        verbose_name = "правка черновика формы"
        verbose_name_plural = "правки черновиков форм"
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"],
                name="draft_edit_once",
                violation_error_message="Правка с таким номером уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, правка {self.number}"
