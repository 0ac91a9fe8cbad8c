"""Rows of a table: names, codes, indents, «в том числе», X cells; or the signs of an open table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apps.monitoring.blanks import texts
from apps.monitoring.blanks.columns import CODE, DATA, NAME, UNIT, Slot
from apps.monitoring.blanks.frames import Frame
from apps.monitoring.blanks.sheets import Sheet
from apps.monitoring.blanks.units import unit_in
from apps.monitoring.relations.layout import Unit

HEADING, SKIPPED = "heading", "skipped"
MAX_TITLE = 1_000


@dataclass(frozen=True, slots=True)
class FoundRow:
    """`code` as printed ("" where there is none); `kind` as in a definition; `row` is that of the sheet."""

    row: int
    title: str
    code: str = ""
    level: int = 0
    kind: str = ""
    unit: Unit | None = None


def is_open_body(sheet: Sheet, frame: Frame) -> bool:
    """Whether the respondent adds the rows: blank lines, numbered lines, «(перечислить)», «…», «Итого»."""
    for row in range(frame.body_top, frame.body_bottom + 1):
        if row in frame.skipped:
            continue
        columns = sheet.filled(row, frame.left, frame.right)
        cells = [sheet.shown(row, column) for column in columns]
        words = [cell for cell in cells if not _says_nothing(cell)]
        if any(not _is_open_text(cell.text) for cell in words):
            return False
        if not words and len([cell for cell in cells if not cell.formula]) > 1:
            return False
    return True


def _says_nothing(cell: object) -> bool:
    formula, number = getattr(cell, "formula", ""), getattr(cell, "number", None)
    return bool(formula) or number is not None or bool(texts.code_of(cell)) or texts.is_x(cell)  # type: ignore[arg-type]


def _is_open_text(text: str) -> bool:
    return texts.is_open_mark(text) or bool(re.match(r"(?:итого|всего)\b", text.strip().lower()))


def found_rows(
    sheet: Sheet, frame: Frame, slots: list[Slot], *, kinds: dict[int, str], levels: dict[int, int]
) -> list[FoundRow]:
    """The rows of a coded table. `kinds` and `levels` are a person's corrections by row of the sheet."""
    body = [row for row in range(frame.body_top, frame.body_bottom + 1) if row not in frame.skipped]
    has_codes = any(_code(sheet, row, slots) for row in body)
    rows = [found for row in body if (found := _row(sheet, row, slots, has_codes)) is not None]
    rows = [_corrected(one, kinds.get(one.row)) for one in _leveled(sheet, rows, slots)]
    rows = [_with_level(one, levels.get(one.row, one.level)) for one in rows if one.kind != SKIPPED]
    return _without_last_headings(rows)


def _corrected(row: FoundRow, kind: str | None) -> FoundRow:
    if kind is None:
        return row
    return FoundRow(row.row, row.title, "" if kind == HEADING else row.code, row.level, kind, row.unit)


def _with_level(row: FoundRow, level: int) -> FoundRow:
    return FoundRow(row.row, row.title, row.code, min(max(level, 0), 10), row.kind, row.unit)


def _without_last_headings(rows: list[FoundRow]) -> list[FoundRow]:
    """A line of words under the last row is a note, not the heading of nothing."""
    while rows and rows[-1].kind == HEADING:
        rows = rows[:-1]
    return rows


def _slot(slots: list[Slot], role: str) -> Slot | None:
    return next((one for one in slots if one.role == role), None)


def _code(sheet: Sheet, row: int, slots: list[Slot]) -> str:
    slot = _slot(slots, CODE)
    return texts.code_of(sheet.shown(row, slot.left)) if slot else ""


def _title(sheet: Sheet, row: int, slots: list[Slot]) -> str:
    """The name; where its column is several of the sheet, «группа – подгруппа»."""
    slot = _slot(slots, NAME)
    if slot is None:
        return ""
    parts: dict[str, None] = {}
    for column in range(slot.left, slot.right + 1):
        line = texts.flat(sheet.shown(row, column).text)
        if line:
            parts[line] = None
    return " – ".join(parts)[:MAX_TITLE]


def _row(sheet: Sheet, row: int, slots: list[Slot], has_codes: bool) -> FoundRow | None:
    code, title = _code(sheet, row, slots), _title(sheet, row, slots)
    data = [one for one in slots if one.role == DATA]
    name = _slot(slots, NAME)
    spread = name is not None and bool(data) and sheet.span(row, name.left).right >= data[0].left
    empty = not any(sheet.own(row, one.left).is_filled for one in data)
    if not title and not code:
        return None
    if not code and empty and (spread or has_codes or texts.is_bare_kind(title)):
        return FoundRow(row, title, kind=HEADING)
    return FoundRow(
        row, title or f"Строка {code}", code, 0, texts.row_kind(title), _unit(sheet, row, slots, title)
    )


def _unit(sheet: Sheet, row: int, slots: list[Slot], title: str) -> Unit | None:
    slots_of_units = [one for one in slots if one.role == UNIT]
    told = [texts.flat(sheet.shown(row, one.left).text) for one in slots_of_units]
    return next(filter(None, map(unit_in, told)), None) or (
        unit_in(title) if _ends_with_unit(title) else None
    )


def _ends_with_unit(title: str) -> bool:
    return bool(re.search(r"[,(][^,()]{1,25}\)?\s*$", title)) and row_unit_is_plain(title)


def row_unit_is_plain(title: str) -> bool:
    """A tail such as «, лет» or «(ед.)» tells the unit; «(до 35 лет)» does not."""
    tail = re.split(r"[,(]", title)[-1].strip(" ).")
    return len(tail.split()) <= 2


def _leveled(sheet: Sheet, rows: list[FoundRow], slots: list[Slot]) -> list[FoundRow]:
    """Indents of the sheet where it has any; else what codes like 1.1 or small letters tell."""
    name = _slot(slots, NAME)
    indents = [sheet.shown(one.row, name.left).indent if name else 0 for one in rows]
    if any(indents):
        steps = {depth: level for level, depth in enumerate(sorted({*indents, 0}))}
        return [_with_level(one, steps[depth]) for one, depth in zip(rows, indents, strict=True)]
    return _by_words(rows)


def _by_words(rows: list[FoundRow]) -> list[FoundRow]:
    """«В том числе» opens a deeper level; it lasts while names begin with a small letter or a dash."""
    found: list[FoundRow] = []
    base, opened = 0, 0
    for one in rows:
        by_code = one.code.count(".") if one.code else 0
        is_part = texts.row_kind(one.title) in ("including", "of_which")
        if is_part:
            opened = min(opened + 1, 2) if texts.row_kind(one.title) == "of_which" and opened else 1
        elif not re.match(r"[-–—•]|[а-яё]", one.title):
            opened = 0
        level = max(by_code, opened) if one.kind != HEADING or is_part else base
        found.append(_with_level(one, level))
    return found
