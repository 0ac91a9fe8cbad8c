"""Events that are done because the work they are linked to is finished."""

import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from apps.core.magadan import in_magadan
from apps.papers.models import Paper
from apps.planning.actions.plans import locked_plan
from apps.planning.enums import OPEN_MARKS, Mark, PlanState
from apps.planning.models import Holding, PlanItem
from apps.planning.states import HOLDING
from apps.workflow.actions import move


def close_items_of(
    *, subject: Model, by: Any, at: datetime.datetime, paper: Paper | None = None
) -> list[Holding]:
    """Marks one holding of every event of a plan in execution that is linked to `subject`, with the day and
    the paper. A holding already closed by this subject (its report approved anew) gets the new paper only.

    No right is asked: whoever finished the work had the right to finish it. Call it in a transaction.
    """
    items = PlanItem.objects.standing().filter(
        subject_type=subject._meta.label_lower, subject_id=str(subject.pk), plan__state=PlanState.APPROVED
    )
    closed = [_closed(item, subject, by, in_magadan(at).date(), paper) for item in items.order_by("pk")]
    return [one for one in closed if one is not None]


def _closed(
    item: PlanItem, subject: Model, by: Any, day: datetime.date, paper: Paper | None
) -> Holding | None:
    item.plan = locked_plan(item.plan_id)
    rows = list(item.holdings.select_for_update().order_by("starts_on", "pk"))
    address = _address(subject)
    known = next((one for one in rows if one.state == Mark.DONE and one.document_url == address), None)
    if known is not None:
        known.document = _document(subject, paper)
        known.save(update_fields=["document"])
        return None
    holding = _due(rows, day)
    if holding is None or item.plan.state != PlanState.APPROVED:
        return None
    holding.item = item
    holding.done_on, holding.document, holding.document_url = day, _document(subject, paper), address
    holding.marked_by_id, holding.marked_at = getattr(by, "pk", None), timezone.now()
    fields = ("done_on", "document", "document_url", "marked_by", "marked_at")
    move(holding, HOLDING, "complete", by=by, update_fields=fields)
    return holding


def _due(rows: list[Holding], day: datetime.date) -> Holding | None:
    """The last open one that has begun by the day, otherwise the next open one."""
    still_open = [one for one in rows if one.state in OPEN_MARKS]
    begun = [one for one in still_open if one.starts_on <= day]
    return begun[-1] if begun else next(iter(still_open), None)


def _document(subject: Model, paper: Paper | None) -> str:
    return (f"{paper.title}, №\u00a0{paper.number}" if paper else str(subject))[:300]


def _address(subject: Model) -> str:
    get_address = getattr(subject, "get_absolute_url", None)
    return get_address() if get_address else f"{subject._meta.label_lower}:{subject.pk}"
