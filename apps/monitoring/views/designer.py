"""The designer: the draft of a form edited in the browser, every edit saved at once."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.core.access import Conflict, found, require
from apps.core.pages import FormPage
from apps.monitoring.actions.designing import Edited, create_form, edit_draft, redo, undo
from apps.monitoring.actions.library import element_of
from apps.monitoring.asked import asked_already
from apps.monitoring.cellnames import CellName, cell_name
from apps.monitoring.compiled import compiled_version
from apps.monitoring.definition import BadValue, CompiledForm, DefinitionInvalid
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
from apps.monitoring.skeleton import FILL, draft_skeleton, hidden_keys
from apps.monitoring.skeleton.build import open_row_skeleton

NO_RIGHT = "Формы составляют методисты и заведующий."
BROKEN = "Запрос повреждён: обновите страницу."
MOST_VALUES = 20_000
MOST_TRIAL_ROWS = 50
MOST_MISSING = 50
ROW = re.compile(r"n([1-9][0-9]{0,3})/")


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


def _draft(request: HttpRequest, pk: int) -> FormVersion | None:
    drafts = _form(request, pk).versions.select_related("form")
    return drafts.filter(state=VersionState.DRAFT).first()


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    version = _draft(request, pk)
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
    version, revision = _draft(request, pk), sent.get("revision")
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
    version = _draft(request, pk)
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
    version = _draft(request, pk)
    ones = faults_of(version.definition) if version else []
    return render(request, "monitoring/designer/faults.html", {"faults": ones})


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """`{text, section}` of a relation being typed: a fault with its place, or the cells it covers."""
    version, sent = _draft(request, pk), _sent(request)
    text, section = sent.get("text"), sent.get("section")
    if version is None or not isinstance(text, str) or not isinstance(section, str) or len(text) > 4000:
        return JsonResponse({"told": BROKEN}, status=400)
    checked = check_relation(version.definition, text, section)
    return render(request, "monitoring/designer/checked.html", {"checked": checked})


@require_http_methods(["GET", "POST"])
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as an organisation sees it: figures may be typed and checked, nothing is kept."""
    version = _draft(request, pk)
    if version is None:
        return redirect("monitoring:form-detail", pk=pk)
    try:
        compiled = compiled_version(version)
    except DefinitionInvalid as invalid:
        messages.error(request, f"Сначала исправьте ошибки формы: их {len(invalid.faults)}.")
        return redirect("monitoring:form-edit", pk=pk)
    is_checked = request.method == "POST" and "do" not in request.POST
    typed = _typed(request) if request.method == "POST" else {}
    typed = _turned_rows(typed, request.POST.get("do", ""))
    values, refused = _parsed(compiled, typed)
    kept = {address: text for address, text in typed.items() if address in refused}
    values |= compiled.compute(values)
    hidden = hidden_keys(compiled.hidden_parts(values))
    skeleton = draft_skeleton(compiled, FILL)
    rows = _trial_rows(compiled, values | kept, typed)
    return render(
        request,
        "monitoring/designer/trial.html",
        {
            "title": f"Проба: {version}",
            "lead": "Так форму увидит организация. Введите пробные данные и проверьте; ничего не сохранится.",
            "back": reverse("monitoring:form-edit", args=[pk]),
            "form_html": mark_safe(skeleton.filled(values | kept, hidden=hidden, rows=rows)),  # noqa: S308 – escaped there
            "is_checked": is_checked,
            "refused": list(refused.values()),
            "missing": _missing(compiled, values) if is_checked else [],
            "violations": compiled.check(values) if is_checked else [],
        },
    )


def _missing(compiled: CompiledForm, values: dict[str, str]) -> list[CellName]:
    """Required cells left blank, by their names."""
    return [cell_name(compiled, one) for one in compiled.completeness(values).missing[:MOST_MISSING]]


def _typed(request: HttpRequest) -> dict[str, str]:
    pairs = list(request.POST.lists())[:MOST_VALUES]
    return {name[2:]: ",".join(filter(None, texts)) for name, texts in pairs if name.startswith("c:")}


def _turned_rows(typed: dict[str, str], act: str) -> dict[str, str]:
    """What is typed, with a row added to an open table or removed from it («add:1», «remove:1/n2»)."""
    what, _, place = act.partition(":")
    if what == "remove":
        return {address: text for address, text in typed.items() if not address.startswith(f"{place}/")}
    if what == "add":
        return typed | {f"{place}/n{max(_numbers(typed, place), default=0) + 1}/": ""}
    return typed


def _numbers(typed: dict[str, str], section: str) -> set[int]:
    """Numbers of the rows typed into the open table of a section."""
    found = (ROW.match(one.removeprefix(f"{section}/")) for one in typed if one.startswith(f"{section}/"))
    return {int(one[1]) for one in found if one}


def _trial_rows(compiled: CompiledForm, values: dict[str, str], typed: dict[str, str]) -> dict[str, str]:
    """The added rows of every open table, as HTML."""
    rows: dict[str, str] = {}
    for section in compiled.open_tables:
        numbers = sorted(_numbers(typed, section))[:MOST_TRIAL_ROWS]
        pieces = (
            open_row_skeleton(compiled.laid, section, f"n{number}", at, FILL)
            for at, number in enumerate(numbers, 1)
        )
        rows[section] = "".join(piece.filled(values) for piece in pieces if piece)
    return rows


def _parsed(compiled: CompiledForm, typed: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Values by address, and by address what could not be read."""
    values: dict[str, str] = {}
    refused: dict[str, str] = {}
    for address, text in typed.items():
        if address.endswith("/"):
            continue
        try:
            values[address] = compiled.parse_value(address, text) if text else ""
        except BadValue as bad:
            cell = compiled.cell(address)
            refused[address] = f"{cell.title if cell else 'Клетка'}: {bad}"
    return values, refused
