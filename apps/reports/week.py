"""Work of a week by person: each indicator that knows whose work it was."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import RoleGrant, User
from apps.core.registry import Indicator, Scope, Task, home_tasks, indicators
from apps.core.roles import IMO_ROLES


def week_of(day: datetime.date) -> Scope:
    """From Monday to Sunday."""
    monday = day - datetime.timedelta(days=day.weekday())
    return Scope(monday, monday + datetime.timedelta(days=6))


def staff_on(day: datetime.date) -> QuerySet[User]:
    """ИМО's people who had a role on the day, by surname."""
    granted = RoleGrant.objects.in_force(day).filter(role__in=sorted(IMO_ROLES))
    people = User.objects.filter(pk__in=granted.values("user_id"), is_active=True)
    return people.order_by("last_name", "first_name", "pk")


@dataclass(frozen=True)
class PersonRow:
    """What one person did: a number for each indicator, in their order."""

    person: Any
    values: tuple[tuple[Indicator, Any], ...]


def pressing(actor: Any) -> list[Task]:
    """What waits for the actor's decision, and what is late: the latter first, by its deadline."""
    tasks = [task for provider in home_tasks.allowed(actor) for task in provider.tasks(actor)]
    late = sorted((one for one in tasks if one.is_late), key=lambda one: str(one.due_at))
    return late + [one for one in tasks if one.due_at is None]


def work_by_person(actor: Any, scope: Scope) -> tuple[list[Indicator], list[PersonRow]]:
    """The indicators, and a row for each of ИМО's people who had a role on the last day, by surname."""
    asked = [one for one in indicators.allowed(actor) if one.by_person]
    rows = [
        PersonRow(
            one, tuple((each, each.value(actor, Scope(scope.first, scope.last, one))) for each in asked)
        )
        for one in staff_on(scope.last)
    ]
    return asked, rows
