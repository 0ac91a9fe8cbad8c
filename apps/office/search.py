"""The staff in the search over everything."""

from typing import Any

from django.db.models import Q, QuerySet

from apps.core.columns import folded
from apps.core.registry import SearchHit
from apps.office.models import Employee, LocalAct, Order
from apps.office.permissions import can_keep_staff


def _found(rows: QuerySet, query: str, *paths: str) -> QuerySet:
    """Every word of the query is somewhere in the fields, without regard to case and «ё»."""
    names = {f"_in_{number}": folded(path) for number, path in enumerate(paths)}
    rows = rows.alias(**names)
    for word in query.lower().replace("ё", "е").split()[:10]:
        condition = Q()
        for name in names:
            condition |= Q(**{f"{name}__contains": word})
        rows = rows.filter(condition)
    return rows


def search_employees(user: Any, query: str, limit: int) -> list[SearchHit]:
    """Cards for those who may open them; the others are led to nobody's but their own."""
    rows = Employee.objects.visible_to(user)
    if not can_keep_staff(user):
        rows = rows.filter(user=user.pk)
    found = _found(rows, query, "last_name", "first_name", "middle_name")[:limit]
    return [SearchHit(one.full_name, one.get_absolute_url(), "сотрудник ИМО") for one in found]


def search_orders(user: Any, query: str, limit: int) -> list[SearchHit]:
    rows = _found(Order.objects.visible_to(user), query, "title", "number")[:limit]
    return [SearchHit(one.title, one.get_absolute_url(), "приказ", one.order_text) for one in rows]


def search_acts(user: Any, query: str, limit: int) -> list[SearchHit]:
    rows = _found(LocalAct.objects.visible_to(user), query, "title", "number")[:limit]
    return [
        SearchHit(str(one), one.get_absolute_url(), "локальный акт", str(one.force.label)) for one in rows
    ]
