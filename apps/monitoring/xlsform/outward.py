"""The tree of our relation language into the XPath of ODK; what it can't say is `Unfit`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.monitoring.relations import nodes as n


class Unfit(Exception):
    """XLSForm has no such expression; the message is a Russian phrase."""


@dataclass(frozen=True)
class Names:
    """Names in the workbook: of questions by code, of cells by (section, row or "", column)."""

    questions: Mapping[str, str]
    cells: Mapping[tuple[str, str, str], str]
    section: str = ""


def to_xpath(node: n.Node, names: Names, *, premise: bool) -> str:
    """An expression; in a `premise` of ours a blank makes a comparison false, which XPath is told."""
    if isinstance(node, n.Relation):
        if node.scope:
            raise Unfit("соотношение по перечню строк или граф")
        return to_xpath(node.body, names, premise=premise)
    write = _WRITERS.get(type(node))
    if write is None:
        raise Unfit("такого действия в XLSForm нет")
    return write(node, names, premise)


def _question(node: n.Question, names: Names, premise: bool) -> str:
    name = names.questions.get(node.code)
    if node.form or node.previous or name is None:
        raise Unfit("ссылка на другую форму, прошлый период или повторение раздела")
    return f"${{{name}}}"


def _ref(node: n.Ref, names: Names, premise: bool) -> str:
    row = node.rows.single if node.rows else ""
    column = node.columns.single if node.columns else None
    if node.form or node.previous or node.copy or node.each or column is None or row is None:
        raise Unfit("несколько клеток сразу")
    name = names.cells.get((node.section or names.section, row, column))
    if name is None:
        raise Unfit("клетка, которой в XLSForm нет")
    return f"${{{name}}}"


def _compare(node: n.Compare, names: Names, premise: bool) -> str:
    sides = [to_xpath(one, names, premise=premise) for one in node.operands]
    parts = []
    for index, operator in enumerate(node.operators):
        if operator == "<>" and premise:
            blanks = [
                side for side in sides[index : index + 2] if side.startswith("${") and side.endswith("}")
            ]
            parts += [f"{one} != ''" for one in blanks]
        parts.append(f"{sides[index]} {'!=' if operator == '<>' else operator} {sides[index + 1]}")
    return parts[0] if len(parts) == 1 else f"({' and '.join(parts)})"


def _one_of(node: n.OneOf, names: Names, premise: bool) -> str:
    value = to_xpath(node.value, names, premise=premise)
    allowed = [f"{value} = {to_xpath(one, names, premise=premise)}" for one in node.allowed]
    return f"({' or '.join(allowed)})"


def _contains(node: n.Contains, names: Names, premise: bool) -> str:
    value, code = to_xpath(node.value, names, premise=premise), to_xpath(node.code, names, premise=premise)
    text = f"selected({value}, {code if code.startswith(chr(39)) else f'{chr(39)}{code}{chr(39)}'})"
    if not node.negated:
        return text
    return f"({value} != '' and not({text}))" if premise else f"not({text})"


def _text(node: n.Text, names: Names, premise: bool) -> str:
    if "'" in node.value:
        raise Unfit("текст с апострофом")
    return f"'{node.value}'"


def _filled(node: n.Filled, names: Names, premise: bool) -> str:
    return f"{to_xpath(node.value, names, premise=premise)} {'=' if node.negated else '!='} ''"


def _joined(node: n.And | n.Or, names: Names, premise: bool) -> str:
    parts = [_bracketed(one, names, premise) for one in node.items]
    return (" or " if isinstance(node, n.Or) else " and ").join(parts)


def _bracketed(node: n.Node, names: Names, premise: bool) -> str:
    text = to_xpath(node, names, premise=premise)
    return f"({text})" if isinstance(node, n.And | n.Or | n.Add | n.Multiply | n.Implies) else text


def _add(node: n.Add, names: Names, premise: bool) -> str:
    parts = [("+" if sign > 0 else "-", _bracketed(one, names, premise)) for sign, one in node.terms]
    text = " ".join(f"{sign} {one}" for sign, one in parts)
    return text.removeprefix("+ ")


def _multiply(node: n.Multiply, names: Names, premise: bool) -> str:
    parts = [("*" if sign == "*" else "div", _bracketed(one, names, premise)) for sign, one in node.factors]
    return " ".join(f"{sign} {one}" for sign, one in parts).removeprefix("* ")


def _implies(node: n.Implies, names: Names, premise: bool) -> str:
    first = to_xpath(node.premise, names, premise=True)
    return f"not({first}) or {_bracketed(node.conclusion, names, premise)}"


def _aggregate(node: n.Aggregate, names: Names, premise: bool) -> str:
    if node.function not in ("sum", "min", "max"):
        raise Unfit("среднее или число заполненных клеток")
    inner = [to_xpath(one, names, premise=premise) for one in node.arguments]
    if node.function == "sum" and len(inner) > 1:
        return f"({' + '.join(f'coalesce({one}, 0)' for one in inner)})"
    return f"{node.function}({', '.join(inner)})"


_WRITERS = {
    n.Number: lambda node, names, premise: f"{node.value:f}",
    n.Text: _text,
    n.Date: lambda node, names, premise: f"date('{node.value}')",
    n.Question: _question,
    n.Ref: _ref,
    n.Compare: _compare,
    n.OneOf: _one_of,
    n.Contains: _contains,
    n.Filled: _filled,
    n.Not: lambda node, names, premise: f"not({to_xpath(node.value, names, premise=premise)})",
    n.And: _joined,
    n.Or: _joined,
    n.Implies: _implies,
    n.Add: _add,
    n.Multiply: _multiply,
    n.Negative: lambda node, names, premise: f"-{_bracketed(node.value, names, premise)}",
    n.Absolute: lambda node, names, premise: f"abs({to_xpath(node.value, names, premise=premise)})",
    n.Round: lambda node, names, premise: (
        f"round({to_xpath(node.value, names, premise=premise)}, {node.places})"
    ),
    n.Aggregate: _aggregate,
}
