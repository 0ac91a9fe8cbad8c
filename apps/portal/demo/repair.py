"""Makes roughly drawn figures obey the obligatory relations of their form.

An equality takes its right side: totals are made of their parts. Where a part is bigger than the whole, the
part gives way, down to the cells it is itself summed of.
"""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from apps.monitoring.definition import CompiledForm, Violation
from apps.monitoring.definition.rules import Rule
from apps.monitoring.relations import nodes as n

ROUNDS = 40


class NotRepaired(Exception):
    """Some obligatory relation still does not hold; the argument names them."""


class Repair:
    """Repairs values of one form; made once a form."""

    def __init__(self, compiled: CompiledForm) -> None:
        self._compiled = compiled
        codes = [spec.code for spec in compiled.form.relations if spec.enabled]
        self._rules: dict[str, Rule] = {
            rule.key: rule for code in codes for rule in compiled.relation_rules(code)
        }
        self._parts = dict(filter(None, map(_sum_of, self._rules.values())))

    def __call__(
        self, values: Mapping[str, str], previous: Mapping[str, str] | None = None
    ) -> dict[str, str]:
        """Values with computed cells, all obligatory relations fulfilled. Raises `NotRepaired`."""
        state = dict(values)
        faults: list[Violation] = []
        for _ in range(ROUNDS):
            faults = self._faults(state, previous)
            if not faults:
                return self._with_computed(state)
            for fault in [one for one in faults if self._is_equality(one)] or faults:
                self._mend(state, fault)
        raise NotRepaired([fault.message for fault in faults[:5]])

    def _faults(self, state: dict[str, str], previous: Mapping[str, str] | None) -> list[Violation]:
        found = self._compiled.check(state, previous=previous)
        return [one for one in found if one.severity == "error"]

    def _with_computed(self, state: dict[str, str]) -> dict[str, str]:
        hidden = self._compiled.hidden(state)
        merged = {**state, **self._compiled.compute(state)}
        return {address: value for address, value in merged.items() if value and address not in hidden}

    def _is_equality(self, fault: Violation) -> bool:
        """Totals come first: a part is measured against a whole that is already summed."""
        body = self._rules[fault.instance].instance.body
        return isinstance(body, n.Compare) and body.operators == ("=",)

    def _mend(self, state: dict[str, str], fault: Violation) -> None:
        body = self._rules[fault.instance].instance.body
        if not isinstance(body, n.Compare) or fault.left is None or fault.right is None:
            return
        first, rest = fault.addresses[0], fault.addresses[1:]
        if self._is_equality(fault):
            state[first] = self._written(first, fault.right)
        elif fault.left < fault.right:
            for address in rest:
                self._shrink(state, address, fault.left / fault.right)
        elif fault.right:
            self._shrink(state, first, fault.right / fault.left)

    def _shrink(self, state: dict[str, str], address: str, ratio: Decimal) -> None:
        for part in self._parts.get(address, ()):
            self._shrink(state, part, ratio)
        if value := state.get(address):
            state[address] = self._written(address, Decimal(value) * ratio)

    def _written(self, address: str, number: Decimal) -> str:
        cell = self._compiled.cells[address]
        step = Decimal(1).scaleb(-cell.decimals)
        text = f"{max(number, Decimal(0)).quantize(step, ROUND_FLOOR):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


def _sum_of(rule: Rule) -> tuple[str, tuple[str, ...]] | None:
    """A total and what it is the sum of, within this form."""
    body = rule.instance.body
    is_sum = isinstance(body, n.Compare) and body.operators == ("=",)
    if not is_sum or rule.instance.sources or rule.spec.severity != "error":
        return None
    return rule.instance.own[0], rule.instance.own[1:]
