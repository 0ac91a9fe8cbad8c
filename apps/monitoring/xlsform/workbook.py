"""The sheets of an XLSForm as lines of text by the name of their column; the file is checked before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any

from apps.core.filekinds import FileKind
from apps.core.spreadsheets import Cell, ReadSheet, SpreadsheetRefused, read_spreadsheet
from apps.core.uploads import UploadRefused, check_upload
from apps.monitoring.xlsform.problems import Problems

KINDS = frozenset([FileKind.XLSX, FileKind.XLS])
MAX_SIZE = 10 * 1024 * 1024
MAX_ROWS = 5_000
MAX_COLUMNS = 200
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
TRANSLATED = frozenset(["label", "hint", "constraint_message", "required_message", "guidance_hint"])

_ALIASES = {
    "caption": "label", "relevance": "relevant", "calculate": "calculation", "list name": "list_name",
    "constraint message": "constraint_message", "constraintmsg": "constraint_message",
    "repeat count": "repeat_count",
    "required message": "required_message", "requiredmsg": "required_message",
    "choice filter": "choice_filter",
    "read_only": "readonly", "read only": "readonly", "form title": "form_title", "title": "form_title",
    "form id": "form_id", "id_string": "form_id", "default language": "default_language",
    "set form title": "form_title", "set form id": "form_id", "tag": "name", "command": "type",
    "bind::relevant": "relevant", "bind::constraint": "constraint", "bind::calculate": "calculation",
    "bind::required": "required", "bind::jr:constraintmsg": "constraint_message",
    "control::appearance": "appearance",
    "body::appearance": "appearance", "jr:count": "repeat_count",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet; `row` counts as the spreadsheet does."""

    row: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass
class Page:
    """A sheet with its header read: `languages` are those of its translated columns, in their order."""

    title: str
    columns: tuple[str, ...] = ()
    lines: list[Line] = field(default_factory=list)
    languages: tuple[str, ...] = ()

    def spoken(self, language: str) -> None:
        """Gives every line its texts in one language, another one where it has none."""
        names = [f"{one}::{language}" for one in sorted(TRANSLATED)]
        for line in self.lines:
            for name in names:
                plain = name.partition("::")[0]
                text = line.get(name) or line.get(plain) or self._any(line, plain)
                if text:
                    line.cells[plain] = text

    def _any(self, line: Line, plain: str) -> str:
        return next(
            (line.get(f"{plain}::{one}") for one in self.languages if line.get(f"{plain}::{one}")), ""
        )


@dataclass
class Book:
    survey: Page
    choices: Page
    settings: Page
    language: str = ""
    languages: tuple[str, ...] = ()


def read_book(file: IO[bytes] | Any, problems: Problems) -> Book:
    """The three sheets of a workbook. Raises `SpreadsheetRefused`: no workbook, too large, dangerous."""
    try:
        check_upload(file, KINDS, MAX_SIZE)
    except UploadRefused as refused:
        raise SpreadsheetRefused(refused.message) from refused
    sheets = read_spreadsheet(file, max_size=MAX_SIZE, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)
    survey, choices, settings = (_page(sheets, name, problems) for name in (SURVEY, CHOICES, SETTINGS))
    book = Book(survey, choices, settings)
    if not any(sheet.title.strip().lower() == SURVEY for sheet in sheets):
        problems.error("", 0, "", "В книге нет листа survey: это не XLSForm.")
    elif not book.survey.lines:
        problems.error(SURVEY, 0, "", "На листе нет ни одного вопроса.")
    _choose_language(book, problems)
    return book


def _page(sheets: Iterable[ReadSheet], name: str, problems: Problems) -> Page:
    sheet = next((one for one in sheets if one.title.strip().lower() == name), None)
    if sheet is None or not sheet.rows:
        return Page(name)
    columns = tuple(_column(value) for value in sheet.rows[0])
    seen: set[str] = set()
    for column in filter(None, columns):
        if column in seen and name != SETTINGS:
            problems.error(name, 1, column, "Столбец с таким заголовком стоит дважды.")
        seen.add(column)
    languages = dict.fromkeys(
        one.partition("::")[2] for one in columns if "::" in one and _plain(one) in TRANSLATED
    )
    return Page(name, columns, list(_lines(columns, sheet.rows[1:])), tuple(languages))


def _lines(columns: tuple[str, ...], rows: list[list[Cell]]) -> Iterator[Line]:
    for number, row in enumerate(rows, start=2):
        cells = {
            column: text
            for column, value in zip(columns, row, strict=False)
            if column and (text := cell_text(value))
        }
        if cells:
            yield Line(number, cells)


def _plain(column: str) -> str:
    return column.partition("::")[0]


def _column(value: Cell) -> str:
    """The name of a column in one spelling; a language keeps its own: «label::Русский (ru)»."""
    raw = " ".join(cell_text(value).split())
    if raw.lower() in _ALIASES:
        return _ALIASES[raw.lower()]
    head, separator, language = raw.partition("::")
    if not separator and ":" in raw and raw.partition(":")[0].strip().lower() in TRANSLATED:
        head, separator, language = raw.partition(":")
    name = head.strip().lower()
    name = _ALIASES.get(name, name)
    return f"{name}::{language.strip()}" if separator else name


def cell_text(value: Cell) -> str:
    """A cell as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (
            value.date().isoformat() if not (value.hour or value.minute) else value.isoformat(" ", "minutes")
        )
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if not isinstance(value, str | int) else str(value).strip()


def _choose_language(book: Book, problems: Problems) -> None:
    """Texts of the default language, or Russian, or the first: our forms speak one."""
    book.languages = tuple(dict.fromkeys((*book.survey.languages, *book.choices.languages)))
    asked = book.settings.lines[0].get("default_language") if book.settings.lines else ""
    ordered = [one for one in book.languages if one == asked or (asked and one.startswith(f"{asked} ("))]
    ordered += [one for one in book.languages if re.search(r"\(ru\)|рус|russian", one, re.IGNORECASE)]
    ordered += book.languages
    book.language = ordered[0] if ordered else ""
    for page in (book.survey, book.choices):
        page.spoken(book.language)
    others = [one for one in book.languages if one != book.language]
    if others:
        told = f"Взят язык «{book.language}»; другие переводы не перенесены: {', '.join(others[:10])}."
        problems.note(SURVEY, 1, "label", told)
