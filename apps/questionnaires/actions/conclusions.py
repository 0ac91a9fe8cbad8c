"""Groups of free answers and directions of improvement."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.magadan import magadan_today
from apps.questionnaires import permissions
from apps.questionnaires.actions.questionnaires import ONLY_WRITERS
from apps.questionnaires.enums import QuestionKind
from apps.questionnaires.models import Answer, Direction, Question, Questionnaire, TextCode, TextGroup
from apps.workflow.actions import announce_finished


@transaction.atomic
def put_in_group(*, question: Question, by: Any, answers: list[uuid.UUID], title: str) -> int:
    """Puts free answers into the group of that name, made where it is not there; an empty name takes them
    out.

    Gives how many were put. Numbers of other questionnaires are passed over.
    """
    require(permissions.can_write(by), ONLY_WRITERS)
    if question.kind != QuestionKind.TEXT:
        raise Conflict("Группируют ответы на вопрос со свободным ответом.")
    found = list(Answer.objects.filter(questionnaire=question.questionnaire_id, pk__in=answers))
    TextCode.objects.filter(question=question, answer__in=found).delete()
    if title.strip():
        group = _group(question, title.strip())
        TextCode.objects.bulk_create(TextCode(answer=one, group=group, question=question) for one in found)
    TextGroup.objects.filter(question=question, codes=None).delete()
    journal.record(by=by, verb=Verb.CHANGED, subject=question.questionnaire, note="группы свободных ответов")
    return len(found)


def _group(question: Question, title: str) -> TextGroup:
    present = TextGroup.objects.filter(question=question, title__iexact=title).first()
    if present is not None:
        return present
    group = TextGroup(question=question, title=title)
    group.full_clean()
    group.save()
    return group


@transaction.atomic
def choose_direction(
    *, questionnaire: Questionnaire, by: Any, title: str, reason: str, evidence: str
) -> Direction:
    """A direction with the figures as the page showed them; later answers don't change it."""
    require(permissions.can_write(by), ONLY_WRITERS)
    if questionnaire.is_draft:
        raise ValidationError("По анкете, которую не проводили, направлений не выбирают.")
    row = Direction(
        questionnaire=questionnaire, title=title, reason=reason, evidence=evidence, created_by_id=by.pk
    )
    row.full_clean()
    row.save()
    journal.record(by=by, verb=Verb.CREATED, subject=row)
    return row


@transaction.atomic
def finish_direction(*, direction: Direction, by: Any) -> Direction:
    """Done: the event of the plan that is linked to it is marked too."""
    require(permissions.can_write(by), ONLY_WRITERS)
    row = Direction.objects.select_for_update(of=("self",)).get(pk=direction.pk)
    if row.done_on is not None:
        raise Conflict("Выполнение уже отмечено.")
    row.done_on = magadan_today()
    row.save(update_fields=["done_on"])
    journal.record(by=by, verb=Verb.CLOSED, subject=row)
    announce_finished(row, by=by)
    return row


@transaction.atomic
def delete_direction(*, direction: Direction, by: Any) -> None:
    """Only while its fulfilment is not marked."""
    require(permissions.can_write(by), ONLY_WRITERS)
    if direction.done_on is not None:
        raise Conflict("Выполненное направление не удаляют.")
    journal.record(by=by, verb=Verb.DELETED, subject=direction)
    direction.delete()
