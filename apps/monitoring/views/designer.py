"""The designer: the draft of a form edited in the browser, every edit saved at once."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from apps.core.access import Conflict, found, require
from apps.core.pages import FormPage
from apps.monitoring.actions.designing import Edited, create_form, edit_draft, redo, undo
from apps.monitoring.actions.library import element_of
from apps.monitoring.asked import asked_already
from apps.monitoring.designer import Misplaced
from apps.monitoring.designer.blocks import block_of, id_of
from apps.monitoring.designer.checking import check_relation, faults_of
from apps.monitoring.designer.drawing import draw
from apps.monitoring.designer.panel import panel
from apps.monitoring.designer.places import path_of
from apps.monitoring.enums import VersionState
from apps.monitoring.forms import NewForm
from apps.monitoring.library import elements_offered
from apps.monitoring.models import Form, FormVersion
from apps.monitoring.permissions import can_edit_forms

NO_RIGHT = "Формы составляют методисты и заведующий."
BROKEN = "Запрос повреждён: обновите страницу."


class FormCreate(FormPage):
    """A new form from nothing: its name and code, then the designer."""

    form_class = NewForm
    title = "Новая форма"
    lead = "Назовите форму; разделы, строки и графы добавляются в конструкторе, всё сохраняется само."
    button = "Создать"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require(can_edit_forms(request.user), NO_RIGHT)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: NewForm) -> HttpResponse:
        try:
            version = create_form(by=self.request.user, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error("code", conflict.told)
            return self.form_invalid(form)
        return redirect("monitoring:form-edit", pk=version.form_id)


def _form(request: HttpRequest, pk: int) -> Form:
    """A form the user sees, or 404; then 403 unless he makes forms."""
    form = found(Form.objects.visible_to(request.user), pk=pk)
    require(can_edit_forms(request.user), NO_RIGHT)
    return form


def draft_of(request: HttpRequest, pk: int) -> FormVersion | None:
    drafts = _form(request, pk).versions.select_related("form")
    return drafts.filter(state=VersionState.DRAFT).first()


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    if version is None:
        messages.info(request, "Черновика нет: скопируйте опубликованную версию в новую и меняйте её.")
        return redirect("monitoring:form-detail", pk=pk)
    return render(
        request,
        "monitoring/designer/page.html",
        {
            "title": f"Конструктор: {version}",
            "back": reverse("monitoring:form-detail", args=[pk]),
            "version": version,
            "body": mark_safe(draw(version.definition, ())),  # noqa: S308 – `draw` escapes every word
            "saved": _time(version.updated_at),
            "asked": asked_already(version),
            "elements": elements_offered(),
            **_turns(version),
        },
    )


def _time(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%H:%M")


def _turns(version: FormVersion) -> dict[str, bool]:
    """Whether there is anything to take back and to do again."""
    states = set(version.edits.values_list("is_undone", flat=True))
    return {"can_undo": False in states, "can_redo": True in states}


@require_POST
def command(request: HttpRequest, pk: int) -> HttpResponse:
    """`{revision, command}`: 200 with the piece of the page that has changed; 409 after somebody else's
    edit, 422 when the command doesn't fit; both with `told`, nothing saved."""
    sent = _sent(request)
    return _edited(request, pk, sent, lambda **given: edit_draft(command=sent.get("command"), **given))


@require_POST
def turn_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _edited(request, pk, _sent(request), undo)


@require_POST
def turn_again(request: HttpRequest, pk: int) -> HttpResponse:
    return _edited(request, pk, _sent(request), redo)


@require_POST
def to_library(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the row or question at `command.path` into the library."""
    sent = _sent(request)
    command = sent.get("command")
    path = command.get("path") if isinstance(command, dict) else None
    return _edited(request, pk, sent, lambda **given: element_of(path=path, **given))


def _sent(request: HttpRequest) -> dict[str, Any]:
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return sent if isinstance(sent, dict) else {}


def _edited(request: HttpRequest, pk: int, sent: dict[str, Any], act: Callable[..., Edited]) -> HttpResponse:
    version, revision = draft_of(request, pk), sent.get("revision")
    if version is None:
        return JsonResponse({"told": "Черновика больше нет: версия опубликована или удалена."}, status=409)
    if not isinstance(revision, int):
        return JsonResponse({"told": BROKEN}, status=400)
    try:
        edited = act(version_id=version.pk, revision=revision, by=request.user)
    except Conflict as conflict:
        return JsonResponse({"told": conflict.told}, status=409)
    except Misplaced as misplaced:
        return JsonResponse({"told": str(misplaced)}, status=422)
    return JsonResponse(_answer(edited, sent.get("command")))


def _answer(edited: Edited, sent: Any) -> dict[str, Any]:
    version, answer = edited.version, {"html": "", "id": ""}
    if edited.patches:
        block = block_of(version.definition, edited.patches)
        answer = {"html": draw(version.definition, block), "id": id_of(block)}
    return {
        **answer,
        **_turns(version),
        "revision": version.revision,
        "saved": _time(edited.at),
        "focus": _focus(sent, edited) if isinstance(sent, dict) else "",
    }


def _focus(sent: dict[str, Any], edited: Edited) -> str:
    """The id of the piece to go to: what has been added, copied or moved."""
    op, path = sent.get("op"), path_of(sent.get("path", ""))
    if op == "copy":
        return id_of((*path[:-1], int(path[-1]) + 1))
    if op == "move":
        return id_of((*path[:-1], sent["to"]))
    if op == "add" and edited.patches:
        return id_of((*path, _added_at(edited.version.definition, path, sent)))
    return ""


def _added_at(document: Any, path: Any, sent: dict[str, Any]) -> int:
    for part in path:
        document = document[part]
    last = len(document) - 1
    at = sent.get("at")
    return min(at, last) if isinstance(at, int) and at >= 0 else last


@require_GET
def properties(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel of one place: `?path=`, and `row` and `column` for a cell."""
    version = draft_of(request, pk)
    row, column = request.GET.get("row", ""), request.GET.get("column", "")
    path = request.GET.get("path", "")
    try:
        shown = panel(version.definition if version else {}, path_of(path), row, column)
    except Misplaced as misplaced:
        return JsonResponse({"told": str(misplaced)}, status=422)
    return render(
        request,
        "monitoring/designer/panel.html",
        {"panel": shown, "path": path, "row": row, "column": column},
    )


@require_GET
def faults(request: HttpRequest, pk: int) -> HttpResponse:
    """What is still wrong with the draft, with the places on the page."""
    version = draft_of(request, pk)
    ones = faults_of(version.definition) if version else []
    return render(request, "monitoring/designer/faults.html", {"faults": ones})


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """`{text, section}` of a relation being typed: a fault with its place, or the cells it covers."""
    version, sent = draft_of(request, pk), _sent(request)
    text, section = sent.get("text"), sent.get("section")
    if version is None or not isinstance(text, str) or not isinstance(section, str) or len(text) > 4000:
        return JsonResponse({"told": BROKEN}, status=400)
    checked = check_relation(version.definition, text, section)
    return render(request, "monitoring/designer/checked.html", {"checked": checked})
