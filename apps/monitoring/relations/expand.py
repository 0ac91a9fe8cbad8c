"""Expands a relation over the places of a form: each place becomes an instance that can be evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.bind import Address, Binder, Budget, Place, Skip
from apps.monitoring.relations.conditions import BoundCondition, ConditionBinder
from apps.monitoring.relations.errors import RelationBindingError
from apps.monitoring.relations.layout import OPEN_ROW, Layout, SectionLayout
from apps.monitoring.relations.nodes import TOTAL_ROW

PLACE_COST = 4
"""What trying one place takes off the budget, beside the cells looked up there."""


@dataclass(slots=True)
class Instance:
    """A relation at one place. `own` are the addresses in the form itself, in order of mention."""

    place: Place
    condition: BoundCondition
    body: n.Node
    own: tuple[str, ...]
    sources: frozenset[str]
    scalars: tuple[str, ...]

    @property
    def is_template(self) -> bool:
        """Stands for every added row of an open table."""
        return self.place.row == OPEN_ROW


@dataclass(slots=True)
class _Space:
    """The places a relation runs over, and whether rows and columns were named or found."""

    section: SectionLayout | None
    copies: tuple[str, ...]
    rows: list[str] | None
    columns: list[str] | None
    count: int | None
    soft_rows: bool
    soft_columns: bool


class Expander:
    """Expands one relation: `layout` is the form, `section` the default section's code, `text` the source."""

    def __init__(
        self,
        relation: n.Relation,
        layout: Layout,
        section: str = "",
        text: str = "",
        budget: Budget | None = None,
    ) -> None:
        self.relation = relation
        self.layout = layout
        self.text = text
        scope = relation.scope or n.Scope()
        self.scope = scope
        self.home = scope.section or section
        self.refs = [node for node in n.walk(relation.body) if isinstance(node, n.Ref)]
        self.binder = Binder(layout, text, budget)

    def instances(self) -> list[Instance]:
        """Every place the relation covers. Raises `RelationBindingError`, also when there is none."""
        space = self._space()
        self.binder.soft_rows, self.binder.soft_columns = space.soft_rows, space.soft_columns
        found = []
        for place in self._places(space):
            self.binder.spend(PLACE_COST, self.refs[0] if self.refs else None)
            instance = self._instance(place)
            if instance is not None:
                found.append(instance)
        if not found and space.copies:
            first = self.refs[0] if self.refs else None
            raise self.binder.missing or self.binder.fault("Соотношение не покрывает ни одной клетки", first)
        return found

    def at(self, place: Place) -> Instance | None:
        """The instance at one place of an open table, for an added row; None where it does not apply.

        Rows come for as long as the form is kept, so they take nothing off the budget of the form.
        """
        self.binder.soft_rows = self.binder.soft_columns = True
        self.binder.budget = Budget()
        return self._instance(place)

    def _instance(self, place: Place) -> Instance | None:
        try:
            condition = ConditionBinder(self.binder).bind(self.relation.body, place)
        except Skip:
            return None
        return Instance(
            place,
            condition,
            self.relation.body,
            tuple(dict.fromkeys(key for source, key in condition.addresses if not source)),
            frozenset(source for source, _ in condition.addresses if source),
            tuple(dict.fromkeys(key for source, key in condition.scalars if not source)),
        )

    # -- the space ----------------------------------------------------------------------------

    def _space(self) -> _Space:
        section = self._home_section()
        copies = self._copies(section)
        count, walked = self._walked()
        rows, soft_rows = self._row_space(section, walked)
        columns, soft_columns = self._column_space(section, rows, walked)
        if soft_rows and soft_columns and rows and columns and not self.scope.rows and not self.scope.columns:
            raise self.binder.fault(
                "Непонятно, к каким строкам и графам относится соотношение: укажите строку или графу",
                self.refs[0],
            )
        return _Space(section, copies, rows, columns, count, soft_rows, soft_columns)

    def _home_section(self) -> SectionLayout | None:
        if self.home:
            return self.binder.section(self.home, self.scope)
        if self._needs_home():
            raise self.binder.fault(
                "Не указан раздел: напишите «раздел … стр. … гр. …»", self.refs[0] if self.refs else None
            )
        return None

    def _needs_home(self) -> bool:
        local = [ref for ref in self.refs if not ref.form]
        return any(not ref.section or ref.rows is None or ref.columns is None for ref in local) or any(
            isinstance(node, n.PrecedingSum) for node in n.walk(self.relation.body)
        )

    def _copies(self, section: SectionLayout | None) -> tuple[str, ...]:
        if section is None:
            return ("",)
        if self.scope.copy in ("", "*"):
            return section.copies
        if self.scope.copy not in section.copies:
            raise self.binder.fault(f"В разделе {section.code} нет повторения {self.scope.copy}", self.scope)
        return (self.scope.copy,)

    def _walked(self) -> tuple[int | None, set[str]]:
        """How many places the forms «по гр.3, 5, 7» walk through, and along what."""
        vectors = [ref for ref in self.refs if ref.each]
        if not vectors:
            return None, set()
        lengths = {len(self.binder.vector(ref, self.home)) for ref in vectors}
        if len(lengths) > 1:
            raise self.binder.fault("Перечни, стоящие в соответствии, разной длины", vectors[-1])
        return lengths.pop(), {ref.each for ref in vectors}

    def _walked_codes(self, each: str) -> list[str]:
        lists = {tuple(self.binder.vector(ref, self.home)) for ref in self.refs if ref.each == each}
        if len(lists) > 1:
            free = next(ref for ref in self.refs if getattr(ref, each) is None)
            raise self.binder.fault("Непонятно, какая строка или графа соответствует этой", free)
        return list(lists.pop())

    def _row_space(self, section: SectionLayout | None, walked: set[str]) -> tuple[list[str] | None, bool]:
        if self.scope.rows is not None:
            self._require_use(
                "rows", "«по строкам» ни к чему не относится: во всех клетках строка уже названа"
            )
            home = self._needed(section)
            named = bool(self.scope.rows.ranges)
            rows = self.binder.rows(self.scope.rows, home, self.scope)
            return self._with_open(rows, home, named), not named
        free = any(ref.rows is None for ref in self.refs)
        if not free:
            return self._row_of_left(section), False
        if "rows" in walked:
            self._walked_codes("rows")
            return None, False
        return list(self._needed(section).rows), True

    def _require_use(self, dimension: str, message: str) -> None:
        """A scope that nothing in the body takes is a slip of the pen."""
        preceding = any(isinstance(node, n.PrecedingSum) for node in n.walk(self.relation.body))
        if not preceding and all(getattr(ref, dimension) is not None for ref in self.refs):
            raise self.binder.fault(message, self.scope)

    def _needed(self, section: SectionLayout | None) -> SectionLayout:
        if section is None:
            raise self.binder.fault("Не указан раздел", self.scope)
        return section

    def _with_open(self, rows: list[str], section: SectionLayout, named: bool) -> list[str]:
        """«По всем строкам» takes in the rows a respondent adds."""
        return rows if named or not section.has_open_table else [*rows, OPEN_ROW]

    def _row_of_left(self, section: SectionLayout | None) -> list[str] | None:
        """«Итого = сумма предыдущих строк» needs to know against which row it stands."""
        if not any(isinstance(node, n.PrecedingSum) for node in n.walk(self.relation.body)):
            return None
        first = next((ref for ref in self.refs if ref.rows is not None), None)
        if first is None or section is None:
            raise self.binder.fault("«Сумма предыдущих строк» ставится против строки: «Итого = …»")
        return self.binder.rows(first.rows, section, first)[:1]  # type: ignore[arg-type]

    def _column_space(
        self, section: SectionLayout | None, rows: list[str] | None, walked: set[str]
    ) -> tuple[list[str] | None, bool]:
        free = any(ref.columns is None for ref in self.refs)
        if self.scope.columns is not None:
            self._require_use(
                "columns", "«по графам» ни к чему не относится: во всех клетках графа уже названа"
            )
            return self._named_columns(self._needed(section), rows)
        if not free:
            return None, False
        if "columns" in walked:
            self._walked_codes("columns")
            return None, False
        return list(self._needed(section).columns()), True

    def _named_columns(self, section: SectionLayout, rows: list[str] | None) -> tuple[list[str], bool]:
        selection = self.scope.columns
        assert selection is not None
        if not selection.ranges and not selection.excluded:
            return list(section.columns()), True
        row = rows[0] if rows else self._first_row(section)
        return self.binder.columns(selection, section, row, self.scope), not selection.ranges

    def _first_row(self, section: SectionLayout) -> str:
        for ref in self.refs:
            if ref.rows is not None and not ref.form and ref.section in ("", section.code):
                return self.binder.rows(ref.rows, section, ref)[0]
        return section.rows[0] if section.rows else ""

    def _places(self, space: _Space) -> Iterator[Place]:
        code = space.section.code if space.section else ""
        nowhere: list[str | None] = [None]
        indexes: list[int | None] = [None] if space.count is None else list(range(space.count))
        for copy, row, column, index in product(
            space.copies, space.rows or nowhere, space.columns or nowhere, indexes
        ):
            yield self._place(code, copy, row, column, index)

    def _place(self, code: str, copy: str, row: str | None, column: str | None, index: int | None) -> Place:
        """A cell left open beside «по строкам …» takes the row that is being walked through."""
        if index is not None:
            each = {ref.each for ref in self.refs if ref.each}
            if row is None and "rows" in each and any(ref.rows is None for ref in self.refs):
                row = self._walked_codes("rows")[index]
            if column is None and "columns" in each and any(ref.columns is None for ref in self.refs):
                column = self._walked_codes("columns")[index]
        return Place(code, copy, row, column, index)


def expand(relation: n.Relation, layout: Layout, section: str = "", text: str = "") -> list[Instance]:
    """The places of a form that a relation covers, each ready to be evaluated.

    `section`: code of the section the relation belongs to, "" where it names its sections itself.
    `text`: the source, for the place of a fault. Raises `RelationBindingError`: an absent section, row,
    column or question, a reversed range, several cells outside a sum, no cell left.
    """
    return Expander(relation, layout, section, text).instances()


def substituted(node: n.Node, place: Place, binder: Binder) -> n.Node:
    """The tree with the place written into every reference, for a message."""
    if isinstance(node, n.Ref):
        return _substituted_ref(node, place, binder)
    return _rebuilt(node, place, binder)


def _substituted_ref(ref: n.Ref, place: Place, binder: Binder) -> n.Ref:
    rows, columns = ref.rows, ref.columns
    if rows is None and place.row is not None:
        rows = _one(place.row)
    if columns is None and place.column is not None:
        columns = _one(place.column)
    if ref.each == "rows":
        rows = _one(binder.vector(ref, place.section)[place.index or 0])
    if ref.each == "columns":
        columns = _one(binder.vector(ref, place.section)[place.index or 0])
    return replace(ref, rows=rows, columns=columns, each="")


def _one(code: str) -> n.Selection:
    return n.Selection((n.CodeRange(code),))


def _rebuilt(node: n.Node, place: Place, binder: Binder) -> n.Node:
    changes: dict[str, Any] = {}
    for name in node.__dataclass_fields__:  # type: ignore[attr-defined]
        value = getattr(node, name)
        if isinstance(value, n.Node):
            changes[name] = substituted(value, place, binder)
        elif isinstance(value, tuple) and value and name in ("operands", "items", "arguments", "allowed"):
            changes[name] = tuple(substituted(item, place, binder) for item in value)
        elif isinstance(value, tuple) and name in ("terms", "factors"):
            changes[name] = tuple((sign, substituted(item, place, binder)) for sign, item in value)
    return replace(node, **changes) if changes else node  # type: ignore[type-var]


__all__ = [
    "TOTAL_ROW",
    "Address",
    "Expander",
    "Instance",
    "RelationBindingError",
    "expand",
    "substituted",
]
