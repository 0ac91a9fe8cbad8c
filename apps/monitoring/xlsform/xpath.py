"""Expressions of an XLSForm (the XPath of ODK) as a tree: LALR(1), flat chains, never evaluated.

Refused before the first token: a text that is too long or has too deep brackets, so that neither the
parser nor a walk over the tree can exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedInput, v_args

MAX_LENGTH = 4_000
MAX_NESTING = 30

_GRAMMAR = r"""
?start: disjunction
?disjunction: conjunction (OR conjunction)*           -> chain
?conjunction: equality (AND equality)*                -> chain
?equality: ordering ((EQ | NE) ordering)*             -> chain
?ordering: sum ((LE | GE | LT | GT) sum)*             -> chain
?sum: product ((PLUS | MINUS) product)*               -> chain
?product: unary ((TIMES | DIV | MOD) unary)*          -> chain
?unary: atom
     | MINUS unary                                    -> negative
?atom: "(" disjunction ")"
     | NUMBER                                         -> number
     | STRING                                         -> text
     | VAR                                            -> variable
     | DOT                                            -> itself
     | PATH                                           -> path
     | BARE                                           -> bare
     | FUNC "(" [disjunction ("," disjunction)*] ")"  -> call

OR: /or(?![\w.-])/
AND: /and(?![\w.-])/
DIV: /div(?![\w.-])/
MOD: /mod(?![\w.-])/
LE: "<="
GE: ">="
LT: "<"
GT: ">"
NE: "!="
EQ: "="
PLUS: "+"
MINUS: "-"
TIMES: "*"
NUMBER: /\d{1,15}(\.\d{0,10})?(?![\d.])|\.\d{1,10}(?!\d)/
STRING: /'[^']*'|"[^"]*"/
VAR: /\$\{\s*(last-saved#)?[^\s${}]{1,200}\s*\}/
DOT: /\.(?![\d.\/])/
PATH: /(\.{0,2}\/)+[\w@.-]*(\/[\w@.-]+)*|\.\./
FUNC: /[A-Za-z_][\w:.-]*(?=\s*\()/
BARE: /[A-Za-z_][\w.-]*(?![\w:.-]|\s*\()/
%ignore /\s+/
"""


class ExpressionFault(Exception):
    """The text is no expression, or none we can carry; `told` is a Russian sentence without a full stop."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


class Node:
    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Number(Node):
    value: Decimal


@dataclass(frozen=True, slots=True)
class Text(Node):
    value: str


@dataclass(frozen=True, slots=True)
class Variable(Node):
    """`${name}`."""

    name: str


@dataclass(frozen=True, slots=True)
class Itself(Node):
    """`.`: the question the expression stands at."""


@dataclass(frozen=True, slots=True)
class Bare(Node):
    """A column of the sheet choices, in a choice filter."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """A path through the data, such as `../age`; we carry none."""

    text: str


@dataclass(frozen=True, slots=True)
class Negative(Node):
    value: Node


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Operands with one operator fewer between them, all of one precedence, read from the left."""

    operands: tuple[Node, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call(Node):
    name: str
    arguments: tuple[Node, ...]


@v_args(inline=True)
class _Builder(Transformer):
    def chain(self, *parts: Any) -> Node:
        if len(parts) == 1:
            return cast(Node, parts[0])
        return Chain(tuple(parts[::2]), tuple(str(one) for one in parts[1::2]))

    def negative(self, _minus: Token, value: Node) -> Node:
        return Negative(value)

    def number(self, token: Token) -> Node:
        return Number(Decimal(str(token).rstrip(".") or "0"))

    def text(self, token: Token) -> Node:
        return Text(str(token)[1:-1])

    def variable(self, token: Token) -> Node:
        return Variable(str(token)[2:-1].strip())

    def itself(self, _dot: Token) -> Node:
        return Itself()

    def path(self, token: Token) -> Node:
        return Path(str(token))

    def bare(self, token: Token) -> Node:
        return Bare(str(token))

    def call(self, name: Token, *arguments: Node | None) -> Node:
        return Call(str(name), tuple(one for one in arguments if one is not None))


@lru_cache(maxsize=1)
def _lark() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", transformer=_Builder(), maybe_placeholders=False)


_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of an expression. Raises `ExpressionFault`."""
    if len(text) > MAX_LENGTH:
        raise ExpressionFault(f"Выражение длиннее {MAX_LENGTH} знаков ({len(text)})")
    plain = text.translate(_QUOTES)
    _guard(plain)
    try:
        return cast(Node, _lark().parse(plain))
    except UnexpectedInput as error:
        place = getattr(error, "pos_in_stream", None)
        rest = " ".join(plain[place : place + 24].split()) if place is not None and place >= 0 else ""
        raise ExpressionFault(f"Запись не разобрана{f' около «{rest}»' if rest else ''}") from None


def _guard(text: str) -> None:
    """Counts brackets and minuses in a row: each would be a level of the tree."""
    depth = minuses = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        minuses = minuses + 1 if char == "-" else minuses if char.isspace() else 0
        if depth > MAX_NESTING or minuses > MAX_NESTING:
            raise ExpressionFault(f"Скобки вложены глубже {MAX_NESTING} уровней")


def children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Chain):
        return node.operands
    if isinstance(node, Call):
        return node.arguments
    return (node.value,) if isinstance(node, Negative) else ()


def variables(node: Node) -> Iterator[str]:
    """The names of all questions an expression reads."""
    if isinstance(node, Variable):
        yield node.name
    for child in children(node):
        yield from variables(child)
