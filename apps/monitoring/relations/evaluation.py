"""Arithmetic of a relation as closures over the values: reading a cell, adding up, dividing, rounding."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from apps.monitoring.relations.layout import CODED_TYPES, NUMBER_TYPES, Cell
from apps.monitoring.relations.places import Address
from apps.monitoring.relations.values import ZERO, Context, NoAnswer, Value, coded, day_number

Evaluate = Callable[[Context], Value]


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
    """Half up to `places` decimals. Raises `NoAnswer` for a number with too many digits."""
    try:
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    except decimal.InvalidOperation:
        raise NoAnswer from None


def plain(value: Value) -> Decimal:
    """The number, 0 for a blank. Raises `NoAnswer` on a text."""
    if isinstance(value, Decimal):
        return value
    if value is None:
        return ZERO
    raise NoAnswer


def divided(up: Decimal, down: Decimal) -> Decimal:
    """The quotient. Raises `NoAnswer` on division by zero."""
    if not down:
        raise NoAnswer
    return up / down


def reader(address: Address, kind: str) -> Evaluate:
    """Reads one cell: a number (0 where blank), a code, a number of days, a text (None where blank)."""
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


def summing(addresses: Sequence[Address]) -> Evaluate:
    """The sum of cells; a blank counts as 0."""
    if all(source == "" for source, _ in addresses):
        return _summing_own(tuple(key for _, key in addresses))

    def mixed(context: Context) -> Value:
        return sum((context.sources[source].number(key) for source, key in addresses), ZERO)

    return mixed


def _summing_own(keys: tuple[str, ...]) -> Evaluate:
    """The same for cells of the form itself: most of all sums, so without a lookup of the source."""

    def own(context: Context) -> Value:
        number = context.own.number
        total = ZERO
        for key in keys:
            total += number(key)
        return total

    return own


def reducing(function: str, addresses: Sequence[Address], inner: Sequence[Evaluate]) -> Evaluate:
    """sum, min, max, mean or count over the filled cells and over the expressions of `inner`.

    There is no answer (`NoAnswer`) to min, max and mean of nothing.
    """

    def evaluate(context: Context) -> Value:
        filled = [(source, key) for source, key in addresses if context.sources[source].values.get(key)]
        if function == "count":
            return Decimal(len(filled) + len(inner))
        numbers = [context.sources[source].number(key) for source, key in filled]
        return _reduced(function, numbers + [plain(step(context)) for step in inner])

    return evaluate


def _reduced(function: str, numbers: list[Decimal]) -> Decimal:
    if function == "sum":
        return sum(numbers, ZERO)
    if not numbers:
        raise NoAnswer
    if function == "mean":
        return sum(numbers, ZERO) / len(numbers)
    return min(numbers) if function == "min" else max(numbers)
