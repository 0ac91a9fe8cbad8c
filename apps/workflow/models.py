"""The log of transitions: one table for every subject."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from apps.core.guards import of_visible_subjects
from apps.core.kinds import kind_title
from apps.core.roles import reads_city


class TransitionRecordQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The log is read by the department, that of a guarded subject by whoever reads the subject."""
        return of_visible_subjects(self, user) if reads_city(user) else self.none()

    def of(self, subject: models.Model) -> Self:
        """The records of one subject, which the caller has found through `visible_to`."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


class TransitionRecord(models.Model):
    """Who moved what from which state to which, when, and why. Only added to."""

    append_only = True

    subject_type = models.CharField("вид предмета", max_length=60)
    subject_id = models.CharField("номер предмета", max_length=40)
    name = models.CharField("переход", max_length=30)
    title = models.CharField("действие", max_length=60)
    source = models.CharField("из состояния", max_length=20)
    target = models.CharField("в состояние", max_length=20)
    comment = models.TextField("пояснение", blank=True)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто", null=True
    )
    was_acting = models.BooleanField("исполняя обязанности заведующего", default=False)
    at = models.DateTimeField("когда", db_default=Now())

    objects = TransitionRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "переход"
        verbose_name_plural = "переходы"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="transition_subject")]

    def __str__(self) -> str:
        return f"{self.title}: {kind_title(self.subject_type)} №\u00a0{self.subject_id}, {self.at:%d.%m.%Y}"
