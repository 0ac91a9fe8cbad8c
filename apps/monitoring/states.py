"""Transition tables of monitoring; `finished` is announced by the actions that end the work."""

from apps.core.enums import Verb
from apps.monitoring.enums import AmendmentState, CampaignState, ReportState, ResponseState
from apps.workflow.states import Transition, TransitionTable

S = ResponseState

RESPONSE = TransitionTable(
    ResponseState,
    [
        Transition("begin", "Начать", frozenset({S.NOT_STARTED}), S.DRAFT, Verb.CHANGED, fact="Начат"),
        Transition(
            "submit",
            "Отправить",
            frozenset({S.NOT_STARTED, S.DRAFT, S.RETURNED}),
            S.SUBMITTED,
            Verb.SUBMITTED,
            fact="Отправлен",
        ),
        Transition(
            "return",
            "Вернуть на доработку",
            frozenset({S.SUBMITTED}),
            S.RETURNED,
            Verb.RETURNED,
            comment_required=True,
            fact="Возвращён на доработку",
        ),
        Transition("accept", "Принять", frozenset({S.SUBMITTED}), S.ACCEPTED, Verb.ACCEPTED, fact="Принят"),
        Transition(
            "reopen",
            "Открыть повторно",
            frozenset({S.ACCEPTED}),
            S.RETURNED,
            Verb.REOPENED,
            comment_required=True,
            fact="Открыт повторно",
        ),
    ],
)

CAMPAIGN = TransitionTable(
    CampaignState,
    [
        Transition(
            "start",
            "Запустить",
            frozenset({CampaignState.DRAFT}),
            CampaignState.RUNNING,
            Verb.STARTED,
            fact="Запущен",
        ),
        Transition(
            "close",
            "Завершить",
            frozenset({CampaignState.RUNNING}),
            CampaignState.CLOSED,
            Verb.CLOSED,
            fact="Завершён",
        ),
        Transition(
            "reopen",
            "Открыть повторно",
            frozenset({CampaignState.CLOSED}),
            CampaignState.RUNNING,
            Verb.REOPENED,
            comment_required=True,
            fact="Открыт повторно",
        ),
    ],
)

REPORT = TransitionTable(
    ReportState,
    [
        Transition(
            "send",
            "Отправить на утверждение",
            frozenset({ReportState.DRAFT}),
            ReportState.ON_APPROVAL,
            Verb.SUBMITTED,
            fact="Отправлен на утверждение",
        ),
        Transition(
            "return",
            "Вернуть на доработку",
            frozenset({ReportState.ON_APPROVAL}),
            ReportState.DRAFT,
            Verb.RETURNED,
            comment_required=True,
            fact="Возвращён на доработку",
        ),
        Transition(
            "approve",
            "Утвердить",
            frozenset({ReportState.ON_APPROVAL}),
            ReportState.APPROVED,
            Verb.APPROVED,
            fact="Утверждён",
        ),
        Transition(
            "revoke",
            "Отозвать",
            frozenset({ReportState.APPROVED}),
            ReportState.DRAFT,
            Verb.REVOKED,
            comment_required=True,
            fact="Отозван",
        ),
    ],
)

AMENDMENT = TransitionTable(
    AmendmentState,
    [
        Transition(
            "send",
            "Отправить поправку",
            frozenset({AmendmentState.DRAFT}),
            AmendmentState.SENT,
            Verb.SUBMITTED,
            fact="Отправлена",
        ),
        Transition(
            "accept",
            "Принять поправку",
            frozenset({AmendmentState.SENT}),
            AmendmentState.ACCEPTED,
            Verb.ACCEPTED,
            fact="Принята",
        ),
        Transition(
            "reject",
            "Отклонить поправку",
            frozenset({AmendmentState.SENT}),
            AmendmentState.REJECTED,
            Verb.REJECTED,
            comment_required=True,
            fact="Отклонена",
        ),
    ],
)
