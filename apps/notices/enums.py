from django.db.models import TextChoices


class DeliveryState(TextChoices):
    WAITING = "waiting", "В очереди"
    SENT = "sent", "Отправлено"
    FAILED = "failed", "Не доставлено"
    SKIPPED = "skipped", "Нет адреса"


class Frequency(TextChoices):
    """How a user wants his e-mail."""

    AT_ONCE = "at_once", "Сразу"
    DAILY = "daily", "Сводкой раз в день"
    NEVER = "never", "Только в портале"
