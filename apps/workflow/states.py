"""Transition tables: the only way a subject's state changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.core.access import Conflict


@dataclass(frozen=True)
class Transition:
    """One press: its name in the code, its word on the button, from where it leads to where."""

    name: str
    title: str
    sources: frozenset[str]
    target: str
    verb: str
    comment_required: bool = False
    # How the log tells it afterwards: «Возвращён на доработку»; the word of the button unless given.
    fact: str = ""


class TransitionTable:
    """All transitions of one kind of subject; `states` is its TextChoices enum."""

    def __init__(self, states: type, transitions: Iterable[Transition]) -> None:
        self.states = states
        self.transitions = {one.name: one for one in transitions}

    def from_state(self, state: str) -> list[Transition]:
        """What may be pressed in the state, in the order of the table."""
        return [one for one in self.transitions.values() if state in one.sources]

    def allows(self, state: str, name: str) -> bool:
        return state in self.transitions[name].sources

    def check(self, state: str, name: str, comment: str = "") -> Transition:
        """The transition, or `Conflict` in Russian: wrong state, or a mandatory comment is missing."""
        transition = self.transitions[name]
        if state not in transition.sources:
            present = self.states(state).label  # type: ignore[call-arg]
            raise Conflict(f"Действие «{transition.title}» невозможно: состояние «{present}».")
        if transition.comment_required and not comment.strip():
            raise Conflict(f"Действие «{transition.title}» требует пояснения: напишите, в чём причина.")
        return transition
