"""Cuts of a plan: month, week, calendar, executors and their own plans, execution, clashes."""

import datetime
from typing import Any

from apps.accounts.models import User
from apps.core.access import found
from apps.core.charts import Chart, Series
from apps.core.magadan import magadan_today
from apps.core.models import WorkdayException
from apps.core.russian import date_short
from apps.planning import permissions
from apps.planning.agenda import (
    WEEKDAYS,
    days_of,
    entries_between,
    grid_of,
    month_of,
    month_title,
    neighbours,
    week_of,
)
from apps.planning.clashes import ClashKind, clashes_of
from apps.planning.enums import PlanState
from apps.planning.execution import Execution
from apps.planning.load import load_of
from apps.planning.queries import people_of
from apps.planning.table import by_section, rows_of, total
from apps.planning.views.common import PlanCut, address, crumbs_of


class PlanMonth(PlanCut):
    template_name = "planning/plan_month.html"
    part = "month"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.object
        month = month_of(self.request.GET.get("month", ""), plan)
        entries = entries_between(plan, self.request.user, month)
        before, after = neighbours(month, plan)
        return super().get_context_data(
            month=month,
            month_title=month_title(month),
            month_value=f"{month.first:%Y-%m}",
            before=f"?month={before:%Y-%m}" if before else "",
            after=f"?month={after:%Y-%m}" if after else "",
            dated=[one for one in entries if not one.is_long],
            long=[one for one in entries if one.is_long],
            **kwargs,
        )


class PlanWeek(PlanCut):
    template_name = "planning/plan_week.html"
    part = "week"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.object
        week = week_of(self.request.GET.get("day", ""), plan)
        entries = entries_between(plan, self.request.user, week)
        before, after = neighbours(week, plan)
        return super().get_context_data(
            week_title=f"{date_short(week.first)} – {date_short(week.last)}",
            before=f"?day={before.isoformat()}" if before else "",
            after=f"?day={after.isoformat()}" if after else "",
            days=days_of(week, entries, overrides()),
            long=[one for one in entries if one.is_long],
            **kwargs,
        )


class PlanCalendar(PlanCut):
    """The grid of a month, Monday first."""

    template_name = "planning/plan_calendar.html"
    part = "calendar"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.object
        month = month_of(self.request.GET.get("month", ""), plan)
        grid = grid_of(month)
        entries = entries_between(plan, self.request.user, grid)
        days = days_of(grid, entries, overrides(), month)
        before, after = neighbours(month, plan)
        return super().get_context_data(
            month_title=month_title(month),
            before=f"?month={before:%Y-%m}" if before else "",
            after=f"?month={after:%Y-%m}" if after else "",
            weekdays=WEEKDAYS,
            weeks=[days[at : at + 7] for at in range(0, len(days), 7)],
            long=[one for one in entries if one.is_long and one.holding.starts_on <= month.last],
            **kwargs,
        )


class PlanPeople(PlanCut):
    """Load by person: how much each answers for in each month."""

    template_name = "planning/plan_people.html"
    part = "people"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, user = self.object, self.request.user
        rows = rows_of(plan, user, with_clashes=False)
        return super().get_context_data(load=load_of(plan, rows), **kwargs)


class PersonPlan(PlanCut):
    """One's own plan: what the person answers for and helps with, month by month."""

    template_name = "planning/person_plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, user = self.object, self.request.user
        person: User = found(people_of(plan, user), pk=self.kwargs["person"])
        rows = [row for row in rows_of(plan, user) if person.pk in row.people_ids]
        own = [row for row in rows if row.item.responsible_id == person.pk]
        return super().get_context_data(
            **{
                "title": f"План: {person.short_name}",
                "person": person,
                "breadcrumbs": [*crumbs_of(plan), ("По исполнителям", address("plan-people", plan.pk))],
                "lead": str(plan),
                "plan_tabs": [],
                "sections": by_section(own),
                "helping": [row for row in rows if row.item.responsible_id != person.pk],
                "execution": total(own),
                "is_carried_out": plan.state in (PlanState.APPROVED, PlanState.CLOSED),
                **kwargs,
            }
        )


class PlanExecution(PlanCut):
    """Percent of execution of the plan, of each section and quarter, and what is overdue."""

    template_name = "planning/plan_execution.html"
    part = "execution"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, user = self.object, self.request.user
        rows = rows_of(plan, user, with_clashes=False)
        sections = [(title, made) for title, made, found_rows in by_section(rows) if title != "Сверх плана"]
        return super().get_context_data(
            execution=total(rows),
            sections=sections,
            quarters=quarters(plan, rows),
            chart=chart_of(sections) if rows else None,
            overdue=[row for row in rows if row.is_overdue],
            beside=[row for row in rows if row.item.is_beside_plan],
            load=load_of(plan, rows),
            may_add_beside=permissions.can_add_beside(user, plan),
            is_carried_out=plan.state in (PlanState.APPROVED, PlanState.CLOSED),
            **kwargs,
        )


def quarters(plan: Any, rows: list[Any]) -> list[tuple[str, Execution]]:
    """Each three months of the plan's year: a holding belongs to that of its last day."""
    from apps.planning.forms import month_choices

    names = month_choices(plan)
    today = magadan_today()
    found_quarters = []
    for at in range(0, 12, 3):
        keys = [key for key, _ in names[at : at + 3]]
        made = Execution()
        for row in rows:
            held = [one for one in row.holdings if f"{one.ends_on:%Y-%m}" in keys]
            made += type(row)(row.number, row.item, held, today).execution
        found_quarters.append((f"{names[at][1]} – {names[at + 2][1]}", made))
    return found_quarters


def chart_of(sections: list[tuple[str, Execution]]) -> Chart:
    """Bars of what is done, left and cancelled by section."""
    parts = [
        Series("выполнено", [one.done for _, one in sections]),
        Series("осталось", [one.left for _, one in sections]),
        Series("снято", [one.cancelled for _, one in sections]),
    ]
    told = "Сколько проведений в каждом разделе выполнено, осталось и снято."
    return Chart("stacked_bar", "Исполнение по разделам", told, [title for title, _ in sections], parts)


class PlanClashes(PlanCut):
    template_name = "planning/plan_clashes.html"
    part = "clashes"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        clashes = clashes_of(self.object, self.request.user)
        groups = [(kind, [one for one in clashes if one.kind == kind]) for kind in ClashKind]
        return super().get_context_data(groups=[(kind, rows) for kind, rows in groups if rows], **kwargs)


def overrides() -> dict[datetime.date, bool]:
    """Working days and days off that the staff has entered."""
    return dict(WorkdayException.objects.values_list("date", "is_working"))
