"""Amendments of accepted responses: written and sent by the organisation, decided by the methodist."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.queries import representatives_of
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.monitoring.actions.editions import begin_edition
from apps.monitoring.actions.filling import locked, parse_typed, write
from apps.monitoring.actions.sending import bump
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import BadValue, CompiledForm, Violation
from apps.monitoring.enums import AmendmentState, ChangeSource, ResponseState
from apps.monitoring.models import Amendment, Explanation, Response
from apps.monitoring.openrows import RowGuard
from apps.monitoring.permissions import answers_for, can_run_campaigns
from apps.monitoring.queries import earlier_values, naming_other_reports, other_forms_values
from apps.monitoring.states import AMENDMENT
from apps.monitoring.vectors import answers_of, vector_of
from apps.notices.actions import notify
from apps.workflow.actions import move

MAX_REASON = 1000


def amended(
    compiled: CompiledForm, present: Mapping[str, str], proposed: Mapping[str, str]
) -> dict[str, str]:
    """All values as they would be: the proposed ones in their places, computed cells anew."""
    values = {**present, **proposed}
    values.update(compiled.compute(values))
    return {address: value for address, value in values.items() if value}


def violations_of(response: Response, values: Mapping[str, str], compiled: CompiledForm) -> list[Violation]:
    """The violated relations of a response as it would be with these values."""
    found = compiled.check(
        values,
        previous=earlier_values(response) if compiled.uses_previous else None,
        others=other_forms_values(response, compiled.other_forms),
    )
    return naming_other_reports(response, found)


def _locked(amendment_id: int) -> tuple[Amendment, Response]:
    """The amendment and its response, both locked, the response first as everywhere."""
    response_id = Amendment.objects.values_list("response_id", flat=True).get(pk=amendment_id)
    response = locked(response_id)
    amendment = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment_id)
    amendment.response = response
    return amendment, response


def _require_own(response: Response, by: Any) -> None:
    require(answers_for(by, response), "Поправку вносит ответственный от организации.")
    if response.state != ResponseState.ACCEPTED:
        raise Conflict("Поправка вносится в принятый отчёт; этот отчёт можно исправить на его странице.")


def _require_draft(amendment: Amendment) -> None:
    if amendment.state != AmendmentState.DRAFT:
        raise Conflict(f"Поправка уже в состоянии «{amendment.get_state_display()}»: изменить её нельзя.")


@transaction.atomic
def begin_amendment(*, response_id: int, by: Any) -> Amendment:
    """Opens an amendment of an accepted response, or gives the draft that is open already.

    Raises `Refused` (not the responsible) and `Conflict` (not accepted, or one waits for a decision).
    """
    response = locked(response_id)
    _require_own(response, by)
    found = response.amendments.open().first()
    if found is not None and found.state == AmendmentState.SENT:
        raise Conflict("Поправка к этому отчёту уже отправлена и ждёт решения методиста.")
    if found is not None:
        return found
    created = Amendment.objects.create(response=response, created_by_id=by.pk)
    journal.record(by=by, verb=Verb.CREATED, subject=created, organization_id=response.organization_id)
    return created


@transaction.atomic
def save_amendment(*, amendment_id: int, texts: Mapping[str, str], reason: str, by: Any) -> dict[str, str]:
    """Keeps what was typed in place of the response's values; gives the faults by cell address.

    `texts` may name every cell: only those that differ from the response are kept. A text its cell can't
    take is not kept, the others are.
    """
    amendment, response = _locked(amendment_id)
    _require_own(response, by)
    _require_draft(amendment)
    if len(reason) > MAX_REASON:
        raise Conflict(f"Причина длиннее {MAX_REASON} знаков.")
    amendment.values, faults = _parsed(response, texts, amendment.values)
    amendment.was = {at: response.values.get(at, "") for at in amendment.values}
    amendment.reason = reason.strip()
    amendment.save(update_fields=["values", "was", "reason"])
    return faults


def _parsed(
    response: Response, texts: Mapping[str, str], kept: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    compiled, guard = compiled_of(response), RowGuard(response, compiled_of(response))
    values, faults = dict(kept), {}
    for address, text in texts.items():
        cell = compiled.cell(address)
        if cell is not None and cell.computed is not None:
            continue
        try:
            value = parse_typed(compiled, address, text)
            if value != response.values.get(address, ""):
                guard.require(address)
                values[address] = value
            else:
                values.pop(address, None)
        except BadValue as fault:
            faults[address[:120]] = str(fault)
    return values, faults


@transaction.atomic
def send_amendment(*, amendment_id: int, by: Any) -> None:
    """Sends the amendment to the methodist.

    Raises `Conflict` where nothing is changed, the reason is missing, a required cell would be blank or
    an obligatory relation would be violated.
    """
    amendment, response = _locked(amendment_id)
    _require_own(response, by)
    _require_draft(amendment)
    if not amendment.reason:
        raise Conflict("Укажите причину поправки.")
    _require_sound(amendment, response)
    amendment.sent_at = timezone.now()
    move(
        amendment,
        AMENDMENT,
        "send",
        by=by,
        organization_id=response.organization_id,
        update_fields=("sent_at", "was"),
    )
    notify(
        recipients=[response.campaign.created_by],
        kind="monitoring",
        title=f"Поправка: {response.organization.short_name}, {response.campaign.title}",
        text=amendment.reason,
        url=url_of(amendment),
        by=by,
    )


def _require_sound(amendment: Amendment, response: Response) -> list[Violation]:
    """The warnings of the response with the amendment in it; refuses what could not be sent either."""
    changed = {at: one for at, one in amendment.values.items() if one != response.values.get(at, "")}
    if not changed:
        raise Conflict("В поправке нет изменений: значения те же, что в принятом отчёте.")
    amendment.was = {at: response.values.get(at, "") for at in amendment.values}
    compiled = compiled_of(response)
    values = amended(compiled, response.values, amendment.values)
    if compiled.completeness(values).missing:
        raise Conflict("С этой поправкой обязательные ячейки останутся пустыми.")
    violations = violations_of(response, values, compiled)
    errors = [one.message for one in violations if one.severity == "error"]
    if errors:
        raise Conflict(f"С этой поправкой нарушены контрольные соотношения: {'; '.join(errors[:5])}")
    return violations


@transaction.atomic
def discard_amendment(*, amendment_id: int, by: Any) -> None:
    """The organisation takes back a draft; nothing is left of it but the journal."""
    amendment, response = _locked(amendment_id)
    require(answers_for(by, response), "Поправку убирает ответственный от организации.")
    _require_draft(amendment)
    journal.record(by=by, verb=Verb.DELETED, subject=amendment, organization_id=response.organization_id)
    amendment.delete()


@transaction.atomic
def accept_amendment(*, amendment_id: int, by: Any) -> None:
    """Puts the amendment into the response; summaries from now on count it, those of past days do not.

    A warning that the new values raise is explained by the reason of the amendment: it is its footnote.
    """
    amendment, response = _locked(amendment_id)
    _require_decider(response, by)
    AMENDMENT.check(amendment.state, "accept", "")
    warnings = _require_sound(amendment, response)
    _put_in(amendment, response)
    _explain(amendment, response, warnings)
    now = timezone.now()
    begin_edition(response, at=now, amendment=amendment)
    amendment.decided_at, amendment.decided_by_id = now, by.pk
    move(
        amendment,
        AMENDMENT,
        "accept",
        by=by,
        organization_id=response.organization_id,
        update_fields=("decided_at", "decided_by", "was"),
    )
    bump(response.campaign_id)
    _tell_organization(amendment, response, "Поправка принята", "", by)


def _require_decider(response: Response, by: Any) -> None:
    require(can_run_campaigns(by), "Поправки рассматривает методист или заведующий.")
    if response.state != ResponseState.ACCEPTED:
        raise Conflict("Отчёт открыт повторно: поправка рассматривается, когда он принят.")


def _put_in(amendment: Amendment, response: Response) -> None:
    """Values with their history, and what summaries read; kind, levels and pupils stay as they were sent."""
    compiled = compiled_of(response)
    changed = {
        address: (value, str(ChangeSource.AMENDMENT))
        for address, value in amendment.values.items()
        if value != response.values.get(address, "")
    }
    write(response, compiled, changed, by=amendment.created_by, begins=False)
    response.vector = vector_of(compiled, response.values)
    response.answers = answers_of(compiled, response.values)
    response.save(update_fields=["vector", "answers"])


def _explain(amendment: Amendment, response: Response, violations: list[Violation]) -> None:
    standing = {one.instance: one for one in violations if one.severity == "warning"}
    relations = response.explanations.filter(address="")
    relations.exclude(instance__in=standing).delete()
    known = set(relations.values_list("instance", flat=True))
    Explanation.objects.bulk_create(
        Explanation(
            response=response,
            instance=instance,
            relation=one.relation,
            message=one.message,
            text=amendment.reason,
            by_id=amendment.created_by_id,
        )
        for instance, one in standing.items()
        if instance not in known
    )


@transaction.atomic
def reject_amendment(*, amendment_id: int, comment: str, by: Any) -> None:
    """The methodist does not agree, with a mandatory comment; the response stays as it is."""
    amendment, response = _locked(amendment_id)
    _require_decider(response, by)
    amendment.decided_at, amendment.decided_by_id = timezone.now(), by.pk
    move(
        amendment,
        AMENDMENT,
        "reject",
        by=by,
        comment=comment,
        organization_id=response.organization_id,
        update_fields=("decided_at", "decided_by"),
    )
    _tell_organization(amendment, response, "Поправка отклонена", comment, by)


def url_of(amendment: Amendment) -> str:
    return f"/monitoring/responses/{amendment.response_id}/amendments/{amendment.pk}/"


def _tell_organization(amendment: Amendment, response: Response, title: str, text: str, by: Any) -> None:
    notify(
        recipients=representatives_of([response.organization_id]),
        kind="monitoring",
        title=f"{title}: {response.campaign.title}",
        text=text,
        url=url_of(amendment),
        by=by,
    )
