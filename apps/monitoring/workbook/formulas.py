"""Control relations and computed cells as Excel formulas; what Excel can't tell the same way stays out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.errors import RelationError
from apps.monitoring.relations.places import Place, Skip
from apps.monitoring.relations.references import References

MAX_FORMULA = 2000
Refer = Callable[[str], str | None]
"""Address of a cell → how Excel names it («'2'!E7»), None where the workbook does not hold it."""


class Untranslatable(Exception):
    """There is no formula that means the same."""


class Translator:
    """Formulas of one text. `references` resolve it over the form, `refer` names cells of the workbook."""

    def __init__(self, references: References, refer: Refer) -> None:
        self.references = references
        self.refer = refer

    def formula(self, node: n.Node, place: Place) -> str | None:
        """The formula without its «=», or None where it can't be told in Excel."""
        try:
            found = self._of(node, place)
        except (Untranslatable, Skip, RelationError):
            return None
        return found if len(found) <= MAX_FORMULA else None

    def _of(self, node: n.Node, place: Place) -> str:
        work = _WORKS.get(type(node))
        if work is None:
            raise Untranslatable
        return work(self, node, place)

    def _cell(self, address: str) -> str:
        found = self.refer(address)
        if found is None:
            raise Untranslatable
        return found

    def _ref(self, node: n.Ref, place: Place) -> str:
        (source, address), cell = self.references.cells(node, place, many=False)[0]
        if source or cell is None or not cell.is_number:
            raise Untranslatable
        return self._cell(address)

    def _question(self, node: n.Question, place: Place) -> str:
        cell = self.references.layout.question(node.code, place.copy)
        if node.form or node.previous or cell is None or not cell.is_number:
            raise Untranslatable
        return self._cell(cell.address)

    def _aggregate(self, node: n.Aggregate, place: Place) -> str:
        cells = [one for argument in node.arguments for one in self._cells(argument, place)]
        name = {"sum": "SUM", "min": "MIN", "max": "MAX"}.get(node.function)
        if name is None or not cells:
            raise Untranslatable
        return f"{name}({','.join(cells)})"

    def _cells(self, node: n.Node, place: Place) -> list[str]:
        if not isinstance(node, n.Ref):
            return [self._of(node, place)]
        located = self.references.cells(node, place, many=True)
        if any(source or cell is None or not cell.is_number for (source, _), cell in located):
            raise Untranslatable
        return [self._cell(address) for (_, address), _ in located]

    def _preceding(self, node: n.PrecedingSum, place: Place) -> str:
        section = self.references.section(place.section, node)
        table = section.table_of(place.row or "")
        if table is None or table.is_open or place.row not in table.rows:
            raise Untranslatable
        above = table.rows[: table.rows.index(place.row)]
        layout = self.references.layout
        cells = [layout.cell(place.section, place.copy, row, place.column or "") for row in above]
        names = [self._cell(cell.address) for cell in cells if cell and not cell.is_x]
        return f"SUM({','.join(names)})" if names else "0"

    def _add(self, node: n.Add, place: Place) -> str:
        terms = [("+" if sign > 0 else "-") + self._of(term, place) for sign, term in node.terms]
        return f"({''.join(terms).removeprefix('+')})"

    def _multiply(self, node: n.Multiply, place: Place) -> str:
        factors = [sign + self._of(factor, place) for sign, factor in node.factors]
        return f"({''.join(factors).removeprefix('*')})"

    def _compare(self, node: n.Compare, place: Place) -> str:
        sides = [self._of(one, place) for one in node.operands]
        pairs = zip(sides, node.operators, sides[1:], strict=False)
        found = [f"ROUND({left},8){_SIGNS[sign]}ROUND({right},8)" for left, sign, right in pairs]
        return found[0] if len(found) == 1 else f"AND({','.join(found)})"


def _plain(value: Decimal) -> str:
    return f"{value:f}"


_SIGNS = {"=": "=", "==": "=", "!=": "<>", "<>": "<>", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
_WORKS: Mapping[type, Callable[[Translator, Any, Place], str]] = {
    n.Number: lambda self, node, place: _plain(node.value),
    n.Percent: lambda self, node, place: _plain(node.value / 100),
    n.Ref: Translator._ref,
    n.Question: Translator._question,
    n.Aggregate: Translator._aggregate,
    n.PrecedingSum: Translator._preceding,
    n.Absolute: lambda self, node, place: f"ABS({self._of(node.value, place)})",
    n.Round: lambda self, node, place: f"ROUND({self._of(node.value, place)},{node.places})",
    n.Share: lambda self, node, place: f"({self._of(node.part, place)}*100/{self._of(node.whole, place)})",
    n.Negative: lambda self, node, place: f"(-{self._of(node.value, place)})",
    n.Add: Translator._add,
    n.Multiply: Translator._multiply,
    n.Compare: Translator._compare,
}
