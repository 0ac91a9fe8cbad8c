"""Puts the blocks in their places: numbers of headings, tables, figures and notes, turned pages.

PDF and DOCX are both printed from what comes out here, so that they never differ in a number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from apps.papers.reports.blocks import (
    Block,
    BulletList,
    ChartBlock,
    DataTable,
    Footnotes,
    Heading,
    Note,
    Paragraph,
    Report,
    Text,
)
from apps.papers.reports.text import runs

# What stays on the turned page of the table it follows.
STAYING = frozenset({"footnotes", "verification_block"})


@dataclass(frozen=True)
class NumberedNote:
    number: int
    text: str

    @property
    def anchor(self) -> str:
        return f"note-{self.number}"

    @property
    def back_anchor(self) -> str:
        return f"noted-{self.number}"


@dataclass(frozen=True)
class Placed:
    """A block in its place: `number` of a heading, table or figure, `notes` its texts refer to.

    `kind` names the template and the writer of the block, and so says which block it is.
    """

    block: Any
    kind: str
    number: str = ""
    anchor: str = ""
    notes: tuple[NumberedNote, ...] = ()


@dataclass
class Section:
    """Pages of one orientation."""

    landscape: bool
    items: list[Placed] = field(default_factory=list)


def place(report: Report) -> list[Section]:
    """The report's sections in order; notes that no `Footnotes` block would print get one at the end."""
    return _sections(list(_Placing().walk(report.blocks)))


def headings(sections: Iterable[Section]) -> list[Placed]:
    """What stands in the contents."""
    return [item for section in sections for item in section.items if item.kind == "heading"]


class _Placing:
    def __init__(self) -> None:
        self.levels = [0, 0, 0]
        self.tables = self.figures = self.anchors = self.notes = 0
        self.waiting: list[NumberedNote] = []

    def walk(self, blocks: Iterable[Block]) -> Iterator[Placed]:
        for block in blocks:
            yield self.put(block)
        if self.waiting:
            yield self.put(Footnotes())

    def put(self, block: Block) -> Placed:
        match block:
            case Heading():
                self.anchors += 1
                return Placed(block, "heading", self.heading_number(block), f"heading-{self.anchors}")
            case DataTable():
                notes = self.number_notes(_texts(block))
                return Placed(block, "table", self.table_number(block), notes=notes)
            case ChartBlock():
                self.figures += 1
                return Placed(block, "chart", str(self.figures))
            case Footnotes():
                notes, self.waiting = tuple(self.waiting), []
                return Placed(block, "footnotes", notes=notes)
            case Paragraph() | BulletList():
                return Placed(block, _kind(block), notes=self.number_notes(_texts(block)))
        return Placed(block, _kind(block))

    def table_number(self, block: DataTable) -> str:
        """A table without a title is part of the text: it has no number."""
        if not block.title:
            return ""
        self.tables += 1
        return str(self.tables)

    def heading_number(self, block: Heading) -> str:
        if not block.numbered:
            return ""
        depth = min(max(block.level, 1), len(self.levels))
        self.levels[depth - 1] += 1
        self.levels[depth:] = [0] * (len(self.levels) - depth)
        return ".".join(str(level) for level in self.levels[:depth])

    def number_notes(self, texts: Iterable[Text]) -> tuple[NumberedNote, ...]:
        found = []
        for note in (run for text in texts for run in runs(text) if isinstance(run, Note)):
            self.notes += 1
            found.append(NumberedNote(self.notes, note.text))
        self.waiting += found
        return tuple(found)


def _kind(block: Block) -> str:
    """«MissingList» → «missing_list»: the name of its template and of its DOCX writer."""
    name = type(block).__name__
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name).lstrip("_")


def _texts(block: Paragraph | BulletList | DataTable) -> Iterable[Text]:
    """Every text of the block that may refer to a note, in the order of reading."""
    match block:
        case Paragraph():
            return [block.text]
        case BulletList():
            return block.items
    cells = (cell.value for row in block.rows for cell in row.cells)
    return chain((value for value in cells if isinstance(value, str | tuple)), [block.note])


def _sections(items: list[Placed]) -> list[Section]:
    sections = [Section(landscape=False)]
    for item in items:
        wide = isinstance(item.block, DataTable) and item.block.wide
        if wide != sections[-1].landscape and not (sections[-1].landscape and item.kind in STAYING):
            lead = _headings_at_end(sections[-1]) if wide else []
            sections.append(Section(wide, lead))
        sections[-1].items.append(item)
    return [section for section in map(_without_page_breaks_at_ends, sections) if section.items]


def _headings_at_end(section: Section) -> list[Placed]:
    """The headings directly before a wide table go with it onto the turned page."""
    lead: list[Placed] = []
    while section.items and section.items[-1].kind == "heading":
        lead.insert(0, section.items.pop())
    return lead


def _without_page_breaks_at_ends(section: Section) -> Section:
    """A turn of the page is a break already: another would leave an empty page."""
    items = list(section.items)
    while items and items[-1].kind == "page_break":
        items.pop()
    while items and items[0].kind == "page_break":
        items.pop(0)
    return replace(section, items=items)
