"""What a violated relation says: row, column, both values and the difference."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.comparison import Finding
from apps.monitoring.relations.expressions import Bound
from apps.monitoring.relations.printer import to_text
from apps.monitoring.relations.values import Value

Substitute = Callable[[n.Node], n.Node]
_WORDS = {
    "=": "должно быть равно", "<>": "не должно быть равно", "<=": "должно быть не больше",
    ">=": "должно быть не меньше", "<": "должно быть меньше", ">": "должно быть больше",
}  # fmt: skip
_EXTRA_PLACES = 4


def shown(value: Value, bound: Bound | None, *, fine: bool = False) -> str:
    """A value for people: «1 234,5», a date, «пусто»; a long quotient is cut to a few places."""
    if value is None:
        return "пусто"
    if isinstance(value, str):
        return f"«{value[:80]}»"
    if bound is not None and bound.kind == "date":
        return date.fromordinal(int(value)).strftime("%d.%m.%Y")
    places = -int(value.as_tuple().exponent)
    if places > _EXTRA_PLACES and not fine:
        value = value.quantize(Decimal(1).scaleb(-_EXTRA_PLACES), rounding=ROUND_HALF_UP)
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    sign, text = ("−", text[1:]) if text.startswith("-") else ("", text)
    whole, _, fraction = text.partition(".")
    whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "\u00a0", whole)
    return f"{sign}{whole},{fraction}" if fraction else f"{sign}{whole}"


def finding_text(finding: Finding, difference: Decimal | None, substitute: Substitute) -> str:
    """«разд. 2.1, стр. 101, гр. 3: 12, должно быть равно 10 (сумма …), разница 2»."""
    left = _side(finding.left_node, finding.left_bound, substitute)
    if finding.operator in ("filled", "not filled"):
        return f"{left}: {'должно быть заполнено' if finding.operator == 'filled' else 'не заполняется'}"
    value = shown(finding.left, finding.left_bound)
    if finding.operator == "in":
        return f"{left}: {value}, допустимо {_allowed(finding.right_node)}"
    if finding.operator in ("contains", "not contains"):
        word = "должен быть" if finding.operator == "contains" else "не должно быть"
        return f"{left}: {value}, среди ответов {word} {shown(finding.right, None)}"
    text = f"{left}: {value}, {_WORDS[finding.operator]} {shown(finding.right, finding.right_bound)}"
    if not isinstance(finding.right_node, n.Number | n.Text | n.Date):
        text += f" ({_side(finding.right_node, finding.right_bound, substitute)})"
    if difference is not None and _is_number(finding):
        text += f", разница {shown(difference, None, fine=abs(difference) < Decimal('0.0001'))}"
    return text


def _is_number(finding: Finding) -> bool:
    return finding.left_bound.kind in ("number", "any")


def _side(node: n.Node, bound: Bound | None, substitute: Substitute) -> str:
    if bound is not None and bound.single is not None:
        source = bound.scalars[0][0]
        return bound.single.title + (" за прошлый период" if source else "")
    return to_text(substitute(node))


def _allowed(node: n.Node) -> str:
    assert isinstance(node, n.OneOf)
    return " или ".join(to_text(value) for value in node.allowed)


def violation_text(
    finding: Finding | None, difference: Decimal | None, body: n.Node, substitute: Substitute, where: str = ""
) -> str:
    """The whole message: the finding, and the premise where the relation has one.

    `where` («разд. 2.1») is put in front of a side that is not one cell and so does not name its section.
    """
    premise = body.premise if isinstance(body, n.Implies) else None
    if finding is None:
        return f"Не выполнено: {to_text(substitute(body))}"
    text = finding_text(finding, difference, substitute)
    if where and finding.left_bound.single is None:
        text = f"{where}: {text}"
    if premise is not None:
        text += f" (так как {to_text(substitute(premise))})"
    return text[:1].upper() + text[1:]
