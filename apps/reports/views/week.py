"""The head's Monday page: what was done last week, by whom, and what waits (statute 1.6, 5.2)."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.generic import TemplateView

from apps.core.access import found, require
from apps.core.columns import Column
from apps.core.magadan import magadan_today
from apps.core.registry import Scope, indicators
from apps.core.russian import date_short
from apps.reports.actions import MAX_NAMES
from apps.reports.figures import behind, named
from apps.reports.permissions import can_see_everybodys_work
from apps.reports.week import pressing, staff_on, week_of, work_by_person

NOT_YOURS = "Работу каждого сотрудника видят заведующий и руководитель департамента."
WEEK = datetime.timedelta(days=7)


def chosen_monday(request: HttpRequest) -> datetime.date:
    """`?from=2026-11-16`: the Monday of that week; last week unless it can be understood."""
    today = magadan_today()
    try:
        day = datetime.date.fromisoformat(request.GET.get("from", ""))
        return week_of(min(max(day, datetime.date(2000, 1, 3)), today)).first
    except ValueError:
        return week_of(today).first - WEEK


class OfTheWeek(TemplateView):
    """Pages about people's work are for the heads."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(can_see_everybodys_work(request.user), NOT_YOURS)
        return super().dispatch(request, *args, **kwargs)


class WeekPage(OfTheWeek):
    template_name = "reports/week.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scope = week_of(chosen_monday(self.request))
        heads, rows = work_by_person(self.request.user, scope)
        return super().get_context_data(
            title="Неделя отдела",
            lead="Что ждёт вашего решения и что просрочено сегодня; что сделано за неделю и кем.",
            pressing=pressing(self.request.user),
            scope=scope,
            before=scope.first - WEEK,
            after=scope.first + WEEK if scope.first + WEEK <= magadan_today() else None,
            heads=heads,
            rows=rows,
            **kwargs,
        )


class WeekFigure(OfTheWeek):
    """What a number of the week counts, by name."""

    template_name = "reports/week_figure.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, indicator = self.request.user, indicators.get(self.kwargs["key"])
        person = found(staff_on(week_of(chosen_monday(self.request)).last), pk=self.kwargs["pk"])
        if indicator is None or not indicator.by_person or not indicator.allowed(user):
            raise Http404
        week = week_of(chosen_monday(self.request))
        scope = Scope(week.first, week.last, person)
        return super().get_context_data(
            title=indicator.title,
            lead=f"{person}: {date_short(week.first)} – {date_short(week.last)}",
            breadcrumbs=[("Неделя отдела", f"{reverse('reports:week')}?from={week.first}")],
            columns=[Column("title", "Наименование", url=lambda row: row.url)],
            rows=[named(row) for row in behind(indicator, user, scope)[:MAX_NAMES]],
            **kwargs,
        )
