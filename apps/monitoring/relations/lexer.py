"""Words of the notation: turns a Russian text into tokens for the grammar.

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

from apps.monitoring.relations.errors import syntax_error
from apps.monitoring.relations.nodes import TOTAL_ROW, CodeRange, Selection

MAX_LENGTH = 4_000
MAX_NESTING = 30
MAX_INTEGER_DIGITS = 15
MAX_DECIMALS = 10

_DASH = r"[-‐‑‒–—]"
_DIGIT_CODE = r"[0-9][0-9A-Za-zА-Яа-яЁё_]*(?:\.[0-9][0-9A-Za-zА-Яа-яЁё_]*)*"
_LATIN_CODE = r"[A-Za-z_][0-9A-Za-z_]*(?:\.[0-9A-Za-z_]+)*"
_QUOTED_CODE = r"«[^«»\n]{1,40}»"
_NAME = (
    rf"(?:{_DIGIT_CODE}|{_QUOTED_CODE}|[A-Za-zА-Яа-яЁё_][0-9A-Za-zА-Яа-яЁё_]*(?:\.[0-9A-Za-zА-Яа-яЁё_]+)*)"
)

_FLAGS = re.IGNORECASE
_SPACE = re.compile(r"\s+")
_FIRST_CODE = re.compile(rf"итого\b|{_DIGIT_CODE}|{_QUOTED_CODE}|{_LATIN_CODE}", _FLAGS)
_NEXT_CODE = re.compile(rf"{_DIGIT_CODE}|{_QUOTED_CODE}", _FLAGS)
_RANGE = re.compile(rf"\s*(?:{_DASH}|\.\.\.?|…)\s*(?={_DIGIT_CODE}|{_QUOTED_CODE})", _FLAGS)
_LIST = re.compile(rf"(?:\s*,\s*(?:и\s+)?|\s+и\s+)(?={_DIGIT_CODE}(?!\s*[%(])|{_QUOTED_CODE})", _FLAGS)
_EXCEPT = re.compile(r"\s*[,(]?\s*(?:кроме|за исключением)\s+(?:строк\w*|стр\.?|граф\w*|гр\.?)?\s*", _FLAGS)
_ROWS_WORD = re.compile(r"(?:строк(?:ами|ах|ам|а|е|и|у|ой)?|стр)\b\.?\s*", _FLAGS)
_COLUMNS_WORD = re.compile(r"(?:граф(?:ами|ах|ам|а|е|ы|у|ой)?|гр)\b\.?\s*", _FLAGS)
_ROWS_GLUED = re.compile(r"стр(?=\d)", _FLAGS)
_COLUMNS_GLUED = re.compile(r"гр(?=\d)", _FLAGS)
_SECTION = re.compile(
    rf"(?:(?:в|по)\s+)?(?:под)?разд(?:ел(?:а|у|е|ом)?\b|\b\.?)\s*({_NAME})(?:@(\*|{_NAME}))?\s*,?", _FLAGS
)
_FORM = re.compile(r"(?:(?:в|по)\s+)?форм(?:а|ы|е|у)\s+«?([A-Za-z0-9][A-Za-z0-9_-]*)»?\s*,?", _FLAGS)
_QUESTION = re.compile(rf"вопрос(?:а|у|е|ом)?\s+({_NAME}(?:@{_NAME})?)", _FLAGS)
_DATE = re.compile(r"\d{2}\.\d{2}\.\d{4}(?![\d.])")
_NUMBER = re.compile(r"(?:\d{1,3}(?:[ \u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?(?!\w)")
_TEXT = re.compile(r"«[^«»\n]*»|\"[^\"\n]*\"|“[^“”\n]*”")

_WORDS: list[tuple[str, re.Pattern[str]]] = [
    (kind, re.compile(pattern, _FLAGS))
    for kind, pattern in (
        ("THEN", r"(?:,\s*)?то\b"),
        ("ONLYIF", r"(?:,\s*)?только\s+(?:если|при условии,\s+что)\b"),
        ("IF", r"если\b"),
        ("PRECEDING", r"(?:всех\s+)?(?:предыдущих|предшествующих)\s+строк\b"),
        (
            "PREVIOUS",
            r"(?:(?:за|в|на конец)\s+)?(?:прошл|предыдущ|предшествующ)\w{2,4}"
            r"\s+(?:период|год|отчет|раунд)\w{0,2}\b",
        ),
        ("SUM", r"(?:сумм[аеуы]|суммой)\b"),
        ("MEAN", r"(?:среднее|среднему)(?:\s+значени[еюя])?\b"),
        ("MIN", r"(?:минимум|минимуму|наименьшее|наименьшему)\b"),
        ("MAX", r"(?:максимум|максимуму|наибольшее|наибольшему)\b"),
        ("COUNT", r"(?:количеств[оуа]|числ[оуа])\s+заполненных\b"),
        ("ABS", r"модул[ьюя]\b"),
        ("ROUND", r"округл(?:ить|ение|енное)\b"),
        ("UPTO", r"до\b"),
        ("PLACES", r"знак(?:ов|а)?\b"),
        ("SHARE", r"процент(?:а|у|ом)?\b"),
        ("OF", r"от\b"),
        ("CELL", r"(?:клетк[аеиу]|клеткой|значени[еяю])\b"),
        ("NOTFILLED", r"(?:не\s+(?:заполнен[аоы]?|указан[аоы]?)|пуст(?:а|о|ой)?)\b"),
        ("FILLED", r"(?:заполнен[аоы]?|указан[аоы]?)\b"),
        ("NOTCONTAINS", r"не\s+содержит\b"),
        ("CONTAINS", r"содержит\b"),
        ("NE", r"<>|≠|!=|не\s+рав(?:но|на|ен|ны)\b"),
        (
            "LE",
            r"<=|=<|≤|⩽|не\s+(?:больше|более|превышает|превосходит)(?:\s+чем)?\b|меньше\s+или\s+равн[оа]\b",
        ),
        ("GE", r">=|=>|≥|⩾|не\s+(?:меньше|менее)(?:\s+чем)?\b|больше\s+или\s+равн[оа]\b"),
        ("LT", r"<|(?:меньше|менее)(?:\s+чем)?\b"),
        ("GT", r">|(?:больше|более)(?:\s+чем)?\b"),
        ("EQ", r"==?|рав(?:но|на|ен|ны|няется)\b"),
        ("NOT", r"не\b"),
        ("AND", r"и\b"),
        ("OR", r"(?:,\s*)?(?:или|либо)\b"),
        ("BY", r"по\b(?:\s+(?:всем|каждой|каждому)\b)?"),
        ("RESPECTIVELY", r",?\s*соответственно\b"),
        ("PLUS", r"\+|плюс\b"),
        ("MINUS", r"[-‐‑‒–—−]|минус\b"),
        ("TIMES", r"[*×·∙⋅]|[xх](?!\w)|умножить\s+на\b"),
        ("DIVIDE", r"[/÷]|(?:раз)?делить\s+на\b"),
        ("PERCENT", r"%"),
        ("LPAR", r"[(\[]"),
        ("RPAR", r"[)\]]"),
        ("SEMICOLON", r";"),
        ("COLON", r":"),
        ("COMMA", r","),
    )
]
_CHAIN = re.compile(rf"\s*{_DASH}\s*(?:стр|гр)", _FLAGS)
_TRANSLATE = str.maketrans({"ё": "е", "Ё": "Е", "\u00a0": " ", "\u2007": " ", "\t": " ", "\r": " "})
_AFTER_SUM = {"SUM", "MEAN", "MIN", "MAX", "COUNT", "COMMA"}

TERMINALS = (
    *(kind for kind, _ in _WORDS),
    *("ROWS", "COLUMNS", "ALLROWS", "ALLCOLUMNS", "SECTION", "FORM", "QUESTION", "NUMBER", "DATE", "TEXT"),
)


class _Reader:
    """One pass over one text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source.translate(_TRANSLATE)
        self.end = len(self.text.rstrip(" \n.;"))
        self.at = 0
        self.kinds: list[str] = []

    def tokens(self) -> Iterator[Token]:
        self._guard()
        while True:
            space = _SPACE.match(self.text, self.at, self.end)
            if space:
                self.at = space.end()
            if self.at >= self.end:
                return
            start = self.at
            kind, value = self._next()
            self.kinds.append(kind)
            yield Token(kind, value, start_pos=start, end_pos=self.at)

    def _guard(self) -> None:
        if len(self.source) > MAX_LENGTH:
            raise syntax_error(
                f"Соотношение длиннее {MAX_LENGTH} знаков ({len(self.source)})", self.source, MAX_LENGTH
            )
        depth = 0
        for position, char in enumerate(self.source):
            if (ord(char) < 32 and char not in "\n\r\t") or 0xD800 <= ord(char) < 0xE000:
                raise syntax_error("Недопустимый управляющий знак", self.source, position)
            depth += (char in "([") - (char in ")]")
            if depth > MAX_NESTING:
                raise syntax_error(f"Скобки вложены глубже {MAX_NESTING} уровней", self.source, position)

    def _next(self) -> tuple[str, Any]:
        for reader in (self._selection, self._name, self._literal, self._word):
            found = reader()
            if found:
                return found
        raise syntax_error("Непонятное слово или знак", self.source, self.at)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at, self.end)
        if match:
            self.at = match.end()
        return match

    def _selection(self) -> tuple[str, Any] | None:
        rows = self._take(_ROWS_WORD) or self._take(_ROWS_GLUED)
        columns = None if rows else self._take(_COLUMNS_WORD) or self._take(_COLUMNS_GLUED)
        if not rows and not columns:
            total = re.compile(r"итого\b", _FLAGS).match(self.text, self.at, self.end)
            if total:
                self.at = total.end()
                return "ROWS", Selection((CodeRange(TOTAL_ROW),))
            return None
        kind = "ROWS" if rows else "COLUMNS"
        ranges = self._codes(_FIRST_CODE)
        excluded: tuple[CodeRange, ...] = ()
        before = self.at
        if self._take(_EXCEPT):
            excluded = self._codes(_FIRST_CODE)
            if not excluded:
                raise syntax_error("После «кроме» ожидаются коды", self.source, before)
        if not ranges and self.kinds[-1:] not in (["BY"], ["AND"], ["COMMA"], ["ROWS"], ["ALLROWS"]):
            word = "строки" if rows else "графы"
            raise syntax_error(f"Ожидается код {word}", self.source, self.at)
        self._forbid_glued_range()
        if rows and self.kinds[-1:] != ["COLUMNS"]:
            self._take(re.compile(r"\s*,(?=\s*(?:гр\b|граф))", _FLAGS))
        return ("ALL" if not ranges else "") + kind, Selection(ranges, excluded)

    def _forbid_glued_range(self) -> None:
        """«сумме стр.102–стр.105»: a range to the eye, a difference to a parser; so neither."""
        if self.kinds and self.kinds[-1] in _AFTER_SUM:
            match = _CHAIN.match(self.text, self.at, self.end)
            if match:
                raise syntax_error(
                    "Диапазон в сумме пишется без повторения слова: «стр.102–105»; "
                    "для вычитания поставьте знак «−»",
                    self.source,
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
            if self._take(_RANGE):
                last = self._take(_NEXT_CODE)
                end = self._code(last) if last else ""
            ranges.append(CodeRange(start, end))
            if not self._take(_LIST):
                return tuple(ranges)
            pattern = _NEXT_CODE

    def _code(self, match: re.Match[str]) -> str:
        raw = self.source[match.start() : match.end()]
        if raw.lower() == "итого":
            return TOTAL_ROW
        return raw.strip("«»")

    def _name(self) -> tuple[str, Any] | None:
        for kind, pattern in (("SECTION", _SECTION), ("FORM", _FORM), ("QUESTION", _QUESTION)):
            match = self._take(pattern)
            if match:
                groups = [
                    self.source[match.start(i) : match.end(i)].replace("«", "").replace("»", "")
                    if match.group(i)
                    else ""
                    for i in range(1, pattern.groups + 1)
                ]
                return kind, tuple(groups)
        return None

    def _literal(self) -> tuple[str, Any] | None:
        start = self.at
        match = self._take(_DATE)
        if match:
            return "DATE", self._date(match.group(), start)
        match = self._take(_NUMBER)
        if match:
            return "NUMBER", self._number(match.group(), start)
        match = self._take(_TEXT)
        if match:
            return "TEXT", self.source[match.start() + 1 : match.end() - 1]
        return None

    def _date(self, raw: str, start: int) -> str:
        day, month, year = raw.split(".")
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            raise syntax_error(f"Нет такой даты: {raw}", self.source, start) from None

    def _number(self, raw: str, start: int) -> Decimal:
        plain = raw.replace(" ", "").replace("\u202f", "").replace(",", ".")
        whole, _, fraction = plain.partition(".")
        if len(whole) > MAX_INTEGER_DIGITS or len(fraction) > MAX_DECIMALS or not plain.isascii():
            raise syntax_error(
                f"В числе больше {MAX_INTEGER_DIGITS} цифр или больше {MAX_DECIMALS} знаков после запятой",
                self.source,
                start,
            )
        return Decimal(plain)

    def _word(self) -> tuple[str, Any] | None:
        for kind, pattern in _WORDS:
            match = self._take(pattern)
            if not match:
                continue
            if kind == "COMMA" and self.kinds[-1:] == ["NUMBER"] and self._number_follows():
                return "OR", match.group()
            return kind, match.group()
        return None

    def _number_follows(self) -> bool:
        """«= 1, 2 или 3»: between two numbers a comma means «или»."""
        return bool(re.compile(r"\s*\d").match(self.text, self.at, self.end))


class RelationLexer(Lexer):
    """The form in which lark accepts a lexer of one's own."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, data: str) -> Iterator[Token]:  # type: ignore[override]
        return _Reader(data).tokens()
