"""Everything that names a person, and what becomes of it when two cards are made one.

A test fails when a foreign key to `Person` is missing here. An app of a higher floor says what becomes of its
own in `AppConfig.ready()`: `handle("analytics.PlanLine.person", Fate.MOVED)`.
"""

from collections.abc import Iterator
from enum import StrEnum

import pghistory.models
from django.db.models import Field

from apps.teachers.models import Person


class Fate(StrEnum):
    MOVED = "moved"  # goes over to the card that is kept
    DERIVED = "derived"  # counted anew of the other rows
    STAYS = "stays"  # tells what was done with the other card; its address leads to the kept one


FATES: dict[str, Fate] = {
    "teachers.Employment.person": Fate.MOVED,
    "teachers.Duty.person": Fate.MOVED,
    "teachers.Education.person": Fate.MOVED,
    "teachers.AcademicDegree.person": Fate.MOVED,
    "teachers.Award.person": Fate.MOVED,
    "teachers.Category.person": Fate.MOVED,
    "teachers.Training.person": Fate.MOVED,
    "teachers.Consent.person": Fate.MOVED,
    "teachers.Mentorship.mentor": Fate.MOVED,
    "teachers.Mentorship.mentee": Fate.MOVED,
    "teachers.ChangeRow.person": Fate.MOVED,
    "teachers.Person.merged_into": Fate.MOVED,
    "teachers.Standing.person": Fate.DERIVED,
    "teachers.Merge.kept": Fate.STAYS,
    "teachers.Merge.gone": Fate.STAYS,
    "teachers.NotSame.first": Fate.STAYS,
    "teachers.NotSame.second": Fate.STAYS,
    "teachers.Erasure.person": Fate.STAYS,
}
# Rows that name their subject by kind and number. The journal and the log are never changed, a paper is
# frozen as it was issued, a plan item is about finished work: they stay with the number they have.
GENERIC: dict[str, Fate] = {
    "core.JournalRecord": Fate.STAYS,
    "workflow.TransitionRecord": Fate.STAYS,
    "papers.Paper": Fate.STAYS,
    "planning.PlanItem": Fate.STAYS,
}


def handle(link: str, fate: Fate) -> None:
    """Says what becomes of «app.Model.field» of a higher floor."""
    FATES[link] = fate


def links_to_person() -> Iterator[tuple[str, Field]]:
    """Every foreign key to a person with its name; events of the history stay where they are."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        model = relation.related_model
        if issubclass(model, pghistory.models.Event):  # type: ignore[arg-type]
            continue
        field = relation.field  # type: ignore[union-attr]
        yield f"{model._meta.label}.{field.name}", field  # type: ignore[union-attr]


def moved_links() -> list[Field]:
    """The foreign keys whose rows go over."""
    return [field for name, field in links_to_person() if FATES[name] == Fate.MOVED]
