from django.db.models import TextChoices


class PaperKind(TextChoices):
    MONITORING_REPORT = "monitoring_report", "Отчёт о мониторинге"


class PaperState(TextChoices):
    VALID = "valid", "Действует"
    REVOKED = "revoked", "Отозван"
