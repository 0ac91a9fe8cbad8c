"""An organisation's own filled workbook: what its mapped cells hold, and what can't be taken of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from apps.core.filekinds import FileKind, kind_of
from apps.core.spreadsheets import Cell, ReadSheet, SpreadsheetRefused
from apps.monitoring.actions.filling import parse_typed
from apps.monitoring.definition import BadValue, CompiledForm
from apps.monitoring.definition.values import canonical
from apps.monitoring.ministry.layout import Layout
from apps.monitoring.ministry.numbering import value_at
from apps.monitoring.ministry.places import Place
from apps.monitoring.ministry.workbook import KeptWorkbook, read_sheets
from apps.monitoring.workbook.typed import localized

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


@dataclass(frozen=True)
class Total:
    """A computed cell that the workbook holds another value of than the portal will compute."""

    address: str
    place: Place
    value: str
    computed: str


@dataclass
class Read:
    """`changes` in the order of the form; `same` counts the cells that hold what the response holds."""

    changes: list[Taken] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
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

    A blank cell of the workbook takes nothing away; computed cells are the portal's own, they are compared.
    Raises `SpreadsheetRefused`: no workbook, dangerous, or none of the blank's sheets in it.
    """
    own = OwnCopy(file)
    _require_same_book(own.sheets, places.values())
    layout = Layout(KeptWorkbook(blank), read_sheets(blank), places.values())
    read = Read()
    computed = []
    for address, cell in compiled.cells.items():
        if address not in places or cell.is_x:
            continue
        if cell.computed is not None:
            computed.append(address)
        elif told := layout.moved(places[address], own.sheets) or own.unreadable(places[address]):
            read.troubles.append(Trouble(address, places[address], told))
        else:
            _take(read, compiled, address, places[address], own, values.get(address, ""))
    _compare(read, compiled, {at: places[at] for at in computed}, own, values)
    return read


class OwnCopy:
    """The uploaded workbook: its values, and, of an .xlsx, why a cell has none."""

    def __init__(self, file: IO[bytes] | Any) -> None:
        self.sheets = {sheet.title: sheet for sheet in read_sheets(file)}
        file.seek(0)
        self._book = KeptWorkbook(file) if kind_of(file, "") is FileKind.XLSX else None

    def text(self, place: Place) -> str:
        sheet = self.sheets.get(place.sheet)
        return typed(value_at(sheet, place.row - 1, place.column - 1)) if sheet else ""

    def unreadable(self, place: Place) -> str:
        """Why the cell has no value of its own to take; empty where it has one or is blank."""
        if self._book is None or place.sheet not in self._book.parts:
            return ""
        corner = self._book.corner(place)
        if corner != place:
            return f"ячейки объединены: значение стоит только в {corner.cell}"
        return self._book.unreadable(place)


def _compare(
    read: Read,
    compiled: CompiledForm,
    places: Mapping[str, Place],
    own: OwnCopy,
    values: Mapping[str, str],
) -> None:
    """Totals of the workbook against those the portal will compute of what is taken."""
    after = {**values, **{one.address: one.value for one in read.changes}}
    after.update(compiled.compute(after))
    for address, place in places.items():
        cell = compiled.cells[address]
        text = own.text(place).replace(" ", "").replace("\u00a0", "").replace(",", ".")
        try:
            value = canonical(cell, Decimal(text)) if text and cell.is_number else ""
        except InvalidOperation:
            continue
        if value and value != after.get(address, ""):
            read.totals.append(Total(address, place, value, after.get(address, "")))


def _require_same_book(sheets: Mapping[str, ReadSheet], places: Iterable[Place]) -> None:
    wanted = list(dict.fromkeys(place.sheet for place in places))
    if not any(title in sheets for title in wanted):
        names = ", ".join(f"«{title}»" for title in wanted[:5])
        raise SpreadsheetRefused(f"Это не тот бланк: в файле нет ни одного из его листов ({names}).")


def _take(read: Read, compiled: CompiledForm, address: str, place: Place, own: OwnCopy, was: str) -> None:
    try:
        value = parse_typed(compiled, address, localized(compiled.cells[address], own.text(place)))
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
