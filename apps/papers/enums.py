from django.db.models import TextChoices


class PaperKind(TextChoices):
    MONITORING_REPORT = "monitoring_report", "Отчёт о мониторинге"


class Register(TextChoices):
    """Registers of numbers: the value is the first part of a number, «МО-2026-0001»."""

    MONITORING = "МО", "Отчёты о мониторингах"


class PaperState(TextChoices):
    VALID = "valid", "Действует"
    REVOKED = "revoked", "Отозван"
