from django.db.models import TextChoices

from apps.core.tones import Tone


class DeliveryState(TextChoices):
    WAITING = "waiting", "В очереди"
    SENT = "sent", "Отправлено"
    FAILED = "failed", "Не доставлено"
    SKIPPED = "skipped", "Нет адреса"

    @property
    def tone(self) -> Tone:
        tones = {"waiting": Tone.INFO, "sent": Tone.SUCCESS, "failed": Tone.DANGER}
        return tones.get(self.value, Tone.WARNING)


class Frequency(TextChoices):
    """How a user wants his e-mail."""

    AT_ONCE = "at_once", "Сразу"
    DAILY = "daily", "Сводкой раз в день"
    NEVER = "never", "Только в портале"
