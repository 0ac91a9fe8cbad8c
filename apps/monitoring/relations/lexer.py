"""Reads a Russian text into tokens for the grammar.

A list of codes after «стр.» or «гр.» («101, 103–105, кроме 104») is one token, so that a comma or a
dash inside it is never mistaken for a separator of arguments or a minus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from lark import Token
from lark.lexer import Lexer

from apps.monitoring.relations import vocabulary as v
from apps.monitoring.relations.errors import RelationSyntaxError, syntax_error
from apps.monitoring.relations.nodes import TOTAL_ROW, CodeRange, Selection

Found = tuple[str, Any]
"""Kind of a token and its value."""

_AFTER_SUM = {"SUM", "MEAN", "MIN", "MAX", "COUNT", "COMMA"}
_BEFORE_ALL = {"BY", "AND", "COMMA", "ROWS", "ALLROWS"}
"""After these words «строкам» and «графам» without codes mean all of them."""


class _Reader:
    """One pass over one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source.translate(v.TRANSLATE)
        self.end = len(self.text.rstrip(" \n.;"))
        self.at = 0
        self.last = ""

    def tokens(self) -> Iterator[Token]:
        """The tokens, each with its place in the text. Raises `RelationSyntaxError`."""
        self._guard()
        while True:
            self._take(v.SPACE)
            if self.at >= self.end:
                return
            start = self.at
            kind, value = self._next()
            self.last = kind
            yield Token(kind, value, start_pos=start, end_pos=self.at)

    def _fault(self, message: str, position: int) -> RelationSyntaxError:
        return syntax_error(message, self.source, position)

    def _guard(self) -> None:
        if len(self.source) > v.MAX_LENGTH:
            raise self._fault(f"Соотношение длиннее {v.MAX_LENGTH} знаков ({len(self.source)})", v.MAX_LENGTH)
        depth = 0
        for position, char in enumerate(self.source):
            if (ord(char) < 32 and char not in "\n\r\t") or 0xD800 <= ord(char) < 0xE000:
                raise self._fault("Недопустимый управляющий знак", position)
            depth += (char in "([") - (char in ")]")
            if depth > v.MAX_NESTING:
                raise self._fault(f"Скобки вложены глубже {v.MAX_NESTING} уровней", position)

    def _next(self) -> Found:
        for reader in (self._selection, self._name, self._literal, self._word):
            found = reader()
            if found:
                return found
        raise self._fault("Непонятное слово или знак", self.at)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at, self.end)
        if match:
            self.at = match.end()
        return match

    def _selection(self) -> Found | None:
        if self._take(v.ROWS_WORD) or self._take(v.ROWS_GLUED):
            return self._codes_after("ROWS", "строки")
        if self._take(v.COLUMNS_WORD) or self._take(v.COLUMNS_GLUED):
            return self._codes_after("COLUMNS", "графы")
        return ("ROWS", Selection((CodeRange(TOTAL_ROW),))) if self._take(v.TOTAL_WORD) else None

    def _codes_after(self, kind: str, word: str) -> Found:
        """The codes after «стр.» or «гр.»; without codes the kind is ALLROWS or ALLCOLUMNS."""
        ranges = self._codes(v.FIRST_CODE)
        excluded = self._excluded()
        if not ranges and self.last not in _BEFORE_ALL:
            raise self._fault(f"Ожидается код {word}", self.at)
        self._forbid_glued_range()
        if kind == "ROWS" and self.last != "COLUMNS":
            self._take(v.COMMA_BEFORE_COLUMNS)
        return (kind if ranges else f"ALL{kind}"), Selection(ranges, excluded)

    def _excluded(self) -> tuple[CodeRange, ...]:
        before = self.at
        if not self._take(v.EXCEPT):
            return ()
        codes = self._codes(v.FIRST_CODE)
        if not codes:
            raise self._fault("После «кроме» ожидаются коды", before)
        return codes

    def _forbid_glued_range(self) -> None:
        """«сумме стр.102–стр.105»: a range to the eye, a difference to a parser; so neither."""
        if self.last in _AFTER_SUM and v.CHAIN.match(self.text, self.at, self.end):
            raise self._fault(
                "Диапазон в сумме пишется без повторения слова: «стр.102–105»; "
                "для вычитания поставьте знак «−»",
                self.at,
            )

    def _codes(self, first: re.Pattern[str]) -> tuple[CodeRange, ...]:
        ranges: list[CodeRange] = []
        pattern = first
        while True:
            match = self._take(pattern)
            if not match:
                return tuple(ranges)
            start, end = self._code(match), ""
            if self._take(v.RANGE):
                last = self._take(v.NEXT_CODE)
                end = self._code(last) if last else ""
            ranges.append(CodeRange(start, end))
            if not self._take(v.LIST):
                return tuple(ranges)
            pattern = v.NEXT_CODE

    def _code(self, match: re.Match[str]) -> str:
        raw = self.source[match.start() : match.end()]
        if raw.lower() == "итого":
            return TOTAL_ROW
        return raw.strip("«»")

    def _name(self) -> Found | None:
        for kind, pattern in (("SECTION", v.SECTION), ("FORM", v.FORM), ("QUESTION", v.QUESTION)):
            match = self._take(pattern)
            if match:
                return kind, tuple(self._group(match, index) for index in range(1, pattern.groups + 1))
        return None

    def _group(self, match: re.Match[str], index: int) -> str:
        """A name as it is written in the source, without its quotes; "" where there is none."""
        found = self.source[match.start(index) : match.end(index)] if match.group(index) else ""
        return found.replace("«", "").replace("»", "")

    def _literal(self) -> Found | None:
        start = self.at
        match = self._take(v.DATE)
        if match:
            return "DATE", self._date(match.group(), start)
        match = self._take(v.NUMBER)
        if match:
            return "NUMBER", self._number(match.group(), start)
        match = self._take(v.TEXT)
        if match:
            return "TEXT", self.source[match.start() + 1 : match.end() - 1]
        return None

    def _date(self, raw: str, start: int) -> str:
        day, month, year = raw.split(".")
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            raise self._fault(f"Нет такой даты: {raw}", start) from None

    def _number(self, raw: str, start: int) -> Decimal:
        plain = raw.replace(" ", "").replace("\u202f", "").replace(",", ".")
        whole, _, fraction = plain.partition(".")
        if len(whole) > v.MAX_INTEGER_DIGITS or len(fraction) > v.MAX_DECIMALS or not plain.isascii():
            limits = f"{v.MAX_INTEGER_DIGITS} цифр или больше {v.MAX_DECIMALS} знаков после запятой"
            raise self._fault(f"В числе больше {limits}", start)
        return Decimal(plain)

    def _word(self) -> Found | None:
        for kind, pattern in v.WORDS:
            match = self._take(pattern)
            if match:
                return self._or_for_comma(kind), match.group()
        return None

    def _or_for_comma(self, kind: str) -> str:
        """«= 1, 2 или 3»: between two numbers a comma means «или»."""
        between = kind == "COMMA" and self.last == "NUMBER"
        return "OR" if between and v.DIGIT_AHEAD.match(self.text, self.at, self.end) else kind


class RelationLexer(Lexer):
    """The form in which lark accepts a lexer of one's own."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, data: str) -> Iterator[Token]:  # type: ignore[override]
        return _Reader(data).tokens()
