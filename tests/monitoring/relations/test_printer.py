from decimal import Decimal

import pytest

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations import parse
from apps.monitoring.relations.printer import to_text

COLUMN = n.Ref(None, n.Selection((n.CodeRange("1", ""),), ()))
CELL = n.Ref(None, None)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (n.And, "клетка < гр.1 и (2 = клетка)"),
        (n.Or, "клетка < гр.1 или (2 = клетка)"),
    ],
)
def test_a_condition_that_begins_with_a_number_is_not_taken_for_a_code(kind, text):
    """«гр.1 и 2» would be two columns."""
    relation = n.Relation(
        kind((n.Compare((CELL, COLUMN), ("<",)), n.Compare((n.Number(Decimal(2)), CELL), ("=",)))), None
    )
    assert to_text(relation) == text
    assert parse(text) == relation
