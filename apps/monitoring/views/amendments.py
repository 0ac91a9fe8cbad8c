"""Amendments of an accepted response: the form with new values, its sending, the methodist's decision."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.access import Conflict, found
from apps.core.russian import counted
from apps.monitoring.actions import amendments as acts
from apps.monitoring.cellnames import cell_name
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm, Violation
from apps.monitoring.enums import AmendmentState, ResponseState
from apps.monitoring.models import Amendment, Response
from apps.monitoring.permissions import answers_for, can_run_campaigns
from apps.monitoring.skeleton import FILL, hidden_keys, skeleton_of
from apps.monitoring.views.responses.common import back, known_response, posted_text, visible_response
from apps.monitoring.views.responses.document import posted_cells
from apps.monitoring.views.responses.marks import Marks
from apps.monitoring.views.responses.page import open_rows_html
from apps.workflow.models import TransitionRecord


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """«Внести поправку»: to the draft, made at the first press."""
    response = known_response(request, pk)
    try:
        amendment = acts.begin_amendment(response_id=response.pk, by=request.user)
    except Conflict as conflict:
        messages.error(request, conflict.told)
        return back(pk)
    return redirect("monitoring:amendment-detail", pk, amendment.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: int, amendment: int) -> HttpResponse:
    """GET shows the amendment; POST saves what was typed and, with «Отправить», sends it."""
    response, one = _visible(request, pk, amendment)
    if request.method != "POST":
        return _show(request, response, one)
    texts = posted_cells(request)
    try:
        reason = posted_text(request, "reason", acts.MAX_REASON)
        faults = acts.save_amendment(amendment_id=one.pk, texts=texts, reason=reason, by=request.user)
        if faults:
            one.refresh_from_db()
            return _show(request, response, one, texts=texts, faults=faults, status=422)
        if request.POST.get("do") == "send":
            acts.send_amendment(amendment_id=one.pk, by=request.user)
            messages.success(request, "Поправка отправлена методисту. До его решения отчёт остаётся прежним.")
            return back(pk)
    except Conflict as conflict:
        one.refresh_from_db()
        return _show(request, response, one, texts=texts, told=conflict.told, status=409)
    one.refresh_from_db()
    cells = counted(len(one.values), "изменённая ячейка", "изменённые ячейки", "изменённых ячеек")
    messages.success(request, f"Черновик поправки сохранён: {cells}.")
    return redirect("monitoring:amendment-detail", pk, one.pk)


def _visible(request: HttpRequest, pk: int, amendment: int) -> tuple[Response, Amendment]:
    response = visible_response(request, pk)
    rows = Amendment.objects.visible_to(request.user).filter(response=response)
    one = found(rows.select_related("created_by", "decided_by"), pk=amendment)
    one.response = response
    return response, one


def _show(
    request: HttpRequest,
    response: Response,
    amendment: Amendment,
    *,
    texts: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    compiled = compiled_of(response)
    values = acts.amended(compiled, response.values, amendment.values)
    is_open = amendment.state in (AmendmentState.DRAFT, AmendmentState.SENT)
    violations = acts.violations_of(response, values, compiled) if is_open and amendment.values else []
    is_own = answers_for(request.user, response)
    is_accepted = response.state == ResponseState.ACCEPTED
    is_editing = is_own and amendment.state == AmendmentState.DRAFT and is_accepted
    context = {
        "response": response,
        "campaign": response.campaign,
        "amendment": amendment,
        "is_own": is_own,
        "is_editing": is_editing,
        "is_accepted": is_accepted,
        "can_decide": can_run_campaigns(request.user) and amendment.state == AmendmentState.SENT,
        "told": told,
        "reason": request.POST.get("reason", "")[: acts.MAX_REASON] if texts else amendment.reason,
        "cells": cells_of(compiled, amendment),
        "violations": violations,
        "faults": [(cell_name(compiled, at), at, text) for at, text in (faults or {}).items()],
        "form_html": _form(response, compiled, values, texts, faults, violations) if is_editing else "",
        "log": list(TransitionRecord.objects.of(amendment).select_related("by")),
    }
    return render(request, "monitoring/response/amendment.html", context, status=status)


def _form(
    response: Response,
    compiled: CompiledForm,
    values: Mapping[str, str],
    texts: Mapping[str, str] | None,
    faults: Mapping[str, str] | None,
    violations: list[Violation],
) -> str:
    """The form as it is filled in, with the proposed values in it."""
    marks = Marks()
    marks.violations(violations)
    marks.faults(faults or {})
    skeleton = skeleton_of(compiled, FILL)
    shown = {**values, **texts} if texts else values
    html = skeleton.filled(
        shown,
        marks=marks.attributes,
        below=marks.below,
        rows=open_rows_html(response, compiled, shown, marks, FILL),
        hidden=hidden_keys(compiled.hidden_parts(values)) if skeleton.conditional else frozenset(),
    )
    return mark_safe(html)  # noqa: S308 – every value in it has passed `attribute`


def cells_of(compiled: CompiledForm, amendment: Amendment) -> list[dict[str, Any]]:
    """The cells an amendment changes: words, what stood there, what is to stand."""
    return [
        {
            "address": address,
            "name": cell_name(compiled, address),
            "was": compiled.format_value(address, amendment.was.get(address, "")),
            "became": compiled.format_value(address, value),
        }
        for address, value in amendment.values.items()
    ]


def amendments_shown(compiled: CompiledForm, amendments: Iterable[Amendment]) -> list[dict[str, Any]]:
    """Amendments with their cells, for the page of the summary."""
    return [{"amendment": one, "cells": cells_of(compiled, one)} for one in amendments]


def button(act: Callable[[HttpRequest, Amendment], str]) -> Callable[..., HttpResponse]:
    """A POST button on an amendment: 404 before 403; an impossible act comes back with its reason."""

    @require_POST
    def view(request: HttpRequest, pk: int, amendment: int) -> HttpResponse:
        response, one = _visible(request, pk, amendment)
        try:
            told = act(request, one)
        except Conflict as conflict:
            return _show(request, response, one, told=conflict.told, status=409)
        messages.success(request, told)
        return back(pk)

    return view


def _discard(request: HttpRequest, amendment: Amendment) -> str:
    acts.discard_amendment(amendment_id=amendment.pk, by=request.user)
    return "Черновик поправки удалён, отчёт не изменился."


def _accept(request: HttpRequest, amendment: Amendment) -> str:
    acts.accept_amendment(amendment_id=amendment.pk, by=request.user)
    return "Поправка принята: отчёт и свод изменены, своды прошлых дней остались прежними."


def _reject(request: HttpRequest, amendment: Amendment) -> str:
    comment = posted_text(request, "comment")
    acts.reject_amendment(amendment_id=amendment.pk, comment=comment, by=request.user)
    return "Поправка отклонена, организация извещена."


discard = button(_discard)
accept = button(_accept)
reject = button(_reject)
