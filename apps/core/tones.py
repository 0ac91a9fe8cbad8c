"""How a state looks: each enum of states maps its members to a tone by a property `tone`."""

from enum import StrEnum
from typing import Any


class Tone(StrEnum):
    """A tone and with it the class `tone-…` of the stylesheet."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


def tone_of(state: Any) -> Tone:
    """The tone an enum's member gives itself; whatever says nothing is neutral."""
    return Tone(getattr(state, "tone", Tone.NEUTRAL))


def label_of(state: Any) -> str:
    """The Russian word of an enum's member, or the text itself."""
    return str(getattr(state, "label", state))
