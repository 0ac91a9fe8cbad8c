"""The one way a paper changes its state."""

from apps.core.enums import Verb
from apps.papers.enums import PaperState
from apps.workflow.states import Transition, TransitionTable

PAPER = TransitionTable(
    PaperState,
    [
        Transition(
            "revoke",
            "Отозвать",
            frozenset({PaperState.VALID}),
            PaperState.REVOKED,
            Verb.REVOKED,
            comment_required=True,
        )
    ],
)
