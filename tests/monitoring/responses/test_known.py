"""Known values from another accepted form of the same organisation: put in, with their source and period."""

import copy

import pytest
from django.utils import timezone

from apps.monitoring.actions.filling import Edit, save_cells
from apps.monitoring.actions.opening import open_first
from apps.monitoring.checking import checked
from apps.monitoring.definition import DefinitionInvalid, load
from apps.monitoring.known import form_cell, is_objection
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


def opened(asked, by):
    open_first(response_id=asked.pk, by=by)
    asked.refresh_from_db()
    return asked


def said(response, text: str, by) -> None:
    save_cells(response_id=response.pk, edits=[Edit("comment", text)], by=by)
    response.refresh_from_db()


def questions(response) -> list[str]:
    return [one.message for one in checked(response).unexplained if is_objection(one.instance)]


def test_a_known_value_left_as_it_is_is_confirmed(asked, responsible_a):
    assert questions(opened(asked, responsible_a)) == []


@pytest.mark.parametrize(("typed", "shown"), [("125", "125"), ("", "пусто")])
def test_another_value_is_an_objection_that_must_be_explained(asked, responsible_a, typed, shown):
    said(opened(asked, responsible_a), typed, responsible_a)
    [message] = questions(asked)
    assert message == (
        f"Портал знает «120» (принятый отчёт «Читатели», 2025/2026 учебный год), указано «{shown}»."
        " Подтвердите известное значение или объясните, почему оно неверно."
    )


def test_an_objection_once_explained_is_read_by_the_methodist(asked, responsible_a, methodist, signed_in):
    said(opened(asked, responsible_a), "125", responsible_a)
    url = f"/monitoring/responses/{asked.pk}/"
    answer = signed_in(responsible_a).post(
        f"{url}explain/", {"instance": "?known:comment", "text": "Пятеро записаны в сентябре."}
    )
    assert answer.json() == {"explained": True}
    assert questions(asked) == []
    page = signed_in(methodist).get(url).content.decode()
    assert "Пятеро записаны в сентябре." in page and "Портал знает «120»" in page


def test_taking_the_known_value_back_settles_it(asked, responsible_a, signed_in):
    said(opened(asked, responsible_a), "125", responsible_a)
    page = signed_in(responsible_a).get(f"/monitoring/responses/{asked.pk}/?checked=1").content.decode()
    assert 'data-restore="comment" data-known="120"' in page
    said(asked, "120", responsible_a)
    assert questions(asked) == []


def test_what_nobody_has_opened_yet_is_not_emptied(asked):
    assert questions(asked) == []


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
