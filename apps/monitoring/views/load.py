"""The load calendar: all organisations by weeks, and the weeks around a deadline being chosen."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from apps.core.access import require
from apps.monitoring import load
from apps.monitoring.enums import CampaignState
from apps.monitoring.models import Campaign, FormVersion
from apps.monitoring.permissions import can_run_campaigns, can_see_progress
from apps.organizations.models import Organization

WEEKS = 8


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Organisations × weeks, from the present week on."""
    require(can_see_progress(request.user), "Нагрузку организаций видит отдел.")
    weeks = load.weeks_from(timezone.localdate(), WEEKS)
    dues = load.dues_of(request.user, weeks[0], weeks[-1])
    everybody = load.by_week(dues)
    rows = [
        {"name": name, "id": pk, "weeks": [own.get(week) for week in weeks]}
        for (name, pk), own in load.by_organization(dues).items()
    ]
    context = {
        "weeks": weeks,
        "rows": rows,
        "totals": [everybody.get(week) for week in weeks],
        "campaigns": _campaigns(dues),
        "max_deadlines": load.MAX_DEADLINES,
        "max_cells": load.MAX_CELLS,
    }
    return render(request, "monitoring/load.html", context)


def _campaigns(dues: list[load.Due]) -> list[dict[str, Any]]:
    """Each campaign with its earliest deadline here and how many organisations still owe it."""
    found: dict[int, dict[str, Any]] = {}
    for one in dues:
        row = found.setdefault(
            one.campaign.pk,
            {
                "campaign": one.campaign,
                "due_at": one.due_at,
                "cells": one.cells,
                "organizations": 0,
                "is_prepared": one.campaign.state == CampaignState.DRAFT,
            },
        )
        row["organizations"] += 1
    return list(found.values())


@require_safe
def around(request: HttpRequest) -> HttpResponse:
    """A part of the campaign's form: how loaded the weeks around the typed deadline are."""
    require(can_run_campaigns(request.user), "Сроки мониторингов выбирают методисты и заведующий.")
    day = _day(request.GET.get("due_at", ""))
    campaign = _campaign(request)
    context: dict[str, Any] = {"day": day, "campaign": campaign}
    if day is not None:
        chosen = _recipients(request, campaign)
        first = load.week_of(day) - load.WEEK * load.AROUND
        dues = load.dues_of(request.user, first, first + load.WEEK * load.AROUND * 2)
        others = [one for one in dues if campaign is None or one.campaign.pk != campaign.pk]
        weeks = load.weeks_around(others, day, chosen, _cells(request, campaign))
        context |= {
            "weeks": weeks,
            "recipients": len(chosen),
            "overloaded": next(one.overloaded for one in weeks if one.is_chosen),
            "max_deadlines": load.MAX_DEADLINES,
            "max_cells": load.MAX_CELLS,
        }
    return render(request, "monitoring/_load_around.html", context)


def _day(text: str) -> datetime.date | None:
    try:
        moment = parse_datetime(text.strip()[:40])
    except ValueError:
        return None
    return moment.date() if moment is not None and 2000 <= moment.year <= 2199 else None


def _campaign(request: HttpRequest) -> Campaign | None:
    pk = request.GET.get("campaign", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        return None
    return Campaign.objects.visible_to(request.user).filter(pk=int(pk)).first()


def _recipients(request: HttpRequest, campaign: Campaign | None) -> set[int]:
    """Those already chosen; before anybody is, all organisations that could be."""
    chosen = set(campaign.responses.values_list("organization_id", flat=True)) if campaign else set()
    if chosen:
        return chosen
    rows = Organization.objects.visible_to(request.user).active_on(timezone.localdate()).heads()
    return set(rows.values_list("pk", flat=True))


def _cells(request: HttpRequest, campaign: Campaign | None) -> int:
    """The size of the form that is to be answered by the new deadline; 0 before one is chosen."""
    pk = request.GET.get("version", "")
    if pk.isascii() and pk.isdigit() and len(pk) < 10:
        version = FormVersion.objects.visible_to(request.user).filter(pk=int(pk)).first()
        return load.cells_of([version.pk])[version.pk] if version and version.is_published else 0
    return load.cells_of([campaign.version_id])[campaign.version_id] if campaign else 0
