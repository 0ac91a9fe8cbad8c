"""What a relation sees of a form: its cells by section, copy, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

OPEN_ROW = "n*"
"""Stands for every row that a respondent adds to an open table."""
OPEN_ROW_CODE = re.compile(r"n[1-9][0-9]{0,5}")

NUMBER_TYPES = frozenset({"integer", "decimal", "scale"})
CODED_TYPES = frozenset({"choice", "yes_no"})


@dataclass(frozen=True, slots=True)
class Choice:
    """An allowed code with its words."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its ОКЕИ code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One place for a value: a cell of a table, or a question (then `row` and `column` are empty).

    `computed` is the expression, or None where a person fills the cell; `prefill` names the source of
    a known value or is None. `title` is for people: «разд. 2.1, стр. 101, гр. 3».
    """

    address: str
    section: str
    row: str
    column: str
    type: str
    decimals: int = 0
    unit: Unit | None = None
    required: bool = False
    is_x: bool = False
    computed: str | None = None
    prefill: str | None = None
    title: str = ""
    choices: tuple[Choice, ...] = ()
    copy: str = ""
    allow_negative: bool = False
    max_length: int = 0
    minimum: str = ""
    summary: str = "sum"
    maximum: str = ""

    @property
    def is_number(self) -> bool:
        return self.type in ("integer", "decimal")


def section_address(section: str, copy: str = "") -> str:
    """`2.1`, or `2.1@value` where the section is repeated."""
    return f"{section}@{copy}" if copy else section


def cell_address(section: str, copy: str, row: str, column: str) -> str:
    """`<section>[@<value>]/<row>/<column>`."""
    return f"{section_address(section, copy)}/{row}/{column}"


@dataclass(frozen=True)
class TableLayout:
    """Rows and columns of one table in their order; an open one has the rows `n*` and the total."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True)
class SectionLayout:
    code: str
    number: str
    copies: tuple[str, ...] = ("",)
    dimension: str = ""
    tables: tuple[TableLayout, ...] = ()
    total_row: str = ""
    row_tables: Mapping[str, TableLayout] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[str, ...]:
        return tuple(self.row_tables)

    @property
    def has_open_table(self) -> bool:
        return OPEN_ROW in self.row_tables

    def columns(self) -> Iterator[str]:
        """Columns of all tables, each once, in reading order."""
        seen: dict[str, None] = {}
        for table in self.tables:
            seen.update(dict.fromkeys(table.columns))
        yield from seen

    def table_of(self, row: str) -> TableLayout | None:
        """The table in which a row stands; rows `n1`, `n2`… stand in the open one."""
        found = self.row_tables.get(row)
        if found is None and self.has_open_table and OPEN_ROW_CODE.fullmatch(row):
            return self.row_tables[OPEN_ROW]
        return found


@dataclass
class Layout:
    """All cells of a form for one set of copies. `cells` holds the fixed ones in reading order."""

    sections: dict[str, SectionLayout] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    templates: dict[str, Cell] = field(default_factory=dict)

    def cell(self, section: str, copy: str, row: str, column: str) -> Cell | None:
        """The cell, also of a row that a respondent may add; None where there is none."""
        found = self.cells.get(cell_address(section, copy, row, column))
        if found is not None:
            return found
        if row == OPEN_ROW:
            return self.templates.get(cell_address(section, copy, row, column))
        if OPEN_ROW_CODE.fullmatch(row):
            template = self.templates.get(cell_address(section, copy, OPEN_ROW, column))
            return open_cell(template, row) if template else None
        return None

    def question(self, code: str, copy: str = "") -> Cell | None:
        """A question by its code, in a repeated section by code and copy."""
        found = self.cells.get(section_address(code, copy)) or self.cells.get(code)
        return found if found is not None and not found.row else None


def open_cell(template: Cell, row: str) -> Cell:
    """The cell of an added row, made of the template of its column."""
    return replace(
        template,
        row=row,
        address=cell_address(template.section, template.copy, row, template.column),
        title=template.title.replace(OPEN_ROW, row),
    )
