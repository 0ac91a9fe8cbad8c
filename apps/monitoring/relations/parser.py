"""Parses the notation of control relations.

The lexer refuses too long and too deeply nested texts before the first token, so neither the parser
nor a walk over the tree can exhaust the stack.
"""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from lark import Lark, UnexpectedInput
from lark.exceptions import VisitError

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.builder import Builder, BuildFault, is_condition
from apps.monitoring.relations.errors import RelationSyntaxError, syntax_error
from apps.monitoring.relations.grammar import GRAMMAR
from apps.monitoring.relations.lexer import RelationLexer

_EXPECTED = {
    "COLON": "двоеточие", "THEN": "«, то»", "RPAR": "закрывающая скобка", "LPAR": "открывающая скобка",
    "EQ": "знак сравнения", "ROWS": "«стр.»", "COLUMNS": "«гр.»", "NUMBER": "число", "OF": "«от»",
}  # fmt: skip


@lru_cache(maxsize=1)
def _lark() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer=RelationLexer, transformer=Builder(), maybe_placeholders=False)


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
    except BuildFault as fault:
        raise syntax_error(fault.message, text, fault.position) from None
    except VisitError as error:
        inner = error.orig_exc
        if isinstance(inner, BuildFault):
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
    if not is_condition(relation.body):
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
    if relation.scope or is_condition(relation.body):
        raise syntax_error("Вычисляемая клетка задаётся выражением без знака сравнения", text, 0)
    return relation.body
