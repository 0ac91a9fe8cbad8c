"""Conditions bound to a place: True, False, or None where there is no answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.comparison import Comparison, Finding, as_text, comparison
from apps.monitoring.relations.expressions import Bound, ExpressionBinder
from apps.monitoring.relations.layout import OPEN_ROW
from apps.monitoring.relations.places import Address, Place
from apps.monitoring.relations.references import References
from apps.monitoring.relations.values import Context, NoAnswer

Test = Callable[[Context], bool | None]
Find = Callable[[Context], Finding | None]

_KINDS = {"number": "число", "coded": "код", "text": "текст", "date": "дата"}


@dataclass(frozen=True, slots=True)
class BoundCondition:
    """A condition at one place. `scalars` are the cells named one by one (not inside a sum)."""

    test: Test
    find: Find
    scalars: tuple[Address, ...] = ()
    addresses: tuple[Address, ...] = ()


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


class ConditionBinder:
    """Binds the conditions of one text, whose `references` it is given.

    In a premise a comparison over a blank has no answer, which counts as false.
    """

    def __init__(self, references: References) -> None:
        self.references = references
        self.expressions = ExpressionBinder(references)

    def bind(self, node: n.Node, place: Place, *, premise: bool = False) -> BoundCondition:
        """Binds a condition node. Raises `Skip` and `RelationBindingError`."""
        return _BINDERS[type(node)](self, node, place, premise)

    def _require_comparable(self, left: Bound, right: Bound, operator: str, node: n.Node) -> None:
        if not _is_comparable(left, right, operator):
            words = " и ".join(_KINDS[side.kind] for side in (left, right) if side.kind in _KINDS)
            raise self.references.unfit(f"Так сравнить нельзя: {words}", node)

    # -- comparisons --------------------------------------------------------------------------

    def _compare(self, node: n.Compare, place: Place, premise: bool) -> BoundCondition:
        sides = [self.expressions.bind(operand, place) for operand in node.operands]
        pairs = list(zip(node.operators, sides, sides[1:], strict=False))
        for (operator, left, right), operand in zip(pairs, node.operands, strict=False):
            self._require_comparable(left, right, operator, operand)
        compares = [comparison(*pair) for pair in pairs]

        def find(context: Context) -> Finding | None:
            for index, compare in enumerate(compares):
                holds, a, b = compare(context)
                if not holds:
                    operator, left, right = pairs[index]
                    first, second = node.operands[index], node.operands[index + 1]
                    return Finding(first, second, operator, a, b, left, right).turned()
            return None

        return _of_sides(_all_hold(compares), find, sides, sides if premise else ())

    def _one_of(self, node: n.OneOf, place: Place, premise: bool) -> BoundCondition:
        left = self.expressions.bind(node.value, place)
        allowed = [self.expressions.bind(value, place) for value in node.allowed]
        for value in allowed:
            self._require_comparable(left, value, "=", node.value)
        compares = [comparison("=", left, value) for value in allowed]

        def test(context: Context) -> bool:
            return any(compare(context)[0] for compare in compares)

        def find(context: Context) -> Finding:
            return Finding(node.value, node, "in", left.evaluate(context), None, left)

        sides = [left, *allowed]
        return _of_sides(test, find, sides, sides if premise else ())

    def _contains(self, node: n.Contains, place: Place, premise: bool) -> BoundCondition:
        left, right = self.expressions.bind(node.value, place), self.expressions.bind(node.code, place)
        if left.single is not None and left.single.type != "multi_choice":
            raise self.references.fault("«Содержит» относится к вопросу с несколькими ответами", node.value)
        operator = "not contains" if node.negated else "contains"

        def test(context: Context) -> bool:
            codes = str(left.evaluate(context) or "").split(",")
            return (as_text(right.evaluate(context)) in codes) != node.negated

        def find(context: Context) -> Finding:
            values = left.evaluate(context), right.evaluate(context)
            return Finding(node.value, node.code, operator, *values, left, right)

        return _of_sides(test, find, [left], [left] if premise else ())

    def _filled(self, node: n.Filled, place: Place, premise: bool) -> BoundCondition:
        side = self.expressions.bind(node.value, place)
        address = side.scalars[0]
        operator = "not filled" if node.negated else "filled"

        def test(context: Context) -> bool:
            return is_filled(context, address) != node.negated

        def find(context: Context) -> Finding:
            return Finding(node.value, node.value, operator, None, None, side)

        return _of_sides(test, find, [side])

    # -- logic --------------------------------------------------------------------------------

    def _not(self, node: n.Not, place: Place, premise: bool) -> BoundCondition:
        inner = self.bind(node.value, place, premise=premise)

        def test(context: Context) -> bool | None:
            answer = inner.test(context)
            return None if answer is None else not answer

        return BoundCondition(test, _nothing, inner.scalars, inner.addresses)

    def _and(self, node: n.And, place: Place, premise: bool) -> BoundCondition:
        parts = [self.bind(item, place, premise=premise) for item in node.items]

        def find(context: Context) -> Finding | None:
            failed = next((part for part in parts if part.test(context) is False), None)
            return failed.find(context) if failed else None

        return _joined(parts, find, decisive=False)

    def _or(self, node: n.Or, place: Place, premise: bool) -> BoundCondition:
        parts = [self.bind(item, place, premise=premise) for item in node.items]
        return _joined(parts, _nothing, decisive=True)

    def _implies(self, node: n.Implies, place: Place, premise: bool) -> BoundCondition:
        when = self.bind(node.premise, place, premise=True)
        then = self.bind(node.conclusion, place)

        def test(context: Context) -> bool | None:
            return then.test(context) if when.test(context) else True

        return BoundCondition(test, then.find, then.scalars, (*when.addresses, *then.addresses))


_BINDERS: dict[type[n.Node], Callable[[ConditionBinder, Any, Place, bool], BoundCondition]] = {
    n.Compare: ConditionBinder._compare,
    n.OneOf: ConditionBinder._one_of,
    n.Contains: ConditionBinder._contains,
    n.Filled: ConditionBinder._filled,
    n.Not: ConditionBinder._not,
    n.And: ConditionBinder._and,
    n.Or: ConditionBinder._or,
    n.Implies: ConditionBinder._implies,
}


def _is_comparable(left: Bound, right: Bound, operator: str) -> bool:
    """Like with like, a code also with a number or a text, a date with a computed number of days.

    Texts have no order; of a cell of another form the kind is not known.
    """
    kinds = {left.kind, right.kind}
    if kinds == {"date", "number"}:
        return left.single is None or right.single is None
    fits = "any" in kinds or len(kinds) == 1 or kinds in ({"number", "coded"}, {"coded", "text"})
    return fits and ("text" not in kinds or operator in ("=", "<>"))


def _all_hold(compares: Sequence[Comparison]) -> Test:
    if len(compares) == 1:
        only = compares[0]
        return lambda context: only(context)[0]
    return lambda context: all(compare(context)[0] for compare in compares)


def _of_sides(test: Test, find: Find, sides: Sequence[Bound], needed: Sequence[Bound] = ()) -> BoundCondition:
    """A condition over values; without `needed` filled, or without an answer of theirs, it has none."""
    return BoundCondition(
        _answered(test, needed),
        find,
        tuple(address for side in sides for address in side.scalars),
        tuple(address for side in sides for address in side.addresses),
    )


def _answered(test: Test, needed: Sequence[Bound]) -> Test:
    known = _all_filled(needed) if needed else None

    def answer(context: Context) -> bool | None:
        if known is not None and not known(context):
            return None
        try:
            return test(context)
        except NoAnswer:
            return None

    return answer


def _all_filled(sides: Sequence[Bound]) -> Callable[[Context], bool]:
    """Whether every cell named by itself holds a value, and any of each group."""
    scalars = [address for side in sides for address in side.scalars]
    groups = [group for side in sides for group in side.groups]

    def known(context: Context) -> bool:
        return all(is_filled(context, address) for address in scalars) and all(
            any(is_filled(context, address) for address in group) for group in groups
        )

    return known


def _nothing(context: Context) -> Finding | None:
    return None


def _joined(parts: Sequence[BoundCondition], find: Find, *, decisive: bool) -> BoundCondition:
    """«и» is decided by one False, «или» by one True; else an answer that is missing stays missing."""

    def test(context: Context) -> bool | None:
        answers = [part.test(context) for part in parts]
        if decisive in answers:
            return decisive
        return None if None in answers else not decisive

    return BoundCondition(
        test,
        find,
        tuple(address for part in parts for address in part.scalars),
        tuple(address for part in parts for address in part.addresses),
    )
