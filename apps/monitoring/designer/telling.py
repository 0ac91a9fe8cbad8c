"""Faults of a draft as they are told: once, at the place and the field where the mistake was typed.

A form tells of the cells it could not compute; a person has typed an expression for a whole row or column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from apps.monitoring.definition import Fault
from apps.monitoring.designer.blocks import id_of, place_of_fault
from apps.monitoring.designer.places import text_of
from apps.monitoring.designer.typed import typed_of

MOST_CELLS = 10
IN_ROW = re.compile(r" \(в строке \S+ раздела \S+\)")
STEP_MARKS = str.maketrans({"[": ".", "]": None})
CELL_NAMES = ("разд.", "вопрос ")


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


def told_of(document: Any, faults: Iterable[Fault]) -> list[Told]:
    """The faults in their order, those of one expression told once with the cells it fails in."""
    found: dict[Told, list[str]] = {}
    for fault in faults:
        one, cell = _told(document, fault)
        found.setdefault(one, []).extend([cell] if cell else [])
    return [_with_cells(one, cells) for one, cells in found.items()]


def _with_cells(one: Told, cells: list[str]) -> Told:
    more = len(cells) - MOST_CELLS
    where = ", ".join(cells[:MOST_CELLS]) + (f" и ещё {more}" if more > 0 else "")
    return replace(one, message=f"{one.message} ({where})") if where else one


def _told(document: Any, fault: Fault) -> tuple[Told, str]:
    """The fault at its place, and the cell it was found in where the mistake covers several."""
    typed = None if "[" in fault.path else typed_of(document, fault.path)
    if typed is None:
        return _at_node(fault), ""
    words = f"{typed.words}: {_bare(fault.message)}"
    place, path = id_of(typed.at), text_of(typed.at)
    return Told(words, place, path, typed.field, typed.row, typed.column), typed.cell


def _bare(message: str) -> str:
    """Without the names of the cell and of its row, which differ from cell to cell."""
    bare = message.partition(": ")[2] if message.startswith(CELL_NAMES) else message
    return IN_ROW.sub("", bare)


def _at_node(fault: Fault) -> Told:
    """A fault of the document itself: its path ends with the field."""
    place = place_of_fault(fault.path)
    written = fault.path.translate(STEP_MARKS)
    start = f"{text_of(place)}."
    field = written.removeprefix(start) if written.startswith(start) else ""
    return Told(fault.message, id_of(place), text_of(place), field)
