"""Plans and their events in the search over everything."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from apps.core.columns import folded
from apps.core.registry import SearchHit
from apps.planning.enums import PlanState
from apps.planning.models import Plan, PlanItem


def _words(query: str) -> list[str]:
    return query.lower().replace("ё", "е").split()[:10]


def _found(rows: QuerySet, query: str, *paths: str) -> QuerySet:
    """Every word of the query is somewhere in the fields, without regard to case and «ё»."""
    names = {f"_in_{number}": folded(path) for number, path in enumerate(paths)}
    rows = rows.alias(**names)
    for word in _words(query):
        condition = Q()
        for name in names:
            condition |= Q(**{f"{name}__contains": word})
        rows = rows.filter(condition)
    return rows


def search_items(user: Any, query: str, limit: int) -> list[SearchHit]:
    rows = PlanItem.objects.visible_to(user).standing().select_related("plan")
    found = _found(rows, query, "title", "form", "audience", "result").order_by("-plan__year", "starts_on")
    return [
        SearchHit(
            str(one),
            reverse("planning:item-detail", args=[one.pk]),
            "мероприятие плана",
            f"{one.term_text}, {one.plan}",
        )
        for one in found[:limit]
    ]


def search_plans(user: Any, query: str, limit: int) -> list[SearchHit]:
    """By owner and year as they are written; there are few plans."""
    found = [
        one
        for one in Plan.objects.visible_to(user)
        if all(word in f"{one} {one.theme}".lower().replace("ё", "е") for word in _words(query))
    ]
    return [
        SearchHit(str(one), one.get_absolute_url(), "план работы", str(PlanState(one.state).label))
        for one in found[:limit]
    ]
