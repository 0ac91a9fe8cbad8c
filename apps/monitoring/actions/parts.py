"""Sections given to colleagues: by a personal link each sees and types only what is his."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.accounts.links import new_token, token_hash
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.monitoring.actions.documents import edits_of
from apps.monitoring.actions.filling import Saved, locked, put, require_accepting
from apps.monitoring.actions.rows import append_row, drop_whole_row
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm
from apps.monitoring.models import Part, Response
from apps.monitoring.permissions import answers_for

MOST_PARTS = 30
ONLY_OWN = "Разделы поручает ответственный от организации."


def _own_open(response_id: int, by: Any) -> Response:
    response = locked(response_id)
    require(answers_for(by, response), ONLY_OWN)
    require_accepting(response)
    return response


@transaction.atomic
def give_part(
    *, response_id: int, name: str, email: str, sections: Sequence[str], by: Any
) -> tuple[Part, str]:
    """Gives sections (addresses) to a colleague; the outcome is the part and the token of its link.

    With an e-mail the link leaves by letter too. Raises `Refused`, `Conflict` (closed, no such section).
    """
    response = _own_open(response_id, by)
    known = {one.address for one in compiled_of(response).laid.copies}
    chosen = [one for one in sections if one in known]
    if not chosen or len(chosen) != len(sections):
        raise Conflict("Выберите разделы из списка.")
    if response.parts.in_force().count() >= MOST_PARTS:
        raise Conflict(f"Поручений может быть не больше {MOST_PARTS}.")
    token = new_token()
    part = Part.objects.create(
        response=response,
        name=name.strip(),
        email=email,
        sections=chosen,
        token_hash=token_hash(token),
        created_by_id=by.pk,
    )
    journal.record(by=by, verb=Verb.INVITED, subject=part, organization_id=response.organization_id)
    if email:
        app.configure_task("monitoring.mail_part").defer(part_id=part.pk)
    return part, token


@transaction.atomic
def withdraw_part(*, part: Part, by: Any) -> None:
    """The link opens nothing any more; what was typed stays. Raises `Refused`, `Conflict`."""
    response = locked(part.response_id)
    require(answers_for(by, response), ONLY_OWN)
    if not Part.objects.in_force().filter(pk=part.pk).update(withdrawn_at=timezone.now()):
        raise Conflict("Поручение уже отозвано.")
    journal.record(by=by, verb=Verb.REVOKED, subject=part, organization_id=response.organization_id)


@transaction.atomic
def new_part_token(*, part: Part, by: Any = None) -> str:
    """A fresh link; the earlier one stops working. `by` is None for the worker that mails it."""
    if by is not None:
        _own_open(part.response_id, by)
    token = new_token()
    if not Part.objects.in_force().filter(pk=part.pk).update(token_hash=token_hash(token)):
        raise Conflict("Поручение отозвано.")
    return token


# --- by the link ---


def _in_force(part_id: int) -> tuple[Part, Response]:
    part = Part.objects.select_related("created_by").get(pk=part_id)
    response = locked(part.response_id)
    if not Part.objects.in_force().filter(pk=part_id).exists():
        raise Conflict("Поручение отозвано: спросите ответственного.")
    require_accepting(response)
    return part, response


@transaction.atomic
def open_part(*, part_id: int) -> None:
    """Remembers when the colleague first opened his page."""
    Part.objects.filter(pk=part_id, opened_at=None).update(opened_at=timezone.now())


@transaction.atomic
def save_part(*, part_id: int, posted: Mapping[str, str], base: int | None) -> Saved:
    """Saves what the colleague has changed in his sections; cells of others are passed over.

    Args as of `save_document`. Raises `Conflict` (closed, withdrawn).
    """
    part, response = _in_force(part_id)
    own = addresses_of(compiled_of(response), part.sections, posted)
    kept = {address: text for address, text in posted.items() if address in own}
    edits = edits_of(response, kept, base, part_id=part.pk)
    return put(response, edits, by=part.created_by, part=part)


@transaction.atomic
def add_part_row(*, part_id: int, section: str) -> str:
    """A row of an open table of the colleague's own sections. Raises `Conflict`."""
    part, response = _in_force(part_id)
    _require_own(part, section)
    return append_row(response, section)


@transaction.atomic
def remove_part_row(*, part_id: int, section: str, row: str) -> None:
    part, response = _in_force(part_id)
    _require_own(part, section)
    drop_whole_row(response, section, row, by=part.created_by, part=part)


def _require_own(part: Part, section: str) -> None:
    if section not in part.sections:
        raise Conflict("Этот раздел поручен не вам.")


@transaction.atomic
def finish_part(*, part_id: int, done: bool) -> None:
    """The colleague says his sections are ready, or takes it back. Raises `Conflict`."""
    part, response = _in_force(part_id)
    part.done_at = timezone.now() if done else None
    part.save(update_fields=["done_at"])
    journal.record(
        by=None, verb=Verb.CHANGED, subject=part, organization_id=response.organization_id, note=part.name
    )


def addresses_of(compiled: CompiledForm, sections: Sequence[str], asked: Mapping[str, str]) -> set[str]:
    """Those of the asked addresses that stand in the sections."""
    chosen = set(sections)
    found = set()
    for address in asked:
        section = address.partition("/")[0] if "/" in address else ""
        if not section and address in compiled.laid.items:
            section = compiled.laid.items[address][0].address
        if section in chosen:
            found.add(address)
    return found
