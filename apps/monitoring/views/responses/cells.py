"""Autosave: a batch of edited cells in, what stands in them now out."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.core.access import Conflict, Refused
from apps.monitoring.actions.filling import Clash, Edit, Saved, save_cells
from apps.monitoring.cellnames import cell_name
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm, Violation
from apps.monitoring.enums import ChangeSource, ResponseState
from apps.monitoring.models import Response
from apps.monitoring.queries import earlier_values, naming_other_reports, other_forms_values
from apps.monitoring.skeleton import FILL, hidden_keys, skeleton_of
from apps.monitoring.views.responses.common import KEY, known_response
from apps.monitoring.views.responses.news import changes_since, rows_of_others

MAX_EDITS = 2000
TYPED_SOURCES = {ChangeSource.TYPED.value, ChangeSource.PASTED.value}


class Malformed(Exception):
    """The request is none that the page makes."""


@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Saves the edits of `{key, base, edits: [{address, value, was, source}]}`.

    200 when all is saved; 409 with clashes, 422 with faults: the other cells are saved all the same.
    400, 403, 409 with `told` when nothing is taken.
    """
    response = known_response(request, pk)
    try:
        key, base, edits = _read(request.body)
        saved = save_cells(response_id=response.pk, edits=edits, by=request.user, key=key)
    except Malformed:
        return JsonResponse({"told": "Запрос повреждён: обновите страницу."}, status=400)
    except Refused as refused:
        return JsonResponse({"told": refused.told}, status=403)
    except Conflict as conflict:
        return JsonResponse({"told": conflict.told}, status=409)
    status = 409 if saved.clashes else 422 if saved.faults else 200
    return JsonResponse(_answer(response, saved, base, request.user, key), status=status)


def _read(body: bytes) -> tuple[str, int, list[Edit]]:
    try:
        sent = json.loads(body)
        key, base, edits = sent["key"], int(sent.get("base") or 0), sent["edits"]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise Malformed from error
    is_sound = isinstance(key, str) and KEY.fullmatch(key) and isinstance(edits, list)
    if not is_sound or len(edits) > MAX_EDITS or not 0 <= base < 2**63:
        raise Malformed
    return key, base, [_edit(one) for one in edits]


def _edit(one: Any) -> Edit:
    if not isinstance(one, dict):
        raise Malformed
    address, value, was = one.get("address"), one.get("value"), one.get("was")
    if not isinstance(address, str) or not isinstance(value, str) or not isinstance(was, str | None):
        raise Malformed
    source = one.get("source")
    return Edit(address, value, was, source if source in TYPED_SOURCES else ChangeSource.TYPED.value)


def _answer(response: Response, saved: Saved, base: int, user: Any, key: str) -> dict[str, Any]:
    compiled = compiled_of(response)
    response.values = saved.document
    last, others = changes_since(response, compiled, base, user, key)
    if others:
        response.refresh_from_db(fields=["open_rows"])
    shown = answer_of_others(response, compiled, others)
    computed = {address: compiled.format_value(address, text) for address, text in saved.computed.items()}
    return {
        "saved_at": f"{timezone.localtime(saved.at):%H:%M}",
        "base": last,
        "state": _state_after(response, saved),
        "values": {address: field_text(compiled, address, text) for address, text in saved.values.items()},
        "clashes": [_clash(compiled, one) for one in saved.clashes],
        "faults": saved.faults,
        "names": {address: cell_name(compiled, address).short for address in saved.faults},
        **shown,
        "computed": computed | shown["computed"],
        **_delta(response, compiled, {*saved.values, *(one["address"] for one in others)}),
    }


def _state_after(response: Response, saved: Saved) -> str:
    """The word for the state now: the first saved cell makes a draft."""
    began = response.state == ResponseState.NOT_STARTED and saved.values
    return str((ResponseState.DRAFT if began else response.state_member).label)


def field_text(compiled: CompiledForm, address: str, value: str) -> str:
    """A stored value as it stands in its field: a number with a decimal comma."""
    cell = compiled.cell(address)
    return value.replace(".", ",") if cell is not None and cell.is_number else value


def answer_of_others(
    response: Response, compiled: CompiledForm, others: list[dict[str, Any]]
) -> dict[str, Any]:
    """What a page needs to show changes made elsewhere: cells, rows, computed cells, violations, shape."""
    computed = compiled.compute(response.values) if others else {}
    return {
        "computed": {address: compiled.format_value(address, text) for address, text in computed.items()},
        "others": [{**one, "value": field_text(compiled, one["address"], one["value"])} for one in others],
        "rows": rows_of_others(response, compiled, others),
        **_delta(response, compiled, {one["address"] for one in others}),
        **_shape(compiled, response.values),
    }


def _clash(compiled: CompiledForm, one: Clash) -> dict[str, str]:
    name = cell_name(compiled, one.address)
    return {
        "address": one.address,
        "title": f"{name.full} ({name.place})" if name.place else name.full,
        "value": field_text(compiled, one.address, one.value),
        "shown": compiled.format_value(one.address, one.value) or "пусто",
        "by": one.by or "портал",
        "at": f"{timezone.localtime(one.at):%H:%M}" if one.at else "",
    }


def _delta(response: Response, compiled: CompiledForm, changed: set[str]) -> dict[str, Any]:
    """The relations that depend on the changed cells: which were looked at, which are violated."""
    if not changed:
        return {"looked_at": [], "violations": []}
    delta = compiled.check_changed(
        response.values,
        changed,
        previous=earlier_values(response) if compiled.uses_previous else None,
        others=other_forms_values(response, compiled.other_forms),
    )
    return {
        "looked_at": sorted(delta.instances),
        "violations": [
            violation_data(compiled, one) for one in naming_other_reports(response, delta.violations)
        ],
    }


def violation_data(compiled: CompiledForm, one: Violation) -> dict[str, Any]:
    return {
        "instance": one.instance,
        "relation": one.relation,
        "severity": one.severity,
        "message": one.message,
        "addresses": list(one.addresses),
        "name": cell_name(compiled, one.addresses[0]).short if one.addresses else "",
    }


def _shape(compiled: CompiledForm, values: dict[str, str]) -> dict[str, Any]:
    """What is hidden now, and how far each section is filled."""
    page = skeleton_of(compiled, FILL)
    hidden = sorted(hidden_keys(compiled.hidden_parts(values))) if page.conditional else None
    return {"hidden": hidden, "progress": page.progress(values)}
