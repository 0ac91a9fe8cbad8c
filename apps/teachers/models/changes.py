"""A set of changes to the people of one organisation: a table loaded, or the September update.

It is checked row by row, waits for the methodist where the organisation made it, is written all or nothing,
and can be undone as long as nothing it wrote has been changed since.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from apps.core.models import StoredFile
from apps.core.roles import reads_city, represented_ids
from apps.organizations.models import Organization
from apps.teachers.enums import ChangesOrigin, ChangesState, RowState
from apps.teachers.models.people import Person


class ChangeSetQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The department sees all of them, an organisation its own."""
        if reads_city(user):
            return self
        own = represented_ids(user)
        return self.filter(Q(organization__in=own) | Q(organization__parent__in=own))


class ChangeSet(models.Model):
    """`organization` is None for a table of the whole city loaded by ИМО, which names it in each row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="организация",
    )
    origin = models.CharField("откуда", max_length=10, choices=ChangesOrigin)
    state = models.CharField(
        "состояние", max_length=10, choices=ChangesState, default=ChangesState.DRAFT, editable=False
    )
    title = models.CharField("название", max_length=200)
    source = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="файл"
    )
    # How the columns of the file were understood: {"sheet": …, "header": row, "columns": {"0": field}}.
    mapping = models.JSONField("графы", default=dict, encoder=DjangoJSONEncoder)
    counts = models.JSONField("строк по состояниям", default=dict)
    school_year = models.SmallIntegerField("учебный год (начало)", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="внёс"
    )
    created_at = models.DateTimeField("создан", db_default=Now())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="принял",
    )
    decided_at = models.DateTimeField("принят", null=True, blank=True)

    objects = ChangeSetQuerySet.as_manager()

    class Meta:
        verbose_name = "набор изменений"
        verbose_name_plural = "наборы изменений"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "school_year"],
                condition=Q(origin="round") & ~Q(state__in=["dropped", "undone"]),
                name="changes_one_round_a_year",
                violation_error_message="Обновление за этот учебный год уже начато.",
            ),
            models.CheckConstraint(
                condition=Q(origin="round", organization__isnull=False, school_year__isnull=False)
                | Q(origin="import"),
                name="changes_round_of_organization",
                violation_error_message="Обновление проводится по организации за учебный год.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("teachers:changes-detail", args=[self.pk])


class ChangeRow(models.Model):
    """A row of the set: what it says (`given`), what it would change, what was wrong with it.

    `changes`: [{"field", "title", "was", "becomes"}] as the page shows them; `details`: what is written;
    `undo`: what the writing made and what stood there before it, filled when the set is accepted.
    """

    changes_set = models.ForeignKey(ChangeSet, models.CASCADE, related_name="rows", verbose_name="набор")
    number = models.PositiveIntegerField("строка")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="педагог"
    )
    name = models.CharField("ФИО", max_length=310, blank=True)
    state = models.CharField("что будет", max_length=8, choices=RowState)
    given = models.JSONField("значения", default=dict, encoder=DjangoJSONEncoder)
    details = models.JSONField("запись", default=dict, encoder=DjangoJSONEncoder)
    changes = models.JSONField("изменения", default=list, encoder=DjangoJSONEncoder)
    faults = models.JSONField("ошибки", default=list)
    undo = models.JSONField("для отмены", default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "строка набора"
        verbose_name_plural = "строки набора"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["changes_set", "number"],
                name="changes_row_once",
                violation_error_message="Такая строка уже есть.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"
