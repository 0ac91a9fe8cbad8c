from apps.questionnaires.models.answers import Answer, NamedRespondent, Participation
from apps.questionnaires.models.asked import Invitee, Recipient
from apps.questionnaires.models.conclusions import Direction, TextCode, TextGroup
from apps.questionnaires.models.questionnaires import GroupThreshold, Questionnaire
from apps.questionnaires.models.questions import Question

__all__ = [
    "Answer",
    "Direction",
    "GroupThreshold",
    "Invitee",
    "NamedRespondent",
    "Participation",
    "Question",
    "Questionnaire",
    "Recipient",
    "TextCode",
    "TextGroup",
]
