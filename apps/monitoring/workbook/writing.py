"""Writes the workbook: what is asked is locked, answers are open, computed cells and relations live in it."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from apps.core.exports import MAX_DIGITS, cell_text
from apps.monitoring.definition import CompiledForm
from apps.monitoring.definition import model as m
from apps.monitoring.grids import header_rows
from apps.monitoring.relations import parse_expression
from apps.monitoring.relations.layout import OPEN_ROW, Cell
from apps.monitoring.relations.places import Place
from apps.monitoring.relations.references import References
from apps.monitoring.workbook.formulas import Translator
from apps.monitoring.workbook.plan import (
    CODE,
    FIRST,
    MARK,
    TITLE,
    UNIT,
    Block,
    Line,
    Plan,
    SheetPlan,
    ordered,
)

KIND = "imo-workbook/1"
SERVICE, LISTS = "Портал", "Списки"
NAME_LENGTH = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
HINT = "Заполните белые ячейки. Серые считает портал, клетки X не заполняются."


@dataclass(frozen=True)
class Heading:
    """What stands above every sheet, and what the portal knows its own workbook by (`token`)."""

    title: str
    lead: str
    token: str = ""


def write_workbook(
    compiled: CompiledForm,
    plan: Plan,
    values: Mapping[str, str],
    *,
    heading: Heading,
    earlier: Mapping[str, str] | None = None,
) -> bytes:
    """The workbook of `values` (address → stored value) laid out by `plan`.

    `earlier`: values of the last round, shown as comments. Without a token it is a paper to read: no answer
    can be typed.
    """
    target = io.BytesIO()
    plain = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
    options = {"in_memory": True, **dict.fromkeys(plain, False)}
    with xlsxwriter.Workbook(target, options) as book:
        _Writer(book, compiled, plan, values, heading, earlier or {}).write()
    return target.getvalue()


def sheet_names(plan: Plan) -> list[str]:
    """Names Excel accepts: 31 characters, none of []:*?/\\', unique without regard to case."""
    found: list[str] = []
    taken = {SERVICE.casefold(), LISTS.casefold(), "history", "журнал"}
    for number, sheet in enumerate(plan.sheets, 1):
        name = " ".join(_FORBIDDEN.sub(" ", sheet.title).split())[:NAME_LENGTH].strip() or f"Лист {number}"
        if name.casefold() in taken:
            ending = f" ({number})"
            name = name[: NAME_LENGTH - len(ending)].strip() + ending
        taken.add(name.casefold())
        found.append(name)
    return found


@dataclass
class _Writer:
    book: xlsxwriter.Workbook
    compiled: CompiledForm
    plan: Plan
    values: Mapping[str, str]
    heading: Heading
    earlier: Mapping[str, str]
    formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)

    def write(self) -> None:
        self.names = sheet_names(self.plan)
        self.places = self.plan.places()
        self.pages = [self.book.add_worksheet(name) for name in self.names]
        self.lists_page = self.book.add_worksheet(LISTS)
        for number, (page, sheet) in enumerate(zip(self.pages, self.plan.sheets, strict=True)):
            self._sheet(number, page, sheet)
        if self.heading.token:
            self._relations()
            self._service()
        self.lists_page.very_hidden()

    def format(self, **given: Any) -> Any:
        key = tuple(sorted(given.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": "Arial", "font_size": 10, **given})
        return self.formats[key]

    # -- a sheet ------------------------------------------------------------------------------

    def _sheet(self, number: int, page: Worksheet, sheet: SheetPlan) -> None:
        page.set_column(MARK, MARK, None, None, {"hidden": True})
        page.set_column(TITLE, TITLE, 46)
        page.set_column(CODE, UNIT, 8)
        page.set_column(FIRST, FIRST + 40, 13)
        page.write_string(0, TITLE, cell_text(self.heading.title), self.format(bold=True, font_size=13))
        page.write_string(1, TITLE, cell_text(self.heading.lead), self.format())
        if self.heading.token:
            page.write_string(2, TITLE, HINT, self.format(italic=True, font_color="#555555"))
            page.protect("", {"format_columns": True, "format_rows": True})
        for block in sheet.blocks:
            self._block(number, page, block)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)

    def _block(self, number: int, page: Worksheet, block: Block) -> None:
        if block.text:
            styles: dict[str, dict[str, Any]] = {
                "section": {"bold": True, "font_size": 12},
                "table": {"bold": True},
                "note": {"italic": True},
            }
            page.write_string(block.row, TITLE, cell_text(block.text), self.format(**styles[block.style]))
        if block.table is not None:
            self._header(page, block, block.table)
        for line in block.lines:
            self._line(number, page, line)

    def _header(self, page: Worksheet, block: Block, table: m.Table | m.OpenTable) -> None:
        style = self.format(bold=True, text_wrap=True, align="center", valign="vcenter", border=1,
                            bg_color="#E8EEF5")  # fmt: skip
        covered: set[tuple[int, int]] = set()
        for column, title in ((TITLE, "Показатель"), (CODE, "№ стр."), (UNIT, "Ед.")):
            _merged(page, (block.row, column, block.numbers_row - 1, column), title, style)
        for level, cells in enumerate(header_rows(table)):
            column = FIRST
            for cell in cells:
                while (level, column) in covered:
                    column += 1
                last = (block.row + level + cell.rowspan - 1, column + cell.colspan - 1)
                _merged(page, (block.row + level, column, *last), cell.title, style)
                covered |= {
                    (level + down, column + right)
                    for down in range(cell.rowspan)
                    for right in range(cell.colspan)
                }
                column += cell.colspan
        page.write_string(block.numbers_row, MARK, block.marker)
        for column in (TITLE, CODE, UNIT):
            page.write_blank(block.numbers_row, column, None, style)
        for place, code in enumerate(ordered(table)):
            page.write_string(block.numbers_row, FIRST + place, code, style)

    def _line(self, number: int, page: Worksheet, line: Line) -> None:
        bold = line.kind in ("total", "grand_total", "heading")
        style = {"bold": bold, "text_wrap": True, "valign": "top", "border": 1, "indent": line.level}
        if line.marker:
            page.write_string(line.row, MARK, line.marker)
        page.write_string(line.row, TITLE, cell_text(line.title), self.format(**style))
        page.write_string(line.row, CODE, line.code, self.format(border=1, align="center", bold=bold))
        page.write_string(line.row, UNIT, cell_text(line.unit), self.format(border=1))
        for column, cell in line.cells:
            self._cell(page, line.row, column, cell)

    # -- a cell -------------------------------------------------------------------------------

    def _cell(self, page: Worksheet, row: int, column: int, cell: Cell) -> None:
        if cell.is_x:
            page.write_string(row, column, "X", self.format(border=1, align="center", bg_color="#DDDDDD"))
            return
        locked = cell.computed is not None or not self.heading.token
        style = {"border": 1, **_shape(cell), **({"bg_color": "#F0F0F0"} if locked else {"locked": False})}
        value = self.values.get(cell.address, "")
        formula = self._computed(cell) if cell.computed is not None and self.heading.token else None
        if formula:
            cached = float(value) if value else 0
            page.write_formula(row, column, f'=IFERROR({formula},"")', self.format(**style), cached)
        else:
            self._value(page, (row, column), cell, value, self.format(**style))
        if not locked:
            self._validated(page, row, column, cell)
        if was := self.earlier.get(cell.address):
            shown = self.compiled.format_value(cell.address, was)
            page.write_comment(row, column, f"Прошлый период: {shown}"[:250], {"font_size": 9})

    def _value(self, page: Worksheet, place: tuple[int, int], cell: Cell, value: str, style: Any) -> None:
        if not value:
            page.write_blank(*place, None, style)
        elif cell.is_number and len(value.strip("-").replace(".", "")) <= MAX_DIGITS:
            page.write_number(*place, float(value), style)
        elif cell.type == "date":
            day = datetime.date.fromisoformat(value)
            if day.year >= 1900:
                page.write_datetime(*place, datetime.datetime(day.year, day.month, day.day), style)
            else:
                page.write_string(*place, f"{day:%d.%m.%Y}", style)
        else:
            page.write_string(*place, cell_text(self._words(cell, value)), style)

    def _words(self, cell: Cell, value: str) -> str:
        """A choice as its words, several as codes with commas; a text as it is."""
        if cell.type in ("choice", "yes_no", "scale"):
            return next((one.title for one in cell.choices if one.code == value), value)
        return value.replace(",", ", ") if cell.type == "multi_choice" else value

    def _validated(self, page: Worksheet, row: int, column: int, cell: Cell) -> None:
        rule = self._rule(cell)
        if rule:
            page.data_validation(row, column, row, column, {"ignore_blank": True, **rule})
        if cell.type == "multi_choice":
            codes = "; ".join(f"{one.code} — {one.title}" for one in cell.choices)
            page.write_comment(row, column, f"Несколько кодов через запятую: {codes}"[:1000])

    def _rule(self, cell: Cell) -> dict[str, Any] | None:
        if cell.is_number:
            low = float(cell.minimum) if cell.minimum else (-1e15 if cell.allow_negative else 0)
            high = float(cell.maximum) if cell.maximum else 1e15
            kind = "integer" if not cell.decimals else "decimal"
            told = "Здесь целое число." if not cell.decimals else "Здесь число."
            return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high,
                    "error_title": "Не то значение", "error_message": told}  # fmt: skip
        if cell.type == "yes_no":
            return {"validate": "list", "source": ["да", "нет"]}
        if cell.type in ("choice", "scale") and cell.choices:
            return {"validate": "list", "source": self._list(tuple(one.title for one in cell.choices))}
        if cell.type == "date":
            first, last = datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)
            return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last,
                    "error_title": "Не то значение", "error_message": "Здесь дата."}  # fmt: skip
        return None

    def _list(self, titles: tuple[str, ...]) -> str:
        """The range of the hidden sheet that holds the words of a drop-down."""
        if titles not in self.lists:
            column = len(self.lists)
            for row, title in enumerate(titles):
                self.lists_page.write_string(row, column, cell_text(title))
            first = xl_rowcol_to_cell(0, column, row_abs=True, col_abs=True)
            last = xl_rowcol_to_cell(len(titles) - 1, column, row_abs=True, col_abs=True)
            self.lists[titles] = f"='{LISTS}'!{first}:{last}"
        return self.lists[titles]

    # -- formulas -----------------------------------------------------------------------------

    def _refer(self, address: str) -> str | None:
        place = self.places.get(address)
        if place is None:
            return None
        sheet, row, column = place
        return f"'{self.names[sheet]}'!{xl_rowcol_to_cell(row, column)}"

    def _computed(self, cell: Cell) -> str | None:
        text = cell.computed or ""
        translator = Translator(References(self.compiled.layout, text), self._refer)
        place = Place(cell.section, cell.copy, cell.row or None, cell.column or None)
        formula = translator.formula(parse_expression(text), place)
        return f"ROUND({formula},{cell.decimals})" if formula else None

    def _relations(self) -> None:
        """A violated relation colours the cell named first in it."""
        styles = {"error": self._tinted("#FFC7CE"), "warning": self._tinted("#FFEB9C")}
        for spec in self.compiled.form.relations:
            if not spec.enabled:
                continue
            for rule in self.compiled.relation_rules(spec.code):
                own = rule.instance.own
                place = self.places.get(own[0]) if own and OPEN_ROW not in own[0] else None
                translator = Translator(rule.expander.references, self._refer)
                formula = translator.formula(rule.instance.body, rule.instance.place) if place else None
                if place is None or formula is None:
                    continue
                names = ",".join(name for one in own[:40] if (name := self._refer(one)))
                criteria = f"=AND(COUNT({names})>0,NOT({formula}))"
                options = {"type": "formula", "criteria": criteria, "format": styles[spec.severity]}
                self.pages[place[0]].conditional_format(place[1], place[2], place[1], place[2], options)

    def _tinted(self, colour: str) -> Any:
        return self.book.add_format({"bg_color": colour})

    # -- the hidden sheet ---------------------------------------------------------------------

    def _service(self) -> None:
        """What the workbook is, and the answers it left with: what a person changed is told from them."""
        page = self.book.add_worksheet(SERVICE)
        page.write_string(0, 0, KIND)
        page.write_string(1, 0, self.heading.token)
        for row, address in enumerate(self.places, 2):
            page.write_string(row, 0, address)
            page.write_string(row, 1, cell_text(self.values.get(address, "")))
        page.protect()
        page.very_hidden()


def _merged(page: Worksheet, area: Sequence[int], text: str, style: Any) -> None:
    top, left, bottom, right = area
    if (top, left) == (bottom, right):
        page.write_string(top, left, cell_text(text), style)
    else:
        page.merge_range(top, left, bottom, right, cell_text(text), style)


def _shape(cell: Cell) -> dict[str, Any]:
    if cell.is_number:
        places = "." + "0" * cell.decimals if cell.decimals else ""
        return {"num_format": f"#,##0{places}", "align": "right"}
    if cell.type == "date":
        return {"num_format": "dd.mm.yyyy", "align": "left"}
    return {"text_wrap": True, "valign": "top"}
