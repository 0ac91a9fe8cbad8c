"""Rows of open tables: added and removed by the respondent."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.access import Conflict
from apps.monitoring.actions.filling import Saved, locked, require_open, write
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm, OpenTable
from apps.monitoring.enums import ChangeSource
from apps.monitoring.models import Part, Response
from apps.monitoring.openrows import drop_row, keep_row, next_row, rows_of


def _open_table(compiled: CompiledForm, section: str) -> OpenTable:
    table = compiled.open_tables.get(section)
    if table is None:
        raise Conflict("В этом разделе нет таблицы, в которую добавляют строки.")
    return table


@transaction.atomic
def add_row(*, response_id: int, section: str, by: Any) -> str:
    """Adds a row to the open table of the section (its address) and gives the code of the row.

    Raises `Refused`, `Conflict` (closed, no such table, too many rows).
    """
    response = locked(response_id)
    require_open(response, by)
    return append_row(response, section)


def append_row(response: Response, section: str) -> str:
    """The same in a locked response that the caller may write into."""
    table = _open_table(compiled_of(response), section)
    if len(rows_of(response).get(section, [])) >= table.max_rows:
        raise Conflict(f"В таблице может быть не больше {table.max_rows} строк.")
    row = next_row(response, section)
    keep_row(response, section, row)
    response.save(update_fields=["open_rows"])
    return row


@transaction.atomic
def remove_row(*, response_id: int, section: str, row: str, by: Any) -> Saved:
    """Takes a row away with its values, which stay in the history. Removing it twice changes nothing."""
    response = locked(response_id)
    require_open(response, by)
    return drop_whole_row(response, section, row, by=by)


def drop_whole_row(response: Response, section: str, row: str, *, by: Any, part: Part | None = None) -> Saved:
    """The same in a locked response that the caller may write into."""
    compiled = compiled_of(response)
    _open_table(compiled, section)
    saved = _emptied(response, compiled, section, row, by, part)
    if row in rows_of(response).get(section, []):
        drop_row(response, section, row)
        response.save(update_fields=["open_rows"])
    return saved


def _emptied(
    response: Response, compiled: CompiledForm, section: str, row: str, by: Any, part: Part | None
) -> Saved:
    saved = Saved(at=timezone.now(), document=response.values)
    prefix = f"{section}/{row}/"
    emptied = {one: ("", ChangeSource.TYPED.value) for one in response.values if one.startswith(prefix)}
    write(response, compiled, emptied, by=by, saved=saved, part=part)
    return saved
