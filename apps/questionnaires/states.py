"""The way of a questionnaire: draft, open, closed."""

from apps.core.enums import Verb
from apps.questionnaires.enums import QuestionnaireState
from apps.workflow.states import Transition, TransitionTable

S = QuestionnaireState

QUESTIONNAIRE = TransitionTable(
    QuestionnaireState,
    [
        Transition("open", "Начать опрос", frozenset({S.DRAFT}), S.OPEN, Verb.STARTED, fact="Опрос начат"),
        Transition(
            "close", "Завершить опрос", frozenset({S.OPEN}), S.CLOSED, Verb.CLOSED, fact="Опрос завершён"
        ),
    ],
)
