"""One sheet of an .xlsx as its XML: formulas, merged cells, and values put in with nothing else moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from lxml import etree

from apps.core.text import printable
from apps.monitoring.ministry.places import letters_of, number_of

Value = Decimal | str | None
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)", re.ASCII)
# Excel reads «_x0041_» within a text as one character.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# The column and row of every merged range would be walked over: nobody merges more.
MAX_MERGES = 20_000


class BrokenSheet(Exception):
    """The XML of a sheet is not what a sheet holds."""


def parsed(content: bytes) -> Any:
    """The root of an XML part. Nothing is fetched, no entity is opened. Raises `BrokenSheet`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenSheet from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise BrokenSheet
    return root


def printed(root: Any) -> bytes:
    """The part as bytes, with its declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class SheetXml:
    """Cells by (row, column), counted from 1."""

    def __init__(self, content: bytes) -> None:
        self.root = parsed(content)
        self.namespace = etree.QName(self.root).namespace or ""
        data = self.root.find(self._tag("sheetData"))
        if data is None:
            raise BrokenSheet
        self._data = data
        self._rows: dict[int, Any] = {}
        self._cells: dict[int, dict[int, Any]] = {}
        self._index()
        self._corners = dict(self._merged())

    def _tag(self, name: str) -> str:
        return f"{{{self.namespace}}}{name}" if self.namespace else name

    def _index(self) -> None:
        """A row or a cell without its reference follows the one before it."""
        number = 0
        for row in self._data.iterchildren(self._tag("row")):
            number = _whole(row.get("r")) or number + 1
            self._rows[number] = row
            cells = self._cells.setdefault(number, {})
            column = 0
            for cell in row.iterchildren(self._tag("c")):
                match = _REFERENCE.fullmatch(cell.get("r", ""))
                column = number_of(match[1]) if match else column + 1
                cells[column] = cell

    def _merged(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        merges = list(self.root.iter(self._tag("mergeCell")))[:MAX_MERGES]
        filled = 0
        for merge in merges:
            first, _, last = merge.get("ref", "").partition(":")
            start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
            if start is None or end is None:
                continue
            top, left, bottom, right = int(start[2]), number_of(start[1]), int(end[2]), number_of(end[1])
            filled += max(bottom - top + 1, 0) * max(right - left + 1, 0)
            if filled > 1_000_000:
                raise BrokenSheet
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield (row, column), (top, left)

    def corner(self, row: int, column: int) -> tuple[int, int]:
        """The cell that shows what stands here: the top left one of a merged range."""
        return self._corners.get((row, column), (row, column))

    def _at(self, row: int, column: int) -> Any:
        return self._cells.get(row, {}).get(column)

    def has_formula(self, row: int, column: int) -> bool:
        cell = self._at(row, column)
        return cell is not None and cell.find(self._tag("f")) is not None

    def error(self, row: int, column: int) -> str:
        """The error a cell shows («#DIV/0!»), empty for any other cell."""
        cell = self._at(row, column)
        return cell.findtext(self._tag("v")) or "#" if cell is not None and cell.get("t") == "e" else ""

    def is_uncounted(self, row: int, column: int) -> bool:
        """Whether a formula stands here without its result: no program has counted it.

        A result of type «str» may be an empty text.
        """
        if not self.has_formula(row, column):
            return False
        cell = self._at(row, column)
        found = cell.findtext(self._tag("v"))
        return found is None or (not found and cell.get("t") != "str")

    @property
    def has_formulas(self) -> bool:
        return next(self._data.iter(self._tag("f")), None) is not None

    def put(self, row: int, column: int, value: Value) -> None:
        """A number, a text (never a formula) or nothing; style stays, and so does a formula.

        A cell with a formula takes a number as its kept result, so that a viewer that does not count sees it.
        """
        cell = self._at(row, column)
        if cell is None:
            if value is None or value == "":
                return
            cell = self._made(row, column)
        formula = cell.find(self._tag("f"))
        if formula is None:
            cell.attrib.pop("vm", None)
            self._emptied(cell)
            self._fill(cell, value)
        elif isinstance(value, Decimal):
            self._emptied(cell, formula)
            self._fill(cell, value)

    def forget_results(self) -> None:
        """Takes the kept results off the formulas: what they counted from is another now."""
        for formula in list(self._data.iter(self._tag("f"))):
            self._emptied(formula.getparent(), formula)

    def _emptied(self, cell: Any, kept: Any = None) -> None:
        cell.attrib.pop("t", None)
        for child in list(cell):
            if child is not kept:
                cell.remove(child)

    def _fill(self, cell: Any, value: Value) -> None:
        if isinstance(value, Decimal):
            etree.SubElement(cell, self._tag("v")).text = f"{value:f}"
        elif value:
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, self._tag("is")), self._tag("t"))
            text.text = _ESCAPED.sub("_x005F_", printable(value))
            text.set(XML_SPACE, "preserve")

    def _made(self, row: int, column: int) -> Any:
        line = self._rows.get(row)
        if line is None:
            line = etree.Element(self._tag("row"), {"r": str(row)})
            _insert(self._data, line, [(number, one) for number, one in self._rows.items() if number > row])
            self._rows[row] = line
        cell = etree.Element(self._tag("c"), {"r": f"{letters_of(column)}{row}"})
        if line.get("s"):
            cell.set("s", line.get("s"))
        cells = self._cells.setdefault(row, {})
        _insert(line, cell, [(number, one) for number, one in cells.items() if number > column])
        cells[column] = cell
        return cell

    def __bytes__(self) -> bytes:
        return printed(self.root)


def _insert(parent: Any, child: Any, later: list[tuple[int, Any]]) -> None:
    """Before the nearest of the later ones, or at the end."""
    if later:
        min(later, key=lambda pair: pair[0])[1].addprevious(child)
    else:
        parent.append(child)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
