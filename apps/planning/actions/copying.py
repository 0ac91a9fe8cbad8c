"""A plan made after last year's: every event moved to the new year and marked as not looked at."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.accounts.queries import holders_of
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.models import WorkdayException
from apps.core.roles import CITY_READERS
from apps.planning.actions.plans import HEADER_FIELDS, ITEM_FIELDS, ONLY_WRITERS, add_items, create_plan
from apps.planning.enums import YearKind
from apps.planning.models import Plan, PlanItem
from apps.planning.permissions import can_write_plans
from apps.planning.terms import moved_to_year

NOT_COPIED = frozenset({"order_number", "order_date"})
LINKS = frozenset({"subject_type", "subject_id"})


@transaction.atomic
def copy_plan(*, plan: Plan, by: Any) -> Plan:
    """The draft of the next year with all events of the plan: days keep their weekdays and avoid days off.

    Events of a person who has left pass to whoever copies. Nothing counts as looked at. `ValidationError`
    when the next year has its plan already, `Conflict` when there is nothing to copy.
    """
    require(can_write_plans(by), ONLY_WRITERS)
    items = list(plan.items.in_plan().prefetch_related("co_executors"))
    if not items:
        raise Conflict("В этом плане нет мероприятий: копировать нечего.")
    header = {name: getattr(plan, name) for name in HEADER_FIELDS if name not in NOT_COPIED}
    made = create_plan(by=by, owner=plan.owner, year_kind=plan.year_kind, year=plan.year + 1, **header)
    Plan.objects.filter(pk=made.pk).update(copied_from=plan)
    staff = set(holders_of(*CITY_READERS).values_list("pk", flat=True))
    overrides = dict(WorkdayException.objects.values_list("date", "is_working"))
    add_items(plan=made, by=by, rows=[_values(one, made, staff, by, overrides) for one in items])
    journal.record(by=by, verb=Verb.CREATED, subject=made, note=f"скопирован план: {plan}")
    made.refresh_from_db()
    return made


def _values(item: PlanItem, plan: Plan, staff: set[int], by: Any, overrides: Any) -> dict[str, Any]:
    """What the new event is written with."""
    values = {name: getattr(item, name) for name in ITEM_FIELDS if name not in LINKS | {"co_executors"}}
    try:
        term = moved_to_year(item.term, YearKind(plan.year_kind), plan.year, overrides)
    except ValueError as error:
        raise ValidationError(f"«{item.title}»: срок не переносится на {plan.year_title}.") from error
    helpers = {one.pk for one in item.co_executors.all()} & staff
    responsible = item.responsible_id if item.responsible_id in staff else by.pk
    return {
        **values,
        "starts_on": term.first,
        "ends_on": term.last,
        "responsible": responsible,
        "co_executors": sorted(helpers - {responsible}),
        "order": item.order,
        "is_unseen": True,
    }
