"""Known values from another accepted form of the same organisation: put in, with their source and period."""

import copy

import pytest
from django.utils import timezone

from apps.monitoring.definition import DefinitionInvalid, load
from apps.monitoring.known import form_cell
from tests.factories import CampaignFactory, ResponseFactory, form_version
from tests.monitoring.responses.definitions import LIBRARY
from tests.monitoring.small import SMALL

pytestmark = pytest.mark.django_db


def library_of(source: str) -> dict:
    definition = copy.deepcopy(LIBRARY)
    question = next(one for one in definition["sections"][2]["items"] if one.get("code") == "comment")
    question["value"] = {"type": "integer", "prefill": source}
    return definition


@pytest.fixture
def readers(school_a, school_b, methodist):
    """Accepted: school A told of 120 readers, school B of 300."""
    campaign = CampaignFactory(
        version=form_version(SMALL, methodist),
        created_by=methodist,
        title="Читатели",
        period_start="2025-09-01",
    )
    for school, count in ((school_a, "120"), (school_b, "300")):
        ResponseFactory(
            campaign=campaign,
            organization=school,
            state="accepted",
            values={"1/01/3": count},
            submitted_at=timezone.now(),
            accepted_at=timezone.now(),
        )
    return campaign


@pytest.fixture
def asked(readers, school_a, methodist):
    version = form_version(library_of("form.small:1/01/3"), methodist)
    return ResponseFactory(
        campaign=CampaignFactory(version=version, created_by=methodist), organization=school_a
    )


def test_the_own_accepted_value_is_put_in_with_its_source(asked, signed_in, responsible_a):
    page = signed_in(responsible_a).get(f"/monitoring/responses/{asked.pk}/").content.decode()
    asked.refresh_from_db()
    assert asked.values["comment"] == "120"
    assert asked.changes.get(address="comment").source == "other_form"
    assert "Источник: принятый отчёт «Читатели», 2025/2026 учебный год" in page


def test_what_is_not_accepted_is_not_known(asked, readers, signed_in, responsible_a):
    readers.responses.update(state="submitted", accepted_at=None)
    page = signed_in(responsible_a).get(f"/monitoring/responses/{asked.pk}/").content.decode()
    asked.refresh_from_db()
    assert "comment" not in asked.values and "принятый отчёт" not in page


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("form.small:1/01/3", ("small", "1/01/3")),
        ("form.small:speed", ("small", "speed")),
        ("organization.inn", None),
        ("form.small", None),
        ("form.:1/01/3", None),
    ],
)
def test_sources_that_are_cells(source, expected):
    assert form_cell(source) == expected


@pytest.mark.parametrize("source", ["form.small:", "form.Small:1/01/3", "form.small:1 01", "какой-то"])
def test_a_malformed_source_is_a_fault(source):
    with pytest.raises(DefinitionInvalid):
        load(library_of(source))
