"""A form and its versions; a published version never changes."""

from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.core.history import tracked
from apps.core.roles import reads_city
from apps.monitoring.enums import VersionState


class FormQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Forms are the department's; an organisation meets them through its own responses."""
        return self if reads_city(user) else self.none()


@tracked()
class Form(models.Model):
    """What is asked, over all the years: the versions hold the questions themselves."""

    code = models.SlugField("код", max_length=50, unique=True, help_text="Латинские буквы, цифры и дефис.")
    title = models.CharField("название", max_length=300)
    clause = models.CharField("пункт Положения", max_length=10, blank=True)
    is_archived = models.BooleanField("в архиве", default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="создал"
    )
    created_at = models.DateTimeField("создана", db_default=Now())

    objects = FormQuerySet.as_manager()

    class Meta:
        verbose_name = "форма"
        verbose_name_plural = "формы"
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class FormVersionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self if reads_city(user) else self.none()

    def published(self) -> Self:
        return self.filter(state=VersionState.PUBLISHED)


@tracked(exclude=["definition", "revision"])
class FormVersion(models.Model):
    form = models.ForeignKey(Form, models.PROTECT, related_name="versions", verbose_name="форма")
    number = models.PositiveSmallIntegerField("версия")
    state = models.CharField("состояние", max_length=10, choices=VersionState, default=VersionState.DRAFT)
    definition = models.JSONField("определение", encoder=DjangoJSONEncoder)
    old_codes = models.JSONField(
        "соответствие кодов прежней версии",
        default=dict,
        blank=True,
        help_text="Адрес ячейки прежней версии → адрес в этой.",
    )
    revision = models.PositiveIntegerField("счётчик правок", default=0)
    note = models.CharField("что изменилось", max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="создал"
    )
    created_at = models.DateTimeField("создана", db_default=Now())
    updated_at = models.DateTimeField("изменена", auto_now=True)
    published_at = models.DateTimeField("опубликована", null=True, blank=True)

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "версия формы"
        verbose_name_plural = "версии форм"
        ordering = ["form", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "number"],
                name="form_version_once",
                violation_error_message="Такая версия формы уже есть.",
            ),
            models.UniqueConstraint(
                fields=["form"],
                condition=Q(state=VersionState.DRAFT),
                name="form_has_one_draft",
                violation_error_message="У формы уже есть черновик новой версии.",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT, published_at=None)
                | Q(state=VersionState.PUBLISHED, published_at__isnull=False),
                name="form_version_published_with_date",
                violation_error_message="У опубликованной версии должна быть дата публикации.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'published' AND (OLD.definition IS DISTINCT FROM NEW.definition"
                    " OR OLD.state IS DISTINCT FROM NEW.state OR OLD.number IS DISTINCT FROM NEW.number)"
                ),
            ),
            pgtrigger.Protect(
                name="published_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state = 'published'"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}, версия {self.number}"

    @property
    def is_published(self) -> bool:
        return self.state == VersionState.PUBLISHED
