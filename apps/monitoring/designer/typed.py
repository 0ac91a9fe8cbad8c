"""Where a person typed the expression that a cell, a row, a question or a section has failed with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.monitoring.designer.places import Path, sections_of
from apps.monitoring.designer.tables import cell_of
from apps.monitoring.relations.layout import OPEN_ROW

COMPUTED, WHEN = "value.computed", "when"


@dataclass(frozen=True)
class Typed:
    """`at`: the path of the node whose panel has the field; `words` name the node; `cell` names the one
    cell of several the expression stands for; `row`, `column` are given where the cell has its own panel."""

    at: Path
    words: str
    field: str
    cell: str = ""
    row: str = ""
    column: str = ""


def typed_of(document: Any, address: str) -> Typed | None:
    """The field of «1/02/5», «1/02», «q1», «1» or «1#0»; None where the form has no such thing.

    A copy of a repeated section has the expression of the section: «1@day/02/5» is «1/02/5».
    """
    section, *places = address.split("/")
    if places:
        row, column = places[0], places[1] if len(places) > 1 else ""
        return _in_tables(document, section.partition("@")[0], row, column)
    return _alone(document, section)


def _alone(document: Any, address: str) -> Typed | None:
    code, _, note = address.partition("#")
    code = code.partition("@")[0]
    for path, section in sections_of(document):
        for index, item in enumerate(section.get("items", ())):
            at = (*path, "items", index)
            if note and section.get("code") == code and str(index) == note:
                return Typed(at, "Пояснение", WHEN)
            if not note and item["type"] == "question" and item.get("code") == code:
                return Typed(at, f"Вопрос {code}", COMPUTED if _computes(item) else WHEN)
        if not note and section.get("code") == code and section.get("when"):
            return Typed(path, f"Раздел {code}", WHEN)
    return None


def _in_tables(document: Any, code: str, row: str, column: str) -> Typed | None:
    for path, section in sections_of(document):
        for index, table in enumerate(section.get("items", ()) if section.get("code") == code else ()):
            at = (*path, "items", index)
            if row == OPEN_ROW and table["type"] == "open_table":
                return _of_column(table, at, column)
            for number, line in enumerate(table.get("rows", ())):
                if line.get("code") == row:
                    return _nearest(table, at, (*at, "rows", number), row, column)
    return None


def _nearest(table: Any, at: Path, row_at: Path, row: str, column: str) -> Typed:
    """The nearest level that has an expression: the cell, the row, the column, the table."""
    words = f"Строка {row}"
    if not column:
        return Typed(row_at, words, WHEN)
    if _computes(cell_of(table, row, column)):
        return Typed(at, f"Клетка стр. {row}, гр. {column}", COMPUTED, row=row, column=column)
    if _computes(table["rows"][row_at[-1]]):
        return Typed(row_at, words, COMPUTED, f"гр. {column}")
    return _of_column(table, at, column, row)


def _of_column(table: Any, at: Path, column: str, row: str = "") -> Typed:
    for place, one in enumerate(table["columns"]):
        if one.get("code") == column and _computes(one):
            return Typed((*at, "columns", place), f"Графа {column}", COMPUTED, row and f"стр. {row}")
    cell = f"стр. {row}, гр. {column}" if row else f"гр. {column}"
    return Typed(at, "Таблица", COMPUTED, cell)


def _computes(node: Any) -> bool:
    return bool(node) and "computed" in node.get("value", {})
