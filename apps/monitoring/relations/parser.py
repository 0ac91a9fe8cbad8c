"""Grammar of the notation and the builder of its tree.

LALR(1): linear in the length of the text. The lexer refuses too long and too deeply nested texts
before the first token, so neither the parser nor a walk over the tree can exhaust the stack.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import VisitError

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.errors import RelationSyntaxError, syntax_error
from apps.monitoring.relations.lexer import MAX_DECIMALS, TERMINALS, RelationLexer

GRAMMAR = (
    r"""
start: statement RESPECTIVELY?              -> unscoped
     | scope COLON statement RESPECTIVELY?  -> scoped

scope: SECTION                -> scope_section
     | SECTION _by            -> scope_full
     | _by                    -> scope_cells
_by: BY dimension (((AND|COMMA|BY) dimension) | dimension)?
dimension: ROWS | COLUMNS | ALLROWS | ALLCOLUMNS

?statement: disjunction
     | IF disjunction THEN disjunction      -> implies
     | disjunction ONLYIF disjunction       -> only_if

?disjunction: conjunction (OR conjunction)*  -> disjunction
?conjunction: negation (AND negation)*       -> conjunction
?negation: comparison
     | NOT comparison                        -> negation
?comparison: sum
     | sum (operator sum)+                   -> compare
     | sum FILLED                            -> filled
     | sum NOTFILLED                         -> not_filled
     | sum CONTAINS sum                      -> contains
     | sum NOTCONTAINS sum                   -> not_contains
operator: EQ | NE | LE | GE | LT | GT

?sum: product ((PLUS|MINUS) product)*        -> sum
?product: unary ((TIMES|DIVIDE) unary)*      -> product
?unary: atom
     | MINUS atom                            -> negative

?atom: LPAR disjunction RPAR                 -> brackets
     | NUMBER                                -> number
     | NUMBER PERCENT                        -> percent
     | NUMBER PERCENT OF unary               -> percent_of
     | SHARE unary OF unary                  -> share
     | TEXT                                  -> text
     | DATE                                  -> date
     | place
     | SUM PRECEDING                         -> preceding
     | aggregate places                      -> aggregate_bare
     | aggregate LPAR arguments RPAR         -> aggregate_call
     | ABS LPAR disjunction RPAR             -> absolute
     | ROUND LPAR disjunction RPAR           -> round_whole
     | ROUND LPAR disjunction SEMICOLON NUMBER RPAR      -> round_places
     | ROUND LPAR disjunction RPAR UPTO NUMBER PLACES?   -> round_upto
aggregate: SUM | MEAN | MIN | MAX | COUNT
places: place (COMMA place)*
arguments: disjunction ((COMMA|SEMICOLON) disjunction)*

?place: PREVIOUS located                     -> previous
     | located PREVIOUS                      -> previous
     | located
?located: FORM SECTION cells                 -> form_section
     | FORM cells                            -> form_cells
     | SECTION cells                         -> section_cells
     | cells
     | FORM QUESTION                         -> form_question
     | QUESTION                              -> question
cells: ROWS                                  -> cells
     | CELL                                  -> cell_here
     | COLUMNS                               -> cells
     | ROWS COLUMNS                          -> cells
     | COLUMNS ROWS                          -> cells
     | ROWS BY (COLUMNS|ALLCOLUMNS)          -> cells_by_columns
     | COLUMNS BY (ROWS|ALLROWS)             -> cells_by_rows

%declare """
    + " ".join(TERMINALS)
    + "\n"
)

OPERATORS = {"EQ": "=", "NE": "<>", "LE": "<=", "GE": ">=", "LT": "<", "GT": ">"}
_DIMENSIONS = {"ROWS", "COLUMNS", "ALLROWS", "ALLCOLUMNS"}
AGGREGATES = {"SUM": "sum", "MEAN": "mean", "MIN": "min", "MAX": "max", "COUNT": "count"}


class _Fault(Exception):
    """Raised inside the builder; the parser gives it a place."""

    def __init__(self, message: str, position: int = 0) -> None:
        self.message = message
        self.position = position
        super().__init__(message)


def _is_condition(node: Any) -> bool:
    return isinstance(node, n.Condition)


def _value(node: Any) -> n.Node:
    if _is_condition(node):
        raise _Fault("Здесь ожидается значение, а стоит условие (сравнение)")
    return node


def _condition(node: Any) -> n.Node:
    if not _is_condition(node):
        raise _Fault("Здесь ожидается условие: не хватает знака сравнения")
    return node


def _selections(parts: list[Any]) -> dict[str, n.Selection]:
    found: dict[str, n.Selection] = {}
    for token in parts:
        key = "rows" if token.type in ("ROWS", "ALLROWS") else "columns"
        if key in found:
            raise _Fault("Строки или графы названы дважды", token.start_pos)
        found[key] = token.value
    return found


def _fold_or(items: list[Any]) -> n.Node:
    """«стр.105 = 1 или 2» comes as a comparison and a bare value: they make one set of codes."""
    folded: list[n.Node] = []
    for item in items:
        if _is_condition(item):
            folded.append(item)
            continue
        last = folded[-1] if folded else None
        if isinstance(last, n.Compare) and last.operators == ("=",):
            folded[-1] = n.OneOf(last.operands[0], (last.operands[1], item))
        elif isinstance(last, n.OneOf):
            folded[-1] = n.OneOf(last.value, (*last.allowed, item))
        else:
            raise _Fault("Перечень значений через «или» возможен только после знака «=»")
    return folded[0] if len(folded) == 1 else n.Or(tuple(folded))


@v_args(inline=True)
class _Builder(Transformer):
    def unscoped(self, body: Any, *_: Any) -> n.Relation:
        return n.Relation(body)

    def scoped(self, scope: n.Scope, _colon: Any, body: Any, *_: Any) -> n.Relation:
        return n.Relation(body, scope)

    def scope_section(self, section: Token) -> n.Scope:
        return n.Scope(section.value[0], section.value[1], position=section.start_pos or 0)

    def scope_full(self, section: Token, *parts: Any) -> n.Scope:
        return self._scope(section.value, section.start_pos or 0, parts)

    def scope_cells(self, by: Token, *parts: Any) -> n.Scope:
        return self._scope(("", ""), by.start_pos or 0, parts)

    def _scope(self, section: tuple[str, str], position: int, parts: Any) -> n.Scope:
        found = _selections([part for part in parts if part.type in _DIMENSIONS])
        return n.Scope(section[0], section[1], found.get("rows"), found.get("columns"), position)

    def dimension(self, token: Token) -> Token:
        return token

    def implies(self, _if: Any, premise: Any, _then: Any, conclusion: Any) -> n.Node:
        return n.Implies(_condition(premise), _condition(conclusion))

    def only_if(self, premise: Any, _only: Any, conclusion: Any) -> n.Node:
        return n.Implies(_condition(premise), _condition(conclusion))

    def disjunction(self, *parts: Any) -> n.Node:
        items = [p for p in parts if not isinstance(p, Token)]
        return items[0] if len(items) == 1 else _fold_or(items)

    def conjunction(self, *parts: Any) -> n.Node:
        items = [p for p in parts if not isinstance(p, Token)]
        return items[0] if len(items) == 1 else n.And(tuple(_condition(i) for i in items))

    def negation(self, _not: Any, value: Any) -> n.Node:
        return n.Not(_condition(value))

    def operator(self, token: Token) -> Token:
        return token

    def compare(self, *parts: Any) -> n.Node:
        operands = tuple(_value(p) for p in parts[::2])
        if len(operands) > 3:
            raise _Fault("В одном сравнении не больше двух знаков: «10 <= гр.3 <= 20»", parts[5].start_pos)
        return n.Compare(operands, tuple(OPERATORS[p.type] for p in parts[1::2]))

    def filled(self, value: Any, _: Any) -> n.Node:
        return n.Filled(self._place(value))

    def not_filled(self, value: Any, _: Any) -> n.Node:
        return n.Filled(self._place(value), negated=True)

    def _place(self, value: Any) -> n.Node:
        if not isinstance(value, n.Ref | n.Question):
            raise _Fault("«Заполнена» относится к одной клетке или одному вопросу")
        return value

    def contains(self, value: Any, _: Any, code: Any) -> n.Node:
        return n.Contains(self._place(value), _value(code))

    def not_contains(self, value: Any, _: Any, code: Any) -> n.Node:
        return n.Contains(self._place(value), _value(code), negated=True)

    def sum(self, *parts: Any) -> n.Node:
        if len(parts) == 1:
            return parts[0]
        terms = [(1, _value(parts[0]))]
        for sign, term in zip(parts[1::2], parts[2::2], strict=True):
            terms.append((1 if sign.type == "PLUS" else -1, _value(term)))
        return n.Add(tuple(terms))

    def product(self, *parts: Any) -> n.Node:
        if len(parts) == 1:
            return parts[0]
        factors = [("*", _value(parts[0]))]
        for sign, factor in zip(parts[1::2], parts[2::2], strict=True):
            factors.append(("*" if sign.type == "TIMES" else "/", _value(factor)))
        return n.Multiply(tuple(factors))

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
        return n.PrecedingSum(position=token.start_pos or 0)

    def aggregate(self, token: Token) -> Token:
        return token

    def places(self, *parts: Any) -> tuple[n.Node, ...]:
        return tuple(p for p in parts if not isinstance(p, Token))

    def arguments(self, *parts: Any) -> tuple[n.Node, ...]:
        return tuple(_value(p) for p in parts if not isinstance(p, Token))

    def aggregate_bare(self, function: Token, arguments: tuple[n.Node, ...]) -> n.Node:
        return n.Aggregate(AGGREGATES[function.type], arguments, position=function.start_pos or 0)

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
            raise _Fault(
                f"Округлять можно до целого числа знаков от 0 до {MAX_DECIMALS}", places.start_pos or 0
            )
        return n.Round(_value(value), int(number))

    def cells(self, *tokens: Token) -> n.Node:
        found = _selections(list(tokens))
        return n.Ref(found.get("rows"), found.get("columns"), position=tokens[0].start_pos or 0)

    def cell_here(self, token: Token) -> n.Node:
        return n.Ref(position=token.start_pos or 0)

    def cells_by_columns(self, rows: Token, _by: Any, columns: Token) -> n.Node:
        return n.Ref(rows.value, columns.value, "columns", position=rows.start_pos or 0)

    def cells_by_rows(self, columns: Token, _by: Any, rows: Token) -> n.Node:
        return n.Ref(rows.value, columns.value, "rows", position=columns.start_pos or 0)

    def section_cells(self, section: Token, ref: n.Ref) -> n.Node:
        return self._at(ref, section.start_pos or 0, section=section.value[0], copy=section.value[1])

    def form_cells(self, form: Token, ref: n.Ref) -> n.Node:
        return self._at(ref, form.start_pos or 0, form=form.value[0])

    def form_section(self, form: Token, section: Token, ref: n.Ref) -> n.Node:
        where = {"section": section.value[0], "copy": section.value[1]}
        return self._at(ref, form.start_pos or 0, form=form.value[0], **where)

    def question(self, token: Token) -> n.Node:
        return n.Question(token.value[0], position=token.start_pos or 0)

    def form_question(self, form: Token, token: Token) -> n.Node:
        return n.Question(token.value[0], form=form.value[0], position=form.start_pos or 0)

    def previous(self, first: Any, second: Any) -> n.Node:
        ref = second if isinstance(first, Token) else first
        return self._at(ref, ref.position, previous=True)

    def _at(self, ref: Any, position: int, **changes: Any) -> Any:
        if changes.get("previous") and ref.form:
            raise _Fault("Прошлый период другой формы не поддерживается", position)
        return replace(ref, position=position, **changes)


_EXPECTED = {
    "COLON": "двоеточие", "THEN": "«, то»", "RPAR": "закрывающая скобка", "LPAR": "открывающая скобка",
    "EQ": "знак сравнения", "ROWS": "«стр.»", "COLUMNS": "«гр.»", "NUMBER": "число", "OF": "«от»",
}  # fmt: skip


@lru_cache(maxsize=1)
def _lark() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer=RelationLexer, transformer=_Builder(), maybe_placeholders=False)


def _unexpected(error: UnexpectedInput, text: str) -> RelationSyntaxError:
    token = getattr(error, "token", None)
    expected = getattr(error, "accepts", None) or getattr(error, "expected", None) or set()
    names = [words for kind, words in _EXPECTED.items() if kind in expected]
    hint = f"; ожидается {' или '.join(names[:4])}" if names else ""
    if token is None or token.type == "$END":
        return syntax_error(f"Соотношение оборвано{hint}", text, len(text))
    return syntax_error(f"Лишнее или стоящее не на месте слово{hint}", text, token.start_pos)


@lru_cache(maxsize=4096)
def _parse(text: str) -> n.Relation:
    try:
        return cast(n.Relation, _lark().parse(text))
    except UnexpectedInput as error:
        raise _unexpected(error, text) from None
    except _Fault as fault:
        raise syntax_error(fault.message, text, fault.position) from None
    except VisitError as error:
        inner = error.orig_exc
        if isinstance(inner, _Fault):
            raise syntax_error(inner.message, text, inner.position) from None
        raise


def _checked(text: str) -> n.Relation:
    if not isinstance(text, str):
        raise syntax_error("Соотношение должно быть текстом", "", 0)
    if not text.strip(" \t\r\n.;\u00a0"):
        raise syntax_error("Пустое соотношение", text, 0)
    return _parse(text)


def parse(text: str) -> n.Relation:
    """A control relation as a tree.

    Raises `RelationSyntaxError` with a Russian message and the place of the fault.
    """
    relation = _checked(text)
    if not _is_condition(relation.body):
        raise syntax_error("В соотношении нет знака сравнения", text, 0)
    return relation


def parse_condition(text: str) -> n.Node:
    """The condition under which a section or a row is asked: a relation without scope and «если»."""
    relation = parse(text)
    if relation.scope or isinstance(relation.body, n.Implies):
        raise syntax_error("Условие показа пишется без «по строкам …:» и без «если … то»", text, 0)
    return relation.body


def parse_expression(text: str) -> n.Node:
    """The expression of a computed cell: a value, not a comparison."""
    relation = _checked(text)
    if relation.scope or _is_condition(relation.body):
        raise syntax_error("Вычисляемая клетка задаётся выражением без знака сравнения", text, 0)
    return relation.body
