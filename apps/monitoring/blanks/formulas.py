"""Formulas of a spreadsheet as trees; only reading, what they mean for a form is told in `sums`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from apps.monitoring.blanks.places import parsed

MAX_TOKENS = 2_000
MAX_DEPTH = 40
COMPARISONS = ("=", "<>", "<=", ">=", "<", ">")
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"]|"")*")
  | (?P<sheet>(?:'(?:[^']|'')*'|[\w.]+)!)
  | (?P<cell>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![\w(.]))
  | (?P<number>[0-9]+(?:\.[0-9]+)?)
  | (?P<name>[A-Za-zА-Яа-я_][\w.]*)
  | (?P<mark><>|<=|>=|[-+*/^%&=<>(),;:])
    )""",
    re.VERBOSE,
)


class FormulaFault(Exception):
    """A formula that has no counterpart in a form; `told` is Russian."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Area:
    """Cells from one corner to the other; a single cell has both in one. `sheet` is "" for its own."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_single(self) -> bool:
        return (self.top, self.left) == (self.bottom, self.right)


@dataclass(frozen=True, slots=True)
class Operation:
    sign: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Negative:
    of: Tree


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Tree, ...]


Tree = Number | Text | Area | Operation | Negative | Call


def parse_formula(text: str) -> Tree:
    """The tree of a formula without its equals sign. Raises `FormulaFault`."""
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise FormulaFault("запись формулы не разобрана")
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
        if len(found) > MAX_TOKENS:
            raise FormulaFault("формула слишком длинна")
    return found


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Tree:
        tree = self._comparison()
        if self._at < len(self._tokens):
            raise FormulaFault("запись формулы не разобрана")
        return tree

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _take(self, *marks: str) -> str:
        kind, text = self._peek()
        if kind == "mark" and text in marks:
            self._at += 1
            return text
        return ""

    def _need(self, mark: str) -> None:
        if not self._take(mark):
            raise FormulaFault("запись формулы не разобрана")

    def _comparison(self) -> Tree:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FormulaFault("в формуле слишком много скобок")
        tree = self._chain(("+", "-", "&"), lambda: self._chain(("*", "/"), self._power))
        while sign := self._take(*COMPARISONS):
            tree = Operation(
                sign, tree, self._chain(("+", "-", "&"), lambda: self._chain(("*", "/"), self._power))
            )
        self._depth -= 1
        return tree

    def _chain(self, signs: tuple[str, ...], part: object) -> Tree:
        tree: Tree = part()  # type: ignore[operator]
        while sign := self._take(*signs):
            tree = Operation(sign, tree, part())  # type: ignore[operator]
        return tree

    def _power(self) -> Tree:
        negative = False
        while sign := self._take("-", "+"):
            negative ^= sign == "-"
        tree = self._atom()
        while self._take("%"):
            tree = Operation("/", tree, Number(Decimal(100)))
        if self._take("^"):
            raise FormulaFault("возведение в степень не переносится")
        return Negative(tree) if negative else tree

    def _atom(self) -> Tree:
        kind, text = self._peek()
        self._at += 1
        if kind == "number":
            return Number(Decimal(text))
        if kind == "text":
            return Text(text[1:-1].replace('""', '"'))
        if kind == "sheet":
            return self._area(_sheet_name(text))
        if kind == "cell":
            self._at -= 1
            return self._area("")
        if kind == "name":
            return self._call(text)
        if kind == "mark" and text == "(":
            tree = self._comparison()
            self._need(")")
            return tree
        raise FormulaFault("запись формулы не разобрана")

    def _area(self, sheet: str) -> Area:
        first = self._corner()
        if self._take(":"):
            if self._peek()[0] == "sheet":
                raise FormulaFault("диапазон через несколько листов не переносится")
            second = self._corner()
        else:
            second = first
        (top, left), (bottom, right) = first, second
        return Area(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def _corner(self) -> tuple[int, int]:
        kind, text = self._peek()
        place = parsed(text) if kind == "cell" else None
        if place is None:
            raise FormulaFault("ссылка на весь столбец, строку или имя не переносится")
        self._at += 1
        return place

    def _call(self, name: str) -> Tree:
        if not self._take("("):
            raise FormulaFault(f"имя «{name[:40]}» не переносится")
        arguments: list[Tree] = []
        if not self._take(")"):
            arguments.append(self._argument())
            while self._take(",", ";"):
                arguments.append(self._argument())
            self._need(")")
        return Call(name.upper().removeprefix("_XLFN."), tuple(arguments))

    def _argument(self) -> Tree:
        """An argument left out is an empty text."""
        kind, text = self._peek()
        return Text("") if kind == "mark" and text in (",", ";", ")") else self._comparison()


def _sheet_name(text: str) -> str:
    name = text[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name
