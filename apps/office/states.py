"""The only ways states of the staff's papers change."""

from apps.core.enums import Verb
from apps.office.enums import EditionState, OrderState, ProposalState
from apps.workflow.states import Transition, TransitionTable

EDITION = TransitionTable(
    EditionState,
    [
        Transition(
            "send",
            "Отправить на утверждение",
            frozenset({EditionState.DRAFT}),
            EditionState.ON_APPROVAL,
            Verb.SUBMITTED,
            fact="Отправлена на утверждение",
        ),
        Transition(
            "return",
            "Вернуть на доработку",
            frozenset({EditionState.ON_APPROVAL}),
            EditionState.DRAFT,
            Verb.RETURNED,
            comment_required=True,
            fact="Возвращена на доработку",
        ),
        Transition(
            "approve",
            "Утвердить",
            frozenset({EditionState.ON_APPROVAL}),
            EditionState.APPROVED,
            Verb.APPROVED,
            fact="Утверждена",
        ),
    ],
)

ORDER = TransitionTable(
    OrderState,
    [
        Transition(
            "record",
            "Зарегистрировать",
            frozenset({OrderState.DRAFT}),
            OrderState.RECORDED,
            Verb.ISSUED,
            fact="Зарегистрирован",
        )
    ],
)

PROPOSAL = TransitionTable(
    ProposalState,
    [
        Transition(
            "take",
            "Учесть",
            frozenset({ProposalState.WAITING}),
            ProposalState.TAKEN,
            Verb.ACCEPTED,
            comment_required=True,
            fact="Учтено",
        ),
        Transition(
            "decline",
            "Отклонить",
            frozenset({ProposalState.WAITING}),
            ProposalState.DECLINED,
            Verb.REJECTED,
            comment_required=True,
            fact="Отклонено",
        ),
    ],
)
