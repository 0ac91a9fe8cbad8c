"""Answering: by the link of an organisation, by a personal link, signed in. The first two are public pages.

Nothing of who comes is asked or kept: no session, no journal, no address (decision 0014).
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from apps.core.access import Conflict, require
from apps.core.pages import unlinked
from apps.organizations.models import Organization
from apps.questionnaires import permissions, queries
from apps.questionnaires.actions import answering as acts
from apps.questionnaires.answering import AnswerSheet
from apps.questionnaires.enums import Mode
from apps.questionnaires.models import Questionnaire
from apps.questionnaires.models.questionnaires import VOLUNTARY
from apps.questionnaires.views.common import address, own

PROMISES = {
    Mode.ANONYMOUS: (
        "Анкета анонимная. Портал хранит только ответы, организацию и день: ни имени, ни времени, ни "
        "сетевого адреса. Итоги групп, где ответов мало, не показываются никому."
    ),
    Mode.PERSONAL: (
        "Ссылка нужна, чтобы каждый ответил один раз. Ответ с вами не связан: портал помнит отдельно, что "
        "ссылка использована, и отдельно — ответы, организацию и день."
    ),
    Mode.SIGNED_IN: "Ответ сохраняется с вашим именем. В итогах имён нет.",
}
Take = Callable[[uuid.UUID, dict[str, Any]], None]


def _key(request: HttpRequest) -> uuid.UUID:
    """The answer's own number, drawn with the page; a forged or missing one gives place to a new one."""
    try:
        return uuid.UUID(request.POST.get("key", ""), version=4)
    except ValueError:
        return uuid.uuid4()


def _answered(
    request: HttpRequest,
    questionnaire: Questionnaire,
    take: Take,
    *,
    template: str,
    organizations: list[Organization],
) -> HttpResponse:
    """The page, or what was posted taken; faults stand beside the questions, nothing typed is lost."""
    data = request.POST if request.method == "POST" else None
    sheet = AnswerSheet(questionnaire.questions.all(), data)
    fault, status = "", 200
    if data is not None:
        if sheet.is_valid:
            try:
                take(_key(request), sheet.values)
            except Conflict as refused:
                fault, status = refused.told, 409
            else:
                return unlinked(redirect("questionnaires:answer-thanks"))
        else:
            status = 422
    context = {
        "title": questionnaire.title,
        "questionnaire": questionnaire,
        "asked": sheet.asked(),
        "faults": [one for one in sheet.asked() if one.error],
        "fault": fault,
        "key": data.get("key", "") if data is not None else uuid.uuid4(),
        "voluntary": VOLUNTARY,
        "promise": PROMISES[Mode(questionnaire.mode)],
        "organizations": organizations,
        "chosen": data.get("organization", "") if data is not None else "",
    }
    return unlinked(render(request, template, context, status=status))


def _dead(request: HttpRequest) -> HttpResponse:
    return unlinked(render(request, "questionnaires/answer_dead.html", status=404))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def answer_by_link(request: HttpRequest, code: str) -> HttpResponse:
    recipient = queries.recipient_of(code)
    if recipient is None:
        return _dead(request)

    def take(key: uuid.UUID, values: dict[str, Any]) -> None:
        acts.answer_by_link(recipient=recipient, key=key, values=values)

    return _answered(
        request,
        recipient.questionnaire,
        take,
        template="questionnaires/answer.html",
        organizations=[recipient.organization],
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def answer_by_letter(request: HttpRequest, token: str) -> HttpResponse:
    invitee = queries.invitee_of(token)
    if invitee is None:
        return _dead(request)

    def take(key: uuid.UUID, values: dict[str, Any]) -> None:
        acts.answer_by_letter(token=token, key=key, values=values)

    return _answered(
        request,
        invitee.questionnaire,
        take,
        template="questionnaires/answer.html",
        organizations=[invitee.organization],
    )


@require_http_methods(["GET", "POST"])
def answer_signed_in(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    require(permissions.is_asked(request.user, row), acts.NOT_ASKED)
    if row.pk in queries.answered_ids(request.user):
        return redirect("questionnaires:questionnaire-detail", pk=pk)
    organizations = queries.own_asked_organizations(request.user, row)

    def take(key: uuid.UUID, values: dict[str, Any]) -> None:
        chosen = request.POST.get("organization", "")
        ids = {str(one.pk): one.pk for one in organizations}
        number = ids.get(chosen) if len(ids) > 1 else organizations[0].pk
        if number is None:
            raise Conflict("Выберите свою организацию.")
        acts.answer_signed_in(
            questionnaire=row, by=request.user, organization_id=number, key=key, values=values
        )

    return _answered(
        request, row, take, template="questionnaires/answer_signed_in.html", organizations=organizations
    )


@login_not_required
@require_GET
def answer_thanks(request: HttpRequest) -> HttpResponse:
    home = address("questionnaire-list") if request.user.is_authenticated else ""
    return unlinked(render(request, "questionnaires/answer_thanks.html", {"home": home}))
