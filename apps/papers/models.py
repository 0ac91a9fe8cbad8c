"""The register of what ИМО has issued. The department is the issuer, ИМО the executor (statute 1.2)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from apps.core.guards import of_visible_subjects
from apps.core.history import tracked
from apps.core.models import StoredFile
from apps.core.roles import reads_city
from apps.papers.enums import AttachmentKind, PaperKind, PaperState


class NumberSequence(models.Model):
    """The last number of a register in a year; its locked row makes numbers gapless."""

    register = models.CharField("регистр", max_length=30)
    year = models.SmallIntegerField("год")
    last = models.PositiveIntegerField("последний номер", default=0)

    class Meta:
        verbose_name = "счётчик номеров"
        verbose_name_plural = "счётчики номеров"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "year"],
                name="sequence_once",
                violation_error_message="Счётчик этого года уже есть.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.register}, {self.year}: {self.last}"


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The register is read by the department; a paper on a person by whoever reads its subject."""
        return of_visible_subjects(self, user) if reads_city(user) else self.none()


@tracked(exclude=["snapshot"])
class Paper(models.Model):
    """An issued paper: its number, what was printed, who signed it, and whether it still stands."""

    kind = models.CharField("вид", max_length=30, choices=PaperKind)
    register = models.CharField("регистр", max_length=30)
    year = models.SmallIntegerField("год")
    ordinal = models.PositiveIntegerField("порядковый номер")
    number = models.CharField("номер", max_length=40)
    title = models.CharField("заголовок", max_length=400)
    code = models.CharField("код проверки", max_length=20, unique=True)
    subject_type = models.CharField("вид предмета", max_length=60, blank=True)
    subject_id = models.CharField("номер предмета", max_length=40, blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=PaperState, default=PaperState.VALID, editable=False
    )
    signatory_name = models.CharField("подписал", max_length=200)
    signatory_title = models.CharField("должность", max_length=300)
    signatory_basis = models.CharField("основание", max_length=300, blank=True)
    snapshot = models.JSONField("содержание", default=dict)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл"
    )
    department_number = models.CharField("номер департамента", max_length=50, blank=True)
    department_date = models.DateField("дата департамента", null=True, blank=True)
    issued_on = models.DateField("дата выдачи")
    issued_at = models.DateTimeField("выдан", db_default=Now())
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="выдал"
    )
    revoked_at = models.DateTimeField("отозван", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="отозвал",
    )
    revocation_reason = models.CharField("причина отзыва", max_length=500, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="выдан взамен",
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "выданный документ"
        verbose_name_plural = "выданные документы"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "year", "ordinal"],
                name="paper_number_once",
                violation_error_message="Документ с этим номером уже выдан.",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.VALID, revoked_at=None)
                | (Q(state=PaperState.REVOKED, revoked_at__isnull=False) & ~Q(revocation_reason="")),
                name="paper_revoked_with_reason",
                violation_error_message="Отзыв документа требует причины.",
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="paper_subject")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} № {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("papers:paper-detail", args=[self.pk])


class PaperAttachmentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of the papers the user sees."""
        return self.filter(paper__in=Paper.objects.visible_to(user))

    def present(self) -> Self:
        """Not taken off."""
        return self.filter(removed_at=None)


@tracked()
class PaperAttachment(models.Model):
    """A scan of the signed sheet, or a detached electronic signature made outside of the portal.

    Kept as it came: the portal neither makes nor checks qualified signatures (63-ФЗ). One that was taken off
    stays in the register for its history.
    """

    paper = models.ForeignKey(
        Paper, models.PROTECT, related_name="attachments", verbose_name="выданный документ"
    )
    kind = models.CharField("вид", max_length=12, choices=AttachmentKind)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="файл")
    added_at = models.DateTimeField("приложен", db_default=Now())
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="приложил"
    )
    removed_at = models.DateTimeField("убран", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="убрал",
    )

    objects = PaperAttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "приложенный файл документа"
        verbose_name_plural = "приложенные файлы документов"
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="paper_attachment_removed_by_someone",
                violation_error_message="У снятого файла указывают, кто и когда его убрал.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file.name}"
