"""One pass over the steps of a form: computed cells get their values, conditions hide what they cover."""

from __future__ import annotations

import decimal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from apps.monitoring.definition.steps import ComputeStep, ConditionStep, Step, pattern
from apps.monitoring.definition.values import canonical
from apps.monitoring.relations import RelationError, parse_expression
from apps.monitoring.relations.conditions import is_filled
from apps.monitoring.relations.expressions import Bound, ExpressionBinder
from apps.monitoring.relations.layout import OPEN_ROW, Cell, Layout
from apps.monitoring.relations.places import Place, Skip
from apps.monitoring.relations.references import References
from apps.monitoring.relations.values import Context, NoAnswer

MAX_KEPT_ROWS = 10_000
"""How many bindings to added rows are kept at once: rows come for as long as the form is in use."""


@dataclass
class Run:
    """The state of a pass, and its outcome.

    `state`: all values, hidden cells blank; `computed`: what was written; `dirty`: what has changed, rows
    of open tables as `n*`; `hidden`: addresses by kind (cell, section, row, item).
    """

    state: dict[str, str]
    context: Context
    dirty: set[str]
    computed: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, set[str]] = field(
        default_factory=lambda: {"cell": set(), "section": set(), "row": set(), "item": set()}
    )

    def write(self, address: str, value: str) -> None:
        """Stores the value of a computed cell, "" for none."""
        self.computed[address] = value
        if value:
            self.state[address] = value
        else:
            self.state.pop(address, None)
        self.context.own.forget(address)

    def hide(self, address: str) -> None:
        """Hides a cell, or with `n*` a column in every row added: it is blank for all that reads it."""
        self.hidden["cell"].add(address)
        if f"/{OPEN_ROW}/" in address:
            section, _, column = address.split("/")
            for row in self.context.own.open_rows(section):
                self.hide(f"{section}/{row}/{column}")
        elif self.state.pop(address, None) is not None:
            self.context.own.forget(address)


class Computing:
    """The steps of one form, in an order in which each reads only what is ready."""

    def __init__(self, layout: Layout, steps: Sequence[Step]) -> None:
        self._layout = layout
        self._steps = steps
        self._at_rows: dict[tuple[str, str], Bound | None] = {}

    def run(self, values: Mapping[str, str], changed: Iterable[str] | None) -> Run:
        """A pass: conditions always, computed cells all, or only those that depend on `changed`.

        Call it within `exact_context`.
        """
        state = dict(values)
        dirty = set() if changed is None else {pattern(address) for address in changed}
        run = Run(state, Context(state), dirty)
        for step in self._steps:
            if isinstance(step, ConditionStep):
                _apply_condition(step, run)
            elif changed is None or not run.dirty.isdisjoint(step.reads) or step.key in run.dirty:
                self._apply_compute(step, run)
        return run

    def _apply_compute(self, step: ComputeStep, run: Run) -> None:
        hidden = step.key in run.hidden["cell"]
        for address, bound in self._bounds(step, run):
            run.write(address, "" if hidden else _computed(step.cell, bound, run.context))
        run.dirty.add(step.key)

    def _bounds(self, step: ComputeStep, run: Run) -> Iterator[tuple[str, Bound]]:
        """Where the step writes: its cell, or that of its column in every row added."""
        cell = step.cell
        if cell.row != OPEN_ROW:
            yield cell.address, step.bound
            return
        section = cell.address.partition("/")[0]
        for row in run.context.own.open_rows(section):
            bound = self._at_row(step, row)
            if bound is not None:
                yield f"{section}/{row}/{cell.column}", bound

    def _at_row(self, step: ComputeStep, row: str) -> Bound | None:
        key = (step.key, row)
        if key not in self._at_rows:
            if len(self._at_rows) >= MAX_KEPT_ROWS:
                self._at_rows.clear()
            self._at_rows[key] = self._bound_at(step.cell, row)
        return self._at_rows[key]

    def _bound_at(self, cell: Cell, row: str) -> Bound | None:
        text = cell.computed or ""
        binder = ExpressionBinder(References(self._layout, text))
        try:
            return binder.bind(parse_expression(text), Place(cell.section, cell.copy, row, cell.column))
        except (Skip, RelationError):
            return None

    def dependents(self, address: str) -> tuple[str, ...]:
        """Addresses of the computed cells that depend on a cell, transitively, in order of computing."""
        dirty, found = {pattern(address)}, []
        for step in self._steps:
            if dirty.isdisjoint(step.reads):
                continue
            if isinstance(step, ConditionStep):
                dirty.update(step.covers)
            else:
                dirty.add(step.key)
                found.append(step.key)
        return tuple(found)


def _apply_condition(step: ConditionStep, run: Run) -> None:
    if not run.dirty.isdisjoint(step.reads):
        run.dirty.update(step.covers)
    if step.condition.test(run.context):
        return
    run.hidden[step.kind].update(step.targets)
    for address in step.covers:
        run.hide(address)


def _computed(cell: Cell, bound: Bound, context: Context) -> str:
    """The stored value of a computed cell; "" where all it reads is blank or there is no answer."""
    if not any(is_filled(context, address) for address in bound.addresses):
        return ""
    try:
        number = bound.evaluate(context)
    except (NoAnswer, decimal.DecimalException):
        return ""
    return canonical(cell, number) if isinstance(number, Decimal) else ""
