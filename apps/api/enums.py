from django.db.models import TextChoices

from apps.core.tones import Tone


class KeyState(TextChoices):
    """Computed from the dates of a key, never stored."""

    WORKING = "working", "Действует"
    EXPIRED = "expired", "Истёк"
    REVOKED = "revoked", "Отозван"

    @property
    def tone(self) -> Tone:
        return {
            KeyState.WORKING: Tone.SUCCESS,
            KeyState.EXPIRED: Tone.NEUTRAL,
            KeyState.REVOKED: Tone.DANGER,
        }[self]
