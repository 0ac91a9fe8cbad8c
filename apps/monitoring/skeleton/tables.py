"""Coded and open tables: headers of several levels, codes, units, indents, X cells."""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.monitoring.definition import model as m
from apps.monitoring.relations.layout import Cell
from apps.monitoring.relations.nodes import TOTAL_ROW
from apps.monitoring.skeleton.fields import FILL, PRINT, add_field
from apps.monitoring.skeleton.parts import Skeleton, attribute, stands_with

LETTERS = ("А", "Б", "В")
OF_WHOLE = {"including": "в том числе:", "of_which": "из них:"}
SAID = ("в том числе", "из них")


@dataclass(frozen=True)
class Place:
    """Where a table stands: its number on the page, the address of its section, the mode of the page."""

    number: str
    section: str
    mode: str


@dataclass(frozen=True)
class HeaderCell:
    title: str
    colspan: int
    rowspan: int
    key: str


def header_rows(table: m.Table | m.OpenTable) -> tuple[list[list[HeaderCell]], dict[str, list[str]]]:
    """Rows of the header, and for each column the keys of the header cells above it, the top one first."""
    titles = {column.code: _column_title(column) for column in table.columns}
    nodes = table.header or tuple(m.Header(column=column.code) for column in table.columns)
    depth = max(map(_depth, nodes))
    rows: list[list[HeaderCell]] = [[] for _ in range(depth)]
    paths: dict[str, list[str]] = {}

    def lay(node: m.Header, level: int, path: list[str]) -> None:
        key = f"h{sum(map(len, rows))}"
        leaf = not node.children
        title = node.title or titles.get(node.column, "")
        rows[level].append(HeaderCell(title, len(list(node.leaves())), depth - level if leaf else 1, key))
        if leaf:
            paths[node.column] = [*path, key]
        for child in node.children:
            lay(child, level + 1, [*path, key])

    for node in nodes:
        lay(node, 0, [])
    return rows, paths


def _depth(node: m.Header) -> int:
    return 1 + max(map(_depth, node.children), default=0)


def _column_title(column: m.Column) -> str:
    unit = column.spec.unit
    return f"{column.title}, {unit.name}" if unit and unit.name not in column.title else column.title


def ordered_columns(table: m.Table | m.OpenTable) -> list[str]:
    """Codes of the columns as they stand under the header."""
    if not table.header:
        return [column.code for column in table.columns]
    return [code for node in table.header for code in node.leaves()]


def _opening(page: Skeleton, table: m.Table | m.OpenTable, place: Place) -> None:
    unit = table.spec.unit
    title = table.title + (f" ({unit.name})" if unit and table.title else "")
    name = attribute(title or f"Таблица {int(place.number.partition('-')[2]) + 1} раздела {place.section}")
    if table.help:
        page.add(f'<p class="form-text">{attribute(table.help)}</p>')
    hidden = "" if title else ' class="visually-hidden"'
    caption = f'<caption id="{place.number}"{hidden}>{name}</caption>'
    if place.mode == PRINT:
        page.add(f'<table class="grid">{caption if title else ""}')
        return
    page.add(f'<div class="grid-scroll" role="region" tabindex="0" aria-labelledby="{place.number}">')
    page.add(f'<table class="grid" data-grid>{caption}')


def _closing(page: Skeleton, place: Place) -> None:
    page.add("</table>" if place.mode == PRINT else "</table></div>")


def _head(
    page: Skeleton, table: m.Table | m.OpenTable, place: Place, lead: list[str], trailing: bool
) -> dict[str, list[str]]:
    rows, paths = header_rows(table)
    page.add("<thead>")
    for level, cells in enumerate(rows):
        page.add("<tr>")
        if level == 0:
            for index, title in enumerate(lead):
                css = ("col-title", "col-code", "col-unit")[index] if len(lead) > 1 else "col-title is-narrow"
                page.add(f'<th scope="col" class="{css}" rowspan="{len(rows)}">{title}</th>')
        for cell in cells:
            scope = "colgroup" if cell.colspan > 1 else "col"
            span = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            span += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            page.add(f'<th scope="{scope}"{span} id="{place.number}{cell.key}">{attribute(cell.title)}</th>')
        if level == 0 and trailing:
            page.add(f'<td class="col-remove" rowspan="{len(rows)}"></td>')
        page.add("</tr>")
    _numbers(page, table, len(lead), trailing)
    page.add("</thead>")
    return {code: [f"{place.number}{key}" for key in keys] for code, keys in paths.items()}


def _numbers(page: Skeleton, table: m.Table | m.OpenTable, lead: int, trailing: bool) -> None:
    """The row of column numbers; the leading columns take numbers while they are free, letters otherwise."""
    codes = ordered_columns(table)
    free = [str(n) for n in range(1, lead + 1)]
    names = free if not set(free) & set(codes) else LETTERS[:lead]
    cells = [*names, *codes, *([""] if trailing else [])]
    leading = "".join(
        f'<td class="{css}">{attribute(one)}</td>' for one, css in zip(cells, _css(lead), strict=False)
    )
    page.add(f'<tr class="numbers">{leading}')
    page.add("".join(f"<td>{attribute(one)}</td>" for one in cells[lead:]))
    page.add("</tr>")


def _css(lead: int) -> tuple[str, ...]:
    return ("col-title", "col-code", "col-unit")[:lead] if lead > 1 else ("col-title",)


def add_table(page: Skeleton, table: m.Table, place: Place, cells: dict[str, Cell]) -> list[str]:
    """Adds a coded table and gives the addresses of its cells."""
    has_units = any(row.spec.unit for row in table.rows)
    lead = ["Наименование показателя", "№ строки", *(["Единица измерения"] if has_units else [])]
    _opening(page, table, place)
    paths = _head(page, table, place, lead, trailing=False)
    codes = ordered_columns(table)
    page.add("<tbody>")
    added: list[str] = []
    before: m.Row | None = None
    for index, row in enumerate(table.rows):
        if row.kind == "heading":
            page.add(f'<tr class="heading"><th scope="rowgroup" colspan="{len(lead) + len(codes)}">')
            page.add(f"{attribute(row.title)}</th></tr>")
        else:
            own = [f"{place.section}/{row.code}/{code}" for code in codes]
            page.add("<tr")
            if row.when:
                stands_with(page, frozenset([f"row {place.section}/{row.code}"]))
            page.add(f' data-row="{attribute(place.section)}/{attribute(row.code)}">')
            _row_head(page, row, before, place, index, has_units)
            _row_cells(page, own, codes, paths, f"{place.number}r{index}", place.mode, cells)
            page.add("</tr>")
            added += own
        before = row
    page.add("</tbody>")
    _closing(page, place)
    return added


def _row_head(
    page: Skeleton, row: m.Row, before: m.Row | None, place: Place, index: int, has_units: bool
) -> None:
    lead = OF_WHOLE.get(row.kind, "")
    repeats = before is not None and before.kind == row.kind and before.level >= row.level
    if lead and (repeats or row.title.lower().startswith(SAID)):
        lead = ""
    prefix = f'<span class="of-whole">{lead}</span> ' if lead else ""
    strong = " is-total" if row.kind in ("total", "grand_total") else ""
    page.add(
        f'<th scope="row" class="col-title level-{min(row.level, 6)}{strong}" id="{place.number}r{index}">'
        f"{prefix}{attribute(row.title)}</th>"
    )
    page.add(f'<td class="col-code">{attribute(row.code)}')
    if place.mode == FILL:
        area = f"{attribute(place.section)}/{attribute(row.code)}"
        page.add(
            f'<input type="checkbox" class="take-row" name="take" value="{area}"'
            f' aria-label="Взять прошлогодние значения строки {attribute(row.code)}">'
        )
    page.add("</td>")
    if has_units:
        page.add(f'<td class="col-unit">{attribute(row.spec.unit.name) if row.spec.unit else ""}</td>')


def _row_cells(
    page: Skeleton,
    addresses: Iterable[str],
    codes: list[str],
    paths: dict[str, list[str]],
    row_key: str,
    mode: str,
    cells: dict[str, Cell],
) -> None:
    for address, code in zip(addresses, codes, strict=True):
        cell = cells.get(address)
        if cell is None or cell.is_x:
            page.add('<td class="is-x">X</td>' if cell is not None else '<td class="is-x"></td>')
            continue
        page.add('<td class="is-number">' if cell.is_number else "<td>")
        add_field(page, cell, mode, f'aria-labelledby="{" ".join([row_key, *paths.get(code, [])])}"')
        page.add("</td>")


def add_open_table(page: Skeleton, table: m.OpenTable, place: Place, cells: dict[str, Cell]) -> None:
    """Adds a table whose rows come with the response: a hole for them, «Итого», the button of a new row."""
    trailing = place.mode == FILL
    _opening(page, table, place)
    paths = _head(page, table, place, ["№"], trailing)
    codes = ordered_columns(table)
    page.add(f'<tbody data-open="{attribute(place.section)}">')
    page.rows[place.section] = page.hole()
    page.add("</tbody>")
    if table.total:
        key = f"{place.number}total"
        page.add(f'<tfoot><tr><th scope="row" class="col-title is-total" id="{key}">Итого</th>')
        own = [f"{place.section}/{TOTAL_ROW}/{code}" for code in codes]
        _row_cells(page, own, codes, paths, key, place.mode, cells)
        page.add("<td></td></tr></tfoot>" if trailing else "</tr></tfoot>")
    _closing(page, place)
    if trailing:
        page.add(
            '<p><button class="btn btn-sm btn-outline-primary" name="do" data-add-row '
            f'data-max-rows="{table.max_rows}" value="add:{attribute(place.section)}">'
            "Добавить строку</button>"
            ' <span class="rows-told" role="status"></span></p>'
        )


def open_row(table: m.OpenTable, place: Place, row: str, number: int, cells: dict[str, Cell]) -> Skeleton:
    """One row of an open table; its `cells` are those of the compiled form for this row."""
    page = Skeleton()
    _, paths = header_rows(table)
    keyed = {code: [f"{place.number}{key}" for key in keys] for code, keys in paths.items()}
    codes, key = ordered_columns(table), f"{place.number}{row}"
    page.add(f'<tr data-row="{attribute(place.section)}/{row}">')
    page.add(f'<th scope="row" class="col-title is-narrow" id="{key}">{number}</th>')
    own = [f"{place.section}/{row}/{code}" for code in codes]
    _row_cells(page, own, codes, keyed, key, place.mode, cells)
    if place.mode == FILL:
        page.add(
            f'<td class="col-remove"><button class="btn btn-sm btn-link" name="do" data-remove-row'
            f' value="remove:{attribute(place.section)}/{row}"'
            f' aria-label="Удалить строку {number}">Удалить</button></td>'
        )
    page.add("</tr>")
    return page
