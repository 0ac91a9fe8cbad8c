"""Remarks on cells: opened by the methodist, answered by the organisation, resolved by the methodist."""

from typing import Any

from django.db import transaction

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.monitoring.actions.filling import locked
from apps.monitoring.compiled import compiled_of
from apps.monitoring.enums import RemarkState
from apps.monitoring.models import Remark
from apps.monitoring.permissions import can_answer_remark, can_remark, can_run_campaigns

MAX_TEXT = 2000


def _checked_text(text: str) -> str:
    if not text.strip():
        raise Conflict("Напишите текст замечания.")
    if len(text) > MAX_TEXT:
        raise Conflict(f"Текст длиннее {MAX_TEXT} знаков.")
    return text.strip()


@transaction.atomic
def remark(*, response_id: int, address: str, text: str, by: Any) -> Remark:
    """Opens a remark on a cell, or on the whole response when the address is empty."""
    response = locked(response_id)
    require(can_remark(by, response), "Замечания делает методист, пока отчёт у него на проверке.")
    if address and compiled_of(response).cell(address) is None:
        raise Conflict("Такой ячейки в форме нет.")
    created = Remark.objects.create(response=response, address=address)
    created.messages.create(text=_checked_text(text), by_id=by.pk)
    journal.record(by=by, verb=Verb.REMARKED, subject=response, organization_id=response.organization_id)
    return created


@transaction.atomic
def answer(*, remark: Remark, text: str, by: Any) -> None:
    """Adds to the thread; an answer of the organisation turns an open remark into an answered one."""
    response = locked(remark.response_id)
    theirs = can_answer_remark(by, response)
    require(theirs or can_remark(by, response), "Сейчас отвечать на замечания может другая сторона.")
    if remark.state == RemarkState.RESOLVED:
        raise Conflict("Замечание уже снято.")
    remark.messages.create(text=_checked_text(text), by_id=by.pk)
    remark.state = RemarkState.ANSWERED if theirs else RemarkState.OPEN
    remark.save(update_fields=["state"])


@transaction.atomic
def resolve(*, remark: Remark, by: Any) -> None:
    """The methodist is content."""
    locked(remark.response_id)
    require(can_run_campaigns(by), "Снимает замечание методист.")
    if remark.state == RemarkState.RESOLVED:
        raise Conflict("Замечание уже снято.")
    remark.state = RemarkState.RESOLVED
    remark.save(update_fields=["state"])
