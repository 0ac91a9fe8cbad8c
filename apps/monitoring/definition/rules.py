"""Control relations of a form, expanded and indexed by the cells they depend on."""

from __future__ import annotations

import decimal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from apps.monitoring.definition.computing import MAX_KEPT_ROWS
from apps.monitoring.definition.model import Form, RelationSpec
from apps.monitoring.definition.steps import pattern
from apps.monitoring.definition.values import show
from apps.monitoring.relations import Instance, Layout, RelationError, parse
from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.comparison import difference
from apps.monitoring.relations.conditions import is_filled
from apps.monitoring.relations.evaluation import rounded
from apps.monitoring.relations.expand import Expander
from apps.monitoring.relations.layout import OPEN_ROW, section_address
from apps.monitoring.relations.messages import Substitute, violation_text
from apps.monitoring.relations.places import Budget
from apps.monitoring.relations.substitution import substituted
from apps.monitoring.relations.values import PREVIOUS, Context, NoAnswer, Value


@dataclass(frozen=True, slots=True)
class Violation:
    """A relation that does not hold at one place.

    `instance` is a stable key («<relation>:<copy>:<row>:<column>:<index>») under which an explanation
    is kept. `left`, `right`, `difference` are None where the relation is no comparison of numbers.
    `forms` are the codes of the other forms it reads.
    """

    relation: str
    severity: str
    message: str
    addresses: tuple[str, ...]
    instance: str
    left: Decimal | None = None
    right: Decimal | None = None
    difference: Decimal | None = None
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CheckDelta:
    """The outcome of a check of what depends on changed cells.

    `instances` are the keys that were evaluated: whatever was known about them is replaced by
    `violations`. `relations` are the codes of their relations.
    """

    violations: list[Violation]
    relations: frozenset[str]
    instances: frozenset[str]


@dataclass(slots=True)
class Rule:
    """One instance of one relation."""

    spec: RelationSpec
    instance: Instance
    expander: Expander

    @property
    def key(self) -> str:
        return f"{self.spec.code}:{self.instance.place.key}"


@dataclass
class RuleBook:
    """All instances of a form's relations; templates stand for rows of open tables."""

    rules: list[Rule] = field(default_factory=list)
    templates: list[Rule] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    budget: Budget = field(default_factory=Budget)
    uses_previous: bool = False
    other_forms: frozenset[str] = frozenset()
    _index: dict[str, list[int]] = field(default_factory=dict)
    _template_index: dict[str, list[int]] = field(default_factory=dict)
    _rows: dict[tuple[int, str], Rule | None] = field(default_factory=dict)

    def add(self, spec: RelationSpec, layout: Layout) -> None:
        """Parses and expands one relation. Raises `RelationError`."""
        relation = parse(spec.text)
        expander = Expander(relation, layout, spec.section, spec.text, self.budget)
        instances = expander.instances()
        for instance in instances:
            self._put(Rule(spec, instance, expander))
        sources = {source for instance in instances for source in instance.sources}
        self.uses_previous = self.uses_previous or PREVIOUS in sources
        self.other_forms |= sources - {PREVIOUS}

    def _put(self, rule: Rule) -> None:
        target, index = (
            (self.templates, self._template_index) if rule.instance.is_template else (self.rules, self._index)
        )
        for address in rule.instance.own:
            index.setdefault(address, []).append(len(target))
        target.append(rule)

    # -- evaluation ---------------------------------------------------------------------------

    def check(self, context: Context, hidden: frozenset[str]) -> list[Violation]:
        """Every relation over all values, in the order they are written."""
        found = [self._evaluate(rule, context, hidden) for rule in self.rules]
        for number in range(len(self.templates)):
            for rule in self._rows_of(number, context, ()):
                found.append(self._evaluate(rule, context, hidden))
        return [one for one in found if one is not None]

    def check_changed(self, context: Context, hidden: frozenset[str], changed: Iterable[str]) -> CheckDelta:
        """Only the instances that read a changed cell."""
        changed = list(changed)
        keys = dict.fromkeys(pattern(address) for address in changed)
        rules = [self.rules[number] for number in _picked(self._index, keys)]
        for number in _picked(self._template_index, keys):
            rules += self._rows_of(number, context, changed)
        found = [self._evaluate(rule, context, hidden) for rule in rules]
        return CheckDelta(
            [one for one in found if one is not None],
            frozenset(rule.spec.code for rule in rules),
            frozenset(rule.key for rule in rules),
        )

    def _rows_of(self, number: int, context: Context, changed: Iterable[str]) -> list[Rule]:
        """A template at each row there is; at a changed row too, which may have just been emptied."""
        place = self.templates[number].instance.place
        section = section_address(place.section, place.copy)
        start = f"{section}/n"
        rows = dict.fromkeys(context.own.open_rows(section))
        rows.update(dict.fromkeys(one.split("/")[1] for one in changed if one.startswith(start)))
        rows.pop(OPEN_ROW, None)
        found = (self._at_row(number, row) for row in rows)
        return [rule for rule in found if rule is not None]

    def _at_row(self, number: int, row: str) -> Rule | None:
        key = (number, row)
        if key not in self._rows:
            if len(self._rows) >= MAX_KEPT_ROWS:
                self._rows.clear()
            template = self.templates[number]
            instance = template.expander.at(replace(template.instance.place, row=row))
            self._rows[key] = Rule(template.spec, instance, template.expander) if instance else None
        return self._rows[key]

    def _evaluate(self, rule: Rule, context: Context, hidden: frozenset[str]) -> Violation | None:
        instance = rule.instance
        if not instance.sources <= context.sources.keys():
            return None
        if hidden and not hidden.isdisjoint(instance.scalars):
            return None
        values = context.own.values
        if not any(values.get(address) for address in instance.own) and not any(
            is_filled(context, address) for address in instance.condition.addresses
        ):
            return None
        try:
            if instance.condition.test(context) is not False:
                return None
            return self._violation(rule, context)
        except (NoAnswer, decimal.DecimalException):
            return None

    def _violation(self, rule: Rule, context: Context) -> Violation:
        instance, spec = rule.instance, rule.spec
        finding = instance.condition.find(context)
        gap = difference(finding.left, finding.right) if finding else None
        text = violation_text(finding, gap, instance.body, self._substitute(rule), _where(rule))
        if finding is None:
            text += self._values(rule, context)
        left, right = (finding.left, finding.right) if finding else (None, None)
        return Violation(
            relation=spec.code,
            severity=spec.severity,
            message=f"{spec.message.rstrip('.')}. {text}" if spec.message else text,
            addresses=tuple(address for address in instance.own if f"/{OPEN_ROW}/" not in address),
            instance=rule.key,
            left=_tidy(left),
            right=_tidy(right),
            difference=_tidy(gap),
            forms=frozenset(instance.sources - {PREVIOUS}),
        )

    def _values(self, rule: Rule, context: Context) -> str:
        """The first cells with their values, for a condition that is no single comparison."""
        layout, parts = rule.expander.layout, []
        for address in rule.instance.own[:6]:
            cell = layout.cells.get(address)
            value = context.own.values.get(address)
            parts.append(
                f"{cell.title if cell else address}: {show(cell, value) if cell and value else 'пусто'}"
            )
        return f" ({'; '.join(parts)})" if parts else ""

    def _substitute(self, rule: Rule) -> Substitute:
        def substitute(node: n.Node) -> n.Node:
            return substituted(node, rule.instance.place, rule.expander.references)

        return substitute


def _where(rule: Rule) -> str:
    """«разд. 2.1» of the first cell of the relation's own section; "" where it belongs to none."""
    place, layout = rule.instance.place, rule.expander.layout
    start = section_address(place.section, place.copy) + "/"
    own = next((address for address in rule.instance.own if address.startswith(start)), "")
    cell = layout.cells.get(own)
    return cell.title.partition(",")[0] if cell and place.section else ""


def _tidy(value: Value) -> Decimal | None:
    """A number without needless zeros, a periodic fraction cut to ten places; None for what is no number."""
    if not isinstance(value, Decimal):
        return None
    text = f"{value:f}" if int(value.as_tuple().exponent) >= -10 else f"{rounded(value, 10):f}"
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else Decimal(text)


def _picked(index: Mapping[str, list[int]], keys: Iterable[str]) -> list[int]:
    return sorted({number for key in keys for number in index.get(key, ())})


def build_rules(form: Form, layout: Layout) -> RuleBook:
    """All enabled relations of a form; what can't be accepted is in `faults` as (number, message)."""
    book = RuleBook()
    for number, spec in enumerate(form.relations):
        if not spec.enabled:
            continue
        try:
            book.add(spec, layout)
        except RelationError as fault:
            book.faults.append((number, str(fault)))
            if book.budget.is_spent:
                break
    return book
