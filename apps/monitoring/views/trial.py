"""A trial of a draft: figures typed into it are computed and checked, nothing is kept."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from apps.monitoring.cellnames import CellName, cell_name
from apps.monitoring.compiled import compiled_version
from apps.monitoring.definition import BadValue, CompiledForm, DefinitionInvalid
from apps.monitoring.models import FormVersion
from apps.monitoring.skeleton import FILL, draft_skeleton, hidden_keys
from apps.monitoring.skeleton.build import open_row_skeleton
from apps.monitoring.views.designer import draft_of

MOST_VALUES = 20_000
MOST_TRIAL_ROWS = 50
MOST_MISSING = 50
ROW = re.compile(r"n([1-9][0-9]{0,3})/")


@require_http_methods(["GET", "POST"])
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as an organisation sees it; asked for JSON while one types, only what is computed."""
    version = draft_of(request, pk)
    if version is None:
        return redirect("monitoring:form-detail", pk=pk)
    try:
        compiled = compiled_version(version)
    except DefinitionInvalid as invalid:
        messages.error(request, f"Сначала исправьте ошибки формы: их {len(invalid.faults)}.")
        return redirect("monitoring:form-edit", pk=pk)
    typed = _turned_rows(_typed(request), request.POST.get("do", "")) if request.method == "POST" else {}
    values, refused = _parsed(compiled, typed)
    computed = compiled.compute(values)
    hidden = hidden_keys(compiled.hidden_parts(values | computed))
    if request.method == "POST" and request.headers.get("Accept") == "application/json":
        shown = {address: compiled.format_value(address, text) for address, text in computed.items()}
        return JsonResponse({"computed": shown, "hidden": sorted(hidden)})
    return _page(request, version, compiled, (typed, values | computed, refused), hidden)


Answers = tuple[dict[str, str], dict[str, str], dict[str, str]]


def _page(
    request: HttpRequest,
    version: FormVersion,
    compiled: CompiledForm,
    answers: Answers,
    hidden: frozenset[str],
) -> HttpResponse:
    """The page of texts as typed, values as read and computed, and what could not be read."""
    typed, values, refused = answers
    is_checked = request.method == "POST" and "do" not in request.POST
    kept = {address: text for address, text in typed.items() if address in refused}
    rows = _trial_rows(compiled, values | kept, typed)
    filled = draft_skeleton(compiled, FILL).filled(values | kept, hidden=hidden, rows=rows)
    return render(
        request,
        "monitoring/designer/trial.html",
        {
            "title": f"Проба: {version}",
            "lead": "Так форму увидит организация. Вычисляемое считается сразу, соотношения – по кнопке"
            " «Проверить»; ничего не сохранится.",
            "back": reverse("monitoring:form-edit", args=[version.form_id]),
            "form_html": mark_safe(filled),  # noqa: S308 – escaped there
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
