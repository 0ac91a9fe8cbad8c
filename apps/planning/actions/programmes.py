"""Programmes that planned events serve (statute 2.2)."""

from typing import Any

from django.db import transaction

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.planning.actions.plans import ONLY_WRITERS
from apps.planning.models import Programme
from apps.planning.permissions import can_write_plans


@transaction.atomic
def save_programme(*, by: Any, programme: Programme | None = None, **values: Any) -> Programme:
    """A new programme or new values of one. `ValidationError` by field."""
    require(can_write_plans(by), ONLY_WRITERS)
    row = programme or Programme()
    verb = Verb.CHANGED if row.pk else Verb.CREATED
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    journal.record(by=by, verb=verb, subject=row)
    return row


@transaction.atomic
def delete_programme(*, by: Any, programme: Programme) -> None:
    """Only one that no event of any plan serves."""
    require(can_write_plans(by), ONLY_WRITERS)
    if programme.items.exists():
        raise Conflict("На эту программу ссылаются мероприятия планов: она не удаляется.")
    journal.record(by=by, verb=Verb.DELETED, subject=programme)
    programme.delete()
