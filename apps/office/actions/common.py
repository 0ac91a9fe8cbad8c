"""What the acts of the staff share."""

from typing import Any, TypeVar

from django.db.models import Model

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.office.models import Employee
from apps.office.permissions import can_keep_staff
from apps.office.queries import own_employee

M = TypeVar("M", bound=Model)
ONLY_KEEPERS = "Кадровые сведения ведут заведующий и руководитель департамента."
NO_CARD = "Вас нет среди сотрудников ИМО: попросите заведующего внести вашу карточку."


def require_keeper(by: Any) -> None:
    require(can_keep_staff(by), ONLY_KEEPERS)


def author_of(by: Any) -> Employee:
    """The employee who acts. `Conflict` for a user whose card has not been made."""
    employee = own_employee(by)
    if employee is None:
        raise Conflict(NO_CARD)
    return employee


def named(row: Model) -> str:
    """What the journal calls the row: its kind, for a name or an illness is nobody else's business."""
    title = str(row._meta.verbose_name)
    return title[:1].upper() + title[1:]


def written(row: M, *, by: Any, details: dict[str, Any] | None = None) -> M:
    """Puts the details into the row, checks, saves and journals it. `ValidationError` by field."""
    verb = Verb.CHANGED if row.pk else Verb.CREATED
    for name, value in (details or {}).items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    journal.record(by=by, verb=verb, subject=row, title=named(row))
    return row


def removed(row: Model, *, by: Any) -> None:
    """Deletes the row; history and the journal keep that it was there."""
    journal.record(by=by, verb=Verb.DELETED, subject=row, title=named(row))
    row.delete()


def locked(row: M) -> M:
    """The same row as it is in the database now, held until the end of the transaction."""
    return type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
