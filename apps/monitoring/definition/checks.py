"""What a schema cannot say: codes that repeat, references that point nowhere, circles of computing."""

from __future__ import annotations

import decimal
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from apps.monitoring.definition import model as m
from apps.monitoring.definition.faults import Fault
from apps.monitoring.definition.rules import build_rules
from apps.monitoring.definition.schema import path_text
from apps.monitoring.definition.spread import Spread, coded_rows, spread
from apps.monitoring.definition.steps import StepBuilder
from apps.monitoring.relations.layout import OPEN_ROW_CODE, Choice
from apps.monitoring.relations.nodes import TOTAL_ROW
from apps.monitoring.relations.values import exact_context

MAX_CELLS = 10_000
TRIAL_BRANCHES = (("1", "филиал 1"), ("2", "филиал 2"))
"""Branches are known only when an organisation answers; faults are looked for with two of them."""

COPY = re.compile(r"@[^/#]*")
Path = tuple[str | int, ...]
Found = Iterator[tuple[Path, str]]


def semantic_faults(form: m.Form) -> list[Fault]:
    """All faults of a form that follows the schema, in reading order: structure first, then expressions."""
    found = [Fault(path_text(path), message) for path, message in _structure(form)]
    if cell_count(form) > MAX_CELLS:
        return [*found, Fault("sections", f"В форме больше {MAX_CELLS} клеток")]
    with decimal.localcontext(exact_context()):
        return [*found, *_expressions(form)]


def cell_count(form: m.Form) -> int:
    """How many cells a form has, without spreading it."""
    return sum(_section_size(form, section, 1) for section in form.sections)


def _section_size(form: m.Form, section: m.Section, times: int) -> int:
    dimension = form.dimension(section.repeat) if section.repeat else None
    if dimension is not None:
        times = len(dimension.values) or len(TRIAL_BRANCHES)
    own = 0
    for item in section.items:
        if isinstance(item, m.Table):
            own += len(item.rows) * len(item.columns)
        elif isinstance(item, m.OpenTable):
            own += len(item.columns) * 2
        else:
            own += 1
    return own * times + sum(_section_size(form, child, times) for child in section.sections)


def _structure(form: m.Form) -> Found:
    yield from _choice_lists(form)
    sections = list(_with_paths(form.sections, ("sections",)))
    yield from _doubled(((path, one.code) for path, one in sections), "Код раздела {} уже занят")
    yield from _doubled(_questions(sections), "Код вопроса {} уже занят: код вопроса единствен во всей форме")
    yield from _doubled(
        ((("relations", i), one.code) for i, one in enumerate(form.relations)), "Код соотношения {} уже занят"
    )
    for path, section in sections:
        yield from _section(form, section, path)
    for index, relation in enumerate(form.relations):
        if relation.section and form.section(relation.section) is None:
            yield ("relations", index, "section"), f"Нет раздела {relation.section}"


def _with_paths(sections: Iterable[m.Section], path: Path) -> Iterator[tuple[Path, m.Section]]:
    for index, section in enumerate(sections):
        here = (*path, index)
        yield here, section
        yield from _with_paths(section.sections, (*here, "sections"))


def _questions(sections: Iterable[tuple[Path, m.Section]]) -> Iterator[tuple[Path, str]]:
    for path, section in sections:
        for index, item in enumerate(section.items):
            if isinstance(item, m.Question):
                yield (*path, "items", index), item.code


def _doubled(codes: Iterable[tuple[Path, str]], message: str) -> Found:
    seen: set[str] = set()
    for path, code in codes:
        if code in seen:
            yield path, message.format(code)
        seen.add(code)


def _choice_lists(form: m.Form) -> Found:
    for one in form.choices:
        yield from _choice_codes(one.choices, ("choices", one.code))
    for dimension in form.dimensions:
        yield from _choice_codes(dimension.values, ("dimensions", dimension.code, "values"))


def _choice_codes(choices: tuple[Choice, ...], path: Path) -> Found:
    yield from _doubled((((*path, i), one.code) for i, one in enumerate(choices)), "Код {} уже занят")
    numbers: dict[int, str] = {}
    for index, one in enumerate(choices):
        if one.code.isascii() and one.code.isdecimal():
            other = numbers.setdefault(int(one.code), one.code)
            if other != one.code:
                yield (*path, index), f"Коды {other} и {one.code} не отличить как числа"


def _section(form: m.Form, section: m.Section, path: Path) -> Found:
    if section.repeat and form.dimension(section.repeat) is None:
        yield (*path, "repeat"), f"Нет измерения «{section.repeat}»"
    if section.repeat:
        for here, child in _with_paths(section.sections, (*path, "sections")):
            if child.repeat:
                yield (*here, "repeat"), "Повторение внутри повторения не поддерживается"
    yield from _doubled(_row_codes(section, path), "Код строки {} уже занят в этом разделе")
    tables = [i for i, item in enumerate(section.items) if isinstance(item, m.OpenTable)]
    for index in tables[1:]:
        yield (*path, "items", index), "В разделе может быть только одна открытая таблица"
    for index, item in enumerate(section.items):
        here = (*path, "items", index)
        if isinstance(item, m.Table | m.OpenTable):
            yield from _any_table(form, item, here)
        if isinstance(item, m.Table):
            yield from _table(form, item, here)
        elif isinstance(item, m.OpenTable) and item.min_rows > item.max_rows:
            yield (*here, "min_rows"), "Наименьшее число строк больше наибольшего"
        elif isinstance(item, m.Question):
            yield from _spec(form, item.spec, (*here, "value"))


def _row_codes(section: m.Section, path: Path) -> Iterator[tuple[Path, str]]:
    for index, item in enumerate(section.items):
        if isinstance(item, m.Table):
            for number, row in enumerate(item.rows):
                if row.kind != "heading":
                    yield (*path, "items", index, "rows", number), row.code


def _any_table(form: m.Form, table: m.Table | m.OpenTable, path: Path) -> Found:
    columns = (((*path, "columns", i), one.code) for i, one in enumerate(table.columns))
    yield from _doubled(columns, "Номер графы {} уже занят в этой таблице")
    yield from _spec(form, table.spec, (*path, "value"), partial=True)
    for index, column in enumerate(table.columns):
        yield from _spec(form, column.spec, (*path, "columns", index, "value"), partial=True)
    if table.header:
        leaves = [code for header in table.header for code in header.leaves()]
        if leaves != [column.code for column in table.columns]:
            yield (*path, "header"), "Шапка должна назвать все графы по одному разу и по порядку"


def _table(form: m.Form, table: m.Table, path: Path) -> Found:
    rows = {row.code for row in coded_rows(table)}
    columns = {column.code for column in table.columns}
    for index, row in enumerate(table.rows):
        if row.code == TOTAL_ROW or OPEN_ROW_CODE.fullmatch(row.code):
            yield (*path, "rows", index, "code"), f"Код строки {row.code} занят порталом"
        yield from _spec(form, row.spec, (*path, "rows", index, "value"), partial=True)
    places = Counter(table.x)
    for index, (row_code, column) in enumerate(table.x):
        if row_code not in rows or column not in columns:
            yield (*path, "x", index), f"Клетка X вне таблицы: стр. {row_code}, гр. {column}"
        elif places[row_code, column] > 1:
            places[row_code, column] = 1
            yield (*path, "x", index), f"Клетка X названа дважды: стр. {row_code}, гр. {column}"
    seen: set[tuple[str, str]] = set()
    for index, cell in enumerate(table.cells):
        place, here = (cell.row, cell.column), (*path, "cells", index)
        if cell.row not in rows or cell.column not in columns:
            yield here, f"Клетка вне таблицы: стр. {cell.row}, гр. {cell.column}"
        elif place in seen:
            yield here, f"Клетка названа дважды: стр. {cell.row}, гр. {cell.column}"
        seen.add(place)
        yield from _spec(form, cell.spec, (*here, "value"), partial=True)


def _spec(form: m.Form, spec: m.Spec, path: Path, *, partial: bool = False) -> Found:
    """`partial`: the type may come from another level, so a missing type is no fault."""
    if spec.choices is not None and not form.choice_list(spec.choices):
        yield (*path, "choices"), f"Нет списка ответов «{spec.choices}»"
    kind = spec.type
    if kind in ("choice", "multi_choice") and spec.choices is None:
        yield path, "Не указан список ответов (choices)"
    if spec.choices is not None and kind not in ("choice", "multi_choice"):
        yield (*path, "choices"), "Список ответов бывает только у типов choice и multi_choice"
    if spec.decimals is not None and kind != "decimal":
        yield (*path, "decimals"), "Число знаков после запятой бывает только у типа decimal"
    if kind == "scale" and not (spec.minimum and spec.maximum):
        yield path, "У шкалы указываются minimum и maximum"
    if spec.minimum and spec.maximum and decimal.Decimal(spec.minimum) > decimal.Decimal(spec.maximum):
        yield path, "Наименьшее значение больше наибольшего"


def _expressions(form: m.Form) -> Iterator[Fault]:
    laid = spread(form, TRIAL_BRANCHES)
    builder = StepBuilder(laid)
    builder.build()
    seen: set[tuple[str, str]] = set()
    for fault in builder.faults:
        found = (COPY.sub("", fault.where), fault.message)
        if found not in seen:
            seen.add(found)
            yield Fault(fault.where, fault.message)
    if _has_structure_for_relations(laid):
        for number, message in build_rules(form, laid.layout).faults:
            yield Fault(f"relations[{number}].text", f"Соотношение {form.relations[number].code}: {message}")


def _has_structure_for_relations(laid: Spread) -> bool:
    return bool(laid.layout.sections)
