from django.db.models import TextChoices

from apps.core.tones import Tone


class PaperKind(TextChoices):
    MONITORING_REPORT = "monitoring_report", "Отчёт о мониторинге"
    PLAN = "plan", "План работы"


class Register(TextChoices):
    """Registers of numbers: the value is the first part of a number, «МО-2026-0001»."""

    MONITORING = "МО", "Отчёты о мониторингах"
    PLANS = "ПЛ", "Планы работы и поправки к ним"


class PaperState(TextChoices):
    VALID = "valid", "Действует"
    REVOKED = "revoked", "Отозван"

    @property
    def tone(self) -> Tone:
        return Tone.SUCCESS if self is PaperState.VALID else Tone.DANGER
