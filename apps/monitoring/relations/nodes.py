"""Syntax tree of the language of control relations: frozen, comparable, free of any form.

`position` is the offset in the source text and takes no part in comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal

TOTAL_ROW = "total"
"""Code of the «Итого» row of an open table."""


@dataclass(frozen=True, slots=True)
class CodeRange:
    """One code (`last` is empty) or all codes from `first` to `last`."""

    first: str
    last: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows or columns by code, minus the excluded ones. No ranges at all: every one there is."""

    ranges: tuple[CodeRange, ...] = ()
    excluded: tuple[CodeRange, ...] = ()

    @property
    def single(self) -> str | None:
        """The only code, or None where several may be meant."""
        if len(self.ranges) == 1 and not self.ranges[0].last and not self.excluded:
            return self.ranges[0].first
        return None


class Node:
    """Base of all nodes of the tree."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Number(Node):
    value: Decimal


@dataclass(frozen=True, slots=True)
class Percent(Node):
    """«5 %»: the number divided by a hundred."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Text(Node):
    value: str


@dataclass(frozen=True, slots=True)
class Date(Node):
    """A date in ISO form."""

    value: str


@dataclass(frozen=True, slots=True)
class Ref(Node):
    """Cells by row and column («клетка» names neither).

    What is left out comes from the scope or runs over all that fit.

    `each` is "rows" or "columns" in the form «стр.301 по гр.3, 5, 7»: that list is walked, not taken
    together. `copy` is a value of a repeated section, "*" for all of them.
    """

    rows: Selection | None = None
    columns: Selection | None = None
    each: str = ""
    section: str = ""
    copy: str = ""
    form: str = ""
    previous: bool = False
    position: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Question(Node):
    code: str
    form: str = ""
    previous: bool = False
    position: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PrecedingSum(Node):
    """«сумма предыдущих строк»: rows of the same table above the row in question."""

    position: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """sum, min, max, mean or count (of filled cells) over everything its arguments name."""

    function: str
    arguments: tuple[Node, ...]
    position: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Absolute(Node):
    value: Node


@dataclass(frozen=True, slots=True)
class Round(Node):
    value: Node
    places: int = 0


@dataclass(frozen=True, slots=True)
class Share(Node):
    """«процент A от B»: A × 100 / B."""

    part: Node
    whole: Node


@dataclass(frozen=True, slots=True)
class Negative(Node):
    value: Node


@dataclass(frozen=True, slots=True)
class Add(Node):
    """Terms with their signs, +1 or -1; flat, so that a long sum is no deep tree."""

    terms: tuple[tuple[int, Node], ...]


@dataclass(frozen=True, slots=True)
class Multiply(Node):
    """Factors with "*" or "/"; the first has "*"."""

    factors: tuple[tuple[str, Node], ...]


class Condition(Node):
    """Base of the nodes that hold or do not hold."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Compare(Condition):
    """«a <= b <= c»: operands one more than operators."""

    operands: tuple[Node, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OneOf(Condition):
    value: Node
    allowed: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Contains(Condition):
    """A question with several answers has this one among them."""

    value: Node
    code: Node
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Filled(Condition):
    value: Node
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Not(Condition):
    value: Node


@dataclass(frozen=True, slots=True)
class And(Condition):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Condition):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Implies(Condition):
    """«если A, то B», and «A только если B», which asks the same: where A holds, B must hold."""

    premise: Node
    conclusion: Node


@dataclass(frozen=True, slots=True)
class Scope:
    """«раздел 2.1 по строкам …, графам …:» before the body."""

    section: str = ""
    copy: str = ""
    rows: Selection | None = None
    columns: Selection | None = None
    position: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """A whole text: the body with the scope in front of it."""

    body: Node
    scope: Scope | None = None


def children(node: Node) -> Iterator[Node]:
    """Direct sub-nodes, left to right."""
    for spec in fields(node):  # type: ignore[arg-type]
        value = getattr(node, spec.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                inner = item[1] if isinstance(item, tuple) else item
                if isinstance(inner, Node):
                    yield inner


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, top down, left to right."""
    yield node
    for child in children(node):
        yield from walk(child)
