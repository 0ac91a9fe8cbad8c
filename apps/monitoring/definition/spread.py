"""Spreads a form into cells: every table by rows and columns, every repeated section by its copies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from apps.monitoring.definition import model as m
from apps.monitoring.relations.layout import (
    OPEN_ROW,
    Cell,
    Choice,
    Layout,
    SectionLayout,
    TableLayout,
    Unit,
    cell_address,
    section_address,
)
from apps.monitoring.relations.nodes import TOTAL_ROW

MAX_LENGTHS = {"text": 500, "long_text": 5_000}
YES_NO = (Choice("1", "да"), Choice("0", "нет"))


@dataclass(frozen=True)
class Copy:
    """One copy of a section: the plain section has a single one with an empty code."""

    section: m.Section
    code: str
    title: str
    conditions: tuple[str, ...]
    unit: Unit | None

    @property
    def address(self) -> str:
        return section_address(self.section.code, self.code)

    @property
    def shown(self) -> str:
        """«разд. 2.1» or «разд. 2.1 (очная)»."""
        return f"разд. {self.section.number}" + (f" ({self.title})" if self.title else "")


@dataclass
class Spread:
    """The outcome: the layout, and what stands over each cell."""

    layout: Layout = field(default_factory=Layout)
    copies: list[Copy] = field(default_factory=list)
    rows: dict[str, tuple[Copy, m.Row]] = field(default_factory=dict)
    items: dict[str, tuple[Copy, m.Question | m.Note]] = field(default_factory=dict)
    open_tables: dict[str, m.OpenTable] = field(default_factory=dict)
    outliers: dict[str, m.Outlier] = field(default_factory=dict)


def spread(form: m.Form, branches: tuple[tuple[str, str], ...] = ()) -> Spread:
    """All cells of `form`; `branches` are (code, title) of the organisation's branches."""
    result = Spread()
    for section in form.sections:
        _section(form, section, branches, result, ("", (), None))
    return result


Inherited = tuple[str, tuple[str, ...], Unit | None]


def _section(
    form: m.Form, section: m.Section, branches: tuple[tuple[str, str], ...], out: Spread, above: Inherited
) -> None:
    dimension, conditions, unit = section.repeat or above[0], above[1], section.unit or above[2]
    values = copies_of(form, dimension, branches)
    if section.when:
        conditions = (*conditions, section.code)
    out.layout.sections[section.code] = _layout_of(section, tuple(code for code, _ in values), dimension)
    for code, title in values:
        copy = Copy(section, code, title, conditions, unit)
        out.copies.append(copy)
        for index, item in enumerate(section.items):
            _item(form, copy, index, item, out)
    for child in section.sections:
        _section(form, child, branches, out, (dimension, conditions, unit))


def copies_of(
    form: m.Form, dimension: str, branches: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """(code, title) of the copies of a section repeated by `dimension`; one nameless copy without it."""
    if not dimension:
        return (("", ""),)
    found = form.dimension(dimension)
    if found is None:
        return ()
    if found.source == m.BRANCHES:
        return tuple(branches)
    return tuple((one.code, one.title) for one in found.values)


def _layout_of(section: m.Section, copies: tuple[str, ...], dimension: str) -> SectionLayout:
    tables, rows, total = [], {}, ""
    for item in section.items:
        if isinstance(item, m.Table | m.OpenTable):
            table = _table_layout(item)
            tables.append(table)
            rows.update(dict.fromkeys(table.rows, table))
        if isinstance(item, m.Table):
            total = next((row.code for row in item.rows if row.kind == "grand_total"), total)
    return SectionLayout(section.code, section.number, copies, dimension, tuple(tables), total, rows)


def _table_layout(item: m.Table | m.OpenTable) -> TableLayout:
    columns = tuple(column.code for column in item.columns)
    if isinstance(item, m.OpenTable):
        return TableLayout((OPEN_ROW, TOTAL_ROW) if item.total else (OPEN_ROW,), columns, is_open=True)
    return TableLayout(tuple(row.code for row in coded_rows(item)), columns)


def coded_rows(table: m.Table) -> Iterator[m.Row]:
    """Rows that have cells: all but the headings."""
    return (row for row in table.rows if row.kind != "heading")


def _item(form: m.Form, copy: Copy, index: int, item: m.Item, out: Spread) -> None:
    if isinstance(item, m.Table):
        _table(form, copy, item, out)
    elif isinstance(item, m.OpenTable):
        _open_table(form, copy, item, out)
    elif isinstance(item, m.Question):
        address = section_address(item.code, copy.code)
        title = f"вопрос {item.code}" + (f" ({copy.title})" if copy.title else "")
        out.layout.cells[address] = _cell(form, copy, "", "", item.spec, address, title)
        _note_outlier(form, out, out.layout.cells[address], item.spec)
        out.items[address] = (copy, item)
    else:
        out.items[f"{copy.address}#{index}"] = (copy, item)


def _table(form: m.Form, copy: Copy, table: m.Table, out: Spread) -> None:
    crossed = set(table.x)
    own = {(one.row, one.column): one.spec for one in table.cells}
    for row in coded_rows(table):
        out.rows[f"{copy.address}/{row.code}"] = (copy, row)
        for column in table.columns:
            place = (row.code, column.code)
            specs = [table.spec, column.spec, row.spec, own.get(place, m.Spec())]
            spec = m.merged(*specs)
            cell = _grid_cell(form, copy, row.code, column.code, spec, is_x=place in crossed)
            out.layout.cells[cell.address] = cell
            _note_outlier(form, out, cell, spec)


def _note_outlier(form: m.Form, out: Spread, cell: Cell, spec: m.Spec) -> None:
    """The bounds of a number; the form's own hold for what people type, a total asks only by its own."""
    bounds = spec.outlier
    if bounds is None and spec.computed is None:
        bounds = form.outliers.bounds
    if bounds is not None and bounds.asks and cell.is_number and not cell.is_x:
        out.outliers[cell.address] = bounds


def _open_table(form: m.Form, copy: Copy, table: m.OpenTable, out: Spread) -> None:
    out.open_tables[copy.address] = table
    for column in table.columns:
        spec = m.merged(table.spec, column.spec)
        template = _grid_cell(form, copy, OPEN_ROW, column.code, spec)
        out.layout.templates[template.address] = template
        if table.total:
            total = _total_cell(form, copy, column, spec)
            out.layout.cells[total.address] = total


def _total_cell(form: m.Form, copy: Copy, column: m.Column, spec: m.Spec) -> Cell:
    summed = column.total and (spec.type or "integer") in ("integer", "decimal")
    spec = m.merged(spec, m.Spec(required=False, computed="сумма предыдущих строк"))
    return _grid_cell(form, copy, TOTAL_ROW, column.code, spec, is_x=not summed)


def _grid_cell(form: m.Form, copy: Copy, row: str, column: str, spec: m.Spec, *, is_x: bool = False) -> Cell:
    shown = "Итого" if row == TOTAL_ROW else row
    title = f"{copy.shown}, стр. {shown}, гр. {column}"
    address = cell_address(copy.section.code, copy.code, row, column)
    return _cell(form, copy, row, column, spec, address, title, is_x=is_x)


def _cell(
    form: m.Form,
    copy: Copy,
    row: str,
    column: str,
    spec: m.Spec,
    address: str,
    title: str,
    *,
    is_x: bool = False,
) -> Cell:
    kind = spec.type or "integer"
    return Cell(
        address=address,
        section=copy.section.code,
        row=row,
        column=column,
        type=kind,
        decimals=(spec.decimals or 1) if kind == "decimal" else 0,
        unit=spec.unit or copy.unit,
        required=bool(spec.required) and not is_x and spec.computed is None,
        is_x=is_x,
        computed=None if is_x else spec.computed,
        prefill=None if is_x else spec.prefill,
        title=title,
        choices=YES_NO if kind == "yes_no" else form.choice_list(spec.choices or ""),
        copy=copy.code,
        allow_negative=bool(spec.allow_negative),
        max_length=spec.max_length or MAX_LENGTHS.get(kind, 0),
        minimum=spec.minimum or "",
        summary=spec.summary or "sum",
        maximum=spec.maximum or "",
    )
