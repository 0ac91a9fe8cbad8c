"""Binds a tree to one place of a form: every reference becomes addresses, the tree becomes closures."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.codes import CodeFault, resolve
from apps.monitoring.relations.errors import RelationBindingError, binding_error
from apps.monitoring.relations.layout import (
    CODED_TYPES,
    NUMBER_TYPES,
    OPEN_ROW,
    Cell,
    Layout,
    SectionLayout,
    cell_address,
    section_address,
)
from apps.monitoring.relations.values import (
    HUNDRED,
    PREVIOUS,
    ZERO,
    Context,
    NoAnswer,
    Value,
    coded,
    day_number,
)

Evaluate = Callable[[Context], Value]
Address = tuple[str, str]
"""Source of values ("" is the form itself) and address in it."""


class Budget:
    """Bounds the work of expanding hostile relations: cells looked up and places tried both count."""

    def __init__(self, left: int = 100_000) -> None:
        self.left = left

    @property
    def is_spent(self) -> bool:
        return self.left < 0


class Skip(Exception):
    """The relation does not concern this place (an X cell, a text column…)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a relation is applied: what the scope, or running over all that fits, has put in."""

    section: str = ""
    copy: str = ""
    row: str | None = None
    column: str | None = None
    index: int | None = None

    @property
    def key(self) -> str:
        """Stable part of an instance's key."""
        index = "" if self.index is None else str(self.index + 1)
        return ":".join((self.copy, self.row or "", self.column or "", index))


@dataclass(slots=True)
class Bound:
    """A value bound to its place. `decimals` is the precision of the column, None where there is none."""

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


class Binder:
    """Binds the nodes of one relation; `soft_rows`, `soft_columns` tell that the place came by running
    over all there is, so that a cell missing there skips the place instead of being a fault."""

    def __init__(self, layout: Layout, text: str, budget: Budget | None = None) -> None:
        self.layout = layout
        self.text = text
        self.budget = budget or Budget()
        self.missing: RelationBindingError | None = None
        self.soft_rows = False
        self.soft_columns = False
        self._vectors: dict[tuple[n.Ref, str], list[str]] = {}
        self._resolved: dict[tuple[n.Selection, str, int], list[str]] = {}

    # -- where a reference points -------------------------------------------------------------

    def fault(self, message: str, node: n.Node | n.Scope | None = None) -> RelationBindingError:
        return binding_error(message, self.text, getattr(node, "position", 0))

    def spend(self, amount: int, node: n.Node | n.Scope | None) -> None:
        """Takes work off the budget. Raises `RelationBindingError` when it is spent."""
        self.budget.left -= amount
        if self.budget.is_spent:
            raise self.fault("Соотношения формы раскрываются в слишком большое число клеток", node)

    def section(self, code: str, node: n.Node | n.Scope) -> SectionLayout:
        """The section by code. Raises `RelationBindingError` where there is none."""
        if not code:
            raise self.fault("Не указан раздел: напишите «раздел … стр. … гр. …»", node)
        found = self.layout.sections.get(code)
        if found is None:
            raise self.fault(f"Нет раздела {code}", node)
        return found

    def rows(self, selection: n.Selection, section: SectionLayout, node: n.Node | n.Scope) -> list[str]:
        """Codes of rows; «Итого» also names the last row of a coded table."""
        if selection.single == n.TOTAL_ROW and n.TOTAL_ROW not in section.row_tables:
            if not section.total_row:
                raise self.fault(f"В разделе {section.code} нет строки «Итого»", node)
            return [section.total_row]
        key = (selection, section.code, 0)
        if key not in self._resolved:
            known = [row for row in section.rows if row != OPEN_ROW]
            self._resolved[key] = self._resolve(selection, known, f"строки{self._where(section)}", node)
        return self._resolved[key]

    def columns(
        self, selection: n.Selection, section: SectionLayout, row: str, node: n.Node | n.Scope
    ) -> list[str]:
        """Codes of columns in the table where the row stands."""
        table = section.table_of(row)
        key = (selection, section.code, id(table))
        if key not in self._resolved:
            known = table.columns if table else ()
            what = f"графы в строке {row}{self._where(section)}"
            self._resolved[key] = self._resolve(selection, known, what, node)
        return self._resolved[key]

    def _where(self, section: SectionLayout) -> str:
        return f" раздела {section.code}"

    def _resolve(
        self, selection: n.Selection, known: Iterable[str], what: str, node: n.Node | n.Scope
    ) -> list[str]:
        try:
            return resolve(selection, known, "строки" if what.startswith("строки") else "графы")
        except CodeFault as fault:
            message = str(fault)
            if message.startswith("Нет "):
                word, _, rest = what.partition(" ")
                message = f"{message} ({rest})" if word and rest else message
            raise self.fault(message, node) from None

    def copies(self, ref: n.Ref, section: SectionLayout, place: Place) -> tuple[str, ...]:
        """The copies of a repeated section that a reference means."""
        if not section.dimension:
            if ref.copy:
                raise self.fault(f"Раздел {section.code} не повторяется: «@» лишнее", ref)
            return ("",)
        if ref.copy == "*":
            return section.copies
        if ref.copy:
            if ref.copy not in section.copies:
                raise self.fault(f"В разделе {section.code} нет повторения {ref.copy}", ref)
            return (ref.copy,)
        home = self.layout.sections.get(place.section)
        if home is not None and home.dimension == section.dimension:
            return (place.copy,)
        raise self.fault(
            f"Раздел {section.code} повторяется: укажите, какой, «раздел {section.code}@…», "
            f"или в сумме все: «раздел {section.code}@*»",
            ref,
        )

    def vector(self, ref: n.Ref, home: str) -> list[str]:
        """The codes that «по гр.3, 5, 7» walks through."""
        key = (ref, home)
        if key not in self._vectors:
            self._vectors[key] = self._vector(ref, home)
        return self._vectors[key]

    def _vector(self, ref: n.Ref, home: str) -> list[str]:
        selection = ref.rows if ref.each == "rows" else ref.columns
        assert selection is not None
        if ref.form:
            return self._listed(selection, ref)
        section = self.section(ref.section or home, ref)
        if ref.each == "rows":
            return self.rows(selection, section, ref)
        assert ref.rows is not None
        return self.columns(selection, section, self.rows(ref.rows, section, ref)[0], ref)

    def _listed(self, selection: n.Selection, ref: n.Ref) -> list[str]:
        if not selection.ranges or selection.excluded or any(span.last for span in selection.ranges):
            raise self.fault("Строки и графы другой формы нужно перечислить, без диапазонов", ref)
        return [span.first for span in selection.ranges]

    def cells(self, ref: n.Ref, place: Place, many: bool) -> list[tuple[Address, Cell | None]]:
        """The cells of a reference, X cells left out; `many` where several are allowed (a sum).

        Raises `Skip`, or `RelationBindingError` for what can't be meant.
        """
        if ref.form:
            return self._foreign(ref, place, many)
        section = self.section(ref.section or place.section, ref)
        source = PREVIOUS if ref.previous else ""
        found: list[tuple[Address, Cell | None]] = []
        for copy in self.copies(ref, section, place):
            for row, column in self._pairs(ref, section, place, many):
                cell = self._cell(ref, section, copy, row, column)
                if not cell.is_x:
                    found.append(((source, cell.address), cell))
        if not many and len(found) > 1:
            raise self.fault("Названо несколько клеток вне суммы", ref)
        if not found and not many:
            raise Skip
        return found

    def _pairs(self, ref: n.Ref, section: SectionLayout, place: Place, many: bool) -> list[tuple[str, str]]:
        pairs = []
        for row in self._row_codes(ref, section, place):
            pairs += [(row, column) for column in self._column_codes(ref, section, row, place)]
        if len(pairs) > 1 and not many:
            raise self.fault(
                "Несколько клеток вне суммы: напишите «сумма …» или вынесите перечень вперёд: "
                "«по строкам …:», «по графам …:»; вычитание числа пишется со знаком «−» и пробелами",
                ref,
            )
        return pairs

    def _row_codes(self, ref: n.Ref, section: SectionLayout, place: Place) -> list[str]:
        if ref.rows is None:
            if place.row is None:
                raise self.fault("Не указана строка", ref)
            if section.table_of(place.row) is None:
                if self.soft_rows:
                    raise Skip
                raise self.fault(f"В разделе {section.code} нет строки {place.row}", ref)
            return [place.row]
        if ref.each == "rows":
            return [self.vector(ref, place.section)[place.index or 0]]
        return self.rows(ref.rows, section, ref)

    def _column_codes(self, ref: n.Ref, section: SectionLayout, row: str, place: Place) -> list[str]:
        if ref.columns is None:
            if place.column is None:
                raise self.fault("Не указана графа", ref)
            return [place.column]
        if ref.each == "columns":
            return [self.vector(ref, place.section)[place.index or 0]]
        try:
            return self.columns(ref.columns, section, row, ref)
        except RelationBindingError as fault:
            if ref.rows is None and self.soft_rows:
                self.missing = fault
                raise Skip from None
            raise

    def _cell(self, ref: n.Ref, section: SectionLayout, copy: str, row: str, column: str) -> Cell:
        cell = self.layout.cell(section.code, copy, row, column)
        self.spend(1, ref)
        if cell is not None:
            return cell
        fault = self.fault(f"В разделе {section.code} в строке {row} нет графы {column}", ref)
        if (ref.rows is None and self.soft_rows) or (ref.columns is None and self.soft_columns):
            self.missing = fault
            raise Skip
        raise fault

    def _foreign(self, ref: n.Ref, place: Place, many: bool) -> list[tuple[Address, Cell | None]]:
        rows = [place.row] if ref.rows is None else self._listed(ref.rows, ref)
        columns = [place.column] if ref.columns is None else self._listed(ref.columns, ref)
        if ref.each == "rows":
            rows = [rows[place.index or 0]]
        if ref.each == "columns":
            columns = [columns[place.index or 0]]
        if None in rows or None in columns or not (ref.section or place.section):
            raise self.fault("Для другой формы укажите раздел, строку и графу", ref)
        if not many and len(rows) * len(columns) > 1:
            raise self.fault("Названо несколько клеток вне суммы", ref)
        if ref.copy == "*":
            raise self.fault("Повторения раздела другой формы нужно назвать: «раздел …@код»", ref)
        section = ref.section or place.section
        return [
            ((ref.form, cell_address(section, ref.copy, str(row), str(column))), None)
            for row in rows
            for column in columns
        ]

    # -- values -------------------------------------------------------------------------------

    def value(self, node: n.Node, place: Place) -> Bound:
        """Binds a value node."""
        return getattr(self, _METHODS[type(node)])(node, place)

    def _number(self, node: n.Number, place: Place) -> Bound:
        value = node.value
        return Bound(lambda context: value)

    def _percent(self, node: n.Percent, place: Place) -> Bound:
        value = node.value / HUNDRED
        return Bound(lambda context: value, quotient=True)

    def _text(self, node: n.Text, place: Place) -> Bound:
        value = node.value
        return Bound(lambda context: value, kind="text")

    def _date(self, node: n.Date, place: Place) -> Bound:
        value = Decimal(date.fromisoformat(node.value).toordinal())
        return Bound(lambda context: value, kind="date")

    def _ref(self, node: n.Ref, place: Place) -> Bound:
        address, cell = self.cells(node, place, many=False)[0]
        return self._leaf(address, cell)

    def _question(self, node: n.Question, place: Place) -> Bound:
        if node.form:
            return self._leaf((node.form, node.code), None)
        named = "@" in node.code
        cell = self.layout.cells.get(node.code) if named else self.layout.question(node.code, place.copy)
        if cell is None:
            raise self.fault(f"Нет вопроса {node.code}", node)
        return self._leaf((PREVIOUS if node.previous else "", cell.address), cell)

    def _leaf(self, address: Address, cell: Cell | None) -> Bound:
        kind = kind_of(cell)
        decimals = cell.decimals if cell is not None and kind == "number" else None
        return Bound(_reader(address, kind), kind, decimals, single=cell, scalars=(address,))

    def _preceding(self, node: n.PrecedingSum, place: Place) -> Bound:
        section = self.section(place.section, node)
        row = place.row if place.row is not None else ""
        table = section.table_of(row)
        if table is None or place.column is None:
            raise self.fault(
                "«Сумма предыдущих строк» ставится против строки: «Итого = …», «стр.10 = …»", node
            )
        if table.is_open:
            return self._open_sum(node, section, place)
        above = table.rows[: table.rows.index(row)]
        cells = [self.layout.cell(section.code, place.copy, code, place.column) for code in above]
        return self._sum_of([(("", cell.address), cell) for cell in cells if cell and not cell.is_x], node)

    def _open_sum(self, node: n.PrecedingSum, section: SectionLayout, place: Place) -> Bound:
        column = place.column or ""
        template = self.layout.cell(section.code, place.copy, OPEN_ROW, column)
        if template is None or kind_of(template) != "number":
            raise Skip
        start = section_address(section.code, place.copy)

        def evaluate(context: Context) -> Value:
            own = context.own
            return sum((own.number(f"{start}/{row}/{column}") for row in own.open_rows(start)), ZERO)

        return Bound(evaluate, decimals=template.decimals, groups=((("", template.address),),))

    def _sum_of(self, cells: list[tuple[Address, Cell | None]], node: n.Node) -> Bound:
        for _, cell in cells:
            self._require_number(kind_of(cell), node)
        if not cells:
            raise Skip
        addresses = tuple(address for address, _ in cells)
        decimals = max((cell.decimals for _, cell in cells if cell), default=None)
        return Bound(_summing(addresses), decimals=decimals, groups=(addresses,))

    def _aggregate(self, node: n.Aggregate, place: Place) -> Bound:
        cells: list[tuple[Address, Cell | None]] = []
        extra: list[Bound] = []
        for argument in node.arguments:
            if isinstance(argument, n.Ref):
                cells += self.cells(argument, place, many=True)
            elif isinstance(argument, n.Question):
                bound = self.value(argument, place)
                cells.append((bound.scalars[0], bound.single))
            else:
                extra.append(self._arithmetic(argument, place))
        if not cells and not extra:
            raise Skip
        if node.function == "sum" and not extra:
            return self._sum_of(cells, node)
        return self._reduced(node, cells, extra)

    def _reduced(
        self, node: n.Aggregate, cells: list[tuple[Address, Cell | None]], extra: list[Bound]
    ) -> Bound:
        if node.function != "count":
            for _, cell in cells:
                self._require_number(kind_of(cell), node)
        addresses = tuple(address for address, _ in cells)
        inner = [bound.evaluate for bound in extra]
        decimals = max((cell.decimals for _, cell in cells if cell), default=None)
        group = (*addresses, *(address for bound in extra for address in bound.addresses))
        return Bound(
            _reducing(node.function, addresses, inner),
            decimals=None if node.function == "count" else decimals,
            quotient=node.function == "mean" or any(bound.quotient for bound in extra),
            groups=(group,),
        )

    def _arithmetic(self, node: n.Node, place: Place) -> Bound:
        bound = self.value(node, place)
        self._require_number(bound.kind, node)
        return bound

    def _require_number(self, kind: str, node: n.Node) -> None:
        if kind in ("number", "coded", "any", "date"):
            return
        if self.soft_columns or self.soft_rows:
            raise Skip
        raise self.fault("В вычислении участвует текстовая клетка", node)

    def _merged(self, parts: list[Bound], evaluate: Evaluate, quotient: bool = False) -> Bound:
        decimals = [part.decimals for part in parts if part.decimals is not None]
        return Bound(
            evaluate,
            decimals=max(decimals, default=None),
            quotient=quotient or any(part.quotient for part in parts),
            scalars=tuple(address for part in parts for address in part.scalars),
            groups=tuple(group for part in parts for group in part.groups),
        )

    def _add(self, node: n.Add, place: Place) -> Bound:
        parts = [self._arithmetic(term, place) for _, term in node.terms]
        steps = [(sign, part.evaluate) for (sign, _), part in zip(node.terms, parts, strict=True)]

        def evaluate(context: Context) -> Value:
            total = ZERO
            for sign, step in steps:
                total = total + _plain(step(context)) if sign > 0 else total - _plain(step(context))
            return total

        return self._merged(parts, evaluate)

    def _multiply(self, node: n.Multiply, place: Place) -> Bound:
        parts = [self._arithmetic(factor, place) for _, factor in node.factors]
        steps = [(sign, part.evaluate) for (sign, _), part in zip(node.factors, parts, strict=True)]

        def evaluate(context: Context) -> Value:
            total = Decimal(1)
            for sign, step in steps:
                number = _plain(step(context))
                total = total * number if sign == "*" else _divided(total, number)
            return total

        return self._merged(parts, evaluate, quotient=any(sign == "/" for sign, _ in node.factors))

    def _share(self, node: n.Share, place: Place) -> Bound:
        part, whole = self._arithmetic(node.part, place), self._arithmetic(node.whole, place)
        up, down = part.evaluate, whole.evaluate
        return self._merged(
            [part, whole],
            lambda context: _divided(_plain(up(context)) * HUNDRED, _plain(down(context))),
            quotient=True,
        )

    def _negative(self, node: n.Negative, place: Place) -> Bound:
        part = self._arithmetic(node.value, place)
        inner = part.evaluate
        return self._merged([part], lambda context: -_plain(inner(context)))

    def _absolute(self, node: n.Absolute, place: Place) -> Bound:
        part = self._arithmetic(node.value, place)
        inner = part.evaluate
        return self._merged([part], lambda context: abs(_plain(inner(context))))

    def _round(self, node: n.Round, place: Place) -> Bound:
        part = self._arithmetic(node.value, place)
        inner, places = part.evaluate, node.places
        bound = self._merged([part], lambda context: rounded(_plain(inner(context)), places))
        bound.quotient, bound.decimals = False, places
        return bound


_METHODS = {
    n.Number: "_number", n.Percent: "_percent", n.Text: "_text", n.Date: "_date", n.Ref: "_ref",
    n.Question: "_question", n.PrecedingSum: "_preceding", n.Aggregate: "_aggregate", n.Add: "_add",
    n.Multiply: "_multiply", n.Share: "_share", n.Negative: "_negative", n.Absolute: "_absolute",
    n.Round: "_round",
}  # fmt: skip


def kind_of(cell: Cell | None) -> str:
    """How the value of a cell behaves: number, coded, date, text; "any" for a cell of another form."""
    if cell is None:
        return "any"
    if cell.type in NUMBER_TYPES:
        return "number"
    if cell.type in CODED_TYPES:
        return "coded"
    return "date" if cell.type == "date" else "text"


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up to `places` decimals."""
    try:
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    except decimal.InvalidOperation:
        raise NoAnswer from None


def _plain(value: Value) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if value is None:
        return ZERO
    raise NoAnswer


def _divided(up: Decimal, down: Decimal) -> Decimal:
    if not down:
        raise NoAnswer
    return up / down


def _reader(address: Address, kind: str) -> Evaluate:
    source, key = address
    if source == "" and kind == "number":
        return lambda context: context.own.number(key)
    if kind == "number":
        return lambda context: context.sources[source].number(key)
    if kind == "coded":
        return lambda context: coded(context.sources[source].values.get(key))
    if kind == "date":
        return lambda context: day_number(context.sources[source].values.get(key))
    if kind == "any":
        return lambda context: _or_zero(coded(context.sources[source].values.get(key)))
    return lambda context: context.sources[source].values.get(key) or None


def _or_zero(value: Value) -> Value:
    return ZERO if value is None else value


def _summing(addresses: tuple[Address, ...]) -> Evaluate:
    if all(source == "" for source, _ in addresses):
        keys = tuple(key for _, key in addresses)

        def own(context: Context) -> Value:
            number = context.own.number
            total = ZERO
            for key in keys:
                total += number(key)
            return total

        return own

    def mixed(context: Context) -> Value:
        return sum((context.sources[source].number(key) for source, key in addresses), ZERO)

    return mixed


def _reducing(function: str, addresses: tuple[Address, ...], inner: list[Evaluate]) -> Evaluate:
    def evaluate(context: Context) -> Value:
        filled = [(source, key) for source, key in addresses if context.sources[source].values.get(key)]
        if function == "count":
            return Decimal(len(filled) + len(inner))
        numbers = [context.sources[source].number(key) for source, key in filled]
        numbers += [_plain(step(context)) for step in inner]
        if function == "sum":
            return sum(numbers, ZERO)
        if not numbers:
            raise NoAnswer
        if function == "mean":
            return sum(numbers, ZERO) / len(numbers)
        return min(numbers) if function == "min" else max(numbers)

    return evaluate
