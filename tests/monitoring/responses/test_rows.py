"""Rows of open tables: added, removed, their codes never used again."""

import copy

import pytest

from tests.factories import CampaignFactory, ResponseFactory, form_version
from tests.monitoring.responses.definitions import LIBRARY
from tests.monitoring.responses.test_cells import post_cells


@pytest.fixture
def school(signed_in, responsible_a):
    return signed_in(responsible_a)


def test_rows_are_numbered_and_removed_codes_stay_used(school, response, url):
    first = school.post(f"{url}rows/", {"do": "add", "section": "2"}).json()
    second = school.post(f"{url}rows/", {"do": "add", "section": "2"}).json()
    school.post(f"{url}rows/", {"do": "remove", "section": "2", "row": "n2"})
    third = school.post(f"{url}rows/", {"do": "add", "section": "2"}).json()

    assert [first["row"], second["row"], third["row"]] == ["n1", "n2", "n3"]
    assert 'data-cell="2/n3/1"' in third["html"]
    response.refresh_from_db()
    assert response.open_rows == {"2": {"rows": ["n1", "n3"], "last": 3}}


def test_typing_into_the_blank_row_makes_it_stand(school, response, url):
    post_cells(school, url, [("2/n1/2", "5", "")])

    response.refresh_from_db()
    assert response.open_rows == {"2": {"rows": ["n1"], "last": 1}}
    assert response.values["2/total/2"] == "5"


def test_removing_a_row_empties_it_and_the_total(school, response, url):
    post_cells(school, url, [("2/n1/2", "5", ""), ("2/n2/2", "7", "")])

    answer = school.post(f"{url}rows/", {"do": "remove", "section": "2", "row": "n1"})

    assert answer.json()["computed"] == {"2/total/2": "7"}
    response.refresh_from_db()
    assert response.values == {"2/n2/2": "7", "2/total/2": "7"}
    assert response.changes.filter(address="2/n1/2").last().became == ""


def test_removed_row_takes_no_more_values(school, response, url):
    post_cells(school, url, [("2/n1/2", "5", "")])
    school.post(f"{url}rows/", {"do": "remove", "section": "2", "row": "n1"})

    answer = post_cells(school, url, [("2/n1/2", "6", "")], key="k2")

    assert answer.json()["faults"] == {"2/n1/2": "Эта строка удалена."}


def test_table_that_is_not_there(school, response, url):
    for section in ("1", "нет", "2\x00"):
        assert school.post(f"{url}rows/", {"do": "add", "section": section}).status_code == 409


def test_rows_belong_to_the_organisation(signed_in, methodist, responsible_b, response, url):
    assert signed_in(methodist).post(f"{url}rows/", {"do": "add", "section": "2"}).status_code == 403
    assert signed_in(responsible_b).post(f"{url}rows/", {"do": "add", "section": "2"}).status_code == 404


@pytest.fixture
def narrow(methodist, school_a):
    """A response whose open table takes two rows."""
    definition = copy.deepcopy(LIBRARY)
    definition["sections"][1]["items"][0]["max_rows"] = 2
    campaign = CampaignFactory(version=form_version(definition, methodist), created_by=methodist)
    return ResponseFactory(campaign=campaign, organization=school_a)


def test_full_table_takes_no_more_rows(school, narrow):
    url = f"/monitoring/responses/{narrow.pk}/"
    answers = [school.post(f"{url}rows/", {"do": "add", "section": "2"}) for _ in range(3)]
    typed = post_cells(school, url, [("2/n3/1", "Лишняя", "")])

    assert [one.status_code for one in answers] == [200, 200, 409]
    assert answers[2].json() == {"told": "В таблице может быть не больше 2 строк."}
    assert typed.status_code == 422
    assert typed.json()["faults"] == {"2/n3/1": "В таблице может быть не больше 2 строк."}
    assert 'data-max-rows="2"' in school.get(url).content.decode()


def test_full_table_is_told_without_scripts(school, narrow):
    url = f"/monitoring/responses/{narrow.pk}/"
    for _ in range(2):
        school.post(url, {"do": "add:2"})

    refused = school.post(url, {"do": "add:2"})

    assert refused.status_code == 409
    assert "В таблице может быть не больше 2 строк." in refused.content.decode()
