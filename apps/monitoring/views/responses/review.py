"""Buttons of the review: return, accept, reopen, extend; remarks on cells and their threads."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from apps.core.access import Conflict, found
from apps.monitoring.actions import remarks as remark_actions
from apps.monitoring.actions import sending
from apps.monitoring.models import Remark, Response
from apps.monitoring.views.responses.common import back, posted_text, visible_response
from apps.monitoring.views.responses.page import Typed, neighbours, show

MAX_COMMENT = 2000


def button(act: Callable[..., str], anchor: str = "") -> Callable[..., HttpResponse]:
    """A POST button on a response: 404 before 403; an impossible act comes back as 409 with its reason."""

    @require_POST
    def view(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        response = visible_response(request, pk)
        try:
            told = act(request, response, **kwargs)
        except Conflict as conflict:
            response = visible_response(request, pk)
            typed = Typed(told=conflict.told, act=act.__name__.strip("_"), posted=_short(request))
            return show(request, response, typed, status=409)
        if told:
            messages.success(request, told)
        cell = request.POST.get("cell", "")
        return back(pk, f"cell={cell}" if cell.isprintable() and len(cell) < 120 and cell else "", anchor)

    return view


def _short(request: HttpRequest) -> dict[str, str]:
    """What the form of a refused act held, to be shown again."""
    return {name: request.POST.get(name, "")[:MAX_COMMENT] for name in ("comment", "due_at", "reason")}


def _return(request: HttpRequest, response: Response) -> str:
    comment = posted_text(request, "comment", MAX_COMMENT)
    sending.return_response(response_id=response.pk, by=request.user, comment=comment)
    return "Отчёт возвращён на доработку, организация извещена." + _more(request, response)


def _accept(request: HttpRequest, response: Response) -> str:
    sending.accept(response_id=response.pk, by=request.user)
    return "Отчёт принят." + _more(request, response)


def _more(request: HttpRequest, response: Response) -> str:
    waiting = neighbours(request, response)["waiting"]
    return f" На проверке осталось: {waiting}." if waiting else ""


def _reopen(request: HttpRequest, response: Response) -> str:
    comment = posted_text(request, "comment", MAX_COMMENT)
    sending.reopen(response_id=response.pk, by=request.user, comment=comment)
    return "Отчёт открыт для исправления, организация извещена."


def _extend(request: HttpRequest, response: Response) -> str:
    due_at = _moment(request.POST.get("due_at", ""))
    reason = posted_text(request, "reason", 500)
    sending.extend(response_id=response.pk, due_at=due_at, reason=reason, by=request.user)
    return f"Срок продлён до {timezone.localtime(due_at):%d.%m.%Y %H:%M}."


def _moment(text: str) -> datetime.datetime:
    """A moment of Magadan from a date-and-time field."""
    try:
        moment = parse_datetime(text.strip()[:40])
    except ValueError:
        moment = None
    if moment is None or not 2000 <= moment.year <= 2199:
        raise Conflict("Укажите новый срок: дату и время.")
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _remark(request: HttpRequest, response: Response) -> str:
    remark_actions.remark(
        response_id=response.pk,
        address=request.POST.get("cell", "")[:120],
        text=posted_text(request, "text"),
        by=request.user,
    )
    return "Замечание добавлено. Чтобы организация могла исправить отчёт, верните его на доработку."


def _own_remark(request: HttpRequest, response: Response, number: int) -> Remark:
    return found(Remark.objects.visible_to(request.user).filter(response=response), pk=number)


def _answer(request: HttpRequest, response: Response, remark: int) -> str:
    one = _own_remark(request, response, remark)
    remark_actions.answer(remark=one, text=posted_text(request, "text"), by=request.user)
    return "Ответ добавлен."


def _resolve(request: HttpRequest, response: Response, remark: int) -> str:
    remark_actions.resolve(remark=_own_remark(request, response, remark), by=request.user)
    return "Замечание снято."


return_response = button(_return)
accept = button(_accept)
reopen = button(_reopen)
extend = button(_extend)
remark = button(_remark, "cell-panel")
answer = button(_answer, "cell-panel")
resolve = button(_resolve, "cell-panel")
