"""The page of a response: a form to fill in for its responsible, a report to read for everybody else."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods

from apps.core.roles import reads_city
from apps.monitoring.actions.filling import Saved, why_closed
from apps.monitoring.actions.opening import open_first
from apps.monitoring.cellnames import cell_name
from apps.monitoring.checking import Checked, checked
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm, Violation
from apps.monitoring.enums import EDITABLE_STATES, AttachmentKind, RemarkState, ResponseState
from apps.monitoring.known import is_objection, sources_of
from apps.monitoring.models import Amendment, Remark, RemarkMessage, Response
from apps.monitoring.openrows import next_row, rows_of
from apps.monitoring.outliers import is_question, ready_answers
from apps.monitoring.permissions import (
    answers_for,
    can_answer_remark,
    can_attach,
    can_extend,
    can_fill,
    can_remark,
    can_reopen,
    can_review,
    can_take_calls,
)
from apps.monitoring.queries import earlier_values
from apps.monitoring.skeleton import FILL, READ, Skeleton, hidden_keys, open_row_of, skeleton_of
from apps.monitoring.views.responses.cells import field_text
from apps.monitoring.views.responses.common import visible_response
from apps.monitoring.views.responses.lastround import compared
from apps.monitoring.views.responses.marks import Marks
from apps.monitoring.views.responses.news import stamp_of
from apps.monitoring.views.responses.panel import cell_panel
from apps.workflow.models import TransitionRecord

WITH_AUTHORS = Prefetch("messages", RemarkMessage.objects.select_related("by"))
# A form of no more sections than this needs no navigation over them.
FEW_SECTIONS = 3
NO_NEIGHBOURS = {"previous_id": None, "next_id": None, "waiting": 0}


@dataclass
class Typed:
    """What a posted page holds that could not be taken, to be shown again."""

    texts: Mapping[str, str] = field(default_factory=dict)
    saved: Saved | None = None
    told: str = ""
    checked: Checked | None = None
    explanations: Mapping[str, str] = field(default_factory=dict)
    # The refused act of the review and the fields of its form.
    act: str = ""
    posted: Mapping[str, str] = field(default_factory=lambda: {"comment": "", "due_at": "", "reason": ""})


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the response; POST acts on the whole form (see `document`)."""
    from apps.monitoring.views.responses.document import act

    if request.method == "POST":
        return act(request, pk)
    response = visible_response(request, pk)
    if response.opened_at is None and can_fill(request.user, response):
        open_first(response_id=response.pk, by=request.user)
        response = visible_response(request, pk)
    return show(request, response)


def show(request: HttpRequest, response: Any, typed: Typed | None = None, status: int = 200) -> HttpResponse:
    """The page, with what was typed and its faults where a posted form was not taken."""
    typed = typed or Typed()
    compiled = compiled_of(response)
    is_filling = can_fill(request.user, response) or bool(typed.texts)
    if request.GET.get("checked") and is_filling and typed.checked is None:
        typed.checked = checked(response, compiled)
    remarks = remarks_of(response, compiled) if response.has_remarks else []
    context = {
        "response": response,
        "campaign": response.campaign,
        "compiled": compiled,
        "is_filling": is_filling,
        "told": typed.told,
        "refused": typed.act,
        "posted": typed.posted,
        "key": uuid.uuid4().hex,
        "stamp": stamp_of(response),
        **_rights(request.user, response),
        **_review(request, response, is_filling),
        **_form(request, response, compiled, is_filling, typed, remarks),
        "remarks": remarks,
    }
    template = "fill" if is_filling else "read"
    return render(request, f"monitoring/response/{template}.html", context, status=status)


def _rights(user: Any, response: Response) -> dict[str, Any]:
    is_own = answers_for(user, response)
    return {
        "can_review": can_review(user, response),
        "can_reopen": can_reopen(user, response),
        "can_extend": can_extend(user, response),
        "can_remark": can_remark(user, response),
        "can_attach": can_attach(user, response),
        "can_answer": can_answer_remark(user, response),
        "is_own": is_own,
        **_helpers(user, response, is_own),
        "closed_text": why_closed(response) if is_own and _is_shut(response) else "",
        "attachment_kinds": AttachmentKind.choices,
        "upload_max_bytes": settings.UPLOAD_MAX_BYTES,
    }


def _helpers(user: Any, response: Any, is_own: bool) -> dict[str, Any]:
    """Who answers beside the responsible: staff by phone, colleagues with parts."""
    calls = list(response.calls.select_related("entered_by")) if response.has_calls else []
    is_typed_in = any(one.sent_at is None for one in calls)
    sent = [one for one in calls if one.sent_at and one.sent_at == response.submitted_at]
    return {
        "can_call": can_take_calls(user, response) and not is_typed_in,
        "call": next((one for one in calls if one.sent_at is None), None),
        "sent_call": sent[0] if sent else None,
        "parts": list(response.parts.in_force()) if is_own and response.has_parts else [],
    }


def _is_shut(response: Response) -> bool:
    return response.state in EDITABLE_STATES and not response.is_open


def _review(request: HttpRequest, response: Any, is_filling: bool) -> dict[str, Any]:
    """What goes with the figures: remarks, files, the way of the response, the neighbours in review."""
    attachments = response.attachments.filter(removed_at=None).select_related("file__uploaded_by")
    needs_log = not is_filling or response.state == ResponseState.RETURNED
    log = list(TransitionRecord.objects.of(response).select_related("by")) if needs_log else []
    returned = [one for one in log if one.comment and one.target == ResponseState.RETURNED]
    explains = response.has_explanations and not is_filling
    return {
        "attachments": list(attachments) if response.has_attachments else [],
        "log": log,
        "returned": returned[-1] if returned and response.state == ResponseState.RETURNED else None,
        "explanations": list(response.explanations.select_related("by")) if explains else [],
        **_amendments(request.user, response),
        "sent": _latest(log, "submit"),
        "accepted": _latest(log, "accept") if response.state == ResponseState.ACCEPTED else None,
        **(neighbours(request, response) if reads_city(request.user) else NO_NEIGHBOURS),
    }


def _amendments(user: Any, response: Response) -> dict[str, Any]:
    """The amendments of an accepted response, and whether a new one may be begun."""
    if response.state != ResponseState.ACCEPTED:
        return {"amendments": [], "can_amend": False}
    own = list(Amendment.objects.visible_to(user).filter(response=response))
    is_free = all(one.decided_at for one in own)
    return {"amendments": own, "can_amend": is_free and answers_for(user, response)}


def _latest(log: list[TransitionRecord], name: str) -> TransitionRecord | None:
    return next((one for one in reversed(log) if one.name == name), None)


def remarks_of(response: Response, compiled: CompiledForm) -> list[Remark]:
    """All remarks with their messages and, as `title`, the words for their cells."""
    remarks = list(response.remarks.prefetch_related(WITH_AUTHORS))
    for one in remarks:
        one.name = cell_name(compiled, one.address) if one.address else None  # type: ignore[attr-defined]
    return remarks


def neighbours(request: HttpRequest, response: Response) -> dict[str, Any]:
    """The responses before and after this one among those of the campaign that wait for a review."""
    waiting = list(
        Response.objects.visible_to(request.user)
        .filter(campaign_id=response.campaign_id, state=ResponseState.SUBMITTED)
        .order_by("submitted_at", "pk")
        .values_list("pk", flat=True)
    )
    before = [one for one in waiting if one != response.pk]
    if response.pk not in waiting:
        return {"previous_id": None, "next_id": before[0] if before else None, "waiting": len(waiting)}
    place = waiting.index(response.pk)
    return {
        "previous_id": waiting[place - 1] if place else None,
        "next_id": waiting[place + 1] if place + 1 < len(waiting) else None,
        "waiting": len(waiting),
    }


def _form(
    request: HttpRequest,
    response: Response,
    compiled: CompiledForm,
    is_filling: bool,
    typed: Typed,
    remarks: list[Remark],
) -> dict[str, Any]:
    """The form itself with its marks, the navigation over sections, the list of what is wrong."""
    mode = FILL if is_filling else READ
    skeleton = skeleton_of(compiled, mode)
    marks = Marks()
    marks.remarks(remarks)
    marks.sources(sources_of(compiled, response), response.values)
    shows_last = bool(request.GET.get("last"))
    earlier = earlier_values(response) if shows_last else None
    if earlier:
        marks.last_round(compiled, compared(compiled, response.values, earlier))
    faults = typed.saved.faults if typed.saved else {}
    marks.faults(faults)
    marks.seen({one: field_text(compiled, one, response.values.get(one, "")) for one in typed.texts})
    if typed.checked:
        marks.violations(typed.checked.violations)
        marks.missing(typed.checked.missing)
    values = {**response.values, **typed.texts} if typed.texts else response.values
    html = filled_html(response, compiled, skeleton, mode, values=values, marks=marks)
    counts = skeleton.progress(response.values)
    is_long = len(skeleton.sections) > FEW_SECTIONS
    address = request.GET.get("cell", "")
    return {
        "form_html": html,
        "sections": list(zip(skeleton.sections, counts, strict=True)) if is_long else [],
        "filled_total": sum(counts),
        "fillable_total": sum(one.total for one in skeleton.sections),
        "shows_last": shows_last,
        "no_last": shows_last and earlier is None,
        "faults": [fault_shown(compiled, address, text) for address, text in faults.items()],
        "clashes": clashes_shown(compiled, typed),
        "checked": typed.checked,
        "missing": [_missing(compiled, one) for one in typed.checked.missing] if typed.checked else [],
        "problems": problems(compiled, typed.checked, typed.explanations) if typed.checked else [],
        "panel": cell_panel(request, response, compiled, address) if address else None,
        "has_open_remarks": any(one.state != RemarkState.RESOLVED for one in remarks),
    }


def filled_html(
    response: Response,
    compiled: CompiledForm,
    skeleton: Skeleton,
    mode: str,
    *,
    values: Mapping[str, str] | None = None,
    marks: Marks | None = None,
) -> SafeString:
    """The skeleton with the values of the response (or those being typed), its added rows and marks."""
    values, marks = response.values if values is None else values, marks or Marks()
    html = skeleton.filled(
        values,
        marks=marks.attributes,
        below=marks.below,
        rows=open_rows_html(response, compiled, values, marks, mode),
        hidden=hidden_keys(compiled.hidden_parts(response.values)) if skeleton.conditional else frozenset(),
    )
    return mark_safe(html)  # noqa: S308 – every value in it has passed `attribute`


def open_rows_html(
    response: Response, compiled: CompiledForm, values: Mapping[str, str], marks: Marks, mode: str
) -> dict[str, str]:
    """Section address → its rows; to fill in, an empty table begins with a blank row."""
    rows = rows_of(response)
    found: dict[str, SafeString | str] = {}
    for section, table in compiled.open_tables.items():
        codes = rows.get(section, [])
        if mode == FILL and len(codes) < max(1, table.min_rows):
            first = int(next_row(response, section)[1:])
            codes = [*codes, *(f"n{first + i}" for i in range(max(1, table.min_rows) - len(codes)))]
        found[section] = "".join(
            open_row_html(compiled, section, row, number, values, mode, marks)
            for number, row in enumerate(codes, 1)
        )
    return found


def open_row_html(
    compiled: CompiledForm,
    section: str,
    row: str,
    number: int,
    values: Mapping[str, str],
    mode: str,
    marks: Marks | None = None,
) -> str:
    page = open_row_of(compiled, section, row, number, mode)
    if page is None:
        return ""
    own = {address: values[address] for address in page.addresses if address in values}
    marks = marks or Marks()
    return page.filled(own, marks=marks.attributes, below=marks.below)


def fault_shown(compiled: CompiledForm, address: str, text: str) -> dict[str, Any]:
    is_known = compiled.cell(address) is not None
    return {
        "address": address if is_known else "",
        "name": cell_name(compiled, address) if is_known else None,
        "text": text,
    }


def _missing(compiled: CompiledForm, address: str) -> dict[str, Any]:
    return {"address": address, "name": cell_name(compiled, address)}


def clashes_shown(compiled: CompiledForm, typed: Typed) -> list[dict[str, Any]]:
    clashes = typed.saved.clashes if typed.saved else []
    return [
        {
            "address": one.address,
            "name": cell_name(compiled, one.address),
            "value": compiled.format_value(one.address, one.value) or "пусто",
            "by": one.by,
            "at": one.at,
        }
        for one in clashes
    ]


def problems(compiled: CompiledForm, outcome: Checked, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Violated relations for the list on top: errors first, a warning with its explanation."""
    ordered = [*outcome.errors, *outcome.warnings]
    return [
        {
            "violation": one,
            "first": one.addresses[0] if one.addresses else "",
            "name": cell_name(compiled, one.addresses[0]) if one.addresses else None,
            "explanation": typed.get(one.instance, outcome.explained.get(one.instance, "")),
            "is_question": is_question(one.instance),
            "answers": _answers(compiled, one),
            "known": _known(compiled, outcome, one),
        }
        for one in ordered
    ]


def _answers(compiled: CompiledForm, one: Violation) -> tuple[str, ...]:
    return ready_answers(compiled) if is_question(one.instance) and not is_objection(one.instance) else ()


def _known(compiled: CompiledForm, outcome: Checked, one: Violation) -> str:
    """What an objection may be given up for, as it is typed."""
    if not is_objection(one.instance):
        return ""
    return field_text(compiled, one.addresses[0], outcome.known[one.addresses[0]])
