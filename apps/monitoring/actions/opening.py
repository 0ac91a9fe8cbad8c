"""The first opening of a response: the moment is kept, known values are put in."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.monitoring.actions.filling import locked, write
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm
from apps.monitoring.enums import ChangeSource
from apps.monitoring.known import form_cell, known_cells
from apps.monitoring.models import Response
from apps.monitoring.permissions import answers_for


@transaction.atomic
def open_first(*, response_id: int, by: Any) -> bool:
    """Remembers when the organisation first opened the response and fills in what the portal knows.

    Only blank cells are filled; a value that does not fit its cell is left out. Gives False, and changes
    nothing, when it has been opened before or `by` may not fill it in.
    """
    response = locked(response_id)
    if response.opened_at is not None or not (answers_for(by, response) and response.is_open):
        return False
    response.opened_at = timezone.now()
    response.save(update_fields=["opened_at"])
    compiled = compiled_of(response)
    write(response, compiled, _known(response, compiled), by=None, begins=False)
    return True


def source_kind(source: str | None) -> str:
    """How the history names a value of this source."""
    return (ChangeSource.OTHER_FORM if form_cell(source or "") else ChangeSource.CARD).value


def _known(response: Response, compiled: CompiledForm) -> dict[str, tuple[str, str]]:
    return {
        address: (text, source_kind(compiled.cells[address].prefill))
        for address, text in known_cells(compiled, response).items()
        if not response.values.get(address)
    }
