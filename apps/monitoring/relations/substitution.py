"""The tree of a relation with one place written into it, for a message."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.places import Place
from apps.monitoring.relations.references import References


def substituted(node: n.Node, place: Place, references: References) -> n.Node:
    """The tree with the row and column of the place in every reference that leaves them out."""
    if isinstance(node, n.Ref):
        return _reference(node, place, references)
    changes = {
        name: _part(getattr(node, name), place, references)
        for name in node.__dataclass_fields__  # type: ignore[attr-defined]
    }
    return replace(node, **changes)  # type: ignore[type-var]


def _part(value: Any, place: Place, references: References) -> Any:
    """A field of a node: a node, a list of nodes or of (sign, node), or something plain."""
    if isinstance(value, n.Node):
        return substituted(value, place, references)
    if isinstance(value, tuple):
        return tuple(_part(item, place, references) for item in value)
    return value


def _reference(ref: n.Ref, place: Place, references: References) -> n.Ref:
    rows = ref.rows or _one(place.row)
    columns = ref.columns or _one(place.column)
    if ref.each == "rows":
        rows = _one(place.walked(references.vector(ref, place.section)))
    if ref.each == "columns":
        columns = _one(place.walked(references.vector(ref, place.section)))
    return replace(ref, rows=rows, columns=columns, each="")


def _one(code: str | None) -> n.Selection | None:
    return None if code is None else n.Selection((n.CodeRange(code),))
