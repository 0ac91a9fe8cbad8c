"""A tree back into the notation: for messages, and so that a parsed text can be shown in one spelling."""

from __future__ import annotations

import re
from decimal import Decimal

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.vocabulary import DIGIT_CODE, LATIN_CODE

_FUNCTIONS = {
    "sum": "сумма", "min": "минимум", "max": "максимум", "mean": "среднее", "count": "количество заполненных",
}  # fmt: skip


def _code(code: str, first: bool) -> str:
    if code == n.TOTAL_ROW and first:
        return "Итого"
    if re.fullmatch(DIGIT_CODE, code) or (first and re.fullmatch(LATIN_CODE, code)):
        return code
    return f"«{code}»"


def _ranges(ranges: tuple[n.CodeRange, ...]) -> str:
    parts = []
    for index, span in enumerate(ranges):
        text = _code(span.first, first=index == 0)
        parts.append(f"{text}–{_code(span.last, first=False)}" if span.last else text)
    return ", ".join(parts)


def selection_text(selection: n.Selection) -> str:
    """«101, 103–105, кроме 104»."""
    text = _ranges(selection.ranges)
    return f"{text}, кроме {_ranges(selection.excluded)}" if selection.excluded else text


def number_text(value: Decimal) -> str:
    """A decimal without exponent, with the comma."""
    return f"{value:f}".replace(".", ",")


def _date_text(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}.{month}.{year}"


def _name(name: str) -> str:
    return name if re.fullmatch(r"\w+(?:\.\w+)*", name) else f"«{name}»"


def _section_text(section: str, copy: str) -> str:
    return f"раздел {_name(section)}" + (f"@{copy if copy == '*' else _name(copy)}" if copy else "")


def _question_name(code: str) -> str:
    return "@".join(_name(part) for part in code.split("@"))


def _ref(node: n.Ref) -> str:
    rows = f"стр.{selection_text(node.rows)}" if node.rows else ""
    columns = f"гр.{selection_text(node.columns)}" if node.columns else ""
    if node.each == "rows":
        place = f"{columns} по {rows}"
    elif node.each == "columns":
        place = f"{rows} по {columns}"
    else:
        place = f"{rows} {columns}".strip() or "клетка"
    if node.section:
        place = f"{_section_text(node.section, node.copy)} {place}"
    return _outer(place, node)


def _outer(place: str, node: n.Ref | n.Question) -> str:
    if node.form:
        return f"форма {node.form} {place}"
    return f"прошлый период {place}" if node.previous else place


def _aggregate(node: n.Aggregate) -> str:
    name = _FUNCTIONS[node.function]
    if all(isinstance(argument, n.Ref | n.Question) for argument in node.arguments):
        return f"{name} {', '.join(to_text(argument) for argument in node.arguments)}"
    return f"{name}({'; '.join(to_text(argument) for argument in node.arguments)})"


def _wrapped(node: n.Node, *kinds: type) -> str:
    text = to_text(node)
    return f"({text})" if isinstance(node, kinds) else text


def _add(node: n.Add) -> str:
    text = _wrapped(node.terms[0][1], n.Add)
    if node.terms[0][0] < 0:
        text = f"−{_unary(node.terms[0][1])}"
    for sign, term in node.terms[1:]:
        text += f" {'+' if sign > 0 else '−'} {_wrapped(term, n.Add)}"
    return text


_COMPOUND = (n.Add, n.Multiply, n.Negative, n.Share, n.Percent)


def _unary(node: n.Node) -> str:
    return _wrapped(node, *_COMPOUND)


def _multiply(node: n.Multiply) -> str:
    text = _factor(node.factors[0][1])
    for sign, factor in node.factors[1:]:
        text += f" {'×' if sign == '*' else '/'} {_factor(factor)}"
    return text


def _factor(node: n.Node) -> str:
    return _wrapped(node, n.Add, n.Multiply, n.Share)


def _logic(node: n.And | n.Or, word: str) -> str:
    first, *others = (_wrapped(item, n.And, n.Or, n.OneOf, n.Not) for item in node.items)
    return f" {word} ".join([first, *map(_apart, others)])


def _apart(text: str) -> str:
    """A condition that begins with a number, in brackets: «гр.1 и 2 = 3» would read on the list of codes."""
    return f"({text})" if text[:1].isdigit() else text


def _one_of(node: n.OneOf) -> str:
    return f"{to_text(node.value)} = {' или '.join(to_text(item) for item in node.allowed)}"


def _compare(node: n.Compare) -> str:
    text = to_text(node.operands[0])
    for operator, operand in zip(node.operators, node.operands[1:], strict=True):
        text += f" {operator} {to_text(operand)}"
    return text


def _scope(scope: n.Scope) -> str:
    parts = [_section_text(scope.section, scope.copy)] if scope.section else []
    if scope.rows is not None or scope.columns is not None:
        parts.append("по")
    if scope.rows is not None:
        parts.append(f"строкам {selection_text(scope.rows)}".rstrip())
    if scope.columns is not None:
        parts.append(
            ("и " if scope.rows is not None else "") + f"графам {selection_text(scope.columns)}".rstrip()
        )
    return " ".join(parts)


def _relation(node: n.Relation) -> str:
    body = to_text(node.body)
    return f"{_scope(node.scope)}: {body}" if node.scope else body


_PRINTERS = {
    n.Number: lambda node: number_text(node.value),
    n.Percent: lambda node: f"{number_text(node.value)} %",
    n.Text: lambda node: f"«{node.value}»",
    n.Date: lambda node: _date_text(node.value),
    n.Ref: _ref,
    n.Question: lambda node: _outer(f"вопрос {_question_name(node.code)}", node),
    n.PrecedingSum: lambda node: "сумма предыдущих строк",
    n.Aggregate: _aggregate,
    n.Absolute: lambda node: f"модуль({to_text(node.value)})",
    n.Round: lambda node: f"округлить({to_text(node.value)}; {node.places})",
    n.Share: lambda node: f"процент {_unary(node.part)} от {_unary(node.whole)}",
    n.Negative: lambda node: f"−{_unary(node.value)}",
    n.Add: _add,
    n.Multiply: _multiply,
    n.Compare: _compare,
    n.OneOf: _one_of,
    n.Contains: lambda node: (
        f"{to_text(node.value)} {'не ' if node.negated else ''}содержит {to_text(node.code)}"
    ),
    n.Filled: lambda node: f"{to_text(node.value)} {'не ' if node.negated else ''}заполнена",
    n.Not: lambda node: f"не ({to_text(node.value)})",
    n.And: lambda node: _logic(node, "и"),
    n.Or: lambda node: _logic(node, "или"),
    n.Implies: lambda node: f"если {to_text(node.premise)}, то {to_text(node.conclusion)}",
    n.Relation: _relation,
}


def to_text(node: n.Node) -> str:
    """The notation of a tree; parsing it gives the same tree."""
    return _PRINTERS[type(node)](node)
