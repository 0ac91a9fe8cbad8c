"""Comparing two bound values, and what is told of a comparison that fails.

Rule of precision (docs/guides/control-relations.md): an equality with a quotient is compared at the
precision of the column, rounded half up; everything else exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.evaluation import rounded
from apps.monitoring.relations.expressions import Bound
from apps.monitoring.relations.values import COMPARED_PLACES, ZERO, Context, NoAnswer, Value

Comparison = Callable[[Context], tuple[bool, Value, Value]]
"""Whether it holds, and the two sides as they were compared."""

_TURNED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<", "=": "=", "<>": "<>"}


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

    def turned(self) -> Finding:
        """With the cell to the left: «10003 <= гр.3» is told as «гр.3 … не меньше 10003»."""
        if self.right_bound is None or self.left_bound.addresses or not self.right_bound.addresses:
            return self
        return Finding(
            self.right_node,
            self.left_node,
            _TURNED[self.operator],
            self.right,
            self.left,
            self.right_bound,
            self.left_bound,
        )


def comparison(operator: str, left: Bound, right: Bound) -> Comparison:
    """Makes the comparison of two bound values ready."""
    first, second = left.evaluate, right.evaluate
    if left.quotient or right.quotient:
        return _at_precision(operator, left, right)

    def exact(context: Context) -> tuple[bool, Value, Value]:
        a, b = first(context), second(context)
        return compared(operator, a, b), a, b

    return exact


def _at_precision(operator: str, left: Bound, right: Bound) -> Comparison:
    first, second = left.evaluate, right.evaluate
    places = column_precision((left, right)) if operator in ("=", "<>") else None

    def trimmed(context: Context) -> tuple[bool, Value, Value]:
        a, b = _trimmed(first(context), places), _trimmed(second(context), places)
        return compared(operator, a, b), a, b

    return trimmed


def _trimmed(value: Value, places: int | None) -> Value:
    """A side of a comparison with a quotient: at the precision of the column, or so far beyond any
    possible difference that only the last digits of a periodic fraction are lost."""
    if not isinstance(value, Decimal):
        return value
    return rounded(value, COMPARED_PLACES if places is None else places)


def column_precision(sides: Sequence[Bound]) -> int | None:
    """Decimals at which an equality with a quotient is compared: those of the column it stands against."""
    exact = [side for side in sides if not side.quotient and side.decimals is not None]
    cells = [side for side in exact if side.single is not None]
    if cells:
        return cells[0].decimals
    return max((side.decimals for side in exact if side.decimals is not None), default=None)


def compared(operator: str, left: Value, right: Value) -> bool:
    """A comparison of two values; with a blank code nothing is equal and nothing is ordered.

    Raises `NoAnswer` where texts are to be put in order.
    """
    if left is None or right is None:
        return operator == "<>" and not (left is None and right is None)
    if isinstance(left, Decimal) != isinstance(right, Decimal):
        left, right = as_text(left), as_text(right)
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


def as_text(value: Value) -> str:
    """A code as it is written."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def difference(left: Value, right: Value) -> Decimal | None:
    """left − right of two numbers; 0 for other values, None where one is blank."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left - right
    return None if left is None or right is None else ZERO
