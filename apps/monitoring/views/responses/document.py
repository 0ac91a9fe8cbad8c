"""The whole form posted at once: saved, checked, sent; rows added and removed; works without scripts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.core.access import Conflict, found
from apps.core.russian import counted
from apps.core.text import clean_text
from apps.monitoring.actions.documents import save_document
from apps.monitoring.actions.filling import MAX_EXPLANATION, Saved, explain, require_open
from apps.monitoring.actions.lastround import take_last
from apps.monitoring.actions.rows import add_row, remove_row
from apps.monitoring.actions.sending import NotReady, submit
from apps.monitoring.checking import checked
from apps.monitoring.models import Response, Submission
from apps.monitoring.permissions import answers_for
from apps.monitoring.views.responses.common import back, known_response, posted_key, visible_response


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """«Проверить» with an address of its own."""
    if request.method == "POST":
        return act(request, pk, "check")
    return back(known_response(request, pk).pk, "checked=1")


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """«Отправить» with an address of its own."""
    return act(request, pk, "submit") if request.method == "POST" else back(known_response(request, pk).pk)


def act(request: HttpRequest, pk: int, does: str = "") -> HttpResponse:
    """Saves what was posted, then does what was pressed: save, check, submit, add:…, remove:…, take.

    What can't be taken comes back as 409 (closed, a clash) or 422 (bad text, violated relations) with the
    form as it was typed.
    """
    from apps.monitoring.views.responses.page import Typed, show

    response = known_response(request, pk)
    does = does or request.POST.get("do", "save")
    texts = posted_cells(request)
    typed = Typed(texts=texts, explanations=posted_explanations(request))
    if does == "submit" and (sent := _already_sent(response, request)):
        return redirect("monitoring:response-receipt", response.pk, sent.pk)
    try:
        saved = _save(request, response, texts, typed.explanations)
        if saved.clashes or saved.faults:
            typed.saved = saved
            typed.told = "Не всё сохранено: проверьте отмеченное. Остальное сохранено."
            response = visible_response(request, pk)
            return show(request, response, typed, status=409 if saved.clashes else 422)
        return _do(request, response, does)
    except NotReady as not_ready:
        typed.told, typed.checked = not_ready.told, not_ready.checked
        return show(request, visible_response(request, pk), typed, status=422)
    except Conflict as conflict:
        if does == "submit" and (sent := _already_sent(response, request)):
            return redirect("monitoring:response-receipt", response.pk, sent.pk)
        typed.told = conflict.told
        return show(request, visible_response(request, pk), typed, status=409)


def posted_cells(request: HttpRequest) -> dict[str, str]:
    """Address → typed text; several answers of one question are joined."""
    return {
        name[2:]: ",".join(filter(None, map(str, texts))) if len(texts) > 1 else str(texts[0])
        for name, texts in request.POST.lists()
        if name.startswith("c:")
    }


def posted_explanations(request: HttpRequest) -> dict[str, str]:
    """Instance of a warning → explanation."""
    return {name[2:]: str(text) for name, text in request.POST.items() if name.startswith("e:")}


def _already_sent(response: Response, request: HttpRequest) -> Submission | None:
    key = posted_key(request)
    if not key:
        return None
    sent = response.submissions.filter(key=key)
    return (sent if answers_for(request.user, response) else sent.filter(by_id=request.user.pk)).first()


def _save(request: HttpRequest, response: Response, texts: dict[str, str], explanations: Any) -> Saved:
    if not texts and not explanations:
        require_open(response, request.user)
        return Saved(at=timezone.now())
    base = request.POST.get("base", "")
    number = int(base) if base.isascii() and base.isdigit() and len(base) < 19 else None
    saved = save_document(response_id=response.pk, posted=texts, base=number, by=request.user)
    if explanations:
        keep_explanations(response.pk, explanations, request.user)
    return saved


def keep_explanations(pk: int, texts: dict[str, str], by: Any) -> None:
    """Keeps the posted explanations of warnings that stand now; of others nothing is left."""
    response = Response.objects.visible_to(by).select_related("campaign").get(pk=pk)
    outcome = checked(response)
    for one in outcome.warnings:
        text = texts.get(one.instance)
        if text is None or text.strip() == outcome.explained.get(one.instance, ""):
            continue
        explain(response_id=pk, warning=one, text=_clean(text), by=by)


def _clean(text: str) -> str:
    try:
        return clean_text(text, MAX_EXPLANATION, multiline=True)
    except ValidationError as error:
        raise Conflict(f"Пояснение: {' '.join(error.messages)}") from error


def _do(request: HttpRequest, response: Response, does: str) -> HttpResponse:
    does, _, place = does.partition(":")
    match does:
        case "check":
            return back(response.pk, "checked=1", "check")
        case "submit":
            sent = submit(response_id=response.pk, by=request.user, key=posted_key(request))
            return redirect("monitoring:response-receipt", response.pk, sent.pk)
        case "add":
            row = add_row(response_id=response.pk, section=place, by=request.user)
            return back(response.pk, anchor=f"s-{place}" if row else "")
        case "remove":
            section, _, row = place.rpartition("/")
            remove_row(response_id=response.pk, section=section, row=row, by=request.user)
            return back(response.pk, anchor=f"s-{section}")
        case "take":
            return _take(request, response, place)
    messages.success(request, f"Черновик сохранён в {timezone.localtime():%H:%M}.")
    return back(response.pk)


def _take(request: HttpRequest, response: Response, section: str) -> HttpResponse:
    areas = [section] if section else request.POST.getlist("take")
    taken = take_last(response_id=response.pk, areas=areas, by=request.user)
    cells = counted(taken.count, "пустая ячейка", "пустые ячейки", "пустых ячеек")
    messages.success(request, f"Из прошлого периода взято: {cells}. Введённое не изменено.")
    return back(response.pk, "last=1")


@require_GET
def receipt(request: HttpRequest, pk: int, submission: Any) -> HttpResponse:
    """The receipt of a sending: number, time, sender."""
    response = visible_response(request, pk)
    sent = found(
        Submission.objects.visible_to(request.user).filter(response=response).select_related("by"),
        pk=submission,
    )
    context = {"response": response, "campaign": response.campaign, "submission": sent}
    return render(request, "monitoring/response/receipt.html", context)
