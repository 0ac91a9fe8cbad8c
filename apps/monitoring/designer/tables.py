"""Inside a table: the header's levels, X cells and cells of their own follow the rows and columns."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from apps.monitoring.designer.fields import changed, cleaned
from apps.monitoring.designer.places import GONE, Misplaced

Node = dict[str, Any]
Levels = dict[str, tuple[str, ...]]


def levels_of(table: Node) -> Levels:
    """Titles of the groups above each column, outermost first."""
    found: Levels = {}
    _walk(table.get("header", ()), (), found)
    return found


def _walk(headers: Iterable[Node], above: tuple[str, ...], found: Levels) -> None:
    for one in headers:
        if "column" in one:
            found[one["column"]] = above
        _walk(one.get("children", ()), (*above, one.get("title", "")), found)


def with_levels(table: Node, levels: Levels) -> Node:
    """The table with the header of these groups; neighbours under one title share it."""
    kept = {key: value for key, value in table.items() if key != "header"}
    paths = [(levels.get(one["code"], ()), one["code"]) for one in table["columns"]]
    return {**kept, "header": _grouped(paths)} if any(path for path, _ in paths) else kept


def _grouped(paths: list[tuple[tuple[str, ...], str]]) -> list[Node]:
    found: list[Node] = []
    for title, group in groupby(paths, key=lambda one: one[0][0] if one[0] else ""):
        below = [(path[1:], code) for path, code in group]
        if title:
            found.append({"title": title, "children": _grouped(below)})
        else:
            found.extend({"column": code} for _, code in below)
    return found


def read_levels(text: Any) -> tuple[str, ...]:
    """«Всего / из них» as titles of groups."""
    parts = [part.strip() for part in cleaned(text, 2000).split("/")]
    if len(parts) > 8:
        raise Misplaced("В шапке не больше 8 уровней над графой.")
    return tuple(part for part in parts if part)


def recoded(table: Node, name: str, old: str, new: str) -> Node:
    """X cells and cells of a row or column (`name` "row" or "column") follow its new code."""
    at = 0 if name == "row" else 1
    result = dict(table)
    if table.get("x"):
        result["x"] = [[new if i == at and one == old else one for i, one in enumerate(place)]
                       for place in table["x"]]  # fmt: skip
    if table.get("cells"):
        result["cells"] = [{**one, name: new} if one[name] == old else one for one in table["cells"]]
    return result


def without(table: Node, name: str, code: str) -> Node:
    """X cells and cells of a row or column that goes, go with it."""
    at = 0 if name == "row" else 1
    return _kept(table, lambda place: place[at] != code)


def _kept(table: Node, keeps: Any) -> Node:
    result = {key: value for key, value in table.items() if key not in ("x", "cells")}
    x = [place for place in table.get("x", ()) if keeps(place)]
    cells = [one for one in table.get("cells", ()) if keeps((one["row"], one["column"]))]
    return result | ({"x": x} if x else {}) | ({"cells": cells} if cells else {})


def doubled(table: Node, name: str, code: str, new: str) -> Node:
    """A copied row or column has the same X cells and cells of its own."""
    at = 0 if name == "row" else 1
    result = dict(table)
    x = [list(place) for place in table.get("x", ()) if place[at] == code]
    for place in x:
        place[at] = new
    cells = [{**one, name: new} for one in table.get("cells", ()) if one[name] == code]
    if x:
        result["x"] = [*table["x"], *x]
    if cells:
        result["cells"] = [*table["cells"], *cells]
    return result


def crossed(table: Node, row: Any, column: Any) -> Node:
    """The cell is marked X, or no longer."""
    _require_cell(table, row, column)
    places = table.get("x", [])
    if [row, column] in places:
        return _kept_x(table, [place for place in places if place != [row, column]])
    return _kept_x(table, [*places, [row, column]])


def _kept_x(table: Node, places: list[list[str]]) -> Node:
    rest = {key: value for key, value in table.items() if key != "x"}
    return {**rest, "x": places} if places else rest


def with_cell(table: Node, row: Any, column: Any, fields: dict[str, Any]) -> Node:
    """What one cell has of its own; a cell without anything of its own is left out."""
    _require_cell(table, row, column)
    known = cell_of(table, row, column)
    cell = changed(known or {"row": row, "column": column, "value": {}}, "cell", fields)
    others = [one for one in table.get("cells", ()) if one is not known]
    cells = [*others, cell] if cell.get("value") else others
    rest = {key: value for key, value in table.items() if key != "cells"}
    return {**rest, "cells": cells} if cells else rest


def cell_of(table: Node, row: str, column: str) -> Node | None:
    ones = table.get("cells", ())
    return next((one for one in ones if (one["row"], one["column"]) == (row, column)), None)


def _require_cell(table: Node, row: Any, column: Any) -> None:
    rows = {one.get("code") for one in table["rows"] if one.get("kind") != "heading"}
    if not isinstance(row, str) or row not in rows or column not in [one["code"] for one in table["columns"]]:
        raise Misplaced(GONE)
