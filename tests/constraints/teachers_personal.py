"""Lines of the terms of keeping personal data."""

from collections.abc import Callable
from typing import Any

from apps.teachers.models import RetentionKind, RetentionRule
from tests.constraints.case import Case, D, Table, pair

# Before the terms the portal is delivered with.
GIVEN: dict[str, Any] = {
    "kind": "card",
    "months": 36,
    "valid_from": D(2010, 1, 1),
    "valid_to": D(2010, 12, 31),
}


def rule(wrong: dict[str, Any], right: dict[str, Any]) -> Callable[[], Case]:
    return lambda: pair(RetentionRule, GIVEN, wrong, right)


def once(kind: str) -> Callable[[], Case]:
    def build() -> Case:
        RetentionRule.objects.create(**GIVEN | {"kind": kind})
        later = {"valid_from": D(2011, 1, 1), "valid_to": D(2011, 12, 31)}
        return pair(RetentionRule, GIVEN | {"kind": kind}, {"valid_from": D(2010, 12, 31)}, later)

    return build


LINES: Table = {
    "retentionrule_valid_to_after_from": rule({"valid_to": D(2009, 12, 31)}, {"valid_to": D(2010, 1, 1)}),
    "retentionrule_months_sane": rule({"months": 901}, {"months": 900}),
    **{f"retentionrule_once_{kind}": once(kind) for kind in RetentionKind.values},
}
