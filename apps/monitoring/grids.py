"""A table of a form as it is laid out: the same on the page, in print, in the summary and in Excel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.monitoring.definition import CompiledForm
from apps.monitoring.definition.model import Header, OpenTable, Question, Section, Table
from apps.monitoring.relations.layout import Unit, section_address


@dataclass(frozen=True)
class HeadCell:
    """A cell of the header over the columns that hold values."""

    title: str
    colspan: int = 1
    rowspan: int = 1


def header_rows(table: Table | OpenTable) -> list[list[HeadCell]]:
    """Rows of the header from the top; every column is covered in every row exactly once."""
    titles = {column.code: column.title for column in table.columns}
    tree: Sequence[Header] = table.header or [Header(column=column.code) for column in table.columns]
    depth = max(map(_depth, tree))
    rows: list[list[HeadCell]] = [[] for _ in range(depth)]
    for node in tree:
        _place(node, 0, depth, titles, rows)
    return rows


def _depth(node: Header) -> int:
    return 1 + max(map(_depth, node.children), default=0)


def _place(node: Header, level: int, depth: int, titles: dict[str, str], rows: list[list[HeadCell]]) -> None:
    leaves = sum(1 for _ in node.leaves())
    rowspan = 1 if node.children else depth - level
    rows[level].append(HeadCell(node.title or titles.get(node.column, ""), leaves, rowspan))
    for child in node.children:
        _place(child, level + 1, depth, titles, rows)


@dataclass(frozen=True)
class GridRow:
    """A row with the address of each of its cells; `addresses` is empty in a heading row."""

    code: str
    title: str
    level: int
    kind: str
    unit: str
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A coded table of one copy of a section, all of whose rows are known."""

    section: Section
    copy: str
    table: Table | OpenTable
    rows: tuple[GridRow, ...]

    @property
    def has_units(self) -> bool:
        return any(row.unit for row in self.rows)

    @property
    def column_codes(self) -> list[str]:
        return [column.code for column in self.table.columns]


@dataclass(frozen=True)
class Part:
    """A section (one copy of it) with what stands in it, in reading order."""

    section: Section
    copy: str
    copy_title: str
    items: tuple[Grid | Question, ...]


def parts_of(compiled: CompiledForm) -> Iterator[Part]:
    """The form as tables and questions; of open tables only the row «Итого»."""
    for section in compiled.form.walk():
        for copy, copy_title in compiled.copies(section.code):
            items = tuple(_items(compiled, section, copy))
            yield Part(section, copy, copy_title, items)


def _items(compiled: CompiledForm, section: Section, copy: str) -> Iterator[Grid | Question]:
    for item in section.items:
        if isinstance(item, Table):
            yield Grid(section, copy, item, tuple(_rows(compiled, section, copy, item)))
        elif isinstance(item, OpenTable):
            yield Grid(section, copy, item, tuple(_total_row(compiled, section, copy, item)))
        elif isinstance(item, Question):
            yield item


def _rows(compiled: CompiledForm, section: Section, copy: str, table: Table) -> Iterator[GridRow]:
    prefix = section_address(section.code, copy)
    for row in table.rows:
        addresses = (
            tuple(f"{prefix}/{row.code}/{column.code}" for column in table.columns) if row.code else ()
        )
        unit = _unit(row.spec.unit) or _common_unit(compiled, addresses)
        title = f"{row.title} (в среднем)" if _is_mean(compiled, addresses) else row.title
        yield GridRow(row.code, title, row.level, row.kind, unit, addresses)


def _is_mean(compiled: CompiledForm, addresses: tuple[str, ...]) -> bool:
    """Whether the summary takes the mean of every number of the row."""
    cells = [compiled.cells[at] for at in addresses if at in compiled.numeric_set]
    return bool(cells) and all(cell.summary == "mean" for cell in cells)


def _total_row(compiled: CompiledForm, section: Section, copy: str, table: OpenTable) -> Iterator[GridRow]:
    prefix = section_address(section.code, copy)
    addresses = tuple(f"{prefix}/total/{column.code}" for column in table.columns)
    if table.total and any(address in compiled.cells for address in addresses):
        yield GridRow("", "Итого", 0, "grand_total", "", addresses)


def _unit(unit: Unit | None) -> str:
    return unit.name if unit else ""


def _common_unit(compiled: CompiledForm, addresses: tuple[str, ...]) -> str:
    """The unit of a row where all of its cells agree on one."""
    cells = [compiled.cells[at] for at in addresses if at in compiled.cells]
    units = {_unit(cell.unit) for cell in cells if not cell.is_x}
    return units.pop() if len(units) == 1 else ""


def titles_of(compiled: CompiledForm) -> dict[str, str]:
    """Address → words for a reader who does not see the form: «Компьютеры — всего (стр. 101, гр. 3)»."""
    titles: dict[str, str] = {}
    for part in parts_of(compiled):
        for item in part.items:
            if isinstance(item, Question):
                titles[item.code] = item.title
            else:
                titles.update(_cell_titles(compiled, part, item))
    return titles


def figures_by_table(compiled: CompiledForm) -> list[tuple[str, list[tuple[str, str]]]]:
    """The form's numbers in reading order, by table (a section's questions together): (title, figures)."""
    titles = titles_of(compiled)
    groups: dict[str, list[tuple[str, str]]] = {}
    for part in parts_of(compiled):
        for item in part.items:
            above = [part.section.title, part.copy_title]
            if isinstance(item, Question):
                addresses = [item.code]
            else:
                above.append(item.table.title)
                addresses = [at for row in item.rows for at in row.addresses]
            if figures := [(at, titles[at]) for at in addresses if at in compiled.numeric_set]:
                groups.setdefault(": ".join(filter(None, above)), []).extend(figures)
    return list(groups.items())


def _cell_titles(compiled: CompiledForm, part: Part, grid: Grid) -> Iterator[tuple[str, str]]:
    columns = [column.title for column in grid.table.columns]
    copy = f", {part.copy_title}" if part.copy_title else ""
    for row in grid.rows:
        for address, column in zip(row.addresses, columns, strict=False):
            if address in compiled.cells:
                yield address, f"{row.title} — {column} ({compiled.cells[address].title}{copy})"
