"""Transition tables of planning. Approval is one transition, whatever page or admin it is pressed on."""

from apps.core.enums import Verb
from apps.planning.enums import OPEN_MARKS, AmendmentState, EditionState, Mark, PlanState
from apps.workflow.states import Transition, TransitionTable

P, E, A = PlanState, EditionState, AmendmentState

PLAN = TransitionTable(
    PlanState,
    [
        Transition(
            "send",
            "Отправить на утверждение",
            frozenset({P.DRAFT}),
            P.ON_APPROVAL,
            Verb.SUBMITTED,
            fact="Отправлен на утверждение",
        ),
        Transition(
            "return",
            "Вернуть на доработку",
            frozenset({P.ON_APPROVAL}),
            P.DRAFT,
            Verb.RETURNED,
            comment_required=True,
            fact="Возвращён на доработку",
        ),
        Transition(
            "approve", "Утвердить", frozenset({P.ON_APPROVAL}), P.APPROVED, Verb.APPROVED, fact="Утверждён"
        ),
        Transition("close", "Закрыть", frozenset({P.APPROVED}), P.CLOSED, Verb.CLOSED, fact="Закрыт"),
    ],
)

AMENDMENT = TransitionTable(
    AmendmentState,
    [
        Transition(
            "send",
            "Отправить на утверждение",
            frozenset({A.DRAFT}),
            A.ON_APPROVAL,
            Verb.SUBMITTED,
            fact="Отправлено на утверждение",
        ),
        Transition(
            "return",
            "Вернуть на доработку",
            frozenset({A.ON_APPROVAL}),
            A.DRAFT,
            Verb.RETURNED,
            comment_required=True,
            fact="Возвращено на доработку",
        ),
        Transition(
            "approve", "Утвердить", frozenset({A.ON_APPROVAL}), A.APPROVED, Verb.APPROVED, fact="Утверждено"
        ),
        Transition("drop", "Снять", frozenset({A.DRAFT}), A.DROPPED, Verb.DELETED, fact="Снято"),
    ],
)

EDITION = TransitionTable(
    EditionState,
    [
        Transition(
            "return",
            "Вернуть на доработку",
            frozenset({E.WAITING}),
            E.RETURNED,
            Verb.RETURNED,
            comment_required=True,
            fact="Возвращена на доработку",
        ),
        Transition(
            "approve", "Утвердить", frozenset({E.WAITING}), E.APPROVED, Verb.APPROVED, fact="Утверждена"
        ),
    ],
)


HOLDING = TransitionTable(
    Mark,
    [
        Transition(
            "complete", "Отметить выполнение", frozenset(OPEN_MARKS), Mark.DONE, Verb.CLOSED, fact="Выполнено"
        ),
        Transition(
            "move",
            "Перенести",
            frozenset(OPEN_MARKS),
            Mark.MOVED,
            Verb.CHANGED,
            comment_required=True,
            fact="Перенесено",
        ),
        Transition(
            "cancel",
            "Снять с исполнения",
            frozenset(OPEN_MARKS),
            Mark.CANCELLED,
            Verb.CHANGED,
            comment_required=True,
            fact="Снято",
        ),
        Transition(
            "reopen",
            "Отменить отметку",
            frozenset({Mark.MOVED, Mark.DONE, Mark.CANCELLED}),
            Mark.PLANNED,
            Verb.REOPENED,
            comment_required=True,
            fact="Отметка отменена",
        ),
        # What was moved before it was marked stays moved.
        Transition(
            "reopen_moved",
            "Отменить отметку",
            frozenset({Mark.DONE, Mark.CANCELLED}),
            Mark.MOVED,
            Verb.REOPENED,
            comment_required=True,
            fact="Отметка отменена",
        ),
    ],
)
