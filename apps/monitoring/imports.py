"""A table of an earlier round: organisations × cells, checked whole before anything is written.

The first row holds the addresses of cells, the second their words (for people), each further row one
organisation by its short name or ИНН in the first column.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.core.spreadsheets import ReadSheet
from apps.monitoring.definition import BadValue, CompiledForm
from apps.organizations.models import Organization

FIRST_ROW = 3


@dataclass(frozen=True)
class RowFault:
    """Where in the table, and what is wrong; `row` and `column` as the spreadsheet numbers them."""

    row: int
    column: str
    message: str


@dataclass
class LoadedRound:
    """Values by organisation; `faults` must be empty before anything is written."""

    values: dict[int, dict[str, str]] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)


def read_round(
    sheet: ReadSheet, compiled: CompiledForm, organizations: Sequence[Organization]
) -> LoadedRound:
    """Reads every row and collects every fault."""
    loaded = LoadedRound()
    if not sheet.rows:
        loaded.faults.append(RowFault(1, "A", "Лист пуст."))
        return loaded
    addresses = _addresses(sheet.rows[0], compiled, loaded)
    known = _by_name(organizations)
    for number, row in enumerate(sheet.rows[FIRST_ROW - 1 :], start=FIRST_ROW):
        if any(value not in (None, "") for value in row):
            _read_row(number, row, addresses, known, compiled, loaded)
    if not loaded.values and not loaded.faults:
        loaded.faults.append(RowFault(FIRST_ROW, "A", "В таблице нет ни одной организации."))
    return loaded


def _addresses(head: Sequence[Any], compiled: CompiledForm, loaded: LoadedRound) -> dict[int, str]:
    """Column index → address of a cell that may be loaded; computed cells are passed over."""
    found: dict[int, str] = {}
    for index, value in enumerate(head[1:], start=1):
        address = str(value or "").strip()
        if not address:
            continue
        cell = compiled.cell(address)
        if cell is None or cell.is_x:
            loaded.faults.append(RowFault(1, letters(index), f"В форме нет ячейки «{address[:60]}»."))
        elif address in found.values():
            loaded.faults.append(RowFault(1, letters(index), f"Ячейка «{address}» стоит дважды."))
        elif cell.computed is None:
            found[index] = address
    return found


def _by_name(organizations: Sequence[Organization]) -> dict[str, int]:
    names = {_folded(one.short_name): one.pk for one in organizations}
    return {**{one.inn: one.pk for one in organizations if one.inn}, **names}


def _folded(text: object) -> str:
    return " ".join(str(text).casefold().replace("ё", "е").replace("\u00a0", " ").split())


def _read_row(
    number: int,
    row: Sequence[Any],
    addresses: dict[int, str],
    known: dict[str, int],
    compiled: CompiledForm,
    loaded: LoadedRound,
) -> None:
    organization = known.get(_folded(row[0] or ""))
    if organization is None:
        loaded.faults.append(RowFault(number, "A", f"Организация «{str(row[0])[:80]}» не найдена."))
        return
    if organization in loaded.values:
        loaded.faults.append(RowFault(number, "A", f"Организация «{row[0]}» стоит дважды."))
        return
    values = loaded.values.setdefault(organization, {})
    for index, address in addresses.items():
        text = _text(row[index]) if index < len(row) else ""
        try:
            value = compiled.parse_value(address, text)
        except BadValue as fault:
            loaded.faults.append(RowFault(number, letters(index), str(fault)))
        else:
            if value:
                values[address] = value


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def letters(index: int) -> str:
    """The letters of a column: 0 → A, 26 → AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
