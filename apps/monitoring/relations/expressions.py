"""Binds a value of the tree to one place of a form: references become addresses, the tree a closure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.evaluation import (
    Evaluate,
    divided,
    kind_of,
    plain,
    reader,
    reducing,
    rounded,
    summing,
)
from apps.monitoring.relations.layout import OPEN_ROW, Cell, SectionLayout, TableLayout, section_address
from apps.monitoring.relations.places import Address, Place, Skip
from apps.monitoring.relations.references import Located, References
from apps.monitoring.relations.values import HUNDRED, PREVIOUS, ZERO, Context, Value


@dataclass(frozen=True, slots=True)
class Bound:
    """A value bound to its place. `decimals` is the precision of the column, None where there is none.

    `single` is the cell where the value is just one, `scalars` the cells named one by one, `groups` those
    taken together (a sum). `quotient`: the value may have more digits than a column holds.
    """

    evaluate: Evaluate
    kind: str = "number"
    decimals: int | None = None
    quotient: bool = False
    single: Cell | None = None
    scalars: tuple[Address, ...] = ()
    groups: tuple[tuple[Address, ...], ...] = ()

    @property
    def addresses(self) -> tuple[Address, ...]:
        return (*self.scalars, *(address for group in self.groups for address in group))


class ExpressionBinder:
    """Binds the values of one text, whose `references` it is given."""

    def __init__(self, references: References) -> None:
        self.references = references

    def bind(self, node: n.Node, place: Place) -> Bound:
        """Binds a value node. Raises `Skip` and `RelationBindingError`."""
        return _BINDERS[type(node)](self, node, place)

    def number(self, node: n.Node, place: Place) -> Bound:
        """Binds a part of a computation, which must be a number."""
        bound = self.bind(node, place)
        self._require_number(bound.kind, node)
        return bound

    def _require_number(self, kind: str, node: n.Node) -> None:
        if kind == "text":
            raise self.references.unfit("В вычислении участвует текстовая клетка", node)

    # -- leaves -------------------------------------------------------------------------------

    def _number(self, node: n.Number, place: Place) -> Bound:
        return Bound(_constant(node.value))

    def _percent(self, node: n.Percent, place: Place) -> Bound:
        return Bound(_constant(node.value / HUNDRED), quotient=True)

    def _text(self, node: n.Text, place: Place) -> Bound:
        return Bound(_constant(node.value), kind="text")

    def _date(self, node: n.Date, place: Place) -> Bound:
        return Bound(_constant(Decimal(date.fromisoformat(node.value).toordinal())), kind="date")

    def _ref(self, node: n.Ref, place: Place) -> Bound:
        return _leaf(*self.references.cells(node, place, many=False)[0])

    def _question(self, node: n.Question, place: Place) -> Bound:
        return _leaf(*self._located(node, place))

    def _located(self, node: n.Question, place: Place) -> Located:
        """The place of a question; one without a copy of its own means that of the section it is asked in."""
        if node.form:
            return (node.form, node.code), None
        layout = self.references.layout
        cell = layout.cells.get(node.code) if "@" in node.code else layout.question(node.code, place.copy)
        if cell is None:
            raise self.references.fault(f"Нет вопроса {node.code}", node)
        return (PREVIOUS if node.previous else "", cell.address), cell

    # -- sums and other aggregates ------------------------------------------------------------

    def _preceding(self, node: n.PrecedingSum, place: Place) -> Bound:
        section = self.references.section(place.section, node)
        row = place.row or ""
        table = section.table_of(row)
        if table is None or place.column is None:
            raise self.references.fault(
                "«Сумма предыдущих строк» ставится против строки: «Итого = …», «стр.10 = …»", node
            )
        if table.is_open:
            return self._open_sum(section, place.copy, place.column)
        return self._sum_of(self._above(table, row, place), node)

    def _above(self, table: TableLayout, row: str, place: Place) -> list[Located]:
        layout, column = self.references.layout, place.column or ""
        above = table.rows[: table.rows.index(row)]
        cells = [layout.cell(place.section, place.copy, code, column) for code in above]
        return [(("", cell.address), cell) for cell in cells if cell and not cell.is_x]

    def _open_sum(self, section: SectionLayout, copy: str, column: str) -> Bound:
        template = self.references.layout.cell(section.code, copy, OPEN_ROW, column)
        if template is None or kind_of(template) != "number":
            raise Skip
        start = section_address(section.code, copy)

        def evaluate(context: Context) -> Value:
            own = context.own
            return sum((own.number(f"{start}/{row}/{column}") for row in own.open_rows(start)), ZERO)

        return Bound(evaluate, decimals=template.decimals, groups=((("", template.address),),))

    def _sum_of(self, cells: list[Located], node: n.Node) -> Bound:
        for _, cell in cells:
            self._require_number(kind_of(cell), node)
        if not cells:
            raise Skip
        addresses = _addresses(cells)
        return Bound(summing(addresses), decimals=_precision(cells), groups=(addresses,))

    def _aggregate(self, node: n.Aggregate, place: Place) -> Bound:
        cells: list[Located] = []
        inner: list[Bound] = []
        for argument in node.arguments:
            if isinstance(argument, n.Ref):
                cells += self.references.cells(argument, place, many=True)
            elif isinstance(argument, n.Question):
                cells.append(self._located(argument, place))
            else:
                inner.append(self.number(argument, place))
        if not cells and not inner:
            raise Skip
        if node.function == "sum" and not inner:
            return self._sum_of(cells, node)
        return self._reduced(node, cells, inner)

    def _reduced(self, node: n.Aggregate, cells: list[Located], inner: list[Bound]) -> Bound:
        counts = node.function == "count"
        for _, cell in () if counts else cells:
            self._require_number(kind_of(cell), node)
        addresses = _addresses(cells)
        return Bound(
            reducing(node.function, addresses, [bound.evaluate for bound in inner]),
            decimals=None if counts else _precision(cells),
            quotient=node.function == "mean" or any(bound.quotient for bound in inner),
            groups=((*addresses, *(address for bound in inner for address in bound.addresses)),),
        )

    # -- arithmetic ---------------------------------------------------------------------------

    def _add(self, node: n.Add, place: Place) -> Bound:
        parts = [self.number(term, place) for _, term in node.terms]
        steps = [(sign, part.evaluate) for (sign, _), part in zip(node.terms, parts, strict=True)]

        def evaluate(context: Context) -> Value:
            total = ZERO
            for sign, step in steps:
                total = total + plain(step(context)) if sign > 0 else total - plain(step(context))
            return total

        return _merged(parts, evaluate)

    def _multiply(self, node: n.Multiply, place: Place) -> Bound:
        parts = [self.number(factor, place) for _, factor in node.factors]
        steps = [(sign, part.evaluate) for (sign, _), part in zip(node.factors, parts, strict=True)]

        def evaluate(context: Context) -> Value:
            total = Decimal(1)
            for sign, step in steps:
                number = plain(step(context))
                total = total * number if sign == "*" else divided(total, number)
            return total

        return _merged(parts, evaluate, quotient=any(sign == "/" for sign, _ in node.factors))

    def _share(self, node: n.Share, place: Place) -> Bound:
        part, whole = self.number(node.part, place), self.number(node.whole, place)
        up, down = part.evaluate, whole.evaluate
        return _merged(
            [part, whole],
            lambda context: divided(plain(up(context)) * HUNDRED, plain(down(context))),
            quotient=True,
        )

    def _negative(self, node: n.Negative, place: Place) -> Bound:
        return _changed(self.number(node.value, place), lambda value: -value)

    def _absolute(self, node: n.Absolute, place: Place) -> Bound:
        return _changed(self.number(node.value, place), abs)

    def _round(self, node: n.Round, place: Place) -> Bound:
        places = node.places
        bound = _changed(self.number(node.value, place), lambda value: rounded(value, places))
        return replace(bound, quotient=False, decimals=places)


_BINDERS: dict[type[n.Node], Callable[[ExpressionBinder, Any, Place], Bound]] = {
    n.Number: ExpressionBinder._number,
    n.Percent: ExpressionBinder._percent,
    n.Text: ExpressionBinder._text,
    n.Date: ExpressionBinder._date,
    n.Ref: ExpressionBinder._ref,
    n.Question: ExpressionBinder._question,
    n.PrecedingSum: ExpressionBinder._preceding,
    n.Aggregate: ExpressionBinder._aggregate,
    n.Add: ExpressionBinder._add,
    n.Multiply: ExpressionBinder._multiply,
    n.Share: ExpressionBinder._share,
    n.Negative: ExpressionBinder._negative,
    n.Absolute: ExpressionBinder._absolute,
    n.Round: ExpressionBinder._round,
}


def _constant(value: Value) -> Evaluate:
    return lambda context: value


def _leaf(address: Address, cell: Cell | None) -> Bound:
    kind = kind_of(cell)
    decimals = cell.decimals if cell is not None and kind == "number" else None
    return Bound(reader(address, kind), kind, decimals, single=cell, scalars=(address,))


def _addresses(cells: Iterable[Located]) -> tuple[Address, ...]:
    return tuple(address for address, _ in cells)


def _precision(cells: Iterable[Located]) -> int | None:
    return max((cell.decimals for _, cell in cells if cell), default=None)


def _merged(parts: Sequence[Bound], evaluate: Evaluate, *, quotient: bool = False) -> Bound:
    """A number made of several: it reads what they read, at the finest of their precisions."""
    return Bound(
        evaluate,
        decimals=max((part.decimals for part in parts if part.decimals is not None), default=None),
        quotient=quotient or any(part.quotient for part in parts),
        scalars=tuple(address for part in parts for address in part.scalars),
        groups=tuple(group for part in parts for group in part.groups),
    )


def _changed(part: Bound, change: Callable[[Decimal], Decimal]) -> Bound:
    """A number made of one other."""
    inner = part.evaluate
    return _merged([part], lambda context: change(plain(inner(context))))
