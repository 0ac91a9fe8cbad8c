"""Tables out: XLSX in constant memory, CSV as a stream. What a person typed stays text in both."""

import csv
import math
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, Any, TypeVar

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from xlsxwriter.worksheet import Worksheet

from apps.core.magadan import in_magadan
from apps.core.russian import number
from apps.core.text import printable

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELL = 32_767
NAME_LENGTH = 31
# Excel keeps 15 significant digits of a number; a longer one leaves as text so that none is lost.
MAX_DIGITS = 15
MAX_WHOLE = 10**MAX_DIGITS
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


R = TypeVar("R", bound=HttpResponseBase)


@dataclass(frozen=True)
class Sheet:
    """A table: headings and rows (also a generator) of str, int, Decimal, date, datetime, bool, None.

    `widths` in characters, one per column; `note` stands above the headings.
    """

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[float] | None = None
    note: str | None = None


def write_xlsx(target: str | IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Writes the workbook to a path or an open binary file; rows are taken one by one and never kept.

    Rows that do not fit on a sheet go on in further sheets. ValueError when a table has too many columns.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        writer = _BookWriter(book)
        for sheet in sheets:
            writer.write(sheet)
        writer.close()


class _BookWriter:
    """Formats and used names of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.names: set[str] = set()
        base = {"valign": "top"}
        self.text = book.add_format({**base, "text_wrap": True})
        self.number = book.add_format({**base, "num_format": "General"})
        self.date = book.add_format({**base, "num_format": "dd.mm.yyyy", "align": "left"})
        self.moment = book.add_format({**base, "num_format": "dd.mm.yyyy hh:mm", "align": "left"})
        self.note = book.add_format({"italic": True})
        self.heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#E8EEF5"}
        )

    def write(self, sheet: Sheet) -> None:
        if len(sheet.columns) > MAX_COLUMNS:
            raise ValueError(f"a sheet holds {MAX_COLUMNS} columns, not {len(sheet.columns)}")
        page, row = self._page(sheet)
        first = row - 1
        for values in sheet.rows:
            if row == MAX_ROWS:
                self._finish(page, sheet, first, row)
                page, row = self._page(sheet)
                first = row - 1
            for column, value in enumerate(values):
                self._cell(page, row, column, value)
            row += 1
        self._finish(page, sheet, first, row)

    def close(self) -> None:
        """A workbook has at least one sheet."""
        if not self.names:
            self._page(Sheet("Нет данных", [], []))

    def _page(self, sheet: Sheet) -> tuple[Worksheet, int]:
        """A new worksheet with its note and headings, and the number of its first free row."""
        page = self.book.add_worksheet(self._name(sheet.title))
        for column in range(len(sheet.columns)):
            width = sheet.widths[column] if sheet.widths and column < len(sheet.widths) else None
            page.set_column(column, column, width or _width_of(sheet.columns[column]))
        row = 0
        if sheet.note:
            page.write_string(0, 0, cell_text(sheet.note), self.note)
            row = 1
        for column, title in enumerate(sheet.columns):
            page.write_string(row, column, cell_text(title), self.heading)
        page.freeze_panes(row + 1, 0)
        page.repeat_rows(row)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        return page, row + 1

    def _finish(self, page: Worksheet, sheet: Sheet, first: int, row: int) -> None:
        if sheet.columns:
            page.autofilter(first, 0, max(row - 1, first), len(sheet.columns) - 1)

    def _name(self, title: str) -> str:
        """A name Excel accepts: 31 characters, none of []:*?/\\, unique without regard to case."""
        base = _FORBIDDEN_IN_NAME.sub(" ", printable(title))
        base = " ".join(base.split()).strip("' ") or "Лист"
        if base.lower() in ("history", "журнал"):
            base += "."
        name, attempt = _shortened(base, ""), 1
        while name.lower() in self.names:
            attempt += 1
            name = _shortened(base, f" ({attempt})")
        self.names.add(name.lower())
        return name

    def _cell(self, page: Worksheet, row: int, column: int, value: Any) -> None:
        """Text and whole numbers first: they are nearly all of a table."""
        kind = type(value)
        if kind is str:
            if value:
                page.write_string(row, column, cell_text(value), self.text)
        elif value is None:
            return
        elif kind is int and -MAX_WHOLE < value < MAX_WHOLE:
            page.write_number(row, column, value, self.number)
        elif isinstance(value, bool):
            page.write_string(row, column, "да" if value else "нет", self.text)
        elif isinstance(value, int | Decimal | float) and _fits_number(value):
            page.write_number(row, column, value, self.number)
        elif isinstance(value, date) and value.year >= 1900:
            self._day(page, row, column, value)
        else:
            page.write_string(row, column, cell_text(value), self.text)

    def _day(self, page: Worksheet, row: int, column: int, value: date) -> None:
        if isinstance(value, datetime):
            local = in_magadan(value) if value.tzinfo else value
            page.write_datetime(row, column, local.replace(tzinfo=None), self.moment)
        else:
            page.write_datetime(row, column, value, self.date)


def cell_text(value: Any) -> str:
    """Text that a cell may hold: no control characters, at most 32,767 characters."""
    text = printable(str(value)).replace("\r\n", "\n").replace("\r", "\n")
    return text if len(text) * 2 <= MAX_CELL else _cut_units(text, MAX_CELL)


def xlsx_response(filename: str, sheets: Iterable[Sheet]) -> FileResponse:
    """The workbook as an attachment, written to a temporary file first and deleted after sending."""
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115  the response closes it
    try:
        write_xlsx(file, sheets)
    except BaseException:
        file.close()
        raise
    file.flush()
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=_file_name(filename, ".xlsx"))
    return _private(response, XLSX_TYPE)


def csv_response(
    filename: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """The table as a streamed attachment for Excel in Russian: UTF-8 with BOM, semicolons, decimal commas.

    A text that a spreadsheet would read as a formula gets an apostrophe in front; numbers stay numbers.
    """
    response = StreamingHttpResponse(_csv_lines(columns, rows))
    response.headers["Content-Disposition"] = _disposition(_file_name(filename, ".csv"))
    return _private(response, CSV_TYPE)


class _Line:
    """What csv.writer writes to: hands the line over instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    for row in chain([columns], rows):
        yield writer.writerow([csv_cell(value) for value in row]).encode()


def csv_cell(value: Any) -> str:
    """One cell of a CSV file as text; what a person typed never becomes a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, int | Decimal | float):
        return _csv_number(value)
    if isinstance(value, datetime):
        return f"{in_magadan(value) if value.tzinfo else value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    raw = str(value)
    text = printable(raw)
    return "'" + text if raw.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS) else text


def _csv_number(value: int | Decimal | float) -> str:
    exact = Decimal(str(value))
    return f"{exact:f}".replace(".", ",") if exact.is_finite() else number(None)


def _fits_number(value: int | Decimal | float) -> bool:
    """Whether Excel keeps the number as it is; a float holds no more digits than Excel does."""
    if isinstance(value, float):
        return math.isfinite(value)
    exact = Decimal(value)
    if not exact.is_finite():
        return False
    _, digits, exponent = exact.as_tuple()
    significant = "".join(map(str, digits)).strip("0")
    return len(significant) <= MAX_DIGITS and -300 < int(exponent) < 300 and exact.adjusted() < 300


def _width_of(title: str) -> float:
    return float(min(max(12, len(str(title)) + 2), 40))


def _cut_units(text: str, limit: int) -> str:
    """Excel counts in UTF-16 units: a character outside of the basic plane takes two."""
    return text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")


def _shortened(base: str, ending: str) -> str:
    return _cut_units(base, NAME_LENGTH - len(ending)).rstrip("' ") + ending


def _file_name(name: str, extension: str) -> str:
    return name if name.lower().endswith(extension) else name + extension


def _disposition(filename: str) -> str:
    return content_disposition_header(True, filename) or "attachment"


def _private(response: R, content_type: str) -> R:
    response.headers["Content-Type"] = content_type
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
