"""Sending, returning, accepting: the way of a response after it is filled in."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from apps.accounts.queries import representatives_of
from apps.core.access import Conflict, require
from apps.monitoring.actions.editions import begin_edition, end_edition
from apps.monitoring.actions.filling import locked, require_open
from apps.monitoring.actions.phoning import end_call, require_confirmed
from apps.monitoring.checking import Checked, checked
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm
from apps.monitoring.enums import RemarkState
from apps.monitoring.models import Campaign, Response, Submission
from apps.monitoring.peers import pupils_of
from apps.monitoring.permissions import can_extend, can_run_campaigns
from apps.monitoring.states import RESPONSE
from apps.monitoring.vectors import answers_of, vector_of
from apps.notices.actions import notify
from apps.workflow.actions import move


class NotReady(Conflict):
    """The response can't be sent; `checked` says why."""

    def __init__(self, outcome: Checked) -> None:
        super().__init__("Отчёт не отправлен: исправьте отмеченное и поясните предупреждения.")
        self.checked = outcome


@transaction.atomic
def submit(*, response_id: int, by: Any, key: str = "") -> Submission:
    """Sends the response and gives the receipt.

    A repeated `key` gives the same receipt again. Raises `Refused` (not the responsible), `Conflict`
    (closed or already sent), `NotReady` (an obligatory relation is violated, a required cell is blank,
    or a warning has no explanation).
    """
    response = locked(response_id)
    if key and (sent := response.submissions.filter(key=key).first()):
        return sent
    require_open(response, by)
    compiled = compiled_of(response)
    outcome = checked(response, compiled)
    if not outcome.is_ready:
        raise NotReady(outcome)
    _drop_stale_explanations(response, outcome)
    now = timezone.now()
    response.submitted_at, response.submitted_by_id = now, by.pk
    response.is_late = now > response.due_at
    seal(response, compiled)
    submission = Submission.objects.create(
        response=response,
        number=(response.submissions.aggregate(last=Max("number"))["last"] or 0) + 1,
        values=response.values,
        is_late=response.is_late,
        by_id=by.pk,
        key=key,
    )
    move(
        response,
        RESPONSE,
        "submit",
        by=by,
        organization_id=response.organization_id,
        update_fields=("submitted_at", "submitted_by", "is_late", *SEALED),
    )
    end_call(response, by)
    bump(response.campaign_id)
    return submission


SEALED = ("vector", "answers", "kind", "levels", "pupils")


def seal(response: Response, compiled: CompiledForm) -> None:
    """Sets (without saving) what summaries read: the numbers, the answers, what the organisation is now."""
    organization = response.organization
    response.vector = vector_of(compiled, response.values)
    response.answers = answers_of(compiled, response.values)
    response.kind, response.levels = organization.kind, organization.levels
    response.pupils = pupils_of(response)


def _drop_stale_explanations(response: Response, outcome: Checked) -> None:
    """An explanation of a warning that no longer stands must not become a footnote."""
    standing = {violation.instance for violation in outcome.warnings}
    response.explanations.exclude(instance__in=standing).delete()


@transaction.atomic
def return_response(*, response_id: int, by: Any, comment: str) -> None:
    """Sends the response back with a mandatory comment; the organisation may type again."""
    response = locked(response_id)
    require(can_run_campaigns(by), "Возвращать отчёты может методист или заведующий.")
    _let_in_again(response)
    move(
        response,
        RESPONSE,
        "return",
        by=by,
        comment=comment,
        organization_id=response.organization_id,
        update_fields=("extended_due_at",),
    )
    bump(response.campaign_id)
    _tell_organization(response, "Отчёт возвращён на доработку", comment, by)


@transaction.atomic
def accept(*, response_id: int, by: Any) -> None:
    """Accepts the response: from now on it counts in the summary. Open remarks must be resolved first."""
    response = locked(response_id)
    require(can_run_campaigns(by), "Принимать отчёты может методист или заведующий.")
    if response.remarks.exclude(state=RemarkState.RESOLVED).exists():
        raise Conflict("Есть неснятые замечания: снимите их или верните отчёт на доработку.")
    require_confirmed(response)
    response.accepted_at, response.accepted_by_id = timezone.now(), by.pk
    move(
        response,
        RESPONSE,
        "accept",
        by=by,
        organization_id=response.organization_id,
        update_fields=("accepted_at", "accepted_by"),
    )
    begin_edition(response, at=response.accepted_at)
    bump(response.campaign_id)
    _tell_organization(response, "Отчёт принят", "", by)


@transaction.atomic
def reopen(*, response_id: int, by: Any, comment: str) -> None:
    """Opens an accepted response again with a reason; its figures leave the summary until it is accepted."""
    response = locked(response_id)
    require(can_run_campaigns(by), "Открывать отчёты повторно может методист или заведующий.")
    if response.amendments.waiting().exists():
        raise Conflict("Организация отправила поправку к этому отчёту: сначала примите или отклоните её.")
    response.accepted_at, response.accepted_by_id = None, None
    end_edition(response, at=timezone.now())
    _let_in_again(response)
    move(
        response,
        RESPONSE,
        "reopen",
        by=by,
        comment=comment,
        organization_id=response.organization_id,
        update_fields=("accepted_at", "accepted_by", "extended_due_at"),
    )
    bump(response.campaign_id)
    _tell_organization(response, "Отчёт открыт для исправления", comment, by)


RETURN_DAYS = 3


def _let_in_again(response: Response) -> None:
    """A response returned after the closing moment gets three days, otherwise nobody could correct it."""
    if timezone.now() > response.closes_at:
        response.extended_due_at = timezone.now() + datetime.timedelta(days=RETURN_DAYS)


@transaction.atomic
def extend(*, response_id: int, due_at: Any, reason: str, by: Any) -> None:
    """Gives one organisation a later deadline with a reason, also after the closing moment."""
    response = locked(response_id)
    require(can_extend(by, response), "Продлить срок может методист, пока отчёт не отправлен.")
    if not reason.strip():
        raise Conflict("Укажите причину продления срока.")
    if due_at <= timezone.now() or due_at <= response.due_at:
        raise Conflict("Новый срок должен быть позже прежнего и ещё не наступить.")
    response.extended_due_at = due_at
    response.save(update_fields=["extended_due_at"])
    response.extensions.create(due_at=due_at, reason=reason.strip(), by_id=by.pk)
    local = timezone.localtime(due_at)
    _tell_organization(response, f"Срок отчёта продлён до {local:%d.%m.%Y %H:%M}", reason, by)


def bump(campaign_id: int) -> None:
    """The figures of the campaign have changed: kept summaries are stale from now on."""
    Campaign.objects.filter(pk=campaign_id).update(revision=F("revision") + 1)


def _tell_organization(response: Response, title: str, text: str, by: Any) -> None:
    notify(
        recipients=representatives_of([response.organization_id]),
        kind="monitoring",
        title=f"{title}: {response.campaign.title}",
        text=text,
        url=f"/monitoring/responses/{response.pk}/",
        by=by,
    )
