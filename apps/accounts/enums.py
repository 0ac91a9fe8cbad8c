from django.db.models import TextChoices

from apps.core.tones import Tone


class InvitationState(TextChoices):
    WAITING = "waiting", "Ожидает"
    ACCEPTED = "accepted", "Принято"
    EXPIRED = "expired", "Истекло"
    REVOKED = "revoked", "Отозвано"

    @property
    def tone(self) -> Tone:
        tones = {"waiting": Tone.INFO, "accepted": Tone.SUCCESS, "expired": Tone.WARNING}
        return tones.get(self.value, Tone.NEUTRAL)
