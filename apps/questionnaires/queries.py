"""Questions about questionnaires that pages, tasks and figures ask."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count

from apps.accounts.links import token_hash
from apps.organizations.enums import OrganizationKind
from apps.organizations.models import Organization
from apps.questionnaires.enums import Mode
from apps.questionnaires.models import Invitee, NamedRespondent, Participation, Questionnaire
from apps.questionnaires.models.asked import Recipient
from apps.questionnaires.models.questionnaires import own_organization_ids
from apps.questionnaires.permissions import is_asked
from apps.questionnaires.suppression import Tree, hidden_groups


@dataclass(frozen=True)
class ProgressRow:
    """How many have answered in an organisation, a kind, the city; None is hidden."""

    title: str
    level: int
    answered: int | None
    recipient: Recipient | None = None


def progress_of(questionnaire: Questionnaire) -> list[ProgressRow]:
    """By organisation under its kind. Of questionnaires without names small numbers are hidden."""
    recipients = list(
        questionnaire.recipients.select_related("organization").order_by("organization__short_name")
    )
    counts = dict(questionnaire.answers.order_by().values_list("organization").annotate(count=Count("pk")))
    kinds = sorted({one.organization.kind for one in recipients}, key=OrganizationKind.values.index)
    parents = [-1] + [0] * len(kinds) + [1 + kinds.index(one.organization.kind) for one in recipients]
    tree = Tree(tuple(parents))
    leaves = [0] * (1 + len(kinds)) + [counts.get(one.organization_id, 0) for one in recipients]
    sizes = tree.summed(np.array(leaves).reshape(-1, 1))[:, 0]
    hidden = np.zeros(len(sizes), dtype=bool)
    if questionnaire.is_anonymous:
        hidden = hidden_groups(sizes.tolist(), tree, questionnaire.threshold)
        hidden &= sizes > 0
    figures = [None if is_hidden else int(size) for size, is_hidden in zip(sizes, hidden, strict=True)]
    by_kind = [
        [ProgressRow(OrganizationKind(kind).plural_title, 1, figures[1 + place])]
        + [
            ProgressRow(str(one.organization), 2, figures[1 + len(kinds) + number], one)
            for number, one in enumerate(recipients)
            if one.organization.kind == kind
        ]
        for place, kind in enumerate(kinds)
    ]
    return [ProgressRow("Всего", 0, figures[0]), *(row for rows in by_kind for row in rows)]


def invitee_of(token: str) -> Invitee | None:
    """Whose unused link it is, None when it is forged, used, or its questionnaire takes no answers."""
    found = Invitee.objects.select_related("questionnaire", "organization")
    one = found.filter(token_hash=token_hash(token), has_answered=False).first()
    return one if one is not None and one.questionnaire.is_answered_today else None


def recipient_of(code: str) -> Recipient | None:
    """The organisation whose anonymous link it is, None when there is none or it is closed."""
    if not (code.isascii() and code.isalnum()):
        return None
    found = Recipient.objects.select_related("questionnaire", "organization")
    one = found.filter(code=code, questionnaire__mode=Mode.ANONYMOUS).first()
    return one if one is not None and one.questionnaire.is_answered_today else None


def waiting_for(user: Any) -> list[Questionnaire]:
    """What the person may answer and has not answered yet, the nearest end first."""
    found = Questionnaire.objects.visible_to(user).open().exclude(mode=Mode.PERSONAL)
    open_ones = [one for one in found.order_by("closes_on", "pk") if is_asked(user, one)]
    done = answered_ids(user)
    return [one for one in open_ones if one.pk not in done]


def answered_ids(user: Any) -> set[int]:
    """The questionnaires one has answered by signing in."""
    named = NamedRespondent.objects.filter(user_id=user.pk)
    counted = Participation.objects.visible_to(user).filter(has_answered=True)
    return {*named.values_list("questionnaire_id", flat=True)} | {
        *counted.values_list("questionnaire_id", flat=True)
    }


def own_asked_organizations(user: Any, questionnaire: Questionnaire) -> list[Organization]:
    """One's own organisations among those that are asked."""
    asked = questionnaire.recipients.filter(organization__in=own_organization_ids(user))
    return list(Organization.objects.filter(pk__in=asked.values("organization")).order_by("short_name"))
