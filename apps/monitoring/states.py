"""Transition tables of monitoring; `finished` is announced by the actions that end the work."""

from apps.core.enums import Verb
from apps.monitoring.enums import CampaignState, ReportState, ResponseState
from apps.workflow.states import Transition, TransitionTable

S = ResponseState

RESPONSE = TransitionTable(
    ResponseState,
    [
        Transition("begin", "Начать", frozenset({S.NOT_STARTED}), S.DRAFT, Verb.CHANGED),
        Transition(
            "submit",
            "Отправить",
            frozenset({S.NOT_STARTED, S.DRAFT, S.RETURNED}),
            S.SUBMITTED,
            Verb.SUBMITTED,
        ),
        Transition(
            "return",
            "Вернуть на доработку",
            frozenset({S.SUBMITTED}),
            S.RETURNED,
            Verb.RETURNED,
            comment_required=True,
        ),
        Transition("accept", "Принять", frozenset({S.SUBMITTED}), S.ACCEPTED, Verb.ACCEPTED),
        Transition(
            "reopen",
            "Открыть повторно",
            frozenset({S.ACCEPTED}),
            S.RETURNED,
            Verb.REOPENED,
            comment_required=True,
        ),
    ],
)

CAMPAIGN = TransitionTable(
    CampaignState,
    [
        Transition(
            "start", "Запустить", frozenset({CampaignState.DRAFT}), CampaignState.RUNNING, Verb.STARTED
        ),
        Transition(
            "close", "Завершить", frozenset({CampaignState.RUNNING}), CampaignState.CLOSED, Verb.CLOSED
        ),
        Transition(
            "reopen",
            "Открыть повторно",
            frozenset({CampaignState.CLOSED}),
            CampaignState.RUNNING,
            Verb.REOPENED,
            comment_required=True,
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
        ),
        Transition(
            "return",
            "Вернуть на доработку",
            frozenset({ReportState.ON_APPROVAL}),
            ReportState.DRAFT,
            Verb.RETURNED,
            comment_required=True,
        ),
        Transition(
            "approve",
            "Утвердить",
            frozenset({ReportState.ON_APPROVAL}),
            ReportState.APPROVED,
            Verb.APPROVED,
        ),
        Transition(
            "revoke",
            "Отозвать",
            frozenset({ReportState.APPROVED}),
            ReportState.DRAFT,
            Verb.REVOKED,
            comment_required=True,
        ),
    ],
)
