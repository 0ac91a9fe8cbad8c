"""Expands a relation over the places of a form: each place becomes an instance that can be evaluated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.conditions import BoundCondition, ConditionBinder
from apps.monitoring.relations.coverage import Coverage
from apps.monitoring.relations.layout import OPEN_ROW, Layout
from apps.monitoring.relations.places import Address, Budget, Place, Skip
from apps.monitoring.relations.references import References

PLACE_COST = 4
"""What trying one place takes off the budget, beside the cells looked up there."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A relation at one place. `own` are the addresses in the form itself, in order of mention; `scalars`
    those of them named one by one; `sources` the other documents it reads."""

    place: Place
    condition: BoundCondition
    body: n.Node
    own: tuple[str, ...]
    sources: frozenset[str]
    scalars: tuple[str, ...]

    @property
    def is_template(self) -> bool:
        """Stands for every added row of an open table."""
        return self.place.row == OPEN_ROW


class Expander:
    """Expands one relation: `layout` is the form, `section` the default section's code, `text` the source."""

    def __init__(
        self,
        relation: n.Relation,
        layout: Layout,
        section: str = "",
        text: str = "",
        budget: Budget | None = None,
    ) -> None:
        self.relation = relation
        self.layout = layout
        self.references = References(layout, text, budget)
        self.conditions = ConditionBinder(self.references)
        self.coverage = Coverage(relation, self.references, section)

    def instances(self) -> list[Instance]:
        """Every place the relation covers. Raises `RelationBindingError`, also when there is none."""
        references, first = self.references, self.coverage.first
        found = []
        for place in self.coverage.places():
            references.spend(PLACE_COST, first)
            instance = self._instance(place)
            if instance is not None:
                found.append(instance)
        if not found and self.coverage.copies:
            raise references.missing or references.fault("Соотношение не покрывает ни одной клетки", first)
        return found

    def at(self, place: Place) -> Instance | None:
        """The instance at one place of an open table, for an added row; None where it does not apply.

        Rows come for as long as the form is kept, so they take nothing off the budget of the form.
        """
        self.references.soft_rows = self.references.soft_columns = True
        self.references.budget = Budget()
        return self._instance(place)

    def _instance(self, place: Place) -> Instance | None:
        try:
            condition = self.conditions.bind(self.relation.body, place)
        except Skip:
            return None
        return Instance(
            place,
            condition,
            self.relation.body,
            _own(condition.addresses),
            frozenset(source for source, _ in condition.addresses if source),
            _own(condition.scalars),
        )


def _own(addresses: Iterable[Address]) -> tuple[str, ...]:
    """Those in the form itself, each once."""
    return tuple(dict.fromkeys(key for source, key in addresses if not source))


def expand(relation: n.Relation, layout: Layout, section: str = "", text: str = "") -> list[Instance]:
    """The places of a form that a relation covers, each ready to be evaluated.

    `section`: code of the section the relation belongs to, "" where it names its sections itself.
    `text`: the source, for the place of a fault. Raises `RelationBindingError`: an absent section, row,
    column or question, a reversed range, several cells outside a sum, no cell left.
    """
    return Expander(relation, layout, section, text).instances()
