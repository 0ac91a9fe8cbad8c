"""A form made ready for work: cells, computing, showing and hiding, checking. Immutable for its callers."""

from __future__ import annotations

import decimal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from apps.monitoring.definition import values as value_text
from apps.monitoring.definition.faults import BadValue
from apps.monitoring.definition.model import Form, OpenTable, RelationSpec
from apps.monitoring.definition.rules import CheckDelta, Rule, RuleBook, Violation, build_rules
from apps.monitoring.definition.spread import Spread, spread
from apps.monitoring.definition.steps import ComputeStep, ConditionStep, Step, StepBuilder, pattern
from apps.monitoring.relations.conditions import is_filled
from apps.monitoring.relations.errors import RelationError
from apps.monitoring.relations.expressions import Bound, ExpressionBinder
from apps.monitoring.relations.layout import OPEN_ROW, OPEN_ROW_CODE, Cell, Layout, cell_address
from apps.monitoring.relations.parser import parse_expression
from apps.monitoring.relations.places import Place, Skip
from apps.monitoring.relations.references import References
from apps.monitoring.relations.values import Context, NoAnswer, exact_context, open_rows

MAX_ADDRESS = 200


class Completeness(NamedTuple):
    """How many required cells are filled, how many there are, and the addresses of the empty ones."""

    filled: int
    required: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Hidden:
    """What conditions hide: addresses of cells, of sections, of rows («<section>/<row>»), of questions
    and notes («<code>», «<section>#<number of the item>»)."""

    addresses: frozenset[str]
    sections: frozenset[str]
    rows: frozenset[str]
    items: frozenset[str]


@dataclass
class _Run:
    """State of one pass over the steps."""

    state: dict[str, str]
    context: Context
    computed: dict[str, str]
    dirty: set[str]
    hidden: dict[str, set[str]]


class CompiledForm:
    """See `compile_form`. All values are canonical strings; "" or an absent key is a blank."""

    def __init__(self, form: Form, laid: Spread, steps: list[Step], rules: RuleBook) -> None:
        self.form = form
        self._spread = laid
        self._layout: Layout = laid.layout
        self._steps = steps
        self._rules = rules
        self._open_steps: dict[tuple[str, str], Bound | None] = {}
        self.cells: Mapping[str, Cell] = MappingProxyType(laid.layout.cells)
        self.numeric: tuple[str, ...] = tuple(
            address for address, cell in laid.layout.cells.items() if cell.is_number and not cell.is_x
        )
        self.numeric_set: frozenset[str] = frozenset(self.numeric)
        self.uses_previous: bool = rules.uses_previous
        self.other_forms: frozenset[str] = rules.other_forms

    @property
    def layout(self) -> Layout:
        return self._layout

    @property
    def laid(self) -> Spread:
        """The copies of sections in reading order, and what stands over each cell: for drawing a form."""
        return self._spread

    @property
    def open_tables(self) -> Mapping[str, OpenTable]:
        """Open tables by the address of their section (with its copy)."""
        return MappingProxyType(self._spread.open_tables)

    def copies(self, section: str) -> tuple[tuple[str, str], ...]:
        """(code, title) of the copies of a section; one nameless copy where it is not repeated."""
        return tuple((one.code, one.title) for one in self._spread.copies if one.section.code == section)

    def cell(self, address: str) -> Cell | None:
        """The cell at an address, also in a row added to an open table; None for anything else."""
        if not isinstance(address, str) or len(address) > MAX_ADDRESS:
            return None
        found = self._layout.cells.get(address)
        if found is not None:
            return found
        section, _, rest = address.partition("/")
        row, _, column = rest.partition("/")
        if not OPEN_ROW_CODE.fullmatch(row):
            return None
        table = self._spread.open_tables.get(section)
        code, _, copy = section.partition("@")
        return self._layout.cell(code, copy, row, column) if table is not None else None

    def _cell_or_refuse(self, address: str) -> Cell:
        cell = self.cell(address)
        if cell is None or cell.is_x:
            raise BadValue("Такой ячейки в форме нет.")
        return cell

    def parse_value(self, address: str, text: str) -> str:
        """What is stored for a typed text. Raises `BadValue` with a Russian message."""
        return value_text.parse(self._cell_or_refuse(address), text)

    def format_value(self, address: str, value: str) -> str:
        """What is shown for a stored value; an unknown address gives the value itself."""
        cell = self.cell(address)
        return value_text.show(cell, value) if cell else value

    # -- computing and hiding -----------------------------------------------------------------

    def compute(self, values: Mapping[str, str], changed: Iterable[str] | None = None) -> dict[str, str]:
        """New values of computed cells: all of them, or only what depends on `changed`, transitively."""
        with decimal.localcontext(exact_context()):
            return self._run(values, changed).computed

    def hidden(self, values: Mapping[str, str]) -> frozenset[str]:
        """Addresses of the cells that conditions hide at these values."""
        return self.hidden_parts(values).addresses

    def hidden_parts(self, values: Mapping[str, str]) -> Hidden:
        """What the page does not show at these values."""
        with decimal.localcontext(exact_context()):
            found = self._run(values, ()).hidden
        return Hidden(*(frozenset(found[kind]) for kind in ("cell", "section", "row", "item")))

    def _run(self, values: Mapping[str, str], changed: Iterable[str] | None) -> _Run:
        state = dict(values)
        dirty = set() if changed is None else {pattern(address) for address in changed}
        hidden: dict[str, set[str]] = {"cell": set(), "section": set(), "row": set(), "item": set()}
        run = _Run(state, Context(state), {}, dirty, hidden)
        for step in self._steps:
            if isinstance(step, ConditionStep):
                self._apply_condition(step, run)
            elif changed is None or not run.dirty.isdisjoint(step.reads) or step.key in run.dirty:
                self._apply_compute(step, run)
        return run

    def _apply_condition(self, step: ConditionStep, run: _Run) -> None:
        if not run.dirty.isdisjoint(step.reads):
            run.dirty.update(step.covers)
        if step.condition.test(run.context):
            return
        run.hidden[step.kind].update(step.targets)
        run.hidden["cell"].update(step.covers)
        for address in step.covers:
            if f"/{OPEN_ROW}/" in address:
                self._blank_column(address, run)
            elif run.state.pop(address, None) is not None:
                run.context.own.forget(address)

    def _blank_column(self, address: str, run: _Run) -> None:
        section, _, column = address.split("/")
        for row in run.context.own.open_rows(section):
            one = f"{section}/{row}/{column}"
            run.hidden["cell"].add(one)
            if run.state.pop(one, None) is not None:
                run.context.own.forget(one)

    def _apply_compute(self, step: ComputeStep, run: _Run) -> None:
        if step.cell.row == OPEN_ROW:
            section = step.cell.address.partition("/")[0]
            for row in run.context.own.open_rows(section):
                bound = self._bound_at_row(step, row)
                if bound is not None:
                    self._write(f"{section}/{row}/{step.cell.column}", step.cell, bound, run)
        else:
            self._write(step.cell.address, step.cell, step.bound, run)
        run.dirty.add(step.key)

    def _bound_at_row(self, step: ComputeStep, row: str) -> Bound | None:
        key = (step.key, row)
        if key not in self._open_steps:
            cell, text = step.cell, step.cell.computed or ""
            binder = ExpressionBinder(References(self._layout, text))
            try:
                place = Place(cell.section, cell.copy, row, cell.column)
                self._open_steps[key] = binder.bind(parse_expression(text), place)
            except (Skip, RelationError):
                self._open_steps[key] = None
        return self._open_steps[key]

    def _write(self, address: str, cell: Cell, bound: Bound, run: _Run) -> None:
        value = "" if cell.address in run.hidden["cell"] else _computed(cell, bound, run.context)
        run.computed[address] = value
        if value:
            run.state[address] = value
        else:
            run.state.pop(address, None)
        run.context.own.forget(address)

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

    # -- checking -----------------------------------------------------------------------------

    def check(
        self,
        values: Mapping[str, str],
        *,
        previous: Mapping[str, str] | None = None,
        others: Mapping[str, Mapping[str, str]] | None = None,
    ) -> list[Violation]:
        """Every violated relation, in the order they are written.

        `previous`: values of the accepted earlier round under this form's addresses, None where there is
        none; `others`: accepted values of other forms by code. Computed cells are computed anew.
        """
        with decimal.localcontext(exact_context()):
            run = self._run(values, None)
            context = Context(run.state, previous, others)
            return self._rules.check(context, frozenset(run.hidden["cell"]))

    def check_changed(
        self,
        values: Mapping[str, str],
        changed: Iterable[str],
        *,
        previous: Mapping[str, str] | None = None,
        others: Mapping[str, Mapping[str, str]] | None = None,
    ) -> CheckDelta:
        """The relations that depend on the changed cells, also through computed cells and conditions.

        The computed cells in `values` that do not depend on `changed` must be up to date.
        """
        with decimal.localcontext(exact_context()):
            changed = list(changed)
            run = self._run(values, changed)
            context = Context(run.state, previous, others)
            rows_gone = (one for one in run.hidden["cell"] if pattern(one) in run.dirty)
            touched = [*changed, *run.dirty, *run.computed, *rows_gone]
            return self._rules.check_changed(context, frozenset(run.hidden["cell"]), touched)

    def relation_rules(self, code: str) -> tuple[Rule, ...]:
        """The instances of one relation, those of open tables as one with the row `n*`."""
        rules = (*self._rules.rules, *self._rules.templates)
        return tuple(rule for rule in rules if rule.spec.code == code)

    def completeness(self, values: Mapping[str, str]) -> Completeness:
        """Required cells that are shown: filled, all, and which are blank. Added rows count their own."""
        hidden = self.hidden(values)
        needed = [one.address for one in self.cells.values() if one.required and one.address not in hidden]
        needed += [address for address in self._needed_in_rows(values) if pattern(address) not in hidden]
        missing = tuple(address for address in needed if not values.get(address))
        return Completeness(len(needed) - len(missing), len(needed), missing)

    def _needed_in_rows(self, values: Mapping[str, str]) -> list[str]:
        present = open_rows(values)
        needed = []
        for section, table in self._spread.open_tables.items():
            rows = present.get(section, [])
            added = 0
            while len(rows) < table.min_rows:
                added += 1
                rows += [f"n{added}"] if f"n{added}" not in rows else []
            code, _, copy = section.partition("@")
            for row in rows:
                for column in table.columns:
                    address = cell_address(code, copy, row, column.code)
                    template = self._layout.templates[cell_address(code, copy, OPEN_ROW, column.code)]
                    needed += [address] if template.required else []
        return needed


def _computed(cell: Cell, bound: Bound, context: Context) -> str:
    """The stored value of a computed cell; "" where all it reads is blank or there is no answer."""
    if not any(is_filled(context, address) for address in bound.addresses):
        return ""
    try:
        number = bound.evaluate(context)
    except (NoAnswer, decimal.DecimalException):
        return ""
    return value_text.canonical(cell, number) if isinstance(number, Decimal) else ""


def compile_form(form: Form, branches: Iterable[tuple[str, str]] = ()) -> CompiledForm:
    """Spreads a valid form into cells and makes its computing and checking ready.

    `branches`: (code, title) of the organisation's branches, for sections repeated by branch. Takes a
    noticeable time on a large form: the caller keeps the result.
    """
    laid = spread(form, tuple((str(code), str(title)) for code, title in branches))
    return CompiledForm(form, laid, StepBuilder(laid).build(), build_rules(form, laid.layout))


def covered_cells(form: Form | CompiledForm, relation: str | RelationSpec) -> list[str]:
    """Addresses a relation covers, each once, in order of mention; `n*` stands for every added row.

    `relation`: the code of one of the form's, or one not saved yet (then `RelationError` where it can't be
    accepted).
    """
    compiled = form if isinstance(form, CompiledForm) else compile_form(form)
    if isinstance(relation, RelationSpec):
        book = RuleBook()
        book.add(relation, compiled.layout)
        rules: tuple[Rule, ...] = (*book.rules, *book.templates)
    else:
        rules = compiled.relation_rules(relation)
    return list(dict.fromkeys(address for rule in rules for address in rule.instance.own))
