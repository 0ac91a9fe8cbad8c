"""A blank from .xlsx or .xls into a `Book`; whatever is dangerous is refused before anything opens it."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import IO, Any

from apps.core.archives import ArchiveLimits, ArchiveRefused, open_archive, read_through
from apps.core.filekinds import FileKind
from apps.core.spreadsheets import BROKEN, ReadSheet, SpreadsheetRefused, plain_value, read_spreadsheet
from apps.core.text import printable
from apps.core.uploads import UploadRefused, check_upload
from apps.monitoring.blanks.sheets import Book, Cell, Sheet, Span

KINDS = frozenset([FileKind.XLSX, FileKind.XLS])
MAX_SIZE = 10 * 1024 * 1024
MAX_ROWS = 3_000
MAX_COLUMNS = 200
MAX_SHEETS = 60
MAX_STYLED = 300_000
MAX_TEXT = 2_000
TOO_STYLED = (
    "В книге слишком много оформленных ячеек. "
    "Удалите лишние строки и столбцы за пределами таблиц и сохраните снова."
)
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_SPACES = re.compile(r"[ \t\xa0]+")


def read_blank(file: IO[bytes] | Any) -> Book:
    """The book with values, formulas, merged ranges and looks of its cells.

    `SpreadsheetRefused` in Russian: not Excel, too large, broken, a bomb, with a password or macros.
    """
    try:
        found = check_upload(file, KINDS, MAX_SIZE)
    except UploadRefused as refused:
        raise SpreadsheetRefused(refused.message) from refused
    values = read_spreadsheet(file, max_size=MAX_SIZE, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)
    if len(values) > MAX_SHEETS:
        raise SpreadsheetRefused(f"В книге больше {MAX_SHEETS} листов. Оставьте только листы бланка.")
    file.seek(0)
    content = file.read()
    spans = _spans(content)
    if found.kind is FileKind.XLS:
        sheets = [Sheet(one.title, _plain_cells(one), spans.get(i, ())) for i, one in enumerate(values)]
        return Book(sheets, has_formulas=False)
    _refuse_styled(content)
    return Book(_styled_sheets(content, values, spans))


def _spans(content: bytes) -> dict[int, tuple[Span, ...]]:
    from python_calamine import CalamineWorkbook

    found: dict[int, tuple[Span, ...]] = {}
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for index in range(len(book.sheet_names)):
        ranges = book.get_sheet_by_index(index).merged_cell_ranges or []
        found[index] = tuple(
            Span(top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in ranges
            if top <= bottom and left <= right
        )
    return found


def _plain_cells(sheet: ReadSheet) -> dict[tuple[int, int], Cell]:
    return {
        (row, column): _cell(value)
        for row, values in enumerate(sheet.rows, start=1)
        for column, value in enumerate(values, start=1)
        if value is not None
    }


def _cell(value: Any, formula: str = "", **looks: Any) -> Cell:
    raw = "" if value is None else str(value)
    number = Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
    if number is not None:
        raw = f"{number:f}"
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in raw.splitlines()).strip()[:MAX_TEXT]
    return Cell(text=text, number=number, formula=formula, **looks)


def _refuse_styled(content: bytes) -> None:
    """The library keeps every cell that was ever coloured; ten sheets of a million would take minutes."""
    count = 0

    def watch(name: str, piece: bytes) -> None:
        nonlocal count
        if "worksheets" in name.lower():
            count += len(_CELL.findall(piece))
            if count > MAX_STYLED:
                raise ArchiveRefused(TOO_STYLED)

    try:
        read_through(open_archive(io.BytesIO(content), ArchiveLimits()), watch)
    except ArchiveRefused as refused:
        raise SpreadsheetRefused(refused.told) from refused


def _styled_sheets(
    content: bytes, values: list[ReadSheet], spans: dict[int, tuple[Span, ...]]
) -> list[Sheet]:
    """Read-only mode on purpose: the other one unfolds every merged range and link into cells."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        return [
            Sheet(one.title, _styled_cells(book[name], one), spans.get(i, ()), _is_hidden(book[name]))
            for i, (name, one) in enumerate(zip(book.sheetnames, values, strict=True))
        ]
    except SpreadsheetRefused:
        raise
    except Exception as error:  # the library has no error of its own: a broken part raises anything
        raise SpreadsheetRefused(BROKEN) from error


def _is_hidden(page: Any) -> bool:
    return getattr(page, "sheet_state", "visible") != "visible"


def _styled_cells(page: Any, values: ReadSheet) -> dict[tuple[int, int], Cell]:
    if not hasattr(page, "iter_rows"):
        return {}
    found: dict[tuple[int, int], Cell] = {}
    height = min(MAX_ROWS, max(page.max_row or 0, len(values.rows))) or 1
    for row in page.iter_rows(max_row=height, max_col=MAX_COLUMNS):
        for cell in row:
            if cell.value is None and not getattr(cell, "has_style", False):
                continue
            made = _styled_cell(cell, values)
            if made.is_filled or made.framed:
                found[cell.row, cell.column] = made
    return found


def _styled_cell(cell: Any, values: ReadSheet) -> Cell:
    formula = _formula(cell.value)
    value = _value_at(values, cell.row, cell.column)
    if value is None and not formula:
        value = plain_value(cell.value) if not isinstance(cell.value, bool) else None
    border, number_format = cell.border, printable(cell.number_format or "")[:100]
    return _cell(
        value,
        formula,
        indent=_indent(cell),
        bold=bool(cell.font and cell.font.b),
        framed=any(_is_drawn(side) for side in (border.top, border.bottom, border.left, border.right)),
        number_format="" if number_format == "General" else number_format,
    )


def _formula(value: Any) -> str:
    """The text of a formula; one of an array or of a table of data is told by its own object."""
    written = getattr(value, "text", None) if not isinstance(value, str) else value
    if isinstance(written, str) and written.startswith("=") and len(written) > 1:
        return printable(written[1:]).strip()[:8_000]
    return ""


def _value_at(values: ReadSheet, row: int, column: int) -> Any:
    line = values.rows[row - 1] if row <= len(values.rows) else []
    return line[column - 1] if column <= len(line) else None


def _indent(cell: Any) -> int:
    written = cell.value if isinstance(cell.value, str) else ""
    spaces = len(written) - len(written.lstrip(" \xa0\t"))
    return min(int(cell.alignment.indent or 0) + (spaces + 2) // 4, 10)


def _is_drawn(side: Any) -> bool:
    return bool(side is not None and side.style)
