"""Recognised tables into a definition; what its checks refuse is left out and told of."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import Any

from apps.monitoring.blanks.corrections import CHECKED, COMPUTED, Corrections
from apps.monitoring.blanks.problems import Problems
from apps.monitoring.blanks.recognition import FoundColumn, FoundTable, Recognised
from apps.monitoring.blanks.rows import HEADING, FoundRow
from apps.monitoring.blanks.sheets import Book
from apps.monitoring.blanks.sums import NUMERIC, Levels, Sums, find_sums
from apps.monitoring.blanks.values import row_type, value_of_type
from apps.monitoring.definition import DefinitionInvalid, load
from apps.monitoring.relations.layout import Unit
from apps.monitoring.xlsform.names import Codes, identifier

MAX_ROUNDS = 4
_DIVIDES = re.compile(r"[/]|процент|среднее")


@dataclass
class Assembled:
    """`definition` passes our validation, or is None and `faults` tell why."""

    definition: dict[str, Any] | None
    problems: Problems
    faults: list[str] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)


def assemble(book: Book, found: Recognised, asked: Corrections, *, name: str) -> Assembled:
    """The definition of the included tables, each a section; `name` titles a blank without a title."""
    problems = Problems()
    tables = [one for one in found.included if one.columns and (one.rows or one.is_open)]
    if not tables:
        return Assembled(None, problems, ["Не выбрано ни одной таблицы с графами для данных."])
    _tell_of_tables(book, tables, problems)
    sections = _section_codes(tables)
    sums = find_sums(book, tables, sections, problems)
    title = (asked.title or found.title or name).strip()[:500] or "Форма"
    definition: dict[str, Any] = {
        "schema": "imo-form/1",
        "code": identifier(asked.code or title) or "form",
        "title": title,
        "sections": [_section(one, sections[one.key], sums, asked) for one in tables],
        "relations": _relations(sums, asked),
    }
    return _validated(definition, problems, sums)


def _tell_of_tables(book: Book, tables: list[FoundTable], problems: Problems) -> None:
    for one in tables:
        sheet = book.sheets[one.sheet].title
        if one.codes_given and not one.is_open:
            problems.add(
                sheet, f"в таблице «{one.title or sheet}» нет кодов строк: коды поставлены по порядку."
            )
        for place in one.bad_x:
            problems.add(sheet, f"такой клетки для X нет: {place}.")
    if not book.has_formulas:
        problems.add("", "формулы из .xls не читаются: чтобы перенести суммы, сохраните книгу как .xlsx.")


def _section_codes(tables: list[FoundTable]) -> dict[str, str]:
    codes = Codes()
    return {one.key: codes.take(one.number or str(index)) for index, one in enumerate(tables, start=1)}


def _section(table: FoundTable, code: str, sums: Sums, asked: Corrections) -> dict[str, Any]:
    levels = sums.computed.get(table.key, Levels()) if asked.formulas == COMPUTED else Levels()
    made: dict[str, Any] = {"code": code, "title": table.title[:2000] or f"Таблица {code}"}
    if table.number:
        made["number"] = table.number
    return {**made, "items": [_open_table(table, levels) if table.is_open else _table(table, levels)]}


def _open_table(table: FoundTable, levels: Levels) -> dict[str, Any]:
    return {
        "type": "open_table",
        "columns": [_column(one, levels) for one in table.columns],
        "total": table.has_total,
        **_unit(table.unit),
        **_header(table),
    }


def _table(table: FoundTable, levels: Levels) -> dict[str, Any]:
    numeric = all(one.type in NUMERIC for one in table.columns)
    rows = {one.row: one.code for one in table.coded}
    x = [
        [rows[row], one.code]
        for row in sorted(rows)
        for one in table.columns
        if (row, one.slot.left) in table.x
    ]
    cells = [
        {"row": row, "column": column, "value": {"computed": text}}
        for (row, column), text in levels.cells.items()
    ]
    grand: list[str] = []
    made = {
        "type": "table",
        "columns": [_column(one, levels) for one in table.columns],
        "rows": [_row(one, levels, numeric, grand) for one in table.rows],
        **_unit(table.unit),
        **_header(table),
    }
    return {**made, **({"x": x} if x else {}), **({"cells": cells} if cells else {})}


def _unit(unit: Unit | None) -> dict[str, Any]:
    return {"value": {"unit": {"code": unit.code, "name": unit.name}}} if unit else {}


def _column(column: FoundColumn, levels: Levels) -> dict[str, Any]:
    text = levels.columns.get(column.code, "")
    kind = "decimal1" if column.type == "integer" and _DIVIDES.search(text) else column.type
    value = {} if kind == "integer" else value_of_type(kind)
    value |= _unit(column.unit).get("value", {})
    value |= {"computed": text} if text else {}
    return {"code": column.code, "title": column.title[:2000], **({"value": value} if value else {})}


def _row(row: FoundRow, levels: Levels, numeric: bool, grand: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"title": row.title, **({"level": row.level} if row.level else {})}
    if row.kind == HEADING:
        return {**made, "kind": HEADING}
    kind = "total" if row.kind == "grand_total" and grand else row.kind
    if kind == "grand_total":
        grand.append(row.code)
    text = levels.rows.get(row.code, "")
    value: dict[str, Any] = value_of_type(row_type(row.title)) if numeric and row_type(row.title) else {}
    if text and value.get("type") == "yes_no":
        value = {}
    value |= _unit(row.unit).get("value", {})
    value |= {"computed": text} if text else {}
    return {
        "code": row.code,
        **made,
        **({"kind": kind} if kind else {}),
        **({"value": value} if value else {}),
    }


def _header(table: FoundTable) -> dict[str, Any]:
    if all(len(one.slot.path) < 2 for one in table.columns):
        return {}
    return {"header": _nodes(list(table.columns), 0)}


def _nodes(columns: list[FoundColumn], depth: int) -> list[dict[str, Any]]:
    """Neighbours under one heading go together; the last heading of a column is its own title."""
    found: list[dict[str, Any]] = []
    run: list[FoundColumn] = []
    for one in [*columns, None]:
        here = one.slot.path[depth] if one is not None and len(one.slot.path) > depth + 1 else None
        there = run[0].slot.path[depth] if run else None
        if run and here != there:
            found.append({"title": there, "children": _nodes(run, depth + 1)})
            run = []
        if one is not None and here is not None:
            run.append(one)
        elif one is not None:
            found.append({"column": one.code})
    return found


def _relations(sums: Sums, asked: Corrections) -> list[dict[str, Any]]:
    told = list(sums.checks) + (sums.equalities if asked.formulas == CHECKED else [])
    return [
        {"code": f"К{number}", "section": section, "text": text}
        for number, (section, text) in enumerate(dict.fromkeys(told), start=1)
    ][:2000]


def _validated(definition: dict[str, Any], problems: Problems, sums: Sums) -> Assembled:
    """Leaves out the computing that the checks refuse; a refused relation stays, switched off."""
    made = copy.deepcopy(definition)
    for attempt in range(MAX_ROUNDS):
        try:
            load(made)
        except DefinitionInvalid as invalid:
            if not _mended(made, invalid, problems, attempt):
                return Assembled(None, problems, [str(one) for one in invalid.faults[:50]], sums)
        else:
            return Assembled(made, problems, [], sums)
    return Assembled(None, problems, ["Форма не составлена: уберите часть таблиц."], sums)


def _mended(made: dict[str, Any], invalid: DefinitionInvalid, problems: Problems, attempt: int) -> bool:
    mended = False
    for fault in invalid.faults:
        relation = re.match(r"relations\[(\d+)\]", fault.path)
        if relation:
            one = made["relations"][int(relation[1])]
            one |= {"enabled": False, "note": fault.message[:2000]}
            problems.add("", f"соотношение «{one['text'][:200]}» отключено: {fault.message}.")
            mended = True
        elif "/" in fault.path:
            mended = _without_computing(made, fault.path.split("/")[0]) or mended
            problems.add("", f"вычисления раздела не перенесены: {fault.message}.")
    return mended


def _without_computing(made: dict[str, Any], section: str) -> bool:
    """Takes the computing out of a section, so that its cells are typed."""
    removed = False
    for one in made["sections"]:
        if one["code"] == section:
            for item in one["items"]:
                for part in [*item["columns"], *item.get("rows", []), *item.get("cells", [])]:
                    removed = bool(part.get("value", {}).pop("computed", None)) or removed
                item["cells"] = [] if "cells" in item else item.get("cells", [])
                if not item["cells"]:
                    item.pop("cells")
    return removed
