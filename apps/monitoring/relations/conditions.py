"""Conditions bound to a place: True, False, or None where there is no answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.bind import Address, Binder, Bound, Place, Skip, rounded
from apps.monitoring.relations.layout import OPEN_ROW
from apps.monitoring.relations.values import COMPARED_PLACES, PREVIOUS, ZERO, Context, NoAnswer, Value

Test = Callable[[Context], bool | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a condition does not hold: the two sides of the comparison that failed."""

    left_node: n.Node
    right_node: n.Node
    operator: str
    left: Value
    right: Value
    left_bound: Bound
    right_bound: Bound | None = None


@dataclass(slots=True)
class BoundCondition:
    """A condition at one place. `scalars` are the cells named one by one (not inside a sum)."""

    test: Test
    find: Callable[[Context], Finding | None]
    scalars: tuple[Address, ...] = ()
    addresses: tuple[Address, ...] = field(default=())


def is_filled(context: Context, address: Address) -> bool:
    """Whether a cell holds a value; a column of an open table, whether any of its rows does."""
    source, key = address
    found = context.sources.get(source)
    if found is None:
        return False
    if f"/{OPEN_ROW}/" in key:
        section, _, column = key.split("/")
        return any(found.values.get(f"{section}/{row}/{column}") for row in found.open_rows(section))
    return bool(found.values.get(key))


def _nothing(context: Context) -> Finding | None:
    return None


def compared(operator: str, left: Value, right: Value) -> bool:
    """A comparison of two values; with a blank code nothing is equal and nothing is ordered."""
    if left is None or right is None:
        return operator == "<>" and not (left is None and right is None)
    if isinstance(left, Decimal) != isinstance(right, Decimal):
        left, right = _as_text(left), _as_text(right)
    if operator == "=":
        return left == right
    if operator == "<>":
        return left != right
    if isinstance(left, str):
        raise NoAnswer
    assert isinstance(right, Decimal)
    return _ordered(operator, left, right)


def _ordered(operator: str, left: Decimal, right: Decimal) -> bool:
    if operator == "<=":
        return left <= right
    if operator == ">=":
        return left >= right
    return left < right if operator == "<" else left > right


def _as_text(value: Value) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def column_precision(sides: list[Bound]) -> int | None:
    """Decimals at which an equality with a quotient is compared: those of the column it stands against."""
    plain = [side for side in sides if not side.quotient]
    for side in plain:
        if side.single is not None and side.decimals is not None:
            return side.decimals
    return max((side.decimals for side in plain if side.decimals is not None), default=None)


class ConditionBinder:
    """Binds conditions; in a premise a comparison over a blank has no answer, which counts as false."""

    def __init__(self, binder: Binder) -> None:
        self.binder = binder

    def bind(self, node: n.Node, place: Place, premise: bool = False) -> BoundCondition:
        """Binds a condition node. Raises `Skip` and `RelationBindingError`."""
        return getattr(self, _METHODS[type(node)])(node, place, premise)

    def _guards(self, sides: list[Bound], premise: bool) -> Test | None:
        if not premise:
            return None
        scalars = [address for side in sides for address in side.scalars]
        groups = [group for side in sides for group in side.groups]

        def known(context: Context) -> bool:
            return all(is_filled(context, address) for address in scalars) and all(
                any(is_filled(context, address) for address in group) for group in groups
            )

        return known

    def _side(self, node: n.Node, place: Place) -> Bound:
        return self.binder.value(node, place)

    def _check_kinds(self, left: Bound, right: Bound, operator: str, node: n.Node) -> None:
        kinds = {left.kind, right.kind}
        if "any" in kinds or kinds <= {"number", "coded"} or len(kinds) == 1 or kinds == {"coded", "text"}:
            if "text" not in kinds or operator in ("=", "<>"):
                return
        elif kinds == {"date", "number"} and None in (left.single, right.single):
            return
        if self.binder.soft_rows or self.binder.soft_columns:
            raise Skip
        names = {"number": "число", "coded": "код", "text": "текст", "date": "дата"}
        words = " и ".join(names[kind] for kind in (left.kind, right.kind) if kind in names)
        raise self.binder.fault(f"Так сравнить нельзя: {words}", node)

    def _compare(self, node: n.Compare, place: Place, premise: bool) -> BoundCondition:
        sides = [self._side(operand, place) for operand in node.operands]
        for index, operator in enumerate(node.operators):
            self._check_kinds(sides[index], sides[index + 1], operator, node.operands[index])
        known = self._guards(sides, premise)
        compares = [
            self._pair(node.operators[index], sides[index], sides[index + 1])
            for index in range(len(node.operators))
        ]

        def test(context: Context) -> bool | None:
            if known is not None and not known(context):
                return None
            try:
                return all(pair(context)[0] for pair in compares)
            except NoAnswer:
                return None

        def find(context: Context) -> Finding | None:
            for index, pair in enumerate(compares):
                holds, left, right = pair(context)
                if not holds:
                    a, b = node.operands[index], node.operands[index + 1]
                    return _finding(a, b, node.operators[index], left, right, sides[index], sides[index + 1])
            return None

        return self._condition(test, find, sides)

    def _pair(
        self, operator: str, left: Bound, right: Bound
    ) -> Callable[[Context], tuple[bool, Value, Value]]:
        first, second = left.evaluate, right.evaluate
        quotient = left.quotient or right.quotient
        if not quotient:

            def exact(context: Context) -> tuple[bool, Value, Value]:
                a, b = first(context), second(context)
                return compared(operator, a, b), a, b

            return exact
        places = column_precision([left, right]) if operator in ("=", "<>") else None

        def at_precision(context: Context) -> tuple[bool, Value, Value]:
            a, b = _trimmed(first(context), places), _trimmed(second(context), places)
            return compared(operator, a, b), a, b

        return at_precision

    def _one_of(self, node: n.OneOf, place: Place, premise: bool) -> BoundCondition:
        left = self._side(node.value, place)
        allowed = [self._side(value, place) for value in node.allowed]
        for value in allowed:
            self._check_kinds(left, value, "=", node.value)
        known = self._guards([left, *allowed], premise)
        pairs = [self._pair("=", left, value) for value in allowed]

        def test(context: Context) -> bool | None:
            if known is not None and not known(context):
                return None
            try:
                return any(pair(context)[0] for pair in pairs)
            except NoAnswer:
                return None

        def find(context: Context) -> Finding | None:
            right = n.OneOf(node.value, node.allowed)
            return Finding(node.value, right, "in", left.evaluate(context), None, left)

        return self._condition(test, find, [left, *allowed])

    def _contains(self, node: n.Contains, place: Place, premise: bool) -> BoundCondition:
        left, right = self._side(node.value, place), self._side(node.code, place)
        if left.single is not None and left.single.type != "multi_choice":
            raise self.binder.fault("«Содержит» относится к вопросу с несколькими ответами", node.value)
        known = self._guards([left], premise)

        def test(context: Context) -> bool | None:
            if known is not None and not known(context):
                return None
            try:
                codes = str(left.evaluate(context) or "").split(",")
                return (_as_text(right.evaluate(context)) in codes) != node.negated
            except NoAnswer:
                return None

        def find(context: Context) -> Finding | None:
            operator = "not contains" if node.negated else "contains"
            return Finding(
                node.value, node.code, operator, left.evaluate(context), right.evaluate(context), left, right
            )

        return self._condition(test, find, [left])

    def _filled(self, node: n.Filled, place: Place, premise: bool) -> BoundCondition:
        side = self._side(node.value, place)
        address = side.scalars[0]

        def test(context: Context) -> bool | None:
            return is_filled(context, address) != node.negated

        def find(context: Context) -> Finding | None:
            operator = "not filled" if node.negated else "filled"
            return Finding(node.value, node.value, operator, None, None, side)

        return self._condition(test, find, [side])

    def _condition(
        self, test: Test, find: Callable[[Context], Finding | None], sides: list[Bound]
    ) -> BoundCondition:
        return BoundCondition(
            test,
            find,
            tuple(address for side in sides for address in side.scalars),
            tuple(address for side in sides for address in side.addresses),
        )

    def _not(self, node: n.Not, place: Place, premise: bool) -> BoundCondition:
        inner = self.bind(node.value, place, premise)

        def test(context: Context) -> bool | None:
            answer = inner.test(context)
            return None if answer is None else not answer

        return BoundCondition(test, _nothing, inner.scalars, inner.addresses)

    def _and(self, node: n.And, place: Place, premise: bool) -> BoundCondition:
        return self._joined(node.items, place, premise, stop=False)

    def _or(self, node: n.Or, place: Place, premise: bool) -> BoundCondition:
        return self._joined(node.items, place, premise, stop=True)

    def _joined(
        self, items: tuple[n.Node, ...], place: Place, premise: bool, *, stop: bool
    ) -> BoundCondition:
        """«и» stops at the first False, «или» at the first True; an answer that is missing stays missing
        unless another part decides."""
        parts = [self.bind(item, place, premise) for item in items]

        def test(context: Context) -> bool | None:
            answers = [part.test(context) for part in parts]
            if stop in answers:
                return stop
            return None if None in answers else not stop

        def find(context: Context) -> Finding | None:
            for part in () if stop else parts:
                if part.test(context) is False:
                    return part.find(context)
            return None

        return BoundCondition(
            test,
            find,
            tuple(address for part in parts for address in part.scalars),
            tuple(address for part in parts for address in part.addresses),
        )

    def _implies(self, node: n.Implies, place: Place, premise: bool) -> BoundCondition:
        when = self.bind(node.premise, place, premise=True)
        then = self.bind(node.conclusion, place)

        def test(context: Context) -> bool | None:
            return then.test(context) if when.test(context) else True

        return BoundCondition(test, then.find, then.scalars, (*when.addresses, *then.addresses))


_METHODS = {
    n.Compare: "_compare", n.OneOf: "_one_of", n.Contains: "_contains", n.Filled: "_filled",
    n.Not: "_not", n.And: "_and", n.Or: "_or", n.Implies: "_implies",
}  # fmt: skip


def _trimmed(value: Value, places: int | None) -> Value:
    """A side of a comparison with a quotient: at the precision of the column, or so far beyond any
    possible difference that only the last digits of a periodic fraction are lost."""
    if not isinstance(value, Decimal):
        return value
    return rounded(value, places) if places is not None else rounded(value, -COMPARED_PLACES.adjusted())


def _finding(
    a: n.Node, b: n.Node, operator: str, left: Value, right: Value, first: Bound, second: Bound
) -> Finding:
    """Puts the cell to the left: «10003 <= гр.3» is told as «гр.3 … не меньше 10003»."""
    turned = {"<=": ">=", ">=": "<=", "<": ">", ">": "<", "=": "=", "<>": "<>"}
    if first.addresses or not second.addresses:
        return Finding(a, b, operator, left, right, first, second)
    return Finding(b, a, turned[operator], right, left, second, first)


def uses_previous(addresses: tuple[Address, ...]) -> bool:
    """Whether a value of the earlier round is asked for."""
    return any(source == PREVIOUS for source, _ in addresses)


def difference(left: Value, right: Value) -> Decimal | None:
    """left − right where both are numbers."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left - right
    return None if left is None or right is None else ZERO
