"""An organisation's own filled workbook: what its mapped cells hold, and what can't be taken of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from apps.core.spreadsheets import Cell, ReadSheet, SpreadsheetRefused
from apps.monitoring.actions.filling import parse_typed
from apps.monitoring.definition import BadValue, CompiledForm
from apps.monitoring.ministry.layout import Layout
from apps.monitoring.ministry.numbering import value_at
from apps.monitoring.ministry.places import Place
from apps.monitoring.ministry.workbook import KeptWorkbook, read_sheets

# Signs that people put where there is nothing.
_DASHES = frozenset("-–—−")


@dataclass(frozen=True)
class Taken:
    """A value found in the workbook, in its stored form; `was` is what the response holds."""

    address: str
    place: Place
    value: str
    was: str


@dataclass(frozen=True)
class Trouble:
    """A cell that is not taken, and why."""

    address: str
    place: Place
    told: str


@dataclass
class Read:
    """`changes` in the order of the form; `same` counts the cells that hold what the response holds."""

    changes: list[Taken] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    same: int = 0
    blank: int = 0


def read_answers(
    file: IO[bytes] | Any,
    *,
    blank: IO[bytes],
    compiled: CompiledForm,
    places: Mapping[str, Place],
    values: Mapping[str, str],
) -> Read:
    """What an uploaded workbook of the blank's layout would change in a response with these `values`.

    A blank cell of the workbook takes nothing away; computed cells are the portal's own and are not read.
    Raises `SpreadsheetRefused`: no workbook, dangerous, or none of the blank's sheets in it.
    """
    sheets = {sheet.title: sheet for sheet in read_sheets(file)}
    _require_same_book(sheets, places.values())
    layout = Layout(KeptWorkbook(blank), read_sheets(blank), places.values())
    read = Read()
    for address, cell in compiled.cells.items():
        if address in places and not cell.is_x and cell.computed is None:
            _take(read, compiled, address, places[address], sheets, layout, values.get(address, ""))
    return read


def _require_same_book(sheets: Mapping[str, ReadSheet], places: Iterable[Place]) -> None:
    wanted = list(dict.fromkeys(place.sheet for place in places))
    if not any(title in sheets for title in wanted):
        names = ", ".join(f"«{title}»" for title in wanted[:5])
        raise SpreadsheetRefused(f"Это не тот бланк: в файле нет ни одного из его листов ({names}).")


def _take(
    read: Read,
    compiled: CompiledForm,
    address: str,
    place: Place,
    sheets: Mapping[str, ReadSheet],
    layout: Layout,
    was: str,
) -> None:
    if told := layout.moved(place, sheets):
        read.troubles.append(Trouble(address, place, told))
        return
    text = typed(value_at(sheets[place.sheet], place.row - 1, place.column - 1))
    try:
        value = parse_typed(compiled, address, text)
    except BadValue as bad:
        read.troubles.append(Trouble(address, place, str(bad)))
        return
    if not value:
        read.blank += 1
    elif value == was:
        read.same += 1
    else:
        read.changes.append(Taken(address, place, value, was))


def typed(value: Cell) -> str:
    """The value of a cell as a person would type it into the portal; a dash is nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return "" if value.strip() in _DASHES else value.strip()
    return str(value) if isinstance(value, int) else f"{value:f}"
