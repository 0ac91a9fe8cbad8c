"""A book and corrections into recognised tables; pure, and never fails whatever the cells hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from apps.monitoring.blanks import texts, values
from apps.monitoring.blanks.columns import CODE, DATA, MAX_DATA, NAME, Slot, slots_of, with_roles
from apps.monitoring.blanks.corrections import TYPES, Corrections, TableCorrections
from apps.monitoring.blanks.frames import Frame, find_frames
from apps.monitoring.blanks.places import column_number
from apps.monitoring.blanks.rows import HEADING, FoundRow, found_rows, is_open_body
from apps.monitoring.blanks.sheets import Book, Sheet
from apps.monitoring.blanks.titles import form_title, heading_of
from apps.monitoring.blanks.units import typed_unit, unit_in
from apps.monitoring.relations.layout import Unit
from apps.monitoring.xlsform.names import Codes, is_code

MAX_TABLES = 150


@dataclass(frozen=True)
class FoundColumn:
    """A data column: its `code` is its number; `type` one of `corrections.TYPES`."""

    slot: Slot
    code: str
    title: str
    type: str
    unit: Unit | None


@dataclass(frozen=True)
class FoundTable:
    """A table as it will come; `codes_given` tells that the blank has no codes of rows."""

    key: str
    sheet: int
    frame: Frame
    title: str
    number: str
    unit: Unit | None
    slots: tuple[Slot, ...]
    columns: tuple[FoundColumn, ...]
    rows: tuple[FoundRow, ...]
    x: frozenset[tuple[int, int]]
    is_open: bool
    has_total: bool
    include: bool
    codes_given: bool
    bad_x: tuple[str, ...] = ()
    told_by: frozenset[int] = frozenset()

    @property
    def name_slot(self) -> Slot | None:
        return next((one for one in self.slots if one.role == NAME), None)

    @property
    def code_slot(self) -> Slot | None:
        return next((one for one in self.slots if one.role == CODE), None)

    @property
    def coded(self) -> list[FoundRow]:
        return [one for one in self.rows if one.kind != HEADING]


@dataclass(frozen=True)
class Recognised:
    title: str
    tables: tuple[FoundTable, ...]

    @property
    def included(self) -> list[FoundTable]:
        return [one for one in self.tables if one.include]


def recognise(book: Book, corrections: Corrections | None = None) -> Recognised:
    """The tables of every sheet in order, with the corrections over what was found."""
    asked = corrections or Corrections()
    tables: list[FoundTable] = []
    title = ""
    for index, sheet in enumerate(book.sheets):
        frames = find_frames(sheet)
        if not title and not sheet.is_hidden:
            title = form_title(frames)
        for number, frame in enumerate(frames):
            key = f"{index}-{number}"
            if len(tables) < MAX_TABLES:
                tables.append(_table(sheet, index, key, frame, asked.of(key)))
    return Recognised(asked.title or title, tuple(tables))


def _table(sheet: Sheet, index: int, key: str, found: Frame, asked: TableCorrections) -> FoundTable:
    frame = _corrected_frame(sheet, found, asked)
    heading = heading_of(found)
    unit = typed_unit(asked.unit) if asked.unit is not None else heading.unit
    is_open = is_open_body(sheet, frame) if asked.is_open is None else asked.is_open
    slots = with_roles(
        sheet, frame, slots_of(sheet, frame), code=asked.code, name=asked.name, is_open=is_open
    )
    rows: list[FoundRow] = []
    if not is_open:
        rows = found_rows(sheet, frame, slots, kinds=dict(asked.kinds), levels=dict(asked.levels))
    given = not any(one.code for one in rows)
    rows = _with_codes(rows)
    columns = _columns(sheet, frame, slots, unit, heading.decimals, asked)
    x, bad = _x_cells(sheet, rows, columns, asked.x)
    return FoundTable(
        key=key,
        sheet=index,
        frame=frame,
        title=asked.title if asked.title is not None else heading.title,
        number=(asked.number if asked.number is not None else heading.number)[:40],
        unit=unit,
        slots=tuple(slots),
        columns=tuple(columns),
        rows=tuple(rows),
        x=x,
        is_open=is_open,
        has_total=is_open and _has_total(sheet, frame),
        include=not sheet.is_hidden and bool(columns) if asked.include is None else asked.include,
        codes_given=given,
        bad_x=bad,
        told_by=heading.rows,
    )


def _corrected_frame(sheet: Sheet, found: Frame, asked: TableCorrections) -> Frame:
    """A corrected place; what contradicts itself is brought into order, top to bottom."""
    top = _bounded(asked.header_top, found.header_top, sheet)
    bottom = max(_bounded(asked.header_bottom, found.header_bottom, sheet), top) if top else 0
    numbers = _bounded(asked.numbers, found.numbers, sheet)
    moved = (top, bottom, numbers) != (found.header_top, found.header_bottom, found.numbers)
    body_top = max(bottom, numbers) + 1 if moved and (bottom or numbers) else found.body_top
    body_bottom = max(_bounded(asked.body_bottom, found.body_bottom, sheet), body_top - 1)
    return replace(
        found,
        header_top=top,
        header_bottom=bottom,
        numbers=numbers,
        body_top=body_top,
        body_bottom=body_bottom,
    )


def _bounded(asked: int | None, found: int, sheet: Sheet) -> int:
    return found if asked is None else min(max(asked, 0), sheet.height)


def _with_codes(rows: list[FoundRow]) -> list[FoundRow]:
    """Every row with a code, each once: those without one get the next free number."""
    codes, width = Codes(), 2 if len(rows) < 100 else 3
    codes.taken = {one.code for one in rows if one.kind != HEADING and one.code}
    taken = Codes()
    result, number = [], 0
    for one in rows:
        if one.kind == HEADING:
            result.append(replace(one, code=""))
            continue
        code = one.code
        while not code:
            number += 1
            code = f"{number:0{width}d}" if f"{number:0{width}d}" not in codes.taken else ""
        result.append(replace(one, code=taken.take(code)))
    return result


def _columns(
    sheet: Sheet, frame: Frame, slots: list[Slot], unit: Unit | None, decimals: int, asked: TableCorrections
) -> list[FoundColumn]:
    body = [row for row in range(frame.body_top, frame.body_bottom + 1) if row not in frame.skipped]
    codes = Codes()
    found = []
    for position, slot in enumerate(slots, start=1):
        if slot.role != DATA or len(found) >= MAX_DATA:
            continue
        own = unit_in(slot.heading)
        kind = asked.types.get(slot.left)
        if kind not in TYPES:
            kind = values.type_of(sheet, slot, body, own or unit, decimals)
        if kind == "ignored":
            continue
        label = slot.label if is_code(slot.label) else str(position)
        title = slot.heading or f"Графа {label}"
        found.append(FoundColumn(slot, codes.take(label), title, kind, own))
    return found


def _has_total(sheet: Sheet, frame: Frame) -> bool:
    body = range(frame.body_top, frame.body_bottom + 1)
    return any(
        re.match(r"(?:итого|всего)\b", sheet.shown(row, column).text.lower())
        for row in body
        for column in sheet.filled(row, frame.left, frame.right)
    )


def _x_cells(
    sheet: Sheet, rows: list[FoundRow], columns: list[FoundColumn], asked: str | None
) -> tuple[frozenset[tuple[int, int]], tuple[str, ...]]:
    """X cells as (row, column) of the sheet: as marked, or as a person lists them."""
    coded = [one for one in rows if one.kind != HEADING]
    if asked is None:
        marked = {
            (row.row, column.slot.left)
            for row in coded
            for column in columns
            if texts.is_x(sheet.shown(row.row, column.slot.left))
        }
        return frozenset(marked), ()
    return _listed_x(asked, coded, columns)


def _listed_x(
    asked: str, rows: list[FoundRow], columns: list[FoundColumn]
) -> tuple[frozenset[tuple[int, int]], tuple[str, ...]]:
    """«01: 4, 5» a line: the row and its columns."""
    by_code = {one.code: one.row for one in rows}
    by_column = {one.code: one.slot.left for one in columns}
    found, bad = set(), []
    for line in filter(str.strip, asked.splitlines()[:2_000]):
        row, _, listed = line.partition(":")
        code = re.sub(r"^\s*стр(?:ока|\.)?\s*", "", row).strip()
        for column in filter(None, re.split(r"[,;\s]+", re.sub(r"гр(?:афа|\.)?", " ", listed))):
            if code in by_code and column in by_column:
                found.add((by_code[code], by_column[column]))
            else:
                bad.append(f"стр. {code[:40]}, гр. {column[:40]}")
    return frozenset(found), tuple(bad[:50])


def x_as_text(table: FoundTable) -> str:
    """The X cells as a person corrects them: a line for each row."""
    lines = []
    for row in table.coded:
        codes = [one.code for one in table.columns if (row.row, one.slot.left) in table.x]
        if codes:
            lines.append(f"{row.code}: {', '.join(codes)}")
    return "\n".join(lines)


def typed_column(text: str) -> int:
    """A column as a person types it: «B», or «–» for none."""
    return column_number(text)
