"""What a question asks: its type and limits as a `value` of our definition."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from apps.monitoring.xlsform import xpath as x
from apps.monitoring.xlsform.choices import Answers
from apps.monitoring.xlsform.problems import Problems
from apps.monitoring.xlsform.survey import SELECTS, UNASKED, Entry
from apps.monitoring.xlsform.workbook import SURVEY

DECIMALS = 2
NUMBERS = ("integer", "decimal", "scale")
KIND_OF = {
    "integer": "number", "decimal": "number", "scale": "number", "choice": "choice", "multi_choice": "multi",
    "date": "date", "yes_no": "yes_no", "text": "text", "long_text": "text",
}  # fmt: skip
_REPLACED = {
    "dateTime": ("date", "Дата и время: спрашивается только дата."),
    "time": ("text", "Время записывается текстом."),
    "barcode": ("text", "Штрихкод записывается текстом."),
}
_TRUE = ("yes", "true", "true()", "да", "1")


def value_of(
    entry: Entry, lists: Mapping[str, Answers], problems: Problems, *, in_table: bool
) -> dict[str, Any]:
    """The `value` of a question. In a table there are no several answers and no long texts."""
    value = _typed(entry, lists, problems)
    if in_table and value["type"] == "multi_choice":
        problems.warning(
            SURVEY, entry.row, "type", "Несколько ответов в ячейке таблицы: записываются текстом."
        )
        value = {"type": "text"}
    if in_table and value["type"] in ("long_text", "scale"):
        value["type"] = "text" if value["type"] == "long_text" else "integer"
    if entry.line.get("required").lower() in _TRUE:
        value["required"] = True
    if value["type"] in NUMBERS:
        _limited(value, entry)
    return value


def _typed(entry: Entry, lists: Mapping[str, Answers], problems: Problems) -> dict[str, Any]:
    kind = entry.type
    if entry.hints.get("kind") == "yes_no":
        return {"type": "yes_no"}
    if kind in SELECTS:
        lists[entry.answers].is_used = True
        several = kind == "select_multiple"
        return {"type": "multi_choice" if several else "choice", "choices": lists[entry.answers].code}
    if kind in _REPLACED:
        replaced, told = _REPLACED[kind]
        problems.note(SURVEY, entry.row, "type", told)
        return {"type": replaced}
    if kind in ("decimal", "calculate"):
        places = entry.hints.get("decimals", "")
        decimals = int(places) if places in ("1", "2", "3", "4", "5", "6") else DECIMALS
        if kind == "calculate" and places == "0":
            return {"type": "integer"}
        return {"type": "decimal", "decimals": decimals}
    if kind == "range":
        return _range(entry)
    if kind == "text":
        return {"type": "long_text" if "multiline" in entry.line.get("appearance") else "text"}
    return {"type": {"acknowledge": "yes_no", "integer": "integer", "date": "date"}.get(kind, "text")}


def _range(entry: Entry) -> dict[str, Any]:
    pairs = (part.partition("=") for part in entry.line.get("parameters").replace(";", " ").split())
    parameters = {key.strip(): value.strip() for key, _, value in pairs}
    start, end = _number(parameters.get("start", "1")), _number(parameters.get("end", "10"))
    if start is None or end is None or start > end:
        return {"type": "integer"}
    limits = {"minimum": f"{start:f}", "maximum": f"{end:f}"}
    step = _number(parameters.get("step", "1"))
    if step == 1 and start == int(start) and end == int(end) and start >= 0 and end - start <= 20:
        return {"type": "scale", **limits}
    whole = step is not None and step == int(step) and start == int(start)
    shape: dict[str, Any] = {"type": "integer"} if whole else {"type": "decimal", "decimals": DECIMALS}
    return {**shape, **limits}


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**15 and number == round(number, 6) else None


def _limited(value: dict[str, Any], entry: Entry) -> None:
    """Limits from a constraint of plain bounds; an XLSForm number may be negative unless it says not."""
    bounds = plain_bounds(entry, whole=value["type"] != "decimal")
    if bounds is not None:
        low, high = bounds
        if low is not None and low != 0:
            value["minimum"] = f"{low:f}"
        if high is not None:
            value["maximum"] = f"{high:f}"
        if low is not None and low >= 0:
            return
    if value["type"] != "scale" and value.get("minimum", "-")[0] == "-":
        value["allow_negative"] = True


def plain_bounds(entry: Entry, *, whole: bool) -> tuple[Decimal | None, Decimal | None] | None:
    """The limits of a constraint such as `. >= 0 and . <= 100`; None where it says more than that.

    A constraint with a message of its own stays a relation, so that the message is told.
    """
    text = entry.line.get("constraint")
    if not text or entry.line.get("constraint_message") or entry.type in SELECTS:
        return None
    try:
        node = x.parse(text)
    except x.ExpressionFault:
        return None
    parts = node.operands if isinstance(node, x.Chain) and node.operators[0] == "and" else (node,)
    low: Decimal | None = None
    high: Decimal | None = None
    for part in parts:
        bound = _bound(part, whole)
        if bound is None:
            return None
        side, number = bound
        if side == "low":
            low = number if low is None else max(low, number)
        else:
            high = number if high is None else min(high, number)
    return None if low is not None and high is not None and low > high else (low, high)


def _bound(node: x.Node, whole: bool) -> tuple[str, Decimal] | None:
    if (
        not isinstance(node, x.Chain)
        or len(node.operators) != 1
        or not isinstance(node.operands[0], x.Itself)
    ):
        return None
    operator, right = node.operators[0], node.operands[1]
    sign = -1 if isinstance(right, x.Negative) else 1
    inner = right.value if isinstance(right, x.Negative) else right
    if not isinstance(inner, x.Number) or operator not in ("<", "<=", ">", ">="):
        return None
    number = _number(f"{inner.value * sign:f}")
    if number is None or (operator in ("<", ">") and not (whole and number == int(number))):
        return None
    if operator in ("<", ">"):
        number += 1 if operator == ">" else -1
    return ("low" if operator[0] == ">" else "high"), number


def is_asked(entry: Entry) -> bool:
    """Whether our forms can ask such a thing at all."""
    return entry.type not in UNASKED
