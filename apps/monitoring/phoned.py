"""Whose figures were told by phone: a note under the printed report and under the summary."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet

from apps.core.magadan import in_magadan
from apps.core.russian import date_short, join_and
from apps.monitoring.actions.phoning import waiting_call
from apps.monitoring.models import Campaign, PhoneCall, Response
from apps.monitoring.summaries.moments import Moment, editions_at


def note_of_report(response: Response) -> str:
    """«Данные сообщены по телефону: …» for the paper of a response typed in by staff; empty for any other."""
    call = waiting_call(response)
    if call is None:
        return ""
    told = f"Данные сообщены по телефону: сообщил(а) {call.told_by}, ввёл(а) {call.entered_by}"
    if call.confirmed_at:
        return f"{told}; подтвердил(а) {call.decided_by} {date_short(in_magadan(call.confirmed_at).date())}."
    if call.objected_at:
        return f"{told}; руководитель с ними не согласен."
    return f"{told}; руководитель ещё не подтвердил."


def note_of_summary(calls: QuerySet[PhoneCall]) -> str:
    """The organisations of a summary whose figures staff typed in by phone; empty where there are none."""
    names: dict[bool, list[str]] = {True: [], False: []}
    for call in calls.select_related("response__organization").order_by("response__organization__short_name"):
        names[call.confirmed_at is not None].append(call.response.organization.short_name)
    told = {True: "подтверждено руководителем", False: "ещё не подтверждено руководителем"}
    return " ".join(
        f"Сообщено по телефону, {told[confirmed]}: {join_and(found)}."
        for confirmed, found in names.items()
        if found
    )


def calls_of(
    campaign: Campaign, states: Collection[str], *, moment: Moment | None = None, visible_to: Any = None
) -> QuerySet[PhoneCall]:
    """The calls that the summed responses came by: now by `states`, at a past moment by its editions."""
    rows = PhoneCall.objects.filter(response__campaign=campaign)
    if visible_to is not None:
        rows = rows.visible_to(visible_to)
    if moment is None:
        return rows.filter(response__state__in=states, sent_at=F("response__submitted_at"))
    return rows.filter(
        response__editions__in=editions_at(campaign, moment), sent_at=F("response__editions__submitted_at")
    )
