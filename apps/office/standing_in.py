"""Whose open tasks pass on: an absent one's to his substitute, a dismissed one's to the head."""

import datetime
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.queries import as_on
from apps.core.declension import guess_gender
from apps.core.registry import StandIn, Task, home_tasks
from apps.core.russian import Case, date_short, decline_name, initials_before
from apps.office.enums import OrderKind
from apps.office.models import Absence, Appointment, Employee, Order
from apps.planning.enums import PlanState
from apps.planning.models import Holding

YEAR = datetime.timedelta(days=366)
NOBODY = 0


def absent_ones(actor: Any) -> list[StandIn]:
    """Everybody the actor stands in for today; with the last day of the absence it ends by itself."""
    rows = Absence.objects.on().filter(substitute__user=actor.pk, employee__user__is_active=True)
    return [
        StandIn(row.employee.user, f"за {accusative(row.employee)}, до {date_short(row.ends_on)}")
        for row in rows.select_related("employee__user")
    ]


def dismissals_shown() -> list[tuple[Order, User, datetime.date]]:
    """The last dismissal, within a year, of everybody who does not work at ИМО any more and had a user.

    With each order the user and the last day of work.
    """
    today = timezone.localdate()
    orders = Order.objects.recorded().filter(
        kind=OrderKind.DISMISSAL,
        employee__user__isnull=False,
        starts_on__lt=today,
        starts_on__gte=today - YEAR,
    )
    working = Appointment.objects.in_force().values("employee_id")
    latest = orders.exclude(employee__in=working).order_by("employee_id", "-starts_on", "-pk")
    rows = latest.distinct("employee_id").select_related("employee__user")
    return [
        (one, one.employee.user, one.starts_on)
        for one in rows
        if one.employee and one.employee.user and one.starts_on
    ]


def tasks_left_by(user: User, day: datetime.date) -> list[Task]:
    """What waits for this very user by the rights he has on the day.

    Left out is what nobody can do in his stead, and what waits for everybody of his role: for that there
    are others. Whoever has the same rights and nothing of his own tells which that is.
    """
    former = as_on(user, day)
    anybody = User(pk=NOBODY, username="")
    anybody.hold(former.grants_today)
    common = {(one.title, one.url) for one in _passing(anybody)}
    own = [one for one in _passing(former) if (one.title, one.url) not in common]
    told = {one.url for one in own}
    return own + [one for one in _events_of(former) if one.url not in told]


def _events_of(user: User) -> list[Task]:
    """Open events of approved plans that the user answers for: the home page tells only of the next ones."""
    rows = Holding.objects.visible_to(user).standing().open().filter(
        item__plan__state=PlanState.APPROVED, item__responsible=user
    )  # fmt: skip
    latest = rows.select_related("item").order_by("item_id", "-ends_on", "-pk").distinct("item_id")
    return [
        Task(f"Провести: {one.item}", one.item.get_absolute_url(), detail=one.term_text)
        for one in sorted(latest, key=lambda one: (one.ends_on, one.pk))
    ]


def _passing(user: User) -> list[Task]:
    """Open tasks of the user that may pass to another."""
    providers = [one for one in home_tasks.allowed(user) if not one.is_personal]
    return [task for provider in providers for task in provider.tasks(user)]


def accusative(employee: Employee) -> str:
    """«О. А. Лугову»; what the card keeps for the case wins over the rules."""
    stored = employee.genitive_name.split()
    gender = employee.gender or guess_gender(employee.last_name, employee.first_name, employee.middle_name)
    last = stored[0] if stored else decline_name(employee.last_name, "", "", Case.ACCUSATIVE, gender)
    if not stored and gender is None:
        last = employee.last_name
    return initials_before(last, employee.first_name, employee.middle_name)
