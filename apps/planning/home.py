"""The plans of the present on the home page."""

from typing import Any

from apps.core.magadan import magadan_today
from apps.planning.agenda import ONE_DAY, Entry
from apps.planning.execution import Execution, with_execution
from apps.planning.models import Holding
from apps.planning.queries import plans_at_work

MOST = 12


def week_panel(user: Any) -> dict[str, Any] | None:
    """What the plans hold this week (long events aside), and how far the plans are; None without plans."""
    plans = [(one, Execution(one.planned, one.done, one.moved, one.cancelled, one.overdue, one.beside))
             for one in with_execution(plans_at_work(user)).order_by("owner", "-year")]  # fmt: skip
    today = magadan_today()
    current = [(plan, made) for plan, made in plans if plan.covers(today)]
    if not current:
        return None
    monday = today - ONE_DAY * today.weekday()
    rows = (
        Holding.objects.visible_to(user)
        .standing()
        .filter(item__plan__in=[plan.pk for plan, _ in current], item__is_beside_plan=False)
        .between(monday, monday + ONE_DAY * 6)
        .select_related("item", "item__responsible")
        .order_by("starts_on", "item__starts_at", "pk")
    )
    entries = [one for one in (Entry(row, today) for row in rows) if not one.is_long]
    return {"plans": current, "entries": entries[:MOST], "more": max(0, len(entries) - MOST)}


def my_overdue(user: Any) -> int:
    """Overdue events the user answers for."""
    rows = Holding.objects.visible_to(user).standing().overdue().filter(item__plan__in=plans_at_work(user))
    return rows.filter(item__responsible_id=user.pk).count()
