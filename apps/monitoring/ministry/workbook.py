"""The kept workbook: checked when it comes, opened as a ZIP, written with only the cells changed."""

from __future__ import annotations

import copy
import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import IO, Any

from lxml import etree

from apps.core.archives import MEGABYTE, ArchiveLimits, ArchiveRefused, open_archive
from apps.core.filekinds import FileKind
from apps.core.spreadsheets import BROKEN, ReadSheet, SpreadsheetRefused, read_spreadsheet
from apps.core.text import printable
from apps.core.uploads import DetectedFile, UploadRefused, check_upload
from apps.monitoring.ministry.places import Place
from apps.monitoring.ministry.sheetxml import BrokenSheet, SheetXml, Value, parsed, printed

MAX_SIZE = 10 * MEGABYTE
MAX_ROWS, MAX_COLUMNS = 5_000, 300
# Sheets are held in memory as trees, ten times their size; a ministry's workbook has a few megabytes.
LIMITS = ArchiveLimits(unpacked=30 * MEGABYTE)
BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
UNCOUNTED = "формула без посчитанного значения: откройте файл в Excel, сохраните и загрузите снова"
ONLY_XLSX = "Бланк хранится как книга .xlsx: откройте файл в Excel и сохраните его в этом виде."


def checked_blank(file: IO[bytes] | Any) -> tuple[DetectedFile, list[ReadSheet]]:
    """What may be kept as a blank, with its sheets read. Raises `SpreadsheetRefused` in Russian."""
    try:
        found = check_upload(file, frozenset([FileKind.XLSX, FileKind.XLS]), MAX_SIZE)
    except UploadRefused as refused:
        raise SpreadsheetRefused(refused.told) from refused
    if found.kind is not FileKind.XLSX:
        raise SpreadsheetRefused(ONLY_XLSX)
    sheets = read_sheets(file)
    KeptWorkbook(file).all_sheets()
    return found, sheets


def read_sheets(file: IO[bytes] | Any) -> list[ReadSheet]:
    """The values of all sheets, formulas as their results. Raises `SpreadsheetRefused`."""
    return read_spreadsheet(file, max_size=MAX_SIZE, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)


class KeptWorkbook:
    """Sheets of an .xlsx by their names; raises `SpreadsheetRefused` where it is broken."""

    def __init__(self, file: IO[bytes]) -> None:
        file.seek(0)
        try:
            self._archive = open_archive(file, LIMITS)
            self.parts = self._sheet_parts()
        except ArchiveRefused as refused:
            raise SpreadsheetRefused(refused.told) from refused
        except (BrokenSheet, KeyError, zipfile.BadZipFile) as error:
            raise SpreadsheetRefused(BROKEN) from error
        self._sheets: dict[str, SheetXml] = {}

    def _sheet_parts(self) -> dict[str, str]:
        """Title → name of the part, in the order of the book; a sheet of a chart has no cells."""
        targets = {
            one.get("Id"): posixpath.normpath(posixpath.join("/xl", one.get("Target", ""))).lstrip("/")
            for one in parsed(self._archive.read(RELATIONS))
            if one.get("Type", "").endswith("/worksheet")
        }
        sheets: dict[str, str] = {}
        for one in parsed(self._archive.read(BOOK)).iter("{*}sheet"):
            key = next((value for name, value in one.attrib.items() if name.endswith("}id")), None)
            if targets.get(key) in self._archive.namelist():
                sheets.setdefault(printable(one.get("name", "")).strip(), targets[key])
        return sheets

    def sheet(self, title: str) -> SheetXml:
        """The tree of a sheet; `KeyError` where there is none of this name."""
        if title not in self._sheets:
            part = self.parts[title]
            try:
                self._sheets[title] = SheetXml(self._archive.read(part))
            except (BrokenSheet, KeyError, zipfile.BadZipFile) as error:
                raise SpreadsheetRefused(BROKEN) from error
        return self._sheets[title]

    def all_sheets(self) -> dict[str, SheetXml]:
        return {title: self.sheet(title) for title in self.parts}

    def corner(self, place: Place) -> Place:
        """The same place, or the top left cell of the merged range it lies in."""
        row, column = self.sheet(place.sheet).corner(place.row, place.column)
        return Place(place.sheet, row, column)

    def has_formula(self, place: Place) -> bool:
        return self.sheet(place.sheet).has_formula(place.row, place.column)

    def unreadable(self, place: Place) -> str:
        """Why a cell has no value to take, in Russian; empty where it has one or is blank."""
        sheet = self.sheet(place.sheet)
        if error := sheet.error(place.row, place.column):
            return f"в ячейке ошибка Excel {error[:20]}"
        return UNCOUNTED if sheet.is_uncounted(place.row, place.column) else ""

    def written(self, values: Mapping[Place, Value]) -> bytes:
        """A copy with the values in; every part that holds none of them stays byte for byte.

        Where the book has formulas, it asks the program that opens it to count them anew.
        """
        touched = {place.sheet for place in values if place.sheet in self.parts}
        for title in touched:
            self.sheet(title).forget_results()
        for place, value in values.items():
            if place.sheet in touched:
                self.sheet(place.sheet).put(place.row, place.column, value)
        changed = {self.parts[title]: bytes(self.sheet(title)) for title in touched}
        if any(sheet.has_formulas for sheet in self.all_sheets().values()):
            changed[BOOK] = _counted_anew(self._archive.read(BOOK))
        return self._copied(changed)

    def _copied(self, changed: Mapping[str, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in self._archive.infolist():
                content = changed.get(entry.filename)
                content = self._archive.read(entry) if content is None else content
                target.writestr(copy.copy(entry), content)
        return out.getvalue()


# What follows `calcPr` in the schema of a workbook.
_AFTER = frozenset(
    [
        *["oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing"],
        *["fileRecoveryPr", "webPublishObjects", "extLst"],
    ]
)


def _counted_anew(content: bytes) -> bytes:
    root = parsed(content)
    settings = root.find("{*}calcPr")
    if settings is None:
        namespace = etree.QName(root).namespace
        settings = etree.Element(f"{{{namespace}}}calcPr")
        following = next((one for one in root if etree.QName(one).localname in _AFTER), None)
        if following is None:
            root.append(settings)
        else:
            following.addprevious(settings)
    settings.set("fullCalcOnLoad", "1")
    return printed(root)
