"""A response told by phone: staff begin, end, and give the head his link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.core.access import Conflict, require
from apps.core.mail import absolute
from apps.core.qr import qr_svg
from apps.monitoring.actions.phoning import begin_call, drop_call, new_confirmation_token, waiting_call
from apps.monitoring.permissions import can_run_campaigns
from apps.monitoring.views.responses.common import back, posted_text, visible_response


@require_POST
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff begin to type in what the organisation tells by phone."""
    response = visible_response(request, pk)
    try:
        begin_call(response_id=response.pk, told_by=posted_text(request, "told_by", 200), by=request.user)
        messages.success(request, "Вводите, что вам сообщают. После отправки отчёт подтвердит руководитель.")
    except Conflict as conflict:
        messages.error(request, conflict.told)
    return back(response.pk)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    response = visible_response(request, pk)
    try:
        drop_call(response_id=response.pk, by=request.user)
        messages.success(request, "Ввод по телефону закончен, введённое осталось в черновике.")
    except Conflict as conflict:
        messages.error(request, conflict.told)
    return back(response.pk)


@require_POST
def confirmation_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A link for the head to print or send; the earlier one stops working."""
    response = visible_response(request, pk)
    require(can_run_campaigns(request.user), "Ссылку руководителю даёт методист.")
    one = waiting_call(response)
    if one is None or one.confirmed_at or one.objected_at:
        messages.error(request, "Этот отчёт не ждёт подтверждения.")
        return back(response.pk)
    link = absolute(reverse("monitoring:phone-confirm", args=[new_confirmation_token(one)]))
    context = {
        "title": "Ссылка для руководителя",
        "told": "По ней руководитель прочтёт и подтвердит отчёт. Показана один раз; прежняя не действует.",
        "link": link,
        "qr": qr_svg(link, 40),
        "response": response,
        "campaign": response.campaign,
        "back": reverse("monitoring:response-detail", args=[response.pk]),
    }
    return render(request, "monitoring/response/link.html", context)
