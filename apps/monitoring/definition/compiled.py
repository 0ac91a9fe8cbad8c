"""A form made ready for work: cells, computing, showing and hiding, checking. Immutable for its callers."""

from __future__ import annotations

import decimal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from apps.monitoring.definition import values as value_text
from apps.monitoring.definition.completeness import Completeness, completeness
from apps.monitoring.definition.computing import Computing
from apps.monitoring.definition.faults import BadValue
from apps.monitoring.definition.model import Form, OpenTable, RelationSpec
from apps.monitoring.definition.rules import CheckDelta, Rule, RuleBook, Violation, build_rules
from apps.monitoring.definition.spread import Spread, spread
from apps.monitoring.definition.steps import Step, StepBuilder, pattern
from apps.monitoring.relations.layout import OPEN_ROW_CODE, Cell, Layout
from apps.monitoring.relations.values import Context, exact_context

MAX_ADDRESS = 200


@dataclass(frozen=True)
class Hidden:
    """What conditions hide: addresses of cells, of sections, of rows («<section>/<row>»), of questions
    and notes («<code>», «<section>#<number of the item>»)."""

    addresses: frozenset[str]
    sections: frozenset[str]
    rows: frozenset[str]
    items: frozenset[str]


class CompiledForm:
    """See `compile_form`. All values are canonical strings; "" or an absent key is a blank.

    `laid` holds the copies of sections in reading order, and what stands over each cell: for drawing a form.
    """

    def __init__(self, form: Form, laid: Spread, steps: list[Step], rules: RuleBook) -> None:
        self.form = form
        self.laid = laid
        self._computing = Computing(laid.layout, steps)
        self._rules = rules
        self.cells: Mapping[str, Cell] = MappingProxyType(laid.layout.cells)
        self.numeric: tuple[str, ...] = tuple(
            address for address, cell in laid.layout.cells.items() if cell.is_number and not cell.is_x
        )
        self.numeric_set: frozenset[str] = frozenset(self.numeric)
        self.uses_previous: bool = rules.uses_previous
        self.other_forms: frozenset[str] = rules.other_forms

    @property
    def layout(self) -> Layout:
        """What a relation sees of the form."""
        return self.laid.layout

    @property
    def open_tables(self) -> Mapping[str, OpenTable]:
        """Open tables by the address of their section (with its copy)."""
        return MappingProxyType(self.laid.open_tables)

    def copies(self, section: str) -> tuple[tuple[str, str], ...]:
        """(code, title) of the copies of a section; one nameless copy where it is not repeated."""
        return tuple((one.code, one.title) for one in self.laid.copies if one.section.code == section)

    def cell(self, address: str) -> Cell | None:
        """The cell at an address, also in a row added to an open table; None for anything else."""
        if not isinstance(address, str) or len(address) > MAX_ADDRESS:
            return None
        found = self.layout.cells.get(address)
        if found is not None:
            return found
        section, _, rest = address.partition("/")
        row, _, column = rest.partition("/")
        if not OPEN_ROW_CODE.fullmatch(row):
            return None
        table = self.laid.open_tables.get(section)
        code, _, copy = section.partition("@")
        return self.layout.cell(code, copy, row, column) if table is not None else None

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
            return self._computing.run(values, changed).computed

    def hidden(self, values: Mapping[str, str]) -> frozenset[str]:
        """Addresses of the cells that conditions hide at these values."""
        return self.hidden_parts(values).addresses

    def hidden_parts(self, values: Mapping[str, str]) -> Hidden:
        """What the page does not show at these values."""
        with decimal.localcontext(exact_context()):
            found = self._computing.run(values, ()).hidden
        return Hidden(*(frozenset(found[kind]) for kind in ("cell", "section", "row", "item")))

    def dependents(self, address: str) -> tuple[str, ...]:
        """Addresses of the computed cells that depend on a cell, transitively, in order of computing."""
        return self._computing.dependents(address)

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
            run = self._computing.run(values, None)
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
            run = self._computing.run(values, changed)
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
        return completeness(self.laid, values, self.hidden(values))


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
