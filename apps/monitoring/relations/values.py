"""Values as the evaluator sees them: decimals out of stored strings, with what is blank kept apart."""

from __future__ import annotations

import decimal
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from apps.monitoring.relations.layout import OPEN_ROW_CODE

PRECISION = 80
COMPARED_PLACES = 50
ZERO = Decimal(0)
HUNDRED = Decimal(100)
PREVIOUS = "<"
"""Name of the source of values «прошлый период»; the form itself is "", another form its code."""

_NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")

Value = Decimal | str | None


class NoAnswer(Exception):
    """Division by zero and the like: the relation has no answer here."""


def exact_context() -> decimal.Context:
    """Arithmetic wide enough to be exact for every product of a form's numbers, without traps unset."""
    return decimal.Context(
        prec=PRECISION,
        rounding=decimal.ROUND_HALF_UP,
        traps=[decimal.DivisionByZero, decimal.InvalidOperation, decimal.Overflow],
    )


class Source:
    """One document of values with its numbers parsed once."""

    __slots__ = ("_numbers", "_open", "values")

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self._numbers: dict[str, Decimal] = {}
        self._open: dict[str, list[str]] | None = None

    def number(self, address: str) -> Decimal:
        """The number in a cell, 0 where it is blank. Raises `NoAnswer` on a text."""
        found = self._numbers.get(address)
        if found is None:
            text = self.values.get(address)
            found = self._numbers[address] = _decimal(text) if text else ZERO
        return found

    def forget(self, address: str) -> None:
        """Drops the parsed number of a cell that has been written again."""
        self._numbers.pop(address, None)

    def open_rows(self, section: str) -> list[str]:
        """Codes of the rows added in `section` (with its copy), by number."""
        if self._open is None:
            self._open = open_rows(self.values)
        return self._open.get(section, [])


def open_rows(values: Mapping[str, str]) -> dict[str, list[str]]:
    """Section address → codes of the rows of its open table that hold any value, by number."""
    found: dict[str, dict[str, None]] = {}
    for address, value in values.items():
        if not value:
            continue
        section, slash, rest = address.partition("/")
        row = rest.partition("/")[0] if slash else ""
        if row[:1] == "n" and OPEN_ROW_CODE.fullmatch(row):
            found.setdefault(section, {})[row] = None
    return {section: sorted(rows, key=lambda row: int(row[1:])) for section, rows in found.items()}


def _decimal(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise NoAnswer
    return Decimal(text)


def coded(text: str | None) -> Value:
    """A code as a number where it is one, else as text; None where it is blank."""
    if not text:
        return None
    try:
        return _decimal(text)
    except NoAnswer:
        return text


def day_number(text: str | None) -> Value:
    """An ISO date as a number of days, so that dates compare and subtract."""
    if not text:
        return None
    try:
        return Decimal(date.fromisoformat(text).toordinal())
    except ValueError:
        raise NoAnswer from None


class Context:
    """All values one evaluation may ask for; a source that is not there is absent from `sources`."""

    __slots__ = ("own", "sources")

    def __init__(
        self,
        values: Mapping[str, str],
        previous: Mapping[str, str] | None = None,
        others: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.own = Source(values)
        self.sources = {"": self.own}
        if previous is not None:
            self.sources[PREVIOUS] = Source(previous)
        for code, document in (others or {}).items():
            self.sources[code] = Source(document)
