"""Rows of open tables: `n1`, `n2`… in the order of adding; a removed code is never used again.

`Response.open_rows`: section address → {"rows": codes that stand, "last": the highest number ever given}.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from apps.monitoring.definition import BadValue, CompiledForm
from apps.monitoring.models import Response
from apps.monitoring.relations.layout import OPEN_ROW_CODE
from apps.monitoring.relations.values import open_rows as rows_with_values


def split(address: str) -> tuple[str, str] | None:
    """Section address and row code of a cell in an added row; None for any other cell."""
    parts = address.split("/")
    return (parts[0], parts[1]) if len(parts) == 3 and OPEN_ROW_CODE.fullmatch(parts[1]) else None


def rows_of(response: Response) -> dict[str, list[str]]:
    """Section address → codes of its rows by number: those added and those that hold a value."""
    found = {section: set(kept["rows"]) for section, kept in response.open_rows.items()}
    for section, rows in rows_with_values(response.values).items():
        found.setdefault(section, set()).update(rows)
    return {section: sorted(rows, key=_number) for section, rows in found.items()}


def last_number(response: Response, section: str, rows: Iterable[str] = ()) -> int:
    """The highest number ever given to a row of the section."""
    return max([response.open_rows.get(section, {}).get("last", 0), *map(_number, rows)])


def next_row(response: Response, section: str) -> str:
    """The code the next added row gets."""
    return f"n{last_number(response, section, rows_of(response).get(section, ())) + 1}"


class RowGuard:
    """Tells whether an edit may go into a row, for all edits of one saving."""

    def __init__(self, response: Response, compiled: CompiledForm) -> None:
        self._tables = compiled.open_tables
        self._kept = response.open_rows
        self._rows = {section: set(rows) for section, rows in rows_of(response).items()}

    def require(self, address: str) -> None:
        """Raises `BadValue` for a cell of a removed row, of one too many, of one far beyond the others."""
        place = split(address)
        if place is None:
            return
        section, row = place
        rows = self._rows.setdefault(section, set())
        if row in rows:
            return
        table = self._tables.get(section)
        last = max([self._kept.get(section, {}).get("last", 0), *map(_number, rows)])
        if table is None or _number(row) > last + table.max_rows:
            raise BadValue("Такой строки в таблице нет.")
        if _number(row) <= self._kept.get(section, {}).get("last", 0):
            raise BadValue("Эта строка удалена.")
        if len(rows) >= table.max_rows:
            raise BadValue(f"В таблице может быть не больше {table.max_rows} строк.")
        rows.add(row)


def note_rows(response: Response, values: Mapping[str, Any]) -> None:
    """Sets (without saving) that the rows into which values are written stand."""
    for address in values:
        if place := split(address):
            keep_row(response, *place)


def keep_row(response: Response, section: str, row: str) -> None:
    """Sets (without saving) that the row stands."""
    rows = rows_of(response).get(section, [])
    kept = sorted({*rows, row}, key=_number)
    response.open_rows[section] = {"rows": kept, "last": last_number(response, section, kept)}


def drop_row(response: Response, section: str, row: str) -> None:
    """Sets (without saving) that the row stands no more; its number stays used."""
    rows = rows_of(response).get(section, [])
    kept = [one for one in rows if one != row]
    response.open_rows[section] = {"rows": kept, "last": last_number(response, section, rows)}


def _number(row: str) -> int:
    return int(row[1:])
