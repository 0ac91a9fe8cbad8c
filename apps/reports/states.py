"""How a report on activity goes from a draft to an approved paper."""

from apps.core.enums import Verb
from apps.reports.enums import ReportState
from apps.workflow.states import Transition, TransitionTable

DRAFT, WAITING, APPROVED = ReportState.DRAFT, ReportState.ON_APPROVAL, ReportState.APPROVED

REPORT = TransitionTable(
    ReportState,
    [
        Transition(
            "send",
            "Отправить на утверждение",
            frozenset({DRAFT}),
            WAITING,
            Verb.SUBMITTED,
            fact="Отправлен на утверждение",
        ),
        Transition(
            "return",
            "Вернуть на доработку",
            frozenset({WAITING}),
            DRAFT,
            Verb.RETURNED,
            comment_required=True,
            fact="Возвращён на доработку",
        ),
        Transition("approve", "Утвердить", frozenset({WAITING}), APPROVED, Verb.APPROVED, fact="Утверждён"),
        Transition(
            "revoke",
            "Отозвать",
            frozenset({APPROVED}),
            DRAFT,
            Verb.REVOKED,
            comment_required=True,
            fact="Отозван",
        ),
    ],
)
