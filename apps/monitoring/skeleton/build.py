"""A whole form as a skeleton: sections with their numbering, tables, questions, notes."""

from apps.monitoring.definition import model as m
from apps.monitoring.definition.spread import Copy, Spread
from apps.monitoring.relations.layout import Cell, open_cell, section_address
from apps.monitoring.skeleton.fields import FILL, PRINT, add_field
from apps.monitoring.skeleton.parts import SectionMark, Skeleton, attribute, stands_with
from apps.monitoring.skeleton.tables import Place, add_open_table, add_table, open_row


def build_skeleton(form: m.Form, spread: Spread, mode: str, only: frozenset[str] | None = None) -> Skeleton:
    """The page of every section, or of those whose addresses are in `only`, in reading order, squeezed."""
    page = Skeleton()
    depths = _depths(form.sections)
    for index, copy in enumerate(spread.copies):
        if only is None or copy.address in only:
            _Section(page, spread, copy, mode, index, depths[copy.section.code]).add()
    return page.squeezed()


def _depths(sections: tuple[m.Section, ...], depth: int = 0) -> dict[str, int]:
    found: dict[str, int] = {}
    for section in sections:
        found[section.code] = depth
        found |= _depths(section.sections, depth + 1)
    return found


class _Section:
    """One copy of one section being added to a page."""

    def __init__(self, page: Skeleton, spread: Spread, copy: Copy, mode: str, index: int, depth: int) -> None:
        self.page, self.spread, self.copy, self.mode = page, spread, copy, mode
        self.index, self.depth = index, depth
        self.cells = spread.layout.cells

    def add(self) -> None:
        page, address = self.page, attribute(self.copy.address)
        title = self.title
        page.add(f'<section class="form-section depth-{min(self.depth, 3)}" id="s-{address}"')
        if self.copy.conditions:
            stands_with(page, self._conditions())
        level = min(2 + self.depth, 5)
        page.add(f' data-section="{address}" aria-labelledby="h-{address}"><h{level} id="h-{address}">')
        page.add(f"{attribute(title)}</h{level}>")
        total = self._mark()
        if total and self.mode == FILL:
            page.add('<label class="take-section"><input type="checkbox" name="take"')
            page.add(f' value="{address}"> Взять прошлогодние значения всего раздела</label>')
        if self.copy.section.text:
            page.add(f'<p class="section-text">{_lines(self.copy.section.text)}</p>')
        for number, item in enumerate(self.copy.section.items):
            self._item(number, item)
        page.add("</section>")

    @property
    def title(self) -> str:
        section, kind = self.copy.section, self.copy.title
        number = (
            f"{section.number}. " if section.number and not section.title.startswith(section.number) else ""
        )
        return f"{number}{section.title}" + (f" — {kind}" if kind else "")

    def _conditions(self) -> frozenset[str]:
        """The section itself and those above it that have a condition."""
        above = {f"section {code}" for code in self.copy.conditions}
        copies = {f"section {section_address(code, self.copy.code)}" for code in self.copy.conditions}
        return frozenset(above | copies)

    def _own_cells(self) -> frozenset[str]:
        prefix = f"{self.copy.address}/"
        tables = {address for address in self.cells if address.startswith(prefix)}
        questions = {
            address
            for address, (copy, item) in self.spread.items.items()
            if copy is self.copy and isinstance(item, m.Question)
        }
        return frozenset(tables | questions)

    def _mark(self) -> int:
        """Adds the section to the navigation and gives the number of its fillable cells."""
        fillable = [
            address
            for address in self._own_cells()
            if not self.cells[address].is_x and self.cells[address].computed is None
        ]
        section = self.copy.section
        title = section.title + (f" — {self.copy.title}" if self.copy.title else "")
        mark = SectionMark(self.copy.address, section.number, title, self.depth, len(fillable))
        self.page.sections.append(mark)
        self.page.section_of.update(dict.fromkeys(fillable, len(self.page.sections) - 1))
        return mark.total

    def _item(self, number: int, item: m.Item) -> None:
        place = Place(f"t{self.index}-{number}", self.copy.address, self.mode)
        if isinstance(item, m.Table):
            add_table(self.page, item, place, self.cells)
        elif isinstance(item, m.OpenTable):
            add_open_table(self.page, item, place, self.cells)
        elif isinstance(item, m.Question):
            self._question(item)
        else:
            self._note(number, item)

    def _question(self, item: m.Question) -> None:
        page = self.page
        address = f"{item.code}@{self.copy.code}" if self.copy.code else item.code
        cell = self.cells[address]
        key = f"q-{attribute(address)}"
        page.add('<div class="question"')
        if item.when:
            stands_with(page, frozenset([f"item {address}"]))
        unit = f", {attribute(cell.unit.name)}" if cell.unit else ""
        star = (
            ' <span class="required" aria-hidden="true">*</span>'
            if cell.required and self.mode == FILL
            else ""
        )
        page.add(f'><div class="question-title" id="{key}">{attribute(item.title)}{unit}{star}</div>')
        if item.help and self.mode != PRINT:
            page.add(f'<div class="form-text" id="{key}-help">{_lines(item.help)}</div>')
        described = f' aria-describedby="{key}-help"' if item.help and self.mode == FILL else ""
        page.add('<div class="question-field">')
        add_field(page, cell, self.mode, f'aria-labelledby="{key}"{described}')
        page.add("</div></div>")

    def _note(self, number: int, item: m.Note) -> None:
        self.page.add('<p class="form-note"')
        if item.when:
            stands_with(self.page, frozenset([f"item {self.copy.address}#{number}"]))
        self.page.add(f">{_lines(item.text)}</p>")


def _lines(text: str) -> str:
    return attribute(text).replace("\n", "<br>")


def open_row_skeleton(spread: Spread, section: str, row: str, number: int, mode: str) -> Skeleton | None:
    """A row of the open table of a section (its address); None where the section has no such table."""
    table = spread.open_tables.get(section)
    if table is None:
        return None
    index = next(i for i, copy in enumerate(spread.copies) if copy.address == section)
    item = spread.copies[index].section.items.index(table)
    place = Place(f"t{index}-{item}", section, mode)
    prefix = f"{section}/"
    cells: dict[str, Cell] = {}
    for address, template in spread.layout.templates.items():
        if address.startswith(prefix):
            cell = open_cell(template, row)
            cells[cell.address] = cell
    return open_row(table, place, row, number, cells)
