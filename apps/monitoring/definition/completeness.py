"""How much of what must be filled is filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from apps.monitoring.definition.spread import Spread
from apps.monitoring.definition.steps import pattern
from apps.monitoring.relations.layout import OPEN_ROW
from apps.monitoring.relations.values import open_rows


class Completeness(NamedTuple):
    """How many required cells are filled, how many there are, and the addresses of the empty ones."""

    filled: int
    required: int
    missing: tuple[str, ...]


def completeness(laid: Spread, values: Mapping[str, str], hidden: frozenset[str]) -> Completeness:
    """Of the required cells that are shown; added rows count their own, and the least number of them."""
    cells = laid.layout.cells.values()
    needed = [one.address for one in cells if one.required and one.address not in hidden]
    needed += [address for address in _needed_in_rows(laid, values) if pattern(address) not in hidden]
    missing = tuple(address for address in needed if not values.get(address))
    return Completeness(len(needed) - len(missing), len(needed), missing)


def _needed_in_rows(laid: Spread, values: Mapping[str, str]) -> Iterator[str]:
    present = open_rows(values)
    for section, table in laid.open_tables.items():
        required = [
            column.code
            for column in table.columns
            if laid.layout.templates[f"{section}/{OPEN_ROW}/{column.code}"].required
        ]
        for row in _at_least(present.get(section, []), table.min_rows):
            yield from (f"{section}/{row}/{column}" for column in required)


def _at_least(rows: list[str], count: int) -> list[str]:
    """The rows there are, and as many of the first free codes as `count` asks for."""
    free = (row for row in (f"n{number}" for number in range(1, count + 1)) if row not in rows)
    return [*rows, *(next(free) for _ in range(count - len(rows)))]
