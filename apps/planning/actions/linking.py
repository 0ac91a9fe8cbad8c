"""The work an event of a plan is linked to: when that is finished, the event is done."""

from typing import Any

from django.apps import apps
from django.db import transaction

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.registry import plan_subjects
from apps.planning.actions.plans import locked_plan
from apps.planning.enums import PlanState
from apps.planning.models import PlanItem
from apps.planning.permissions import can_link

ONLY_LINKERS = "Связывают мероприятие с работой составители плана и ответственный за него."
UNKNOWN = "Такой работы нет: выберите её из списка."


@transaction.atomic
def link_item(*, item: PlanItem, by: Any, subject_type: str, subject_id: str) -> PlanItem:
    """Links the event to a row of a registered kind that `by` may see; it is no part of the approved text,
    so it needs no amendment. `Conflict` for an unknown row and in a closed plan."""
    row = _locked(item, by)
    if not _exists(by, subject_type, subject_id):
        raise Conflict(UNKNOWN)
    return _linked(row, by, subject_type, subject_id)


@transaction.atomic
def unlink_item(*, item: PlanItem, by: Any) -> PlanItem:
    """The event is marked by hand again."""
    return _linked(_locked(item, by), by, "", "")


def _exists(by: Any, subject_type: str, subject_id: str) -> bool:
    known = {one.model for one in plan_subjects.values()}
    if subject_type not in known or not subject_id.isascii() or not subject_id.isdecimal():
        return False
    rows: Any = apps.get_model(subject_type)._default_manager.all()
    return bool(len(subject_id) < 19 and rows.visible_to(by).filter(pk=int(subject_id)).exists())


def _locked(item: PlanItem, by: Any) -> PlanItem:
    plan = locked_plan(item.plan_id)
    row = PlanItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    row.plan = plan
    require(can_link(by, row), ONLY_LINKERS)
    if plan.state not in (PlanState.DRAFT, PlanState.APPROVED):
        raise Conflict("Связи мероприятий меняют в проекте и в утверждённом плане.")
    return row


def _linked(row: PlanItem, by: Any, subject_type: str, subject_id: str) -> PlanItem:
    row.subject_type, row.subject_id = subject_type, subject_id
    row.save(update_fields=["subject_type", "subject_id"])
    journal.record(by=by, verb=Verb.CHANGED, subject=row, note="связанная работа")
    return row
