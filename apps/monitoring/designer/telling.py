"""Faults of a draft as they are told: once, at the place and the field where the mistake was typed.

A form tells of the cells it could not compute; a person has typed an expression for a whole row or column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.monitoring.definition import Fault
from apps.monitoring.designer.blocks import id_of, place_of_fault
from apps.monitoring.designer.places import Path, sections_of, text_of
from apps.monitoring.designer.tables import cell_of

COMPUTED, WHEN = "value.computed", "when"
NOTHING_FOUND = "вычисление не находит ни одной клетки"
IN_ROW = re.compile(r" \(в строке \S+ раздела \S+\)")
STEP_MARKS = str.maketrans({"[": ".", "]": None})


@dataclass(frozen=True)
class Told:
    """A fault in words; `place`: the id of its piece of the page, `path`, `row`, `column`: of the panel
    that has the field with the mistake, `field`: its name, empty where it is no field of a panel."""

    message: str
    place: str
    path: str = ""
    field: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True)
class _Typed:
    """Where the expression of a cell stands: its table (with its path), and the words for its place."""

    table: Any
    at: Path
    words: str
    own: bool = False


def told_of(document: Any, faults: Iterable[Fault]) -> list[Told]:
    """The faults in their order, those of one expression told once with the cells it fails in."""
    found: dict[tuple[str, ...], tuple[Told, list[str]]] = {}
    for fault in faults:
        one, cell = _told(document, fault)
        _, cells = found.setdefault((one.place, one.field, one.message, one.row, one.column), (one, []))
        cells += [cell] if cell else []
    return [_with_cells(one, cells) for one, cells in found.values()]


def _with_cells(one: Told, cells: list[str]) -> Told:
    where = ", ".join(cells[:10]) + (f" и ещё {len(cells) - 10}" if len(cells) > 10 else "")
    message = f"{one.message} ({where})" if where else one.message
    return Told(message, one.place, one.path, one.field, one.row, one.column)


def _told(document: Any, fault: Fault) -> tuple[Told, str]:
    """The fault at its place, and the cell it was found in where the mistake covers several."""
    section, _, rest = fault.path.partition("/")
    if not rest or "[" in fault.path:
        return _at_node(fault), ""
    row, _, column = rest.partition("/")
    typed = _typed(document, section.partition("@")[0], row, column)
    if typed is None:
        return Told(fault.message, id_of(place_of_fault(fault.path))), ""
    field = COMPUTED if column else WHEN
    bare = fault.message.partition(": ")[2] if fault.message.startswith("разд.") else fault.message
    bare = IN_ROW.sub("", bare)
    if bare == NOTHING_FOUND:
        bare += _crossed(typed.table, row, column)
    words, place, path = f"{typed.words}: {bare}", id_of(typed.at), text_of(typed.at)
    if typed.own:
        return Told(words, place, path, field, row, column), ""
    cell = f"стр. {row}" if typed.at[-2] == "columns" else f"гр. {column}"
    return Told(words, place, path, field), cell if column else ""


def _at_node(fault: Fault) -> Told:
    """A fault of the document itself: its path ends with the field."""
    place = place_of_fault(fault.path)
    written = fault.path.translate(STEP_MARKS)
    field = written.removeprefix(f"{text_of(place)}.") if written.startswith(f"{text_of(place)}.") else ""
    return Told(fault.message, id_of(place), text_of(place), field)


def _typed(document: Any, section: str, row: str, column: str) -> _Typed | None:
    """Where the expression of a cell, or a row's condition, was typed: the nearest level that has one."""
    for path, one in sections_of(document):
        if one.get("code") != section:
            continue
        for index, table in enumerate(one.get("items", ())):
            at = (*path, "items", index)
            for number, line in enumerate(table.get("rows", ())):
                if line.get("code") == row:
                    return _level(table, at, line, number, column)
    return None


def _level(table: Any, at: Path, line: Any, number: int, column: str) -> _Typed:
    own = cell_of(table, line["code"], column) if column else None
    if _computes(own):
        return _Typed(table, at, f"Клетка стр. {line['code']}, гр. {column}", own=True)
    if column and not _computes(line):
        for place, one in enumerate(table["columns"]):
            if one.get("code") == column and _computes(one):
                return _Typed(table, (*at, "columns", place), f"Графа {column}")
        if _computes(table):
            return _Typed(table, at, "Таблица")
    return _Typed(table, (*at, "rows", number), f"Строка {line['code']}")


def _computes(node: Any) -> bool:
    return bool(node) and "computed" in node.get("value", {})


def _crossed(table: Any, row: str, column: str) -> str:
    """The X cells of the row or column, the usual cause."""
    in_row = [f"гр. {one[1]}" for one in table.get("x", ()) if one[0] == row]
    in_column = [f"стр. {one[0]}" for one in table.get("x", ()) if one[1] == column]
    crosses = in_row or in_column
    if not crosses:
        return ""
    return f": {', '.join(crosses)} – клетка X, складывать нечего; возьмите слагаемые через «сумма»"
