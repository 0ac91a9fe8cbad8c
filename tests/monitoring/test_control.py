"""Relations over the sums of the city: which speak of sums, what is told."""

import copy

import pytest

from apps.monitoring.actions.sending import bump, seal
from apps.monitoring.compiled import compiled_of
from apps.monitoring.models import Response
from apps.monitoring.summaries.control import compares_cells, violations_of
from apps.monitoring.summaries.rollups import rollup_of
from apps.monitoring.summaries.summary import summary_of
from tests.factories import form_version
from tests.monitoring.small import SMALL, accepted, campaign_of, organization


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("раздел 1 стр.01 гр.3 = стр.01 гр.4 + стр.01 гр.5", True),
        ("раздел 1 стр.01 гр.3 >= стр.01 гр.4 × 2", True),
        ("раздел 1 по графам 3: стр.01 = сумме стр.02, 03", True),
        ("раздел 1 стр.01 гр.3 <= 100", False),
        ("раздел 1 стр.01 гр.3 >= стр.01 гр.4 + 5", False),
        ("раздел 1 стр.01 гр.3 >= 0", True),
        ("раздел 1 стр.01 гр.3 = стр.01 гр.4 × стр.01 гр.5", False),
        ("если стр.01 гр.3 > 0, то стр.01 гр.4 > 0", False),
    ],
)
def test_relations_that_speak_of_sums(text, expected):
    assert compares_cells(text) is expected


def with_relations(*relations) -> dict:
    definition = copy.deepcopy(SMALL)
    definition["relations"] = [
        {"code": f"r{number}", "section": "1", "text": text, "severity": "warning"}
        for number, text in enumerate(relations, 1)
    ]
    return definition


@pytest.mark.django_db
def test_what_the_sums_violate(methodist):
    """50 + 30 readers, 50,5 + 30,5 thousand books; then 130 <= 81 fails. The bound of 60 is not told."""
    version = form_version(with_relations("стр.01 гр.3 <= стр.01 гр.4", "стр.01 гр.4 <= 60"), methodist)
    campaign = campaign_of(version, methodist)
    for name, readers, books in (("Школа А", "50", "50,5"), ("Школа Б", "30", "30,5")):
        place = organization(name, "school", [], 100)
        accepted(campaign, *place, {"1/01/3": readers, "1/01/4": books}, methodist)
    assert violations_of(summary_of(campaign), []) == []
    one = Response.objects.get(organization__short_name="Школа А")
    one.values["1/01/3"] = "100"
    seal(one, compiled_of(one))
    one.save()
    bump(campaign.pk)
    assert rollup_of(campaign)["all"].organizations == 2
    found = violations_of(summary_of(campaign), [])
    assert [(one.relation, one.left, one.right) for one in found] == [("r1", 130, 81)]


@pytest.mark.django_db
def test_the_page_tells_it_on_demand(methodist, signed_in):
    version = form_version(with_relations("стр.01 гр.3 <= стр.01 гр.4"), methodist)
    campaign = campaign_of(version, methodist)
    accepted(campaign, *organization("Школа А", "school", [], 100), {"1/01/3": "5", "1/01/4": "9"}, methodist)
    client = signed_in(methodist)
    url = f"/monitoring/campaigns/{campaign.pk}/summary/"
    assert "Проверить свод" in client.get(url).content.decode()
    assert "Соотношения в своде выполнены" in client.get(f"{url}?check=1").content.decode()


@pytest.mark.django_db
def test_sums_of_two_forms_are_compared(methodist, school_a):
    """Another form told 7 books in the city, this one 5: they must be equal."""
    other = copy.deepcopy(SMALL) | {"code": "other"}
    people = organization("Школа А1", "school", [], 100)
    accepted(campaign_of(form_version(other, methodist), methodist), *people, {"1/01/4": "7"}, methodist)
    version = form_version(with_relations("стр.01 гр.4 = форма other раздел 1 стр.01 гр.4"), methodist)
    campaign = campaign_of(version, methodist)
    accepted(campaign, *people, {"1/01/4": "7"}, methodist)
    assert violations_of(summary_of(campaign), []) == []
    more = organization("Школа Б1", "school", [], 100)
    response = accepted(campaign, *more, {"1/01/4": "5"}, methodist)
    assert response.state == "accepted"
    found = violations_of(summary_of(campaign), [])
    assert [(one.left, one.right) for one in found] == [(12, 7)]
