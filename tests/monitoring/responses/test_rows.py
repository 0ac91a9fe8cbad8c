"""Rows of open tables: added, removed, their codes never used again."""

import pytest

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
