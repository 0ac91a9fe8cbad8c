"""New sections, tables, rows…, and codes that are not taken yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from apps.monitoring.designer.places import Misplaced, Path, node_at, sections_of

ENDING = re.compile(r"(.*?)([0-9]+)")


def next_code(taken: Iterable[str], like: str) -> str:
    """The first free code after `like`: «09» → «10», «q1» → «q2», «7а» → «7а_2»."""
    used = set(taken)
    match = ENDING.fullmatch(like)
    stem, digits = match.groups() if match else (f"{like}_", "1")
    number, code = int(digits), like
    while code in used or code == like:
        number += 1
        code = f"{stem}{number:0{len(digits)}d}"
    return code


def free_code(taken: Iterable[str], wished: str) -> str:
    """The wished code, or the next one where it is taken."""
    used = set(taken)
    return next_code(used, wished) if wished in used else wished


def codes_of(ones: Iterable[dict[str, Any]]) -> list[str]:
    return [str(one["code"]) for one in ones if one.get("code")]


def row_codes(section: dict[str, Any]) -> list[str]:
    """Codes of all rows of a section: they are unique in it."""
    tables = (item for item in section.get("items", ()) if item["type"] == "table")
    return [code for table in tables for code in codes_of(table["rows"])]


def question_codes(document: Any) -> list[str]:
    found = (item for _, one in sections_of(document) for item in one.get("items", ()))
    return codes_of(item for item in found if item["type"] == "question")


def section_codes(document: Any) -> list[str]:
    return codes_of(section for _, section in sections_of(document))


def new_node(document: Any, path: Path, kind: str, at: int) -> dict[str, Any]:
    """A new node for the list at `path`, before its place `at`, with codes of its own."""
    owner = node_at(document, path[:-1])
    if kind == "section":
        return _new_section(document, owner if len(path) > 1 else None)
    if kind == "row":
        section = node_at(document, path[:-3])
        return {"code": _after(owner["rows"], at, row_codes(section), "01"), "title": "Новая строка"}
    if kind == "column":
        return {"code": _after(owner["columns"], at, codes_of(owner["columns"]), "3"), "title": "Новая графа"}
    if kind == "relation":
        return _new_relation(document)
    return _new_item(document, owner, kind)


def _new_relation(document: Any) -> dict[str, Any]:
    """It speaks of the section the last one speaks of, the first one of the first section."""
    others = document.get("relations", [])
    own = others[-1].get("section", "") if others else next(iter(section_codes(document)), "")
    relation = {"code": free_code(codes_of(others), "1"), "text": "", "severity": "error"}
    return {**relation, "section": own} if own else relation


def _after(ones: list[dict[str, Any]], at: int, taken: list[str], first: str) -> str:
    before = codes_of(ones[:at])
    return next_code(taken, before[-1]) if before else free_code(taken, first)


def _new_section(document: Any, owner: dict[str, Any] | None) -> dict[str, Any]:
    taken = section_codes(document)
    wished = f"{owner['code']}.1" if owner else "1"
    return {"code": free_code(taken, wished), "title": "Новый раздел", "items": []}


def _new_item(document: Any, section: dict[str, Any], kind: str) -> dict[str, Any]:
    if kind == "note":
        return {"type": "note", "text": "Пояснение"}
    if kind == "question":
        code = free_code(question_codes(document), "q1")
        return {"type": "question", "code": code, "title": "Новый вопрос", "value": {"type": "text"}}
    if kind == "open_table":
        columns = [
            {"code": "1", "title": "Наименование", "value": {"type": "text"}},
            {"code": "2", "title": "Количество"},
        ]
        return {"type": "open_table", "title": "", "columns": columns}
    if kind == "table":
        row = {"code": free_code(row_codes(section), "01"), "title": "Новая строка"}
        return {"type": "table", "title": "", "columns": [{"code": "3", "title": "Всего"}], "rows": [row]}
    raise Misplaced("Такого места в форме не бывает.")
