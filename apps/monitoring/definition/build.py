"""A document that follows the schema into dataclasses, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from apps.monitoring.definition import model as m
from apps.monitoring.relations.layout import Choice, Unit

_SPEC = tuple(spec.name for spec in fields(m.Spec))


def build(document: dict[str, Any]) -> m.Form:
    """The form of a document that has passed the schema."""
    return m.Form(
        code=document["code"],
        title=document["title"],
        sections=tuple(_section(one) for one in document["sections"]),
        note=document.get("note", ""),
        relations=tuple(m.RelationSpec(**one) for one in document.get("relations", ())),
        choices=tuple(
            m.ChoiceList(code, _choices(items)) for code, items in document.get("choices", {}).items()
        ),
        dimensions=tuple(_dimension(code, one) for code, one in document.get("dimensions", {}).items()),
        signature=document.get("signature", True),
        kind=document.get("kind", "report"),
        outliers=_outliers(document.get("outliers", {})),
    )


def _outliers(one: dict[str, Any]) -> m.Outliers:
    bounds = {name: value for name, value in one.items() if name != "answers"}
    return m.Outliers(m.Outlier(**bounds), tuple(one.get("answers", ())))


def _choices(items: list[dict[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(one["code"], one["title"]) for one in items)


def _dimension(code: str, one: dict[str, Any]) -> m.Dimension:
    return m.Dimension(code, one["title"], _choices(one.get("values", [])), one.get("source", ""))


def _unit(one: dict[str, str] | None) -> Unit | None:
    return Unit(one["code"], one["name"]) if one else None


def _section(one: dict[str, Any]) -> m.Section:
    return m.Section(
        code=one["code"],
        title=one["title"],
        number=one.get("number", one["code"]),
        text=one.get("text", ""),
        when=one.get("when", ""),
        repeat=one.get("repeat", ""),
        unit=_unit(one.get("unit")),
        items=tuple(_ITEMS[item["type"]](item) for item in one.get("items", ())),
        sections=tuple(_section(child) for child in one.get("sections", ())),
    )


def _spec(one: dict[str, Any]) -> m.Spec:
    value = dict(one.get("value", {}))
    unit, outlier = value.pop("unit", None), value.pop("outlier", None)
    return m.Spec(**value, unit=_unit(unit), outlier=None if outlier is None else m.Outlier(**outlier))


def _column(one: dict[str, Any]) -> m.Column:
    return m.Column(one["code"], one["title"], _spec(one), one.get("total", True))


def _row(one: dict[str, Any]) -> m.Row:
    return m.Row(
        one.get("code", ""),
        one["title"],
        one.get("level", 0),
        one.get("kind", ""),
        one.get("when", ""),
        _spec(one),
        one.get("element", ""),
    )


def _header(one: dict[str, Any]) -> m.Header:
    return m.Header(
        one.get("title", ""),
        one.get("column", ""),
        tuple(_header(child) for child in one.get("children", ())),
    )


def _table(one: dict[str, Any]) -> m.Table:
    return m.Table(
        columns=tuple(map(_column, one["columns"])),
        rows=tuple(map(_row, one["rows"])),
        title=one.get("title", ""),
        help=one.get("help", ""),
        header=tuple(map(_header, one.get("header", ()))),
        x=tuple((row, column) for row, column in one.get("x", ())),
        cells=tuple(m.CellSpec(cell["row"], cell["column"], _spec(cell)) for cell in one.get("cells", ())),
        spec=_spec(one),
    )


def _open_table(one: dict[str, Any]) -> m.OpenTable:
    return m.OpenTable(
        columns=tuple(map(_column, one["columns"])),
        title=one.get("title", ""),
        help=one.get("help", ""),
        header=tuple(map(_header, one.get("header", ()))),
        min_rows=one.get("min_rows", 0),
        max_rows=one.get("max_rows", 200),
        total=one.get("total", True),
        spec=_spec(one),
    )


def _question(one: dict[str, Any]) -> m.Question:
    texts = (one.get(name, "") for name in ("help", "when", "element"))
    return m.Question(one["code"], one["title"], _spec(one), *texts)


def _note(one: dict[str, Any]) -> m.Note:
    return m.Note(one["text"], one.get("when", ""))


_ITEMS: dict[str, Callable[[dict[str, Any]], m.Item]] = {
    "table": _table,
    "open_table": _open_table,
    "question": _question,
    "note": _note,
}
_ITEM_TYPES = {m.Table: "table", m.OpenTable: "open_table", m.Question: "question", m.Note: "note"}


def dump(form: m.Form) -> dict[str, Any]:
    """The document of a form; `load(dump(form)) == form`. Only what differs from the defaults is written."""
    document: dict[str, Any] = {"schema": form.schema, "code": form.code, "title": form.title}
    document |= _present(form, "note")
    if not form.signature:
        document["signature"] = False
    if form.outliers != m.Outliers():
        document["outliers"] = _dumped_bounds(form.outliers.bounds)
        if form.outliers.answers:
            document["outliers"]["answers"] = list(form.outliers.answers)
    if form.choices:
        document["choices"] = {one.code: _dumped_choices(one.choices) for one in form.choices}
    if form.dimensions:
        document["dimensions"] = {one.code: _dumped_dimension(one) for one in form.dimensions}
    document["sections"] = [_dumped_section(one) for one in form.sections]
    if form.relations:
        document["relations"] = [_dumped_relation(one) for one in form.relations]
    return document


def _dumped_bounds(one: m.Outlier) -> dict[str, Any]:
    return _present(one, "last", "similar", "per_pupil")


def _present(one: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names if getattr(one, name)}


def _dumped_choices(choices: tuple[Choice, ...]) -> list[dict[str, str]]:
    return [{"code": one.code, "title": one.title} for one in choices]


def _dumped_dimension(one: m.Dimension) -> dict[str, Any]:
    if one.source:
        return {"title": one.title, "source": one.source}
    return {"title": one.title, "values": _dumped_choices(one.values)}


def _dumped_relation(one: m.RelationSpec) -> dict[str, Any]:
    document = {"code": one.code, "text": one.text, "severity": one.severity}
    document |= _present(one, "section", "message", "note")
    return document if one.enabled else {**document, "enabled": False}


def _dumped_section(one: m.Section) -> dict[str, Any]:
    document: dict[str, Any] = {"code": one.code, "number": one.number, "title": one.title}
    document |= _present(one, "text", "when", "repeat")
    if one.unit:
        document["unit"] = {"code": one.unit.code, "name": one.unit.name}
    if one.items:
        document["items"] = [_dumped_item(item) for item in one.items]
    if one.sections:
        document["sections"] = [_dumped_section(child) for child in one.sections]
    return document


def _dumped_spec(spec: m.Spec) -> dict[str, Any]:
    value = {name: getattr(spec, name) for name in _SPEC if getattr(spec, name) is not None}
    if spec.unit:
        value["unit"] = {"code": spec.unit.code, "name": spec.unit.name}
    if spec.outlier is not None:
        value["outlier"] = _dumped_bounds(spec.outlier)
    return {"value": value} if value else {}


def _dumped_item(item: m.Item) -> dict[str, Any]:
    document: dict[str, Any] = {"type": _ITEM_TYPES[type(item)]}
    if isinstance(item, m.Note):
        return {**document, "text": item.text, **_present(item, "when")}
    document |= _dumped_spec(item.spec)
    if isinstance(item, m.Question):
        return {**document, "code": item.code, "title": item.title, **_present(item, "help", "when")}
    document |= _present(item, "title", "help")
    if item.header:
        document["header"] = [_dumped_header(one) for one in item.header]
    document["columns"] = [_dumped_column(one) for one in item.columns]
    if isinstance(item, m.OpenTable):
        return {**document, "min_rows": item.min_rows, "max_rows": item.max_rows, "total": item.total}
    return {**document, **_dumped_grid(item)}


def _dumped_grid(table: m.Table) -> dict[str, Any]:
    document: dict[str, Any] = {"rows": [_dumped_row(one) for one in table.rows]}
    if table.x:
        document["x"] = [list(place) for place in table.x]
    if table.cells:
        document["cells"] = [
            {"row": one.row, "column": one.column, "value": {}, **_dumped_spec(one.spec)}
            for one in table.cells
        ]
    return document


def _dumped_column(one: m.Column) -> dict[str, Any]:
    document = {"code": one.code, "title": one.title, **_dumped_spec(one.spec)}
    return document if one.total else {**document, "total": False}


def _dumped_row(one: m.Row) -> dict[str, Any]:
    return {
        **_present(one, "code"),
        "title": one.title,
        **_present(one, "level", "kind", "when"),
        **_dumped_spec(one.spec),
    }


def _dumped_header(one: m.Header) -> dict[str, Any]:
    document = _present(one, "title", "column")
    return (
        {**document, "children": [_dumped_header(child) for child in one.children]}
        if one.children
        else document
    )
