"""Every wall of the database has a line in the tables beside, and each is run into."""

import re

import pghistory.trigger
import pgtrigger
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from tests.constraints import (
    api,
    core,
    monitoring,
    office,
    planning,
    questionnaires,
    reports,
    teachers,
    triggers,
)
from tests.constraints import teachers_personal as personal

pytestmark = pytest.mark.django_db
TABLES = (
    *(api.LINES, core.LINES, monitoring.LINES, office.LINES, planning.LINES),
    *(questionnaires.LINES, reports.LINES, teachers.LINES, personal.LINES),
)
LINES = {name: build for table in TABLES for name, build in table.items()}
# An empty field is told first, so that the constraint is asked by itself.
SAID_BY_THE_FIELD = {"appointment_by_order", "amendment_has_reason", "person_has_names"}
# A row that is not there yet names itself.
SAID_BY_THE_FIELD |= {"person_not_merged_into_self"}
RUSSIAN = re.compile("[а-яё]")


def own_models():
    ours = (one for one in apps.get_models() if one.__module__.startswith("apps."))
    return [one for one in ours if not hasattr(one, "pgh_tracked_model")]


def constraints() -> dict[str, object]:
    return {one.name: one for model in own_models() for one in model._meta.constraints}


def unique_fields() -> set[str]:
    return {
        f"{model._meta.label}.{one.name}"
        for model in own_models()
        for one in model._meta.local_fields
        if one.unique and not one.primary_key
    }


def guards() -> set[str]:
    """Triggers that refuse; those of the history only write events."""
    return {
        f"{model._meta.label}.{one.name}"
        for model, one in pgtrigger.registered()
        if model in own_models() and not isinstance(one, pghistory.trigger.Event)
    }


def test_every_constraint_has_its_line():
    assert set(LINES) == set(constraints()) | unique_fields()
    assert len(LINES) == sum(map(len, TABLES))


def test_every_guarding_trigger_has_its_line():
    assert set(triggers.LINES) == guards()


def written(row) -> None:
    """Past `full_clean` and `save`, as a bulk write goes."""
    rows = type(row)._base_manager
    with transaction.atomic():
        if row._state.adding:
            rows.bulk_create([row])
        else:
            rows.bulk_update([row], [one.name for one in row._meta.local_fields if not one.primary_key])


@pytest.mark.parametrize("name", LINES)
def test_violated_in_the_database(name):
    row = LINES[name]().wrong

    with pytest.raises(IntegrityError) as refused:
        written(row)

    said = refused.value.__cause__.diag
    if name in constraints():
        assert said.constraint_name == name
    else:
        column = type(row)._meta.get_field(name.rpartition(".")[2]).column
        assert said.message_detail.startswith(f"Key ({column})=")


@pytest.mark.parametrize("name", LINES)
def test_told_in_russian_before_the_database(name):
    row = LINES[name]().wrong

    check = row.validate_constraints if name in SAID_BY_THE_FIELD else row.full_clean
    with pytest.raises(ValidationError) as told:
        check()

    if name in constraints():
        assert constraints()[name].violation_error_message in told.value.messages
    assert all(RUSSIAN.search(one.lower()) for one in told.value.messages)


@pytest.mark.parametrize("name", LINES)
def test_legal_neighbour_passes(name):
    row = LINES[name]().right
    row.full_clean()
    written(row)
    assert type(row)._base_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("name", triggers.LINES)
def test_guarding_trigger(name):
    wrong, right = triggers.LINES[name]()
    with pytest.raises(DatabaseError, match="pgtrigger: "), transaction.atomic():
        wrong()
    right()
