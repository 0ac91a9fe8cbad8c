"""People asked by a personal link."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from procrastinate.contrib.django import app

from apps.accounts.links import new_token, token_hash
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.questionnaires import permissions
from apps.questionnaires.actions.questionnaires import ONLY_WRITERS, locked
from apps.questionnaires.enums import Mode, QuestionnaireState
from apps.questionnaires.models import Invitee, Questionnaire

MOST_AT_ONCE = 1000


@transaction.atomic
def add_invitees(
    *, questionnaire: Questionnaire, by: Any, organization_id: int, emails: Iterable[str]
) -> int:
    """Adds the addresses that are not there yet; gives how many. Letters leave when the poll is open.

    `ValidationError` names every address that is none.
    """
    require(permissions.can_write(by), ONLY_WRITERS)
    row = locked(questionnaire.pk)
    if row.mode != Mode.PERSONAL or row.state == QuestionnaireState.CLOSED:
        raise Conflict("Адреса добавляют к анкете с личными ссылками, пока она не завершена.")
    if not row.recipients.filter(organization=organization_id).exists():
        raise Conflict("Эта организация в опросе не участвует.")
    wanted = _checked(emails)
    present = {email.lower() for email in row.invitees.values_list("email", flat=True)}
    made = Invitee.objects.bulk_create(
        Invitee(questionnaire=row, organization_id=organization_id, email=email)
        for email in wanted
        if email not in present
    )
    journal.record(by=by, verb=Verb.INVITED, subject=row, note="адреса для личных ссылок")
    if row.state == QuestionnaireState.OPEN:
        for one in made:
            app.configure_task("questionnaires.mail_personal_link").defer(invitee_id=str(one.pk))
    return len(made)


def _checked(emails: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(one.strip().lower() for one in emails if one.strip()))
    if not found:
        raise ValidationError({"emails": "Укажите хотя бы один адрес."})
    if len(found) > MOST_AT_ONCE:
        raise ValidationError({"emails": f"За один раз не более {MOST_AT_ONCE} адресов."})
    wrong = [one for one in found if not _is_address(one)]
    if wrong:
        raise ValidationError({"emails": f"Это не адреса: {', '.join(wrong[:20])}."})
    return found


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def new_link_token(invitee: Invitee) -> str:
    """A fresh secret of an unused link; only its hash is kept, the earlier link stops working."""
    token = new_token()
    Invitee.objects.filter(pk=invitee.pk, has_answered=False).update(
        token_hash=token_hash(token), is_sent=True
    )
    return token


@transaction.atomic
def remind_invitees(*, questionnaire: Questionnaire, by: Any) -> int:
    """A new letter with a new link to those who have not used theirs; gives how many."""
    require(permissions.can_write(by), ONLY_WRITERS)
    row = locked(questionnaire.pk)
    if row.mode != Mode.PERSONAL or not row.is_answered_today:
        raise Conflict("Напоминания отправляют, пока идёт опрос по личным ссылкам.")
    waiting = list(row.invitees.filter(has_answered=False))
    for one in waiting:
        app.configure_task("questionnaires.mail_personal_link").defer(invitee_id=str(one.pk))
    journal.record(by=by, verb=Verb.REMINDED, subject=row)
    return len(waiting)
