"""A form as frozen dataclasses: what a methodist has designed, before it is spread into cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from apps.monitoring.relations.layout import Choice, Unit

SCHEMA = "imo-form/1"
BRANCHES = "branches"


@dataclass(frozen=True, slots=True)
class Outlier:
    """When a number is asked about before sending; a bound that is None never asks.

    `last`: per cent of change against the organisation's own last round. `similar`: modified z-score
    against organisations of the same kind, per pupil where `per_pupil`.
    """

    last: int | None = None
    similar: str | None = None
    per_pupil: bool = False

    @property
    def asks(self) -> bool:
        return self.last is not None or self.similar is not None


@dataclass(frozen=True, slots=True)
class Outliers:
    """What holds for the whole form: the bounds of every typed number, and ready answers to the questions."""

    bounds: Outlier = Outlier()
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """How a value looks. None means: as the level above says (cell, row, column, table)."""

    type: str | None = None
    decimals: int | None = None
    choices: str | None = None
    allow_negative: bool | None = None
    max_length: int | None = None
    minimum: str | None = None
    maximum: str | None = None
    unit: Unit | None = None
    required: bool | None = None
    computed: str | None = None
    prefill: str | None = None
    summary: str | None = None
    outlier: Outlier | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """`code` is the number of the column; `total` tells whether «Итого» of an open table sums it."""

    code: str
    title: str
    spec: Spec = Spec()
    total: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """`kind`: "" plain, "total" «всего», "including" «в том числе», "of_which» «из них», "grand_total"
    «Итого», "heading" a line without code and cells. `level` is the indent, `element` the entry of the
    library it is."""

    code: str
    title: str
    level: int = 0
    kind: str = ""
    when: str = ""
    spec: Spec = Spec()
    element: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """A node of the header: a group with children, or a leaf that names its column."""

    title: str = ""
    column: str = ""
    children: tuple[Header, ...] = ()

    def leaves(self) -> Iterator[str]:
        """Codes of the columns below, left to right."""
        if self.column:
            yield self.column
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True, slots=True)
class CellSpec:
    """What one cell has of its own."""

    row: str
    column: str
    spec: Spec


@dataclass(frozen=True, slots=True)
class Table:
    """A coded table. `x` holds (row, column) of the cells marked X."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    help: str = ""
    header: tuple[Header, ...] = ()
    x: tuple[tuple[str, str], ...] = ()
    cells: tuple[CellSpec, ...] = ()
    spec: Spec = Spec()


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table whose rows the respondent adds; `total` gives it the computed row «Итого»."""

    columns: tuple[Column, ...]
    title: str = ""
    help: str = ""
    header: tuple[Header, ...] = ()
    min_rows: int = 0
    max_rows: int = 200
    total: bool = True
    spec: Spec = Spec()


@dataclass(frozen=True, slots=True)
class Question:
    """A plain question; its code is its address, `element` the entry of the library it is."""

    code: str
    title: str
    spec: Spec
    help: str = ""
    when: str = ""
    element: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    when: str = ""


Item = Table | OpenTable | Question | Note


@dataclass(frozen=True, slots=True)
class Section:
    """`number` is what is printed, `code` what addresses use. `repeat` names a dimension."""

    code: str
    title: str
    number: str = ""
    text: str = ""
    when: str = ""
    repeat: str = ""
    unit: Unit | None = None
    items: tuple[Item, ...] = ()
    sections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """The section and its subsections, in reading order."""
        yield self
        for child in self.sections:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class ChoiceList:
    code: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """Values for which a section is repeated; `source` "branches": a copy for each branch."""

    code: str
    title: str
    values: tuple[Choice, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class RelationSpec:
    """A control relation as written. A disabled one is kept with its `note` and never evaluated."""

    code: str
    text: str
    section: str = ""
    severity: str = "error"
    message: str = ""
    enabled: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    code: str
    title: str
    sections: tuple[Section, ...]
    note: str = ""
    relations: tuple[RelationSpec, ...] = ()
    choices: tuple[ChoiceList, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    signature: bool = True
    kind: str = "report"
    outliers: Outliers = Outliers()
    schema: str = field(default=SCHEMA)

    def walk(self) -> Iterator[Section]:
        """All sections with their subsections, in reading order."""
        for section in self.sections:
            yield from section.walk()

    def section(self, code: str) -> Section | None:
        return next((one for one in self.walk() if one.code == code), None)

    def choice_list(self, code: str) -> tuple[Choice, ...]:
        """The choices of a list by its code; empty where there is no such list."""
        return next((one.choices for one in self.choices if one.code == code), ())

    def dimension(self, code: str) -> Dimension | None:
        return next((one for one in self.dimensions if one.code == code), None)

    @property
    def repeats_by_branch(self) -> bool:
        """Whether some section is copied for each branch of the organisation."""
        by_branch = {one.code for one in self.dimensions if one.source == BRANCHES}
        return any(section.repeat in by_branch for section in self.walk())


def merged(*specs: Spec) -> Spec:
    """One specification of several, the later ones stronger; a type brings its own decimals and choices."""
    found: dict[str, object] = {}
    for spec in specs:
        if spec.type is not None:
            for name in ("decimals", "choices", "max_length", "minimum", "maximum", "allow_negative"):
                found.pop(name, None)
        for name in Spec.__dataclass_fields__:
            value = getattr(spec, name)
            if value is not None:
                found[name] = value
    return Spec(**found)  # type: ignore[arg-type]
