"""Reads a filled workbook of the portal by its markers, wherever its sheets and columns went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from xlsxwriter.utility import xl_rowcol_to_cell

from apps.core.exports import cell_text
from apps.core.filekinds import FileKind, kind_of
from apps.core.spreadsheets import Cell as Value
from apps.core.spreadsheets import ReadSheet, SpreadsheetRefused, plain_value, read_spreadsheet
from apps.monitoring.definition import BadValue, CompiledForm
from apps.monitoring.definition import model as m
from apps.monitoring.ministry.places import Place
from apps.monitoring.ministry.workbook import KeptWorkbook
from apps.monitoring.relations.layout import OPEN_ROW_CODE
from apps.monitoring.workbook.merging import MergedCells
from apps.monitoring.workbook.plan import FIRST, NUMBERS, QUESTION, TITLE, UNIT
from apps.monitoring.workbook.typed import answer_text, typed_text
from apps.monitoring.workbook.writing import KIND, LISTS

MAX_ROWS = 20_000
MAX_COLUMNS = 400
NOT_OURS = "Это не бланк портала: в книге нет служебного листа. Скачайте бланк на странице отчёта."


class WorkbookRefused(Exception):
    """The file is not taken; `told` is a sentence for the user."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


@dataclass(frozen=True)
class Problem:
    """Something of the workbook that was not taken: sheet, cell («E7» or empty), what is wrong."""

    sheet: str
    place: str
    told: str


@dataclass
class ReadBook:
    """`values`: address → stored value of every cell found; `places`: address → (sheet, cell);
    `left_with`: address → the stored value the workbook left the portal with."""

    token: str
    values: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    left_with: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_workbook(file: IO[bytes] | Any, compiled_for_token: Callable[[str], CompiledForm]) -> ReadBook:
    """The answers in the workbook, formulas by their values.

    `compiled_for_token`: called with the token of the workbook, gives the compiled form to read it by, or
    raises `WorkbookRefused` where the workbook is of another report. Raises `WorkbookRefused` for what is no
    workbook of ours, too large, broken, with a password or macros.
    """
    try:
        sheets = read_spreadsheet(file, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)
    except SpreadsheetRefused as refused:
        raise WorkbookRefused(refused.told) from refused
    service = next((one for one in sheets if _text(one.rows, 0, 0) == KIND), None)
    if service is None:
        raise WorkbookRefused(NOT_OURS)
    book = ReadBook(_text(service.rows, 1, 0))
    compiled = compiled_for_token(book.token)
    book.left_with = {
        _text(service.rows, row, 0): _text(service.rows, row, 1) for row in range(2, len(service.rows))
    }
    inside = _Inside(file)
    for sheet in sheets:
        if sheet is not service and sheet.title != LISTS:
            _SheetReader(sheet, compiled, book, inside).read()
    _missing(compiled, book)
    return book


class _Inside:
    """Why a cell of an .xlsx shows no value though something stands in it; opened when first asked."""

    def __init__(self, file: IO[bytes] | Any) -> None:
        self._file = file
        self._is_xlsx = kind_of(file) is FileKind.XLSX
        self._kept: KeptWorkbook | None = None

    def unreadable(self, sheet: str, row: int, column: int) -> str:
        if not self._is_xlsx:
            return ""
        try:
            self._kept = self._kept or KeptWorkbook(self._file)
            known = sheet in self._kept.parts
            told = self._kept.unreadable(Place(sheet, row + 1, column + 1)) if known else ""
        except SpreadsheetRefused as refused:
            raise WorkbookRefused(refused.told) from refused
        return f"{told[:1].upper()}{told[1:]}. На портале значение не изменится." if told else ""


def _text(rows: Sequence[Sequence[Value]], row: int, column: int) -> str:
    value = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
    return typed_text(value)


def _questions(compiled: CompiledForm) -> Iterator[tuple[str, tuple[Value, Value]]]:
    """Code of each question → its title and unit as they come back from a workbook."""
    for section in compiled.form.walk():
        for item in section.items:
            if isinstance(item, m.Question):
                unit = item.spec.unit.name if item.spec.unit else ""
                yield item.code, (plain_value(cell_text(item.title)), plain_value(cell_text(unit)))


class _SheetReader:
    """Goes down a sheet by its markers."""

    def __init__(self, sheet: ReadSheet, compiled: CompiledForm, book: ReadBook, inside: _Inside) -> None:
        self.sheet = sheet
        self.compiled = compiled
        self.book = book
        self.inside = inside
        self.merged = MergedCells(sheet.merged)
        self.questions = dict(_questions(compiled))
        self.sections = {one.address for one in compiled.laid.copies}
        self.section = ""
        self.columns: dict[str, int] = {}

    def read(self) -> None:
        mark = self._mark_column()
        if mark is None:
            self._problem(None, None, "Нет служебного столбца: ответы этого листа не прочитаны.")
            return
        for number, row in enumerate(self.sheet.rows):
            marker = row[mark] if mark < len(row) else None
            if isinstance(marker, str) and self._is_marker(marker):
                self._row(number, row, mark, marker)
        self._tell_merged()

    def _tell_merged(self) -> None:
        taken = {
            place
            for address, (sheet, place) in self.book.places.items()
            if sheet == self.sheet.title and address in self.book.values
        }
        for range_, told in self.merged.told(taken):
            self.book.problems.append(Problem(self.sheet.title, range_, told))

    def _mark_column(self) -> int | None:
        counts: Counter[int] = Counter()
        for row in self.sheet.rows:
            for column, value in enumerate(row[:50]):
                if isinstance(value, str) and self._is_marker(value):
                    counts[column] += 1
        return counts.most_common(1)[0][0] if counts else None

    def _is_marker(self, text: str) -> bool:
        if text[:1] == QUESTION:
            return text[1:] in self.compiled.cells
        section, slash, row = text.removeprefix(NUMBERS).partition("/")
        return bool(slash and row and section in self.sections and "/" not in row)

    def _row(self, number: int, row: Sequence[Value], mark: int, marker: str) -> None:
        if marker[:1] == QUESTION:
            self._take(marker[1:], number, self._answer_place(marker[1:], row, mark), row)
        elif marker[:1] == NUMBERS:
            self.section = marker.removeprefix(NUMBERS).partition("/")[0]
            self.columns = {
                typed_text(value): place
                for place, value in enumerate(row)
                if place > mark and value is not None
            }
        elif marker.partition("/")[0] == self.section:
            self._cells(number, row, marker)
        else:
            self._problem(number, mark, "Строка стоит не в своей таблице: она не прочитана.")

    def _answer_place(self, address: str, row: Sequence[Value], mark: int) -> int:
        """The column of the answer to a question: the first filled one after its title and unit."""
        asked, unit = self.questions[address.partition("@")[0]]
        title = next((at for at, value in enumerate(row) if at > mark and value == asked), mark + TITLE)
        first = title + FIRST - TITLE
        filled = [at for at in range(first, len(row)) if row[at] is not None]
        if filled and unit and row[filled[0]] == unit and row[title + UNIT - TITLE] != unit:
            first = filled.pop(0) + 1
        return filled[0] if filled else first

    def _cells(self, number: int, row: Sequence[Value], marker: str) -> None:
        for code, column in self.columns.items():
            address = f"{marker}/{code}"
            cell = self.compiled.cell(address)
            if cell is not None and not cell.is_x and cell.computed is None:
                self._take(address, number, column, row)

    def _take(self, address: str, number: int, column: int, row: Sequence[Value]) -> None:
        cell = self.compiled.cell(address)
        if cell is None or cell.is_x or cell.computed is not None:
            return
        place = xl_rowcol_to_cell(number, column)
        if address in self.book.places:
            self._problem(number, column, f"Эта ячейка уже была на месте {self.book.places[address][1]}.")
            return
        self.book.places[address] = (self.sheet.title, place)
        if self.merged.covers(number, column):
            return
        value = row[column] if column < len(row) else None
        if value is None and (told := self.inside.unreadable(self.sheet.title, number, column)):
            self._problem(number, column, told)
            return
        try:
            self.book.values[address] = self.compiled.parse_value(address, answer_text(cell, value))
        except BadValue as fault:
            self._problem(number, column, str(fault))

    def _problem(self, row: int | None, column: int | None, told: str) -> None:
        place = "" if row is None or column is None else xl_rowcol_to_cell(row, column)
        self.book.problems.append(Problem(self.sheet.title, place, told))


def _missing(compiled: CompiledForm, book: ReadBook) -> None:
    """What the workbook left with and no longer holds: told by rows, not by cells."""
    lost: dict[str, list[str]] = {}
    for address, left in book.left_with.items():
        cell = compiled.cell(address)
        if cell is None or cell.is_x or cell.computed is not None or address in book.places:
            continue
        if left or not OPEN_ROW_CODE.fullmatch(cell.row):
            lost.setdefault(address.rpartition("/")[0] or address, []).append(cell.column)
    for row, columns in lost.items():
        section, _, code = row.partition("/")
        name = f"строка {code} раздела {section}" if code else f"вопрос {row}"
        told = f"Не найдено: {name}" + (f", гр. {', '.join(columns[:20])}" if any(columns) else "")
        book.problems.append(Problem("", "", f"{told}. Значения на портале не изменятся."))
