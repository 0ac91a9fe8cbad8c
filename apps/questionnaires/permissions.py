"""Who may do what with questionnaires. Seeing a row is decided by `visible_to` of its queryset."""

from typing import Any

from apps.core.roles import Role, has_role, reads_city
from apps.questionnaires.enums import Audience, Mode
from apps.questionnaires.models import Questionnaire
from apps.questionnaires.models.questionnaires import own_organization_ids


def can_write(user: Any, obj: Any = None) -> bool:
    """Questionnaires are made and held by methodists and the head."""
    return has_role(user, Role.METHODIST, Role.HEAD)


def can_edit(user: Any, questionnaire: Questionnaire) -> bool:
    """Questions, organisations and terms change until the questionnaire is open."""
    return can_write(user) and questionnaire.is_draft


def can_read_results(user: Any, obj: Any = None) -> bool:
    """Results and progress are the department's."""
    return reads_city(user)


def can_set_threshold(user: Any, obj: Any = None) -> bool:
    """The threshold is the head's to set."""
    return has_role(user, Role.HEAD)


def is_asked(user: Any, questionnaire: Questionnaire) -> bool:
    """A person of an organisation that is asked, whose role is the audience's, may answer by signing in."""
    if questionnaire.mode == Mode.PERSONAL or not questionnaire.is_answered_today:
        return False
    return has_role(user, *roles_of_audience(questionnaire.audience)) and bool(
        questionnaire.recipients.filter(organization__in=own_organization_ids(user)).exists()
    )


def roles_of_audience(audience: str) -> frozenset[str]:
    """Whom of an organisation's users the words mean."""
    if audience == Audience.HEADS:
        return frozenset({Role.REPRESENTATIVE})
    if audience == Audience.ALL:
        return frozenset({Role.REPRESENTATIVE, Role.TEACHER})
    return frozenset({Role.TEACHER})
