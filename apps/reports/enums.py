from django.db.models import TextChoices

from apps.core.tones import Tone


class ClauseState(TextChoices):
    """Where the work of a clause is done; nothing is stored, it follows from what is registered."""

    INSIDE = "inside", "Ведётся в портале"
    OUTSIDE = "outside", "Вне портала"

    @property
    def tone(self) -> Tone:
        return Tone.SUCCESS if self is ClauseState.INSIDE else Tone.NEUTRAL
