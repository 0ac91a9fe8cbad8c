"""The places of a form that a relation runs over: copies of its section, rows, columns, steps of a walk."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import product

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.errors import RelationBindingError
from apps.monitoring.relations.layout import SectionLayout
from apps.monitoring.relations.places import Place
from apps.monitoring.relations.references import References

Codes = list[str] | None
"""Codes to run over; None where every cell of the relation names its own."""


class Coverage:
    """The places of one relation; `section` is the code of the section it belongs to, "" for none.

    What the scope names must exist; what is found by running over all there is may have gaps, and
    `references` are told so.
    """

    def __init__(self, relation: n.Relation, references: References, section: str = "") -> None:
        self.scope = relation.scope or n.Scope()
        self.references = references
        self.home = self.scope.section or section
        nodes = list(n.walk(relation.body))
        self.refs = [node for node in nodes if isinstance(node, n.Ref)]
        self.sums_preceding = any(isinstance(node, n.PrecedingSum) for node in nodes)

    @property
    def first(self) -> n.Ref | None:
        """Where a fault of the whole relation is shown."""
        return self.refs[0] if self.refs else None

    def places(self) -> Iterator[Place]:
        """Every place, in reading order. Raises `RelationBindingError` where it is unclear what is meant."""
        section, copies = self._section, self.copies
        steps: list[int | None] = [None] if self._steps is None else list(range(self._steps))
        rows, soft_rows = self._rows()
        columns, soft_columns = self._columns(rows)
        if soft_rows and soft_columns and rows and columns and not self.scope.rows and not self.scope.columns:
            raise self._fault(
                "Непонятно, к каким строкам и графам относится соотношение: укажите строку или графу"
            )
        self.references.soft_rows, self.references.soft_columns = soft_rows, soft_columns
        code = section.code if section else ""
        own: list[str | None] = [None]
        return (
            self._place(code, copy, row, column, step)
            for copy, row, column, step in product(copies, rows or own, columns or own, steps)
        )

    def _fault(self, message: str) -> RelationBindingError:
        return self.references.fault(message, self.first)

    def _place(self, code: str, copy: str, row: str | None, column: str | None, step: int | None) -> Place:
        """A cell left open beside «по строкам …» takes the row that is being walked through."""
        if step is not None:
            row = self._walked_with("rows", step) if row is None else row
            column = self._walked_with("columns", step) if column is None else column
        return Place(code, copy, row, column, step)

    # -- sections and copies ------------------------------------------------------------------

    @cached_property
    def _section(self) -> SectionLayout | None:
        """The section the relation stands in; None where it names a section for every cell."""
        if self.home:
            return self.references.section(self.home, self.scope)
        local = [ref for ref in self.refs if not ref.form]
        if self.sums_preceding or any(
            not ref.section or ref.rows is None or ref.columns is None for ref in local
        ):
            raise self._fault("Не указан раздел: напишите «раздел … стр. … гр. …»")
        return None

    def _needed_section(self) -> SectionLayout:
        if self._section is None:
            raise self.references.fault("Не указан раздел", self.scope)
        return self._section

    @cached_property
    def copies(self) -> tuple[str, ...]:
        """The copies of the section: the one named in the scope, or all."""
        section = self._section
        if section is None:
            return ("",)
        if self.scope.copy in ("", "*"):
            return section.copies
        if self.scope.copy not in section.copies:
            raise self.references.fault(
                f"В разделе {section.code} нет повторения {self.scope.copy}", self.scope
            )
        return (self.scope.copy,)

    # -- walks --------------------------------------------------------------------------------

    @cached_property
    def _steps(self) -> int | None:
        """How many places the forms «по гр.3, 5, 7» walk through; None where there is no such form."""
        vectors = [ref for ref in self.refs if ref.each]
        if not vectors:
            return None
        lengths = {len(self.references.vector(ref, self.home)) for ref in vectors}
        if len(lengths) > 1:
            raise self.references.fault("Перечни, стоящие в соответствии, разной длины", vectors[-1])
        return lengths.pop()

    @cached_property
    def _walks(self) -> dict[str, list[tuple[str, ...]]]:
        """The different lists walked through, along "rows" and along "columns"."""
        found: dict[str, dict[tuple[str, ...], None]] = {}
        for ref in self.refs:
            if ref.each:
                codes = tuple(self.references.vector(ref, self.home))
                found.setdefault(ref.each, {})[codes] = None
        return {each: list(codes) for each, codes in found.items()}

    def _is_open(self, dimension: str) -> bool:
        """Whether some cell leaves its row (column) to the scope."""
        return any(getattr(ref, dimension) is None for ref in self.refs)

    def _walked_with(self, dimension: str, step: int) -> str | None:
        if dimension in self._walks and self._is_open(dimension):
            return self._walked_codes(dimension)[step]
        return None

    def _walked_codes(self, dimension: str) -> tuple[str, ...]:
        lists = self._walks[dimension]
        if len(lists) > 1:
            free = next(ref for ref in self.refs if getattr(ref, dimension) is None)
            raise self.references.fault("Непонятно, какая строка или графа соответствует этой", free)
        return lists[0]

    # -- rows and columns ---------------------------------------------------------------------

    def _rows(self) -> tuple[Codes, bool]:
        """Rows to run over, and whether they were found rather than named."""
        if self.scope.rows is not None:
            self._require_use(
                "rows", "«по строкам» ни к чему не относится: во всех клетках строка уже названа"
            )
            return self._named_rows(self.scope.rows, self._needed_section()), not self.scope.rows.ranges
        if not self._is_open("rows"):
            return self._row_of_left(), False
        if "rows" in self._walks:
            self._walked_codes("rows")
            return None, False
        return list(self._needed_section().rows), True

    def _named_rows(self, selection: n.Selection, section: SectionLayout) -> list[str]:
        """«По всем строкам» takes in the rows a respondent adds."""
        return self.references.rows(selection, section, self.scope, added=not selection.ranges)

    def _require_use(self, dimension: str, message: str) -> None:
        """A scope that nothing in the body takes is a slip of the pen."""
        if not self.sums_preceding and not self._is_open(dimension):
            raise self.references.fault(message, self.scope)

    def _row_of_left(self) -> Codes:
        """«Итого = сумма предыдущих строк» needs to know against which row it stands."""
        if not self.sums_preceding:
            return None
        first = next((ref for ref in self.refs if ref.rows is not None), None)
        if first is None or first.rows is None or self._section is None:
            raise self.references.fault("«Сумма предыдущих строк» ставится против строки: «Итого = …»")
        return self.references.rows(first.rows, self._section, first)[:1]

    def _columns(self, rows: Codes) -> tuple[Codes, bool]:
        """Columns to run over, and whether they were found rather than named."""
        if self.scope.columns is not None:
            self._require_use(
                "columns", "«по графам» ни к чему не относится: во всех клетках графа уже названа"
            )
            return self._named_columns(self.scope.columns, self._needed_section(), rows)
        if not self._is_open("columns"):
            return None, False
        if "columns" in self._walks:
            self._walked_codes("columns")
            return None, False
        return list(self._needed_section().columns()), True

    def _named_columns(
        self, selection: n.Selection, section: SectionLayout, rows: Codes
    ) -> tuple[Codes, bool]:
        if not selection.ranges and not selection.excluded:
            return list(section.columns()), True
        row = rows[0] if rows else self._first_row(section)
        return self.references.columns(selection, section, row, self.scope), not selection.ranges

    def _first_row(self, section: SectionLayout) -> str:
        """The row whose table tells which columns there are."""
        for ref in self.refs:
            if ref.rows is not None and not ref.form and ref.section in ("", section.code):
                return self.references.rows(ref.rows, section, ref)[0]
        return section.rows[0] if section.rows else ""
