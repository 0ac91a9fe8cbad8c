"""Builds the tree of a parsed text: one method for each alternative of the grammar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from lark import Token, Transformer, v_args

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.vocabulary import MAX_DECIMALS

Sign = TypeVar("Sign", int, str)

_OPERATORS = {"EQ": "=", "NE": "<>", "LE": "<=", "GE": ">=", "LT": "<", "GT": ">"}
_DIMENSIONS = {"ROWS", "COLUMNS", "ALLROWS", "ALLCOLUMNS"}
_AGGREGATES = {"SUM": "sum", "MEAN": "mean", "MIN": "min", "MAX": "max", "COUNT": "count"}


class BuildFault(Exception):
    """Raised inside the builder; the parser gives it a place."""

    def __init__(self, message: str, position: int = 0) -> None:
        self.message = message
        self.position = position
        super().__init__(message)


def is_condition(node: Any) -> bool:
    """Whether the node holds or does not hold, rather than has a value."""
    return isinstance(node, n.Condition)


def _value(node: Any) -> n.Node:
    if is_condition(node):
        raise BuildFault("Здесь ожидается значение, а стоит условие (сравнение)")
    return node


def _condition(node: Any) -> n.Node:
    if not is_condition(node):
        raise BuildFault("Здесь ожидается условие: не хватает знака сравнения")
    return node


def _selections(parts: list[Any]) -> dict[str, n.Selection]:
    found: dict[str, n.Selection] = {}
    for token in parts:
        key = "rows" if token.type in ("ROWS", "ALLROWS") else "columns"
        if key in found:
            raise BuildFault("Строки или графы названы дважды", token.start_pos)
        found[key] = token.value
    return found


def _fold_or(items: list[Any]) -> n.Node:
    """«стр.105 = 1 или 2» comes as a comparison and a bare value: they make one set of codes."""
    folded: list[n.Node] = []
    for item in items:
        if is_condition(item):
            folded.append(item)
            continue
        last = folded[-1] if folded else None
        if isinstance(last, n.Compare) and last.operators == ("=",):
            folded[-1] = n.OneOf(last.operands[0], (last.operands[1], item))
        elif isinstance(last, n.OneOf):
            folded[-1] = n.OneOf(last.value, (*last.allowed, item))
        else:
            raise BuildFault("Перечень значений через «или» возможен только после знака «=»")
    return folded[0] if len(folded) == 1 else n.Or(tuple(folded))


def _place(value: Any) -> n.Node:
    if not isinstance(value, n.Ref | n.Question):
        raise BuildFault("«Заполнена» относится к одной клетке или одному вопросу")
    return value


def _position(token: Token) -> int:
    return token.start_pos or 0


def _nodes(parts: Iterable[Any]) -> list[n.Node]:
    """What stands between the words and signs."""
    return [part for part in parts if not isinstance(part, Token)]


def _chain(parts: Sequence[Any], first: Sign, signs: Mapping[str, Sign]) -> tuple[tuple[Sign, n.Node], ...]:
    """«a + b − c»: each value with the sign before it, `first` for the one without."""
    chain = [(first, _value(parts[0]))]
    for token, part in zip(parts[1::2], parts[2::2], strict=True):
        chain.append((signs[token.type], _value(part)))
    return tuple(chain)


@v_args(inline=True)
class Builder(Transformer):
    """Makes the nodes; the arguments of a method are the parts of its alternative, words included."""

    def unscoped(self, body: Any, *_: Any) -> n.Relation:
        return n.Relation(body)

    def scoped(self, scope: n.Scope, _colon: Any, body: Any, *_: Any) -> n.Relation:
        return n.Relation(body, scope)

    def scope_section(self, section: Token) -> n.Scope:
        return n.Scope(section.value[0], section.value[1], position=_position(section))

    def scope_full(self, section: Token, *parts: Any) -> n.Scope:
        return self._scope(section.value, _position(section), parts)

    def scope_cells(self, by: Token, *parts: Any) -> n.Scope:
        return self._scope(("", ""), _position(by), parts)

    def _scope(self, section: tuple[str, str], position: int, parts: Any) -> n.Scope:
        found = _selections([part for part in parts if part.type in _DIMENSIONS])
        return n.Scope(section[0], section[1], found.get("rows"), found.get("columns"), position)

    def implies(self, _if: Any, premise: Any, _then: Any, conclusion: Any) -> n.Node:
        return n.Implies(_condition(premise), _condition(conclusion))

    def only_if(self, premise: Any, _only: Any, conclusion: Any) -> n.Node:
        return n.Implies(_condition(premise), _condition(conclusion))

    def disjunction(self, *parts: Any) -> n.Node:
        items = _nodes(parts)
        return items[0] if len(items) == 1 else _fold_or(items)

    def conjunction(self, *parts: Any) -> n.Node:
        items = _nodes(parts)
        return items[0] if len(items) == 1 else n.And(tuple(_condition(item) for item in items))

    def negation(self, _not: Any, value: Any) -> n.Node:
        return n.Not(_condition(value))

    def compare(self, *parts: Any) -> n.Node:
        operands = tuple(_value(p) for p in parts[::2])
        if len(operands) > 3:
            raise BuildFault(
                "В одном сравнении не больше двух знаков: «10 <= гр.3 <= 20»", parts[5].start_pos
            )
        return n.Compare(operands, tuple(_OPERATORS[p.type] for p in parts[1::2]))

    def filled(self, value: Any, _: Any) -> n.Node:
        return n.Filled(_place(value))

    def not_filled(self, value: Any, _: Any) -> n.Node:
        return n.Filled(_place(value), negated=True)

    def contains(self, value: Any, _: Any, code: Any) -> n.Node:
        return n.Contains(_place(value), _value(code))

    def not_contains(self, value: Any, _: Any, code: Any) -> n.Node:
        return n.Contains(_place(value), _value(code), negated=True)

    def sum(self, *parts: Any) -> n.Node:
        return parts[0] if len(parts) == 1 else n.Add(_chain(parts, 1, {"PLUS": 1, "MINUS": -1}))

    def product(self, *parts: Any) -> n.Node:
        signs = {"TIMES": "*", "DIVIDE": "/"}
        return parts[0] if len(parts) == 1 else n.Multiply(_chain(parts, "*", signs))

    def negative(self, _: Any, value: Any) -> n.Node:
        return n.Negative(_value(value))

    def brackets(self, _left: Any, inner: Any, _right: Any) -> n.Node:
        return inner

    def number(self, token: Token) -> n.Node:
        return n.Number(token.value)

    def percent(self, token: Token, _: Any) -> n.Node:
        return n.Percent(token.value)

    def percent_of(self, token: Token, _p: Any, _of: Any, whole: Any) -> n.Node:
        return n.Multiply((("*", n.Percent(token.value)), ("*", _value(whole))))

    def share(self, _s: Any, part: Any, _of: Any, whole: Any) -> n.Node:
        return n.Share(_value(part), _value(whole))

    def text(self, token: Token) -> n.Node:
        return n.Text(token.value)

    def date(self, token: Token) -> n.Node:
        return n.Date(token.value)

    def preceding(self, token: Token, _: Any) -> n.Node:
        return n.PrecedingSum(position=_position(token))

    def places(self, *parts: Any) -> tuple[n.Node, ...]:
        return tuple(_nodes(parts))

    def arguments(self, *parts: Any) -> tuple[n.Node, ...]:
        return tuple(_value(node) for node in _nodes(parts))

    def aggregate_bare(self, function: Token, arguments: tuple[n.Node, ...]) -> n.Node:
        return n.Aggregate(_AGGREGATES[function.type], arguments, position=_position(function))

    def aggregate_call(self, function: Token, _l: Any, arguments: tuple[n.Node, ...], _r: Any) -> n.Node:
        return self.aggregate_bare(function, arguments)

    def absolute(self, _a: Any, _l: Any, value: Any, _r: Any) -> n.Node:
        return n.Absolute(_value(value))

    def round_whole(self, _a: Any, _l: Any, value: Any, _r: Any) -> n.Node:
        return n.Round(_value(value))

    def round_places(self, _a: Any, _l: Any, value: Any, _s: Any, places: Token, _r: Any) -> n.Node:
        return self._round(value, places)

    def round_upto(self, _a: Any, _l: Any, value: Any, _r: Any, _u: Any, places: Token, *_: Any) -> n.Node:
        return self._round(value, places)

    def _round(self, value: Any, places: Token) -> n.Node:
        number: Decimal = places.value
        if number != number.to_integral_value() or number > MAX_DECIMALS:
            raise BuildFault(
                f"Округлять можно до целого числа знаков от 0 до {MAX_DECIMALS}", _position(places)
            )
        return n.Round(_value(value), int(number))

    def cells(self, *tokens: Token) -> n.Node:
        found = _selections(list(tokens))
        return n.Ref(found.get("rows"), found.get("columns"), position=_position(tokens[0]))

    def cell_here(self, token: Token) -> n.Node:
        return n.Ref(position=_position(token))

    def cells_by_columns(self, rows: Token, _by: Any, columns: Token) -> n.Node:
        return n.Ref(rows.value, columns.value, "columns", position=_position(rows))

    def cells_by_rows(self, columns: Token, _by: Any, rows: Token) -> n.Node:
        return n.Ref(rows.value, columns.value, "rows", position=_position(columns))

    def section_cells(self, section: Token, ref: n.Ref) -> n.Node:
        return self._at(ref, _position(section), section=section.value[0], copy=section.value[1])

    def form_cells(self, form: Token, ref: n.Ref) -> n.Node:
        return self._at(ref, _position(form), form=form.value[0])

    def form_section(self, form: Token, section: Token, ref: n.Ref) -> n.Node:
        where = {"section": section.value[0], "copy": section.value[1]}
        return self._at(ref, _position(form), form=form.value[0], **where)

    def question(self, token: Token) -> n.Node:
        return n.Question(token.value[0], position=_position(token))

    def form_question(self, form: Token, token: Token) -> n.Node:
        return n.Question(token.value[0], form=form.value[0], position=_position(form))

    def previous(self, first: Any, second: Any) -> n.Node:
        ref = second if isinstance(first, Token) else first
        return self._at(ref, ref.position, previous=True)

    def _at(self, ref: Any, position: int, **changes: Any) -> Any:
        if changes.get("previous") and ref.form:
            raise BuildFault("Прошлый период другой формы не поддерживается", position)
        return replace(ref, position=position, **changes)
