"""Public pages behind personal links: a colleague's sections, a head's word on what was told by phone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.core.access import Conflict
from apps.core.pages import unlinked
from apps.monitoring.actions import parts as acts
from apps.monitoring.actions.documents import last_change_id
from apps.monitoring.actions.phoning import confirm_call
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm
from apps.monitoring.forms import PlainHelper
from apps.monitoring.links import call_of, part_of
from apps.monitoring.models import Part
from apps.monitoring.skeleton import FILL, READ, part_skeleton, skeleton_of
from apps.monitoring.views.responses.cells import field_text
from apps.monitoring.views.responses.document import posted_cells
from apps.monitoring.views.responses.marks import Marks
from apps.monitoring.views.responses.page import Typed, clashes_shown, fault_shown, filled_html


def _dead(request: HttpRequest) -> HttpResponse:
    return unlinked(render(request, "monitoring/helping/dead.html", status=404))


# --- a colleague's sections ---


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the sections; POST saves them, adds and removes rows, says that they are ready."""
    found = part_of(token)
    if found is None:
        return _dead(request)
    if request.method == "POST":
        return unlinked(_part_posted(request, found, token))
    acts.open_part(part_id=found.pk)
    return unlinked(_part_page(request, found))


def _part_posted(request: HttpRequest, found: Part, token: str) -> HttpResponse:
    does, _, place = request.POST.get("do", "save").partition(":")
    texts = posted_cells(request)
    base = request.POST.get("base", "")
    number = int(base) if base.isascii() and base.isdigit() and len(base) < 19 else None
    try:
        saved = acts.save_part(part_id=found.pk, posted=texts, base=number)
        if saved.faults or saved.clashes:
            told = "Не всё сохранено: проверьте отмеченное. Остальное сохранено."
            typed = Typed(texts=texts, saved=saved, told=told)
            return _part_page(request, found, typed, status=409 if saved.clashes else 422)
        _part_done(found, does, place)
    except Conflict as conflict:
        return _part_page(request, found, Typed(texts=texts, told=conflict.told), status=409)
    messages.success(request, "Сохранено, спасибо." if does == "done" else "Сохранено.")
    return redirect("monitoring:part", token)


def _part_done(found: Part, does: str, place: str) -> None:
    if does == "add":
        acts.add_part_row(part_id=found.pk, section=place)
    elif does == "remove":
        section, _, row = place.rpartition("/")
        acts.remove_part_row(part_id=found.pk, section=section, row=row)
    elif does in ("done", "undone"):
        acts.finish_part(part_id=found.pk, done=does == "done")


def _part_page(
    request: HttpRequest, found: Part, typed: Typed | None = None, status: int = 200
) -> HttpResponse:
    found.refresh_from_db()
    response, typed = found.response, typed or Typed()
    response.refresh_from_db(fields=["values", "open_rows", "state"])
    compiled = compiled_of(response)
    mode = FILL if response.is_open else READ
    skeleton = part_skeleton(compiled, mode, frozenset(found.sections))
    own = acts.addresses_of(compiled, found.sections, {**response.values, **typed.texts})
    texts = {address: text for address, text in typed.texts.items() if address in own}
    marks = _marks(compiled, typed, texts, response.values)
    counts = skeleton.progress(response.values)
    context = {
        "title": response.campaign.title,
        "part": found,
        "response": response,
        "campaign": response.campaign,
        "is_filling": mode == FILL,
        "told": typed.told,
        "faults": [fault_shown(compiled, at, text) for at, text in marks[1].items()],
        "clashes": clashes_shown(compiled, typed),
        "form_html": filled_html(
            response, compiled, skeleton, mode, values={**response.values, **texts}, marks=marks[0]
        ),
        "filled": sum(counts),
        "total": sum(one.total for one in skeleton.sections),
        "base": last_change_id(response),
    }
    return render(request, "monitoring/helping/part.html", context, status=status)


def _marks(
    compiled: CompiledForm, typed: Typed, texts: dict[str, str], values: Any
) -> tuple[Marks, dict[str, str]]:
    marks, faults = Marks(), typed.saved.faults if typed.saved else {}
    marks.faults(faults)
    marks.seen({one: field_text(compiled, one, values.get(one, "")) for one in texts})
    return marks, dict(faults)


# --- the head's word ---


class Confirmation(forms.Form):
    name = forms.CharField(
        label="Фамилия, имя, отчество и должность", max_length=200, help_text="Руководитель организации."
    )
    objection = forms.CharField(
        label="С чем вы не согласны",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Заполняется, только если данные неверны.",
    )

    @property
    def helper(self) -> PlainHelper:
        return PlainHelper()


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What was typed in by phone, to be read and confirmed or objected to."""
    call = call_of(token)
    if call is None:
        return _dead(request)
    form = Confirmation(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            is_objection = request.POST.get("do") == "object"
            status = _confirmed(form, call.pk, is_objection)
            if status == 302:
                return unlinked(redirect("monitoring:phone-confirm", token))
    response = call.response
    compiled = compiled_of(response)
    is_waiting = not (call.confirmed_at or call.objected_at) and response.submitted_at == call.sent_at
    context = {
        "title": "Отчёт введён по телефону",
        "call": call,
        "response": response,
        "campaign": response.campaign,
        "form": form,
        "is_waiting": is_waiting,
        "form_html": filled_html(response, compiled, skeleton_of(compiled, READ), READ),
    }
    return unlinked(render(request, "monitoring/helping/confirm.html", context, status=status))


def _confirmed(form: Confirmation, call_id: int, is_objection: bool) -> int:
    objection = form.cleaned_data["objection"] if is_objection else ""
    if is_objection and not objection.strip():
        form.add_error("objection", "Напишите, с чем вы не согласны.")
        return 422
    try:
        confirm_call(call_id=call_id, name=form.cleaned_data["name"], objection=objection)
    except Conflict as conflict:
        form.add_error(None, conflict.told)
        return 409
    return 302
