"""«Взять прошлогодние значения»: the last round's values for chosen rows and sections."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.core.access import Conflict
from apps.monitoring.actions.filling import Edit, Saved, locked, require_open, save_cells
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm
from apps.monitoring.enums import ChangeSource
from apps.monitoring.models import Response
from apps.monitoring.openrows import rows_of, split
from apps.monitoring.queries import earlier_values
from apps.monitoring.relations.layout import section_address


@dataclass
class Taken:
    """How many blank cells were filled, and the outcome of their saving."""

    count: int
    saved: Saved


@transaction.atomic
def take_last(*, response_id: int, areas: Iterable[str], by: Any, key: str = "") -> Taken:
    """Fills the blank cells of the areas with the values the organisation had accepted in the last round.

    An area is the address of a section («2.1»), a row («2.1/101»), a cell or a question. What has been
    typed stays. Rows of an open table come over only while it is empty. Raises `Refused`, `Conflict`
    (closed, no last round, no area).
    """
    response = locked(response_id)
    require_open(response, by)
    chosen = tuple(area for area in areas if area)
    if not chosen:
        raise Conflict("Отметьте строки или раздел, для которых взять прошлогодние значения.")
    earlier = earlier_values(response)
    if earlier is None:
        raise Conflict("За прошлый период принятого отчёта нет.")
    compiled, filled = compiled_of(response), _filled_tables(response)
    edits = [
        Edit(address, value, was="", source=ChangeSource.LAST_ROUND)
        for address, value in earlier.items()
        if _lies_in(compiled, address, chosen)
        and not response.values.get(address)
        and _is_taken(compiled, filled, address)
    ]
    saved = save_cells(response_id=response_id, edits=edits, by=by, key=key)
    return Taken(len(edits) - len(saved.faults) - len(saved.clashes), saved)


def _lies_in(compiled: CompiledForm, address: str, areas: tuple[str, ...]) -> bool:
    if any(address == area or address.startswith(f"{area}/") for area in areas):
        return True
    cell = compiled.cell(address)
    return cell is not None and not cell.row and section_address(cell.section, cell.copy) in areas


def _is_taken(compiled: CompiledForm, filled_tables: set[str], address: str) -> bool:
    cell = compiled.cell(address)
    if cell is None or cell.is_x or cell.computed is not None:
        return False
    place = split(address)
    return place is None or place[0] not in filled_tables


def _filled_tables(response: Response) -> set[str]:
    return {section for section, rows in rows_of(response).items() if rows}
