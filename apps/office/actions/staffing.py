"""Posts and editions of the staffing table. The department's head alone approves (statute 6.1)."""

import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from apps.accounts.queries import holders_of
from apps.core.access import Conflict, require
from apps.core.roles import Role
from apps.notices.actions import notify
from apps.office.actions.common import locked, removed, require_keeper, written
from apps.office.models import Position, StaffingEdition, StaffingLine
from apps.office.permissions import can_approve_staffing, can_edit_edition
from apps.office.states import EDITION
from apps.workflow.actions import move

MONEY = ("salary", "district_allowance", "northern_allowance", "other_allowance")
ONLY_DRAFT = "Штатное расписание меняется, пока оно в проекте; утверждённая редакция не меняется никогда."
ONLY_DIRECTOR = "Штатное расписание утверждает и возвращает руководитель департамента."


@transaction.atomic
def save_position(*, by: Any, position: Position | None = None, **details: Any) -> Position:
    """A new post, or changes of one. `Refused`; `ValidationError`."""
    require_keeper(by)
    return written(locked(position) if position else Position(), by=by, details=details)


@transaction.atomic
def create_edition(
    *, by: Any, in_force_from: datetime.date, note: str = "", copy_from: StaffingEdition | None = None
) -> StaffingEdition:
    """A draft with the next number, with the lines of another edition where one is given."""
    require_keeper(by)
    last = StaffingEdition.objects.aggregate(last=Max("number"))["last"] or 0
    edition = written(StaffingEdition(number=last + 1, in_force_from=in_force_from, note=note), by=by)
    lines = list(copy_from.lines.filter(position__is_closed=False)) if copy_from else []
    for line in lines:
        line.pk, line.edition = None, edition
        line._state.adding = True
    StaffingLine.objects.bulk_create(lines)
    return edition


@transaction.atomic
def change_edition(*, by: Any, edition: StaffingEdition, **details: Any) -> StaffingEdition:
    edition = _draft(edition, by)
    return written(edition, by=by, details={**details, "revision": edition.revision + 1})


@transaction.atomic
def delete_edition(*, by: Any, edition: StaffingEdition) -> None:
    """Only a draft that no order rests on."""
    edition = _draft(edition, by)
    if edition.orders.exists():
        raise Conflict("На эту редакцию ссылается приказ: сначала удалите его проект.")
    removed(edition, by=by)


@transaction.atomic
def save_line(
    *, by: Any, edition: StaffingEdition, line: StaffingLine | None = None, **details: Any
) -> StaffingLine:
    """Units of a post in a draft; money is passed over where the portal is not told to keep it."""
    edition = _draft(edition, by)
    if not settings.PORTAL_SALARIES:
        details = {name: value for name, value in details.items() if name not in MONEY}
    row = locked(line) if line else StaffingLine(edition=edition)
    saved = written(row, by=by, details=details)
    _bump(edition)
    return saved


@transaction.atomic
def remove_line(*, by: Any, line: StaffingLine) -> None:
    edition = _draft(line.edition, by)
    removed(line, by=by)
    _bump(edition)


@transaction.atomic
def send_edition(*, by: Any, edition: StaffingEdition) -> None:
    """Sends the draft to the department's head. `Conflict` without a single line."""
    edition = _draft(edition, by)
    if not edition.lines.exists():
        raise Conflict("В штатном расписании нет ни одной должности: внесите их перед отправкой.")
    move(edition, EDITION, "send", by=by)
    notify(
        recipients=holders_of(Role.DIRECTOR),
        kind="staffing",
        title=f"На утверждении: {edition}",
        url=edition.get_absolute_url(),
        by=by,
    )


@transaction.atomic
def return_edition(*, by: Any, edition: StaffingEdition, comment: str) -> None:
    """Back to a draft, with a mandatory comment."""
    edition = locked(edition)
    require(can_approve_staffing(by), ONLY_DIRECTOR)
    move(edition, EDITION, "return", by=by, comment=comment)
    notify(
        recipients=holders_of(Role.HEAD),
        kind="staffing",
        title=f"Возвращено на доработку: {edition}",
        text=comment,
        url=edition.get_absolute_url(),
        by=by,
    )


@transaction.atomic
def approve_edition(
    *, by: Any, edition: StaffingEdition, order_number: str, order_date: datetime.date, seen: str = ""
) -> StaffingEdition:
    """Approves by an order of the department; from then on the edition is frozen.

    `seen` is the revision that was read; another one is refused. Raises `Refused`, `Conflict`,
    `ValidationError` (no order, another edition of the same day).
    """
    edition = locked(edition)
    require(can_approve_staffing(by), ONLY_DIRECTOR)
    EDITION.check(edition.state, "approve")
    if seen and seen != str(edition.revision):
        raise Conflict("Штатное расписание изменилось с тех пор, как вы его открыли. Прочитайте ещё раз.")
    edition.order_number, edition.order_date = order_number.strip(), order_date
    edition.approved_by_id, edition.approved_at = by.pk, timezone.now()
    state, edition.state = edition.state, "approved"
    edition.full_clean()
    edition.state = state
    fields = ("order_number", "order_date", "approved_by", "approved_at")
    move(edition, EDITION, "approve", by=by, update_fields=fields)
    notify(
        recipients=holders_of(Role.HEAD),
        kind="staffing",
        title=f"Утверждено: {edition}",
        url=edition.get_absolute_url(),
        by=by,
    )
    return edition


def total_units(edition: StaffingEdition) -> Decimal:
    """Staff in all, as Т-3 names it above the table."""
    return sum((line.units for line in edition.lines.all()), Decimal(0))


def _draft(edition: StaffingEdition, by: Any) -> StaffingEdition:
    require_keeper(by)
    edition = locked(edition)
    if not can_edit_edition(by, edition):
        raise Conflict(ONLY_DRAFT)
    return edition


def _bump(edition: StaffingEdition) -> None:
    StaffingEdition.objects.filter(pk=edition.pk).update(revision=F("revision") + 1)
