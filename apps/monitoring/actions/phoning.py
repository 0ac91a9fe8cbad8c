"""Answers told by phone: staff type them in, the organisation's head confirms them by a link."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.accounts.links import new_token, token_hash
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.monitoring.actions.filling import locked, require_accepting
from apps.monitoring.models import PhoneCall, Response
from apps.monitoring.permissions import answers_for, can_run_campaigns
from apps.notices.actions import notify

ONLY_STAFF = "По телефону отчёт вводят методисты и заведующий."


@transaction.atomic
def begin_call(*, response_id: int, told_by: str, by: Any) -> PhoneCall:
    """From now on `by` fills the response in. Raises `Refused`, `Conflict` (closed, somebody else does)."""
    response = locked(response_id)
    require(can_run_campaigns(by), ONLY_STAFF)
    require_accepting(response)
    if not told_by.strip():
        raise Conflict("Напишите, кто сообщает данные: фамилию, имя, отчество и должность.")
    if response.calls.filter(sent_at=None).exists():
        raise Conflict("Этот отчёт уже вводят по телефону.")
    call = PhoneCall.objects.create(
        response=response,
        told_by=told_by.strip(),
        entered_by_id=by.pk,
        token_hash=token_hash(new_token()),
    )
    journal.record(
        by=by, verb=Verb.STARTED, subject=call, organization_id=response.organization_id, note="по телефону"
    )
    return call


@transaction.atomic
def drop_call(*, response_id: int, by: Any) -> None:
    """Ends typing in without sending; what was typed stays in the draft. Raises `Refused`, `Conflict`."""
    response = locked(response_id)
    require(can_run_campaigns(by), ONLY_STAFF)
    if not response.calls.filter(sent_at=None).delete()[0]:
        raise Conflict("Этот отчёт по телефону не вводят.")


def end_call(response: Response, by: Any) -> None:
    """Of a response just sent: what staff have typed in waits for the head, the own sending needs nobody."""
    call = response.calls.filter(sent_at=None).first()
    if call is None:
        return
    if answers_for(by, response):
        call.delete()
        return
    call.sent_at = response.submitted_at
    call.save(update_fields=["sent_at"])
    if response.organization.email:
        app.configure_task("monitoring.mail_confirmation").defer(call_id=call.pk)


def waiting_call(response: Response) -> PhoneCall | None:
    """The call by which the present sending was typed in, None where the organisation sent it itself."""
    if response.submitted_at is None:
        return None
    return response.calls.filter(sent_at=response.submitted_at).first()


def require_confirmed(response: Response) -> None:
    """A response told by phone is accepted only with its head's word. Raises `Conflict`."""
    call = waiting_call(response)
    if call is None or call.confirmed_at:
        return
    if call.objected_at:
        raise Conflict("Руководитель не согласен с введённым по телефону: верните отчёт на доработку.")
    raise Conflict("Отчёт введён по телефону: принять его можно, когда подтвердит руководитель.")


@transaction.atomic
def new_confirmation_token(call: PhoneCall) -> str:
    """A fresh link for the head, given out once; the earlier one stops working."""
    token = new_token()
    PhoneCall.objects.filter(pk=call.pk, confirmed_at=None, objected_at=None).update(
        token_hash=token_hash(token)
    )
    return token


@transaction.atomic
def confirm_call(*, call_id: int, name: str, objection: str = "") -> PhoneCall:
    """The head's word on what was told: agreed, or what he objects to. Raises `Conflict`.

    Whoever holds the link speaks for the organisation; the name is kept as typed.
    """
    call = PhoneCall.objects.select_for_update().select_related("entered_by").get(pk=call_id)
    response = locked(call.response_id)
    if call.confirmed_at or call.objected_at or response.submitted_at != call.sent_at:
        raise Conflict("Этот отчёт уже подтверждён, возвращён или отправлен снова.")
    if not name.strip():
        raise Conflict("Напишите фамилию, имя, отчество и должность.")
    call.decided_by = name.strip()
    if objection.strip():
        call.objected_at, call.objection = timezone.now(), objection.strip()
    else:
        call.confirmed_at = timezone.now()
    call.save()
    _tell(call, response)
    return call


def _tell(call: PhoneCall, response: Response) -> None:
    word = "не согласен с отчётом" if call.objected_at else "подтвердил отчёт"
    verb = Verb.REJECTED if call.objected_at else Verb.APPROVED
    journal.record(
        by=None, verb=verb, subject=call, organization_id=response.organization_id, note=call.decided_by
    )
    notify(
        recipients=[call.entered_by],
        kind="phone_call",
        title=f"Руководитель {word}: {response.organization.short_name}",
        text=call.objection,
        url=f"/monitoring/responses/{response.pk}/",
    )
