"""What is typed into a cell → what is stored, and what is stored → what is shown."""

from __future__ import annotations

import datetime
import decimal
import re
from decimal import Decimal

from apps.monitoring.definition.faults import BadValue
from apps.monitoring.relations.layout import Cell

MAX_DIGITS = 15
MAX_SCALED_DIGITS = 18
"""A number scaled by its decimals fits 64 bits: 15 digits before the comma, fewer at 4+ decimals."""
MAX_TYPED = 20_000
SEPARATOR = "\u00a0"

_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f']")
_NUMBER = re.compile(r"([+-]?)(\d+)(?:[.,](\d*))?", re.ASCII)
_RU_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_YES_NO = {"1": "1", "да": "1", "0": "0", "нет": "0"}


def max_integer_digits(decimals: int) -> int:
    """How many digits a number may have before the comma."""
    return min(MAX_DIGITS, MAX_SCALED_DIGITS - decimals)


def parse(cell: Cell, text: str) -> str:
    """The canonical string of what was typed; "" for a blank. Raises `BadValue` in Russian.

    Numbers: decimal without exponent, a point, no needless zeros. Dates: ISO. Several answers: codes in
    the order of the list, joined by commas.
    """
    if not isinstance(text, str):
        raise BadValue("Ожидается текст.")
    if len(text) > MAX_TYPED:
        raise BadValue(f"Слишком длинно: больше {MAX_TYPED} знаков.")
    _refuse_control(text, multiline=cell.type == "long_text")
    text = text.strip()
    return _PARSERS[cell.type](cell, text) if text else ""


def _refuse_control(text: str, *, multiline: bool) -> None:
    allowed = "\n\r\t" if multiline else "\t"
    for char in text.strip("\r\n"):
        if (char < " " and char not in allowed) or "\ud800" <= char <= "\udfff" or "\x7f" <= char < "\xa0":
            raise BadValue("Недопустимый управляющий знак.")


def _number(cell: Cell, text: str) -> str:
    plain = _BLANKS.sub("", text).replace("−", "-").replace("–", "-")
    match = _NUMBER.fullmatch(plain)
    if not match:
        raise BadValue(f"Здесь должно быть число, а введено «{text[:40]}».")
    sign, whole, fraction = (
        match.group(1),
        match.group(2).lstrip("0") or "0",
        (match.group(3) or "").rstrip("0"),
    )
    limit = max_integer_digits(cell.decimals)
    if len(whole) > limit:
        raise BadValue(f"Слишком большое число: больше {limit} цифр.")
    if len(fraction) > cell.decimals:
        raise BadValue(_too_fine(cell.decimals))
    value = f"{whole}.{fraction}" if fraction else whole
    if sign == "-" and value != "0":
        if not cell.allow_negative:
            raise BadValue("Число не может быть отрицательным.")
        value = f"-{value}"
    _check_limits(cell, Decimal(value))
    return value


def _too_fine(decimals: int) -> str:
    if not decimals:
        return "Здесь должно быть целое число, без дробной части."
    word = "знака" if decimals == 1 else "знаков"
    return f"Не больше {decimals} {word} после запятой."


def _check_limits(cell: Cell, number: Decimal) -> None:
    if cell.minimum and number < Decimal(cell.minimum):
        raise BadValue(f"Число не может быть меньше {show_number(cell.minimum)}.")
    if cell.maximum and number > Decimal(cell.maximum):
        raise BadValue(f"Число не может быть больше {show_number(cell.maximum)}.")


def _choice(cell: Cell, text: str) -> str:
    folded = text.casefold()
    for one in cell.choices:
        if one.code == text:
            return one.code
    for one in cell.choices:
        if folded in (one.code.casefold(), one.title.casefold()):
            return one.code
    codes = ", ".join(one.code for one in cell.choices[:12]) + (", …" if len(cell.choices) > 12 else "")
    raise BadValue(f"Нет такого кода: «{text[:40]}». Возможны: {codes}.")


def _yes_no(cell: Cell, text: str) -> str:
    found = _YES_NO.get(text.casefold())
    if found is None:
        raise BadValue(f"Здесь отвечают «да» (1) или «нет» (0), а введено «{text[:40]}».")
    return found


def _multi_choice(cell: Cell, text: str) -> str:
    picked = {_choice(cell, part.strip()) for part in re.split(r"[,;\n]", text) if part.strip()}
    return ",".join(one.code for one in cell.choices if one.code in picked)


def _text(cell: Cell, text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > cell.max_length:
        raise BadValue(f"Слишком длинно: {len(text)} знаков, можно не больше {cell.max_length}.")
    return text


def _date(cell: Cell, text: str) -> str:
    russian, iso = _RU_DATE.fullmatch(text), _ISO_DATE.fullmatch(text)
    if russian:
        day, month, year = map(int, russian.groups())
    elif iso:
        year, month, day = map(int, iso.groups())
    else:
        raise BadValue(f"Дата пишется как 31.12.2025, а введено «{text[:40]}».")
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        raise BadValue(f"Нет такой даты: «{text[:40]}».") from None
    if not 1900 <= found.year <= 2200:
        raise BadValue("Год должен быть от 1900 до 2200.")
    return found.isoformat()


_PARSERS = {
    "integer": _number, "decimal": _number, "scale": _number, "choice": _choice, "yes_no": _yes_no,
    "multi_choice": _multi_choice, "text": _text, "long_text": _text, "date": _date,
}  # fmt: skip


def show_number(value: str) -> str:
    """«1 234,5» with no-break spaces."""
    sign, plain = ("−", value[1:]) if value.startswith("-") else ("", value)
    whole, _, fraction = plain.partition(".")
    groups = []
    while len(whole) > 3:
        whole, tail = whole[:-3], whole[-3:]
        groups.append(tail)
    shown = SEPARATOR.join([whole, *reversed(groups)])
    return f"{sign}{shown},{fraction}" if fraction else f"{sign}{shown}"


def show(cell: Cell, value: str) -> str:
    """A stored value for people: «1 234,5», «31.12.2025», the words of a code. Never raises."""
    if not value:
        return ""
    if cell.type in ("integer", "decimal", "scale"):
        return show_number(value) if re.fullmatch(r"-?\d+(\.\d+)?", value) else value
    if cell.type == "date":
        match = _ISO_DATE.fullmatch(value)
        return ".".join(reversed(match.groups())) if match else value
    titles = {one.code: one.title for one in cell.choices}
    if cell.type == "multi_choice":
        return "; ".join(titles.get(code, code) for code in value.split(","))
    return titles.get(value, value) if titles else value


def canonical(cell: Cell, number: Decimal) -> str:
    """A computed number as stored: half up at the precision of its cell; "" where it doesn't fit."""
    try:
        rounded = number.quantize(Decimal(1).scaleb(-cell.decimals), rounding=decimal.ROUND_HALF_UP)
    except decimal.InvalidOperation:
        return ""
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if len(text.lstrip("-").partition(".")[0]) > max_integer_digits(cell.decimals):
        return ""
    return "0" if text in ("-0", "") else text
