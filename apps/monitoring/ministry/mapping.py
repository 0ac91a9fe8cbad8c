"""The places of a blank as a page of fields: a table of the form, a sheet for it, a place for each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.core.spreadsheets import ReadSheet
from apps.monitoring.definition import CompiledForm, Question
from apps.monitoring.grids import Grid, GridRow, Part, parts_of
from apps.monitoring.ministry.numbering import value_at
from apps.monitoring.ministry.places import Place, parse_place
from apps.monitoring.ministry.reading import typed
from apps.monitoring.ministry.workbook import KeptWorkbook

# Room for «'Раздел 1'!$E$12».
MAX_TEXT = 130


@dataclass(frozen=True)
class PlaceField:
    """One cell of the form with the text of its place. A cell that takes none has no `name`."""

    address: str
    label: str
    text: str = ""
    fault: str = ""

    @property
    def name(self) -> str:
        return f"p:{self.address}"


@dataclass
class Line:
    """A row of a table or a question."""

    title: str
    code: str
    level: int
    fields: list[PlaceField | None]


@dataclass
class Group:
    """The cells of one table, or the questions of a section; `sheet` is where a bare «E12» lies."""

    name: str
    title: str
    sheet: str
    columns: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def span(self) -> int:
        return len(self.columns) + 2

    @property
    def fields(self) -> list[PlaceField]:
        return [one for line in self.lines for one in line.fields if one is not None]

    @property
    def missing(self) -> list[PlaceField]:
        return [one for one in self.fields if not one.text]


@dataclass(frozen=True)
class Posted:
    """What was typed: texts by address, sheets by group, and the places they make."""

    texts: dict[str, str]
    sheets: dict[str, str]
    places: dict[str, Place]
    faults: dict[str, str]


@dataclass(frozen=True)
class Outline:
    """A group before its places: rows or questions with their addresses, codes of columns."""

    name: str
    title: str
    rows: list[tuple[GridRow | Question, tuple[str, ...]]]
    columns: list[str] = field(default_factory=list)

    @property
    def addresses(self) -> Iterator[str]:
        for _, addresses in self.rows:
            yield from addresses


def outlines(compiled: CompiledForm) -> Iterator[Outline]:
    """The tables of a form, and the questions of each section together, in reading order."""
    found = [one for part in parts_of(compiled) for one in _outlines_of(part)]
    for number, (title, rows, columns) in enumerate(found, 1):
        yield Outline(f"s{number}", title, rows, columns)


def _outlines_of(part: Part) -> Iterator[tuple[str, list[Any], list[str]]]:
    above = [part.section.title, part.copy_title]
    for item in part.items:
        if isinstance(item, Grid) and item.rows:
            rows = [(row, row.addresses) for row in item.rows]
            yield _joined(*above, item.table.title), rows, item.column_codes
    if questions := [(one, (one.code,)) for one in part.items if isinstance(one, Question)]:
        yield _joined(*above, "вопросы"), questions, []


def _joined(*words: str) -> str:
    return ": ".join(filter(None, words))


def groups_of(
    compiled: CompiledForm,
    sheets: list[str],
    places: Mapping[str, Place],
    posted: Posted | None = None,
    faults: Mapping[str, str] | None = None,
) -> list[Group]:
    """Every cell of the form with its place, or with what was typed where a post was refused."""
    groups = []
    for outline in outlines(compiled):
        likely = _likely_sheet(outline, places) or (sheets[0] if sheets else "")
        sheet = posted.sheets.get(outline.name, likely) if posted else likely
        texts = posted.texts if posted else {at: shown(place, sheet) for at, place in places.items()}
        group = Group(outline.name, outline.title, sheet, outline.columns)
        for row, addresses in outline.rows:
            fields = [_field(compiled, at, texts, faults or {}) for at in addresses]
            code = row.code if outline.columns else ""
            group.lines.append(Line(row.title, code, getattr(row, "level", 0), fields))
        groups.append(group)
    return groups


def _likely_sheet(outline: Outline, places: Mapping[str, Place]) -> str:
    counted = Counter(places[at].sheet for at in outline.addresses if at in places)
    return counted.most_common(1)[0][0] if counted else ""


def _field(
    compiled: CompiledForm, address: str, texts: Mapping[str, str], faults: Mapping[str, str]
) -> PlaceField | None:
    cell = compiled.cells.get(address)
    if cell is None or cell.is_x:
        return None
    return PlaceField(address, cell.title, texts.get(address, ""), faults.get(address, ""))


def occupied(
    groups: list[Group], places: Mapping[str, Place], sheets: list[ReadSheet], book: KeptWorkbook
) -> tuple[list[tuple[PlaceField, Place, str]], int]:
    """The fields whose places hold words or numbers of the blank's own, and how many hold formulas.

    A misplaced cell would write over a title or a code: it is seen here.
    """
    values = {sheet.title: sheet for sheet in sheets}
    held, formulas = [], 0
    for one in (one for group in groups for one in group.fields):
        place = places.get(one.address)
        if place is None or place.sheet not in book.parts:
            continue
        if book.has_formula(place):
            formulas += 1
        elif text := typed(value_at(values[place.sheet], place.row - 1, place.column - 1)):
            held.append((one, place, text[:60]))
    return held, formulas


def shown(place: Place, sheet: str) -> str:
    """A place as it is typed in a group of `sheet`."""
    return place.cell if place.sheet == sheet else str(place)


def read_posted(compiled: CompiledForm, sheets: list[str], data: Mapping[str, str]) -> Posted:
    """The places of a posted page; a text that is no place becomes a fault of its cell."""
    posted = Posted({}, {}, {}, {})
    for outline in outlines(compiled):
        wished = data.get(outline.name, "")
        sheet = wished if wished in sheets else (sheets[0] if sheets else "")
        posted.sheets[outline.name] = sheet
        for address in filter(compiled.cells.__contains__, outline.addresses):
            _read(posted, address, data.get(f"p:{address}", "").strip(), sheet)
    return posted


def _read(posted: Posted, address: str, text: str, sheet: str) -> None:
    posted.texts[address] = text[:MAX_TEXT]
    if not text:
        return
    place = parse_place(text, sheet) if len(text) <= MAX_TEXT else None
    if place is None:
        posted.faults[address] = "Место пишется как адрес ячейки Excel: E12 или Лист!E12."
    else:
        posted.places[address] = place
