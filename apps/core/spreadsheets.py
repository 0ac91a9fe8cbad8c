"""Tables in: .xlsx, .xls, .ods and .csv as rows of plain values, checked before anything opens them."""

import csv
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any
from xml.parsers import expat

from apps.core.archives import MEGABYTE, ArchiveLimits, ArchiveRefused, open_archive, read_through
from apps.core.filekinds import HEAD, FileKind
from apps.core.oldexcel import BrokenWorkbook, ProtectedWorkbook, largest_extent
from apps.core.russian import counted
from apps.core.text import printable
from apps.core.uploads import PROTECTED, UploadRefused, check_upload

Cell = str | int | Decimal | date | datetime | None
Range = tuple[int, int, int, int]
KINDS = frozenset([FileKind.XLSX, FileKind.XLS, FileKind.ODS, FileKind.CSV])
MAX_SIZE = 20 * MEGABYTE
MAX_ROWS = 50_000
MAX_COLUMNS = 1_000
MAX_CELLS = 3_000_000
MAX_SHEETS = 100
BROKEN = "Файл повреждён: таблица не читается."
TOO_FAR = "Таблица слишком велика: заняты ячейки далеко внизу или справа. Удалите их."
_LIMITS = ArchiveLimits(unpacked=150 * MEGABYTE)
_ODS_LIMITS = ArchiveLimits(unpacked=60 * MEGABYTE)
JSON = "Это файл JSON, а не таблица. Загрузите таблицу: .xlsx, .xls, .ods или .csv."
_JSON = re.compile(rb"\s*(?:\{\s*\"|\[\s*[\{\[])")
_PLACE = re.compile(rb"<(?:\w+:)?(?:c|row)\s(?:[^<>]*?\s)?r\s*=\s*[\"']([A-Za-z]{0,4})([0-9]{1,9})[\"']")


class SpreadsheetRefused(Exception):
    """The table is not read; `message` (and `told`) is a sentence for the user."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = self.told = message


@dataclass(frozen=True)
class ReadSheet:
    """A sheet: its name and its rows from the first one on, empty cells as None; rows differ in length.

    `merged`: ranges of merged cells (top, left, bottom, right, counted from 0) of .xlsx and .xls.
    """

    title: str
    rows: list[list[Cell]]
    merged: tuple[Range, ...] = ()


def read_spreadsheet(
    file: IO[bytes] | Any,
    *,
    max_size: int = MAX_SIZE,
    max_rows: int = MAX_ROWS,
    max_columns: int = MAX_COLUMNS,
) -> list[ReadSheet]:
    """Every sheet of the file; numbers as int or Decimal, dates as date or datetime, the rest as text.

    `SpreadsheetRefused` in Russian: not a table, too large, broken, with a password or macros.
    """
    try:
        found = check_upload(file, KINDS, max_size)
        if found.kind is FileKind.CSV:
            _refuse_json(file, getattr(file, "name", None) or "")
            return [_read_csv(file, max_rows, max_columns)]
        if found.kind is FileKind.XLSX:
            _check_extent(file)
        elif found.kind is FileKind.XLS:
            _check_records(file)
        else:
            _check_repeats(file)
    except UploadRefused as refused:
        raise SpreadsheetRefused(refused.message) from refused
    except ArchiveRefused as refused:
        raise SpreadsheetRefused(refused.told) from refused
    return _read_book(file, max_rows, max_columns)


def _refuse_json(file: IO[bytes], name: str) -> None:
    """A document of JSON is plain text too; as a table it would only seem to lack its columns."""
    file.seek(0)
    head = file.read(HEAD).removeprefix(b"\xef\xbb\xbf")
    file.seek(0)
    if _JSON.match(head) or (name.lower().endswith(".json") and head.lstrip()[:1] in (b"{", b"[")):
        raise SpreadsheetRefused(JSON)


def _read_book(file: IO[bytes], max_rows: int, max_columns: int) -> list[ReadSheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
        names = book.sheet_names
        if len(names) > MAX_SHEETS:
            raise SpreadsheetRefused("В файле слишком много листов.")
        return [_read_sheet(book, index, name, max_rows, max_columns) for index, name in enumerate(names)]
    except PasswordError as error:
        raise SpreadsheetRefused(PROTECTED) from error
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise SpreadsheetRefused(BROKEN) from error
    except BaseException as error:
        # A fault inside the reader arrives as a PanicException, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise SpreadsheetRefused(BROKEN) from error


def _read_sheet(book: Any, index: int, name: str, max_rows: int, max_columns: int) -> ReadSheet:
    sheet = book.get_sheet_by_index(index)
    last_row, last_column = sheet.end or (-1, -1)
    title = printable(name).strip()
    _refuse_extent(f"На листе «{title}»", last_row + 1, last_column + 1, max_rows, max_columns)
    rows = [[plain_value(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return ReadSheet(title, _trimmed(rows), merged)


def _refuse_extent(where: str, rows: int, columns: int, max_rows: int, max_columns: int) -> None:
    if rows > max_rows:
        limit = counted(max_rows, "строки", "строк", "строк")
        raise SpreadsheetRefused(
            f"{where} больше {limit}. Удалите лишние строки или разделите таблицу на части."
        )
    if columns > max_columns:
        limit = counted(max_columns, "графы", "граф", "граф")
        raise SpreadsheetRefused(f"{where} больше {limit}. Удалите лишние графы.")


def plain_value(value: Any) -> Cell:
    """A cell of the reader as int, Decimal, date, datetime, text or None."""
    if value is None or isinstance(value, datetime):
        return value
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float):
        return _exact(value)
    if isinstance(value, int | date):
        return value
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return str(value)
    return printable(str(value)).strip() or None


def _exact(value: float) -> int | Decimal | None:
    """The number as Excel shows it: 15 significant digits, whole ones as int."""
    if not math.isfinite(value):
        return None
    exact = Decimal(f"{value:.15g}")
    return int(exact) if exact == exact.to_integral_value() else exact


def _trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Without the empty rows at the end."""
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    return rows


def _check_records(file: IO[bytes]) -> None:
    try:
        extent = largest_extent(file)
    except ProtectedWorkbook as error:
        raise SpreadsheetRefused(PROTECTED) from error
    except BrokenWorkbook as error:
        raise SpreadsheetRefused(BROKEN) from error
    if extent > MAX_CELLS:
        raise SpreadsheetRefused(TOO_FAR)


def _check_extent(file: IO[bytes]) -> None:
    """The reader lays a sheet out in full: one cell in the far corner would take all the memory."""
    file.seek(0)
    archive = open_archive(file, _LIMITS)
    watcher = _ExtentWatcher()
    read_through(archive, watcher.watch)


class _ExtentWatcher:
    """Follows places of cells (`r="XFD1048576"`) in the sheets of an .xlsx file piece by piece."""

    def __init__(self) -> None:
        self.name = ""
        self.tail = b""
        self.rows = self.columns = 0

    def watch(self, name: str, piece: bytes) -> None:
        if name != self.name:
            self.name, self.tail, self.rows, self.columns = name, b"", 0, 0
        if "worksheets" not in name.lower():
            return
        text = self.tail + piece
        for letters, digits in _PLACE.findall(text):
            self.rows = max(self.rows, int(digits))
            self.columns = max(self.columns, _column(letters))
        self.tail = text[-400:]
        if self.rows * max(self.columns, 1) > MAX_CELLS:
            raise ArchiveRefused(TOO_FAR)


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return place


def _check_repeats(file: IO[bytes]) -> None:
    """OpenDocument writes a repeated row or cell once: what is filled must not unfold into millions."""
    file.seek(0)
    archive = open_archive(file, _ODS_LIMITS)
    counter = _RepeatCounter()
    with archive.open("content.xml") as stream:
        try:
            counter.parser.ParseFile(stream)
        except expat.ExpatError as error:
            raise ArchiveRefused(BROKEN) from error


class _RepeatCounter:
    """Extent of the filled part of each table of an OpenDocument file."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.rows = self.columns = self.width = self.repeat = 0
        self.filled = False

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(" ")[2]
        if kind == "table":
            self.rows = self.columns = 0
        elif kind == "table-row":
            self.repeat, self.width, self.filled = _repeated(attributes, "number-rows-repeated"), 0, False
        elif kind in ("table-cell", "covered-table-cell"):
            self.width += _repeated(attributes, "number-columns-repeated")
            self._mark(any(name.endswith((" value-type", " formula")) for name in attributes))
        elif kind == "p":
            self._mark(True)

    def _mark(self, is_filled: bool) -> None:
        if is_filled:
            self.filled = True
            self.columns = max(self.columns, self.width)

    def _end(self, tag: str) -> None:
        if not tag.endswith(" table-row"):
            return
        self.rows += self.repeat
        if self.filled and self.rows * self.columns > MAX_CELLS:
            raise ArchiveRefused(TOO_FAR)


def _repeated(attributes: dict[str, str], name: str) -> int:
    for key, value in attributes.items():
        if key.endswith(" " + name) and value.isascii() and value.isdigit() and len(value) < 10:
            return max(1, int(value))
    return 1


def _read_csv(file: IO[bytes], max_rows: int, max_columns: int) -> ReadSheet:
    file.seek(0)
    text = decoded(file.read())
    if "\x00" in text:
        raise SpreadsheetRefused("Файл не похож на таблицу: в нём двоичные данные.")
    rows: list[list[Cell]] = []
    try:
        for values in _csv_rows(text):
            _refuse_extent("В таблице", len(rows) + 1, len(values), max_rows, max_columns)
            rows.append([plain_value(value) for value in values])
    except csv.Error as error:
        raise SpreadsheetRefused("Файл повреждён: строки таблицы не разбираются.") from error
    return ReadSheet("CSV", _trimmed(rows))


def decoded(data: bytes) -> str:
    """Text of a file from a Russian office: UTF-8 with or without its mark, UTF-16 with it, or CP1251."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def _csv_rows(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    outside_quotes = re.sub(r'"[^"]*"', "", first)
    delimiter = max(";\t,", key=outside_quotes.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
