"""Taking an answer. What is written of an anonymous one, and what is not, is the promise of the portal.

No journal, no history, no network address, no time: see docs/decisions/0014-questionnaires.md.
"""

import random
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, Q, Value, When

from apps.accounts.links import token_hash
from apps.core.access import Conflict, require
from apps.core.magadan import magadan_today
from apps.questionnaires import permissions
from apps.questionnaires.actions.questionnaires import locked
from apps.questionnaires.enums import Mode
from apps.questionnaires.models import Answer, Invitee, NamedRespondent, Participation, Questionnaire
from apps.questionnaires.models.asked import Recipient
from apps.questionnaires.models.questionnaires import own_organization_ids

NOT_NOW = "Опрос завершён или ещё не начат: ответы сейчас не принимаются."
ALREADY = "Вы уже ответили на эту анкету. Спасибо!"
NOT_ASKED = "Эта анкета не для вашей роли."


@transaction.atomic
def answer_by_link(*, recipient: Recipient, key: uuid.UUID, values: dict[str, Any]) -> None:
    """An anonymous answer by the link of an organisation. The same key again is the same answer.

    `Conflict` when the questionnaire does not take answers now.
    """
    row = _taking(recipient.questionnaire_id)
    if row.mode != Mode.ANONYMOUS:
        raise Conflict(NOT_NOW)
    _write(row, recipient.organization_id, key, values)


@transaction.atomic
def answer_by_letter(*, token: str, key: uuid.UUID, values: dict[str, Any]) -> None:
    """An answer by a personal link; the link is used up, and the answer does not say whose it was."""
    found = Invitee.objects.filter(token_hash=token_hash(token)).first()
    if found is None:
        raise Conflict(NOT_NOW)
    row = _taking(found.questionnaire_id)
    found.refresh_from_db()
    if found.has_answered:
        raise Conflict("По этой ссылке уже ответили. Спасибо!")
    _write(row, found.organization_id, key, values)
    _mark(row.invitees.all(), Q(pk=found.pk))


@transaction.atomic
def answer_signed_in(
    *, questionnaire: Questionnaire, by: Any, organization_id: int, key: uuid.UUID, values: dict[str, Any]
) -> None:
    """One answer a person. With a name, or anonymous and only counted apart from the answer.

    `Refused` for who is not asked, `Conflict` for a second answer or outside of the term.
    """
    row = _taking(questionnaire.pk)
    require(permissions.is_asked(by, row), NOT_ASKED)
    if organization_id not in own_organization_ids(by):
        raise Conflict("Выберите свою организацию.")
    if not row.recipients.filter(organization=organization_id).exists():
        raise Conflict("Эта организация в опросе не участвует.")
    if row.mode == Mode.SIGNED_IN:
        _answer_with_name(row, by, organization_id, key, values)
        return
    mine = row.participations.filter(user_id=by.pk).first()
    if mine is not None and mine.has_answered:
        raise Conflict(ALREADY)
    if mine is None:
        _add_in_random_order(row, by)
    _write(row, organization_id, key, values)
    _mark(row.participations.all(), Q(user_id=by.pk))


def _add_in_random_order(row: Questionnaire, by: Any) -> None:
    """One who came after the beginning: the list is shuffled, or its end would tell in which order."""
    people = [*row.participations.all(), Participation(questionnaire=row, user_id=by.pk)]
    random.SystemRandom().shuffle(people)
    row.participations.all().delete()
    Participation.objects.bulk_create(people)


def _taking(questionnaire_id: int) -> Questionnaire:
    """Locked: two answers never write the list of participants at once."""
    row = locked(questionnaire_id)
    if not row.is_answered_today:
        raise Conflict(NOT_NOW)
    return row


def _write(row: Questionnaire, organization_id: int, key: uuid.UUID, values: dict[str, Any]) -> None:
    Answer.objects.bulk_create(
        [
            Answer(
                pk=key,
                questionnaire=row,
                organization_id=organization_id,
                answered_on=magadan_today(),
                values=values,
            )
        ],
        ignore_conflicts=True,
    )


def _mark(everybody: Any, this: Q) -> None:
    """Marks one and writes all anew: neither place nor transaction of a row tells who was the last."""
    everybody.update(has_answered=Case(When(this, then=Value(True)), default="has_answered"))


def _answer_with_name(
    row: Questionnaire, by: Any, organization_id: int, key: uuid.UUID, values: dict[str, Any]
) -> None:
    try:
        with transaction.atomic():
            answer = Answer.objects.create(
                pk=key,
                questionnaire=row,
                organization_id=organization_id,
                answered_on=magadan_today(),
                values=values,
            )
            NamedRespondent.objects.create(questionnaire=row, user_id=by.pk, answer=answer)
    except IntegrityError as error:
        raise Conflict(ALREADY) from error
