from django.db.models import TextChoices

from apps.core.filekinds import FileKind
from apps.core.tones import Tone


class PaperKind(TextChoices):
    MONITORING_REPORT = "monitoring_report", "Отчёт о мониторинге"
    PLAN = "plan", "План работы"
    ACTIVITY_REPORT = "activity_report", "Отчёт о деятельности"
    ERASURE_ACT = "erasure_act", "Акт об уничтожении персональных данных"

    @property
    def leaves_house(self) -> bool:
        """Whether it is given to others than the department: only such a paper bears a QR."""
        return self is PaperKind.MONITORING_REPORT


class Register(TextChoices):
    """Registers of numbers: the value is the first part of a number, «МО-2026-0001»."""

    MONITORING = "МО", "Отчёты о мониторингах"
    PLANS = "ПЛ", "Планы работы и поправки к ним"
    ACTIVITY = "ОД", "Отчёты о деятельности"
    ERASURES = "АУ", "Акты об уничтожении персональных данных"


class PaperState(TextChoices):
    VALID = "valid", "Действует"
    REVOKED = "revoked", "Отозван"

    @property
    def tone(self) -> Tone:
        return Tone.SUCCESS if self is PaperState.VALID else Tone.DANGER


class AttachmentKind(TextChoices):
    """What is kept beside an issued paper."""

    SCAN = "scan", "Скан подписанного документа"
    SIGNATURE = "signature", "Откреплённая подпись"

    @property
    def file_kinds(self) -> frozenset[FileKind]:
        """The files that can be such."""
        scans = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG})
        return scans if self is AttachmentKind.SCAN else frozenset({FileKind.SIG})
