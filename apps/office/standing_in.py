"""Whose open tasks pass to a substitute for the days of an absence."""

from typing import Any

from apps.core.declension import guess_gender
from apps.core.registry import StandIn
from apps.core.russian import Case, date_short, decline_name, initials_before
from apps.office.models import Absence, Employee


def absent_ones(actor: Any) -> list[StandIn]:
    """Everybody the actor stands in for today; with the last day of the absence it ends by itself."""
    rows = Absence.objects.on().filter(substitute__user=actor.pk, employee__user__is_active=True)
    return [
        StandIn(row.employee.user, f"за {accusative(row.employee)}, до {date_short(row.ends_on)}")
        for row in rows.select_related("employee__user")
    ]


def accusative(employee: Employee) -> str:
    """«О. А. Лугову»; what the card keeps for the case wins over the rules."""
    stored = employee.genitive_name.split()
    gender = employee.gender or guess_gender(employee.last_name, employee.first_name, employee.middle_name)
    last = stored[0] if stored else decline_name(employee.last_name, "", "", Case.ACCUSATIVE, gender)
    if not stored and gender is None:
        last = employee.last_name
    return initials_before(last, employee.first_name, employee.middle_name)
