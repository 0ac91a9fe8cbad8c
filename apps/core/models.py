"""What every app stands on: jobs, stored files, the journal, exceptions of the working calendar."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.core.enums import JobState, Verb


class PortalState(models.Model):
    """One row: whether the portal is set up, and whether it holds demo data."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    is_demo = models.BooleanField("демонстрационные данные", default=False)
    set_up_at = models.DateTimeField("настроен", null=True, blank=True)

    class Meta:
        verbose_name = "состояние портала"
        verbose_name_plural = "состояние портала"
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1), name="portal_state_is_single", violation_error_message="Запись одна."
            )
        ]

    def __str__(self) -> str:
        return "Состояние портала"


class WorkdayException(models.Model):
    """A day that differs from the state's production calendar, entered by hand."""

    date = models.DateField("дата", unique=True)
    is_working = models.BooleanField("рабочий день", default=False)
    note = models.CharField("основание", max_length=200, blank=True)

    class Meta:
        verbose_name = "исключение рабочего календаря"
        verbose_name_plural = "исключения рабочего календаря"
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y}: {'рабочий' if self.is_working else 'нерабочий'}"


def stored_file_path(instance: "StoredFile", filename: str) -> str:
    """A name of ours: what the user called the file is kept in `name` only."""
    return f"{instance.pk.hex[:2]}/{instance.pk.hex}"


class StoredFile(models.Model):
    """A file that passed the upload check or was made by the portal; who may read it is up to its holder."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("имя", max_length=150)
    content_type = models.CharField("тип", max_length=100)
    size = models.PositiveBigIntegerField("размер, байт")
    sha256 = models.CharField("контрольная сумма", max_length=64)
    content = models.FileField("содержимое", upload_to=stored_file_path, max_length=80)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="загрузил",
    )
    created_at = models.DateTimeField("загружен", db_default=Now())

    class Meta:
        verbose_name = "файл"
        verbose_name_plural = "файлы"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class JobQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "JobQuerySet":
        """A job belongs to the one who started it."""
        return self.filter(created_by_id=user.pk) if user.is_authenticated else self.none()


class Job(models.Model):
    """Long work with progress and a result; the worker runs it, its owner watches it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("вид", max_length=50)
    title = models.CharField("название", max_length=300)
    state = models.CharField("состояние", max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField("сделано", default=0)
    total = models.PositiveIntegerField("всего", default=0)
    message = models.CharField("сообщение", max_length=500, blank=True)
    subject_id = models.CharField("предмет", max_length=40, blank=True)
    result = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="результат"
    )
    result_url = models.CharField("страница результата", max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="запустил"
    )
    created_at = models.DateTimeField("создана", db_default=Now())
    started_at = models.DateTimeField("начата", null=True, blank=True)
    finished_at = models.DateTimeField("закончена", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "задача"
        verbose_name_plural = "задачи"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_finished(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)

    @property
    def percent(self) -> int:
        if self.state == JobState.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0


class JournalRecord(models.Model):
    """Who did what, to what, when. The running application may only add and read.

    The subject is kept by name and number, not by a foreign key: the record outlives it.
    """

    append_only = True

    at = models.DateTimeField("когда", db_default=Now(), db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="кто"
    )
    verb = models.CharField("действие", max_length=20, choices=Verb)
    subject_type = models.CharField("вид предмета", max_length=60, blank=True)
    subject_id = models.CharField("номер предмета", max_length=40, blank=True)
    subject_title = models.CharField("предмет", max_length=200, blank=True)
    organization_id = models.BigIntegerField("организация", null=True, blank=True)
    note = models.CharField("примечание", max_length=300, blank=True)
    address = models.GenericIPAddressField("сетевой адрес", null=True, blank=True)

    class Meta:
        verbose_name = "запись журнала"
        verbose_name_plural = "журнал"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="journal_subject"),
            models.Index(fields=["user", "-at"], name="journal_user"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.subject_title}"


class UsedKey(models.Model):
    """An idempotency key already acted upon, with the page that answered it."""

    key = models.CharField("ключ", max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="кто")
    action = models.CharField("действие", max_length=50)
    result = models.CharField("ответ", max_length=300, blank=True)
    at = models.DateTimeField("когда", db_default=Now())

    class Meta:
        verbose_name = "использованный ключ"
        verbose_name_plural = "использованные ключи"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "action", "key"],
                name="used_key_once",
                violation_error_message="Это действие уже выполнено.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"
