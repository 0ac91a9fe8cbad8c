"""Columns of a table: which holds names, codes, units, and what the others ask for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from apps.monitoring.blanks import texts
from apps.monitoring.blanks.frames import Frame
from apps.monitoring.blanks.numbering import numbering_at
from apps.monitoring.blanks.places import letters
from apps.monitoring.blanks.sheets import Sheet
from apps.monitoring.relations.codes import code_key

NAME, CODE, UNIT, DATA, CHECK, IGNORED = "name", "code", "unit", "data", "check", "ignored"
MAX_DATA = 100
_LEFTMOST = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of the table, of one or several columns of the sheet; `path` are its headings, top first."""

    left: int
    right: int
    label: str
    path: tuple[str, ...]
    role: str = DATA

    @property
    def heading(self) -> str:
        return self.path[-1] if self.path else ""

    @property
    def full_heading(self) -> str:
        return ", ".join(self.path)


def slots_of(sheet: Sheet, frame: Frame) -> list[Slot]:
    """The columns left to right, as the line of numbers or the last line of the header divides them."""
    starts = _starts(sheet, frame)
    run = numbering_at(sheet, frame.numbers, frame.left, frame.right) if frame.numbers else None
    labels = dict(run.labels) if run else {}
    found = []
    for index, (left, after) in enumerate(pairwise([*starts, frame.right + 1])):
        label = labels.get(left, "") if frame.numbers else str(index + 1)
        found.append(Slot(left, after - 1, label, _path(sheet, frame, left)))
    return found


def _starts(sheet: Sheet, frame: Frame) -> list[int]:
    row = frame.numbers or frame.header_bottom or frame.body_top
    found = {
        column
        for column in range(frame.left, frame.right + 1)
        if sheet.span(row, column).left == column or column == frame.left
    }
    return sorted(found)


def _path(sheet: Sheet, frame: Frame, column: int) -> tuple[str, ...]:
    """Headings over a column from the top; a merged one is told once."""
    found: list[str] = []
    last = None
    for row in range(frame.header_top, frame.header_bottom + 1) if frame.header_top else ():
        span = sheet.span(row, column)
        line = texts.flat(sheet.own(span.top, span.left).text)
        if line and span != last:
            found.append(line[:500])
        last = span
    return tuple(found)


def with_roles(
    sheet: Sheet, frame: Frame, slots: list[Slot], *, code: int | None, name: int | None, is_open: bool
) -> list[Slot]:
    """The columns with what each is for. `code`, `name`: columns a person has chosen, 0 for none."""
    body = [row for row in range(frame.body_top, frame.body_bottom + 1) if row not in frame.skipped]
    codes = _chosen(slots, code) if code is not None else _find_code(sheet, slots, body)
    if is_open:
        return [_role(one, IGNORED if _is_ordinal(sheet, one, body) else DATA) for one in slots]
    names = _chosen(slots, name) if name is not None else _find_name(sheet, slots, body, codes)
    last = max((one.left for one in (codes, names) if one is not None), default=0)
    return [_role(one, _role_of(sheet, one, codes, names, last, body)) for one in slots]


def _role(slot: Slot, role: str) -> Slot:
    return Slot(slot.left, slot.right, slot.label, slot.path, role)


def _role_of(
    sheet: Sheet, slot: Slot, codes: Slot | None, names: Slot | None, last: int, body: list[int]
) -> str:
    if slot is names:
        return NAME
    if slot is codes:
        return CODE
    if texts.UNIT_HEADING.search(slot.heading):
        return UNIT
    if slot.left < last:
        return IGNORED
    if texts.CHECK_HEADING.search(slot.heading) and any(sheet.shown(row, slot.left).formula for row in body):
        return CHECK
    return DATA


def _chosen(slots: list[Slot], column: int) -> Slot | None:
    return next((one for one in slots if one.left <= column <= one.right), None)


def _codes_in(sheet: Sheet, slot: Slot, body: list[int]) -> list[str]:
    return [texts.code_of(sheet.shown(row, slot.left)) for row in body]


def _find_code(sheet: Sheet, slots: list[Slot], body: list[int]) -> Slot | None:
    headed = [one for one in slots[:-1] if texts.CODE_HEADING.search(one.heading) and not _is_unit(one)]
    headed.sort(key=lambda one: bool(texts.ORDINAL_HEADING.search(one.heading)))
    for one in headed:
        if any(_codes_in(sheet, one, body)) or not texts.ORDINAL_HEADING.search(one.heading):
            return one
    return next((one for one in slots[:_LEFTMOST][:-1] if _looks_like_codes(sheet, one, body)), None)


def _is_unit(slot: Slot) -> bool:
    return bool(texts.UNIT_HEADING.search(slot.heading))


def _looks_like_codes(sheet: Sheet, slot: Slot, body: list[int]) -> bool:
    """Codes that only grow, in nearly every filled cell, under no heading of another kind."""
    if _is_unit(slot) or texts.NAME_HEADING.search(slot.heading):
        return False
    filled = [row for row in body if sheet.own(row, slot.left).is_filled]
    codes = list(filter(None, _codes_in(sheet, slot, filled)))
    keys = [code_key(code) for code in codes]
    grows = all(first < second for first, second in pairwise(keys))
    return len(codes) >= 2 and len(codes) * 5 >= len(filled) * 4 and grows


def _find_name(sheet: Sheet, slots: list[Slot], body: list[int], codes: Slot | None) -> Slot | None:
    others = [one for one in slots if one is not codes and not _is_unit(one)]
    named = [one for one in others[:3] if texts.NAME_HEADING.search(one.heading) and _words(sheet, one, body)]
    if named:
        return named[0]
    before = [one for one in others if codes is None or one.left < codes.left] or others[:2]
    longest = max(before, key=lambda one: _words(sheet, one, body), default=None)
    return longest if longest is not None and _words(sheet, longest, body) else None


def _words(sheet: Sheet, slot: Slot, body: list[int]) -> int:
    """How many letters a column has in its body, X and formulas aside."""
    found = 0
    for row in body:
        cell = sheet.own(row, slot.left)
        if cell.number is None and not cell.formula and not texts.is_x(cell):
            found += len(cell.text)
    return found


def _is_ordinal(sheet: Sheet, slot: Slot, body: list[int]) -> bool:
    filled = [sheet.own(row, slot.left) for row in body if sheet.own(row, slot.left).is_filled]
    numbered = bool(filled) and all(texts.code_of(cell) or texts.is_open_mark(cell.text) for cell in filled)
    headed = texts.ORDINAL_HEADING.search(slot.heading) or texts.CODE_HEADING.search(slot.heading)
    return bool(headed) or (numbered and slot.label in ("1", "А", "A") and len(filled) > 1)


def named_place(slot: Slot) -> str:
    """«C» or «C–E», for lists of what was found."""
    return letters(slot.left) if slot.left == slot.right else f"{letters(slot.left)}–{letters(slot.right)}"
