"""The difference of two versions of a form as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from apps.monitoring.definition import model as m

ADDED, REMOVED, CHANGED = "добавлено", "удалено", "изменено"

WORDS = {
    "type": "тип", "decimals": "знаков после запятой", "choices": "список ответов",
    "allow_negative": "отрицательные", "max_length": "длина", "minimum": "не меньше", "maximum": "не больше",
    "unit": "единица", "required": "обязательность", "computed": "расчёт", "prefill": "известное значение",
    "summary": "в своде", "title": "название", "level": "отступ", "kind": "вид строки", "when": "условие",
    "text": "текст", "number": "номер", "repeat": "повтор", "help": "пояснение", "total": "в строке «Итого»",
    "section": "раздел", "severity": "вид соотношения", "message": "сообщение", "enabled": "включено",
    "note": "пометка", "min_rows": "строк не меньше", "max_rows": "строк не больше", "x": "клетки X",
    "header": "шапка", "element": "показатель библиотеки", "values": "значения", "source": "источник",
    "signature": "подпись",
}  # fmt: skip

SEVERITIES = {"error": "обязательное", "warning": "предупредительное"}


@dataclass(frozen=True)
class Change:
    """`what` is one of the three words, `place` names the node, `was` and `became` tell its faces."""

    what: str
    place: str
    was: str = ""
    became: str = ""


Faces = dict[str, str]
Nodes = dict[str, Faces]


def changes(old: m.Form, new: m.Form) -> list[Change]:
    """What was added, removed and changed, in the order of the new version; the removed stand last."""
    before, after = _nodes(old), _nodes(new)
    found = [one for place, faces in after.items() for one in _lines(place, before.get(place), faces)]
    return found + [
        Change(REMOVED, place, was=_name(before[place])) for place in before if place not in after
    ]


def _lines(place: str, was: Faces | None, faces: Faces) -> Iterator[Change]:
    if was is None:
        yield Change(ADDED, place, became=_name(faces))
    elif was != faces:
        names = [name for name in {**was, **faces} if was.get(name) != faces.get(name)]
        yield Change(CHANGED, place, was=_told(was, names), became=_told(faces, names))


def _name(faces: Faces) -> str:
    return faces.get("title") or faces.get("text", "")


def _told(faces: Faces, names: list[str]) -> str:
    return "; ".join(f"{WORDS.get(name, name)}: {faces.get(name) or '—'}" for name in names)


def _nodes(form: m.Form) -> Nodes:
    """Every node that has a name of its own, by that name, in reading order."""
    found: Nodes = {
        "Форма": {"title": form.title, "note": form.note, "signature": _word(form.signature, "signature")}
    }
    for section in form.walk():
        found.update(_of_section(section))
    for relation in form.relations:
        found[f"соотношение {relation.code}"] = _faces(relation, "code")
    for one in form.choices:
        found[f"список «{one.code}»"] = {"values": _choices(one.choices)}
    for dimension in form.dimensions:
        faces = {**_faces(dimension, "code", "values"), "values": _choices(dimension.values)}
        found[f"повтор «{dimension.code}»"] = faces
    return found


def _of_section(section: m.Section) -> Nodes:
    place = f"разд. {section.number or section.code}"
    found: Nodes = {place: _faces(section, "code", "items", "sections")}
    tables = 0
    for index, item in enumerate(section.items):
        if isinstance(item, m.Question):
            found[f"вопрос {item.code}"] = _faces(item, "code")
        elif isinstance(item, m.Note):
            found[f"{place}, пояснение {index + 1}"] = _faces(item)
        else:
            tables += 1
            found.update(_of_table(item, place, tables))
    return found


def _of_table(table: m.Table | m.OpenTable, place: str, number: int) -> Nodes:
    own = f"{place}, таблица {number}"
    found: Nodes = {own: _faces(table, "columns", "rows", "cells", "x", "header")}
    found[own]["header"] = " | ".join(_header(node) for node in table.header)
    for column in table.columns:
        found[f"{own}, гр. {column.code}"] = _faces(column, "code")
    if isinstance(table, m.Table):
        found[own]["x"] = ", ".join(f"{row}/{column}" for row, column in table.x)
        for row in table.rows:
            if row.code:
                found[f"{place}, стр. {row.code}"] = _faces(row, "code")
        for cell in table.cells:
            found[f"{place}, стр. {cell.row}, гр. {cell.column}"] = _faces(cell, "row", "column")
    return found


def _header(node: m.Header) -> str:
    below = ", ".join(_header(child) for child in node.children)
    return node.column or (f"{node.title} ({below})" if below else node.title)


def _faces(node: object, *without: str) -> Faces:
    """Fields of a node as words; those of its `spec` stand among its own, empty ones are left out."""
    found: Faces = {}
    for one in fields(node):  # type: ignore[arg-type]
        value = getattr(node, one.name)
        if one.name in without:
            continue
        found.update(_faces(value) if isinstance(value, m.Spec) else {one.name: _word(value, one.name)})
    return {name: word for name, word in found.items() if word}


def _word(value: object, name: str) -> str:
    if name == "severity":
        return SEVERITIES[str(value)]
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, m.Unit):
        return value.name
    return "" if value is None else str(value)


def _choices(choices: tuple[m.Choice, ...]) -> str:
    return ", ".join(f"{one.code} — {one.title}" for one in choices)
