"""The page of a response: who sees it, what it shows, how many questions it asks of the database."""

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.monitoring.compiled import compiled_for
from apps.monitoring.skeleton import FILL, skeleton_of
from tests.factories import CampaignFactory, ResponseFactory, form_version
from tests.monitoring.responses.definitions import LIBRARY, wide


def test_anonymous_is_led_to_sign_in(client, url):
    assert client.get(url).status_code == 302


def test_somebody_elses_response_is_not_there(signed_in, responsible_b, url):
    assert signed_in(responsible_b).get(url).status_code == 404


def test_user_without_a_role_sees_nothing(signed_in, nobody, url):
    assert signed_in(nobody).get(url).status_code == 404


def test_response_that_is_not_there_looks_the_same(signed_in, responsible_b):
    assert signed_in(responsible_b).get("/monitoring/responses/99999999/").status_code == 404


def test_responsible_gets_fields(signed_in, responsible_a, url):
    page = signed_in(responsible_a).get(url).content.decode()

    assert 'data-cell="1/01/4" name="c:1/01/4"' in page
    assert 'data-cell="1/03/5"' not in page
    assert '<td class="is-x">X</td>' in page
    assert 'data-cell="1/01/3" data-computed' in page
    assert 'name="c:wifi"' in page


def test_methodist_reads(signed_in, methodist, ready, url):
    page = signed_in(methodist).get(url).content.decode()

    assert '<a class="cell-link" id="c-1/01/5" data-cell="1/01/5"' in page
    assert ">2,5</a>" in page
    assert 'name="c:1/01/5"' not in page


def test_first_opening_is_remembered_and_known_values_are_put_in(signed_in, responsible_a, response, url):
    response.organization.inn = "4909000001"
    response.organization.save()

    page = signed_in(responsible_a).get(url).content.decode()

    assert "Источник: карточка организации: ИНН" in page
    response.refresh_from_db()
    assert response.opened_at is not None
    assert response.values == {"inn": "4909000001"}
    assert response.state == "not_started"
    assert response.changes.get().source == "card"


def test_opening_by_a_methodist_is_no_opening(signed_in, methodist, response, url):
    signed_in(methodist).get(url)

    response.refresh_from_db()
    assert response.opened_at is None


def test_typed_text_is_escaped(signed_in, responsible_a, response, url):
    response.values, response.state = (
        {"comment": "</textarea><script>alert(1)</script>", "2/n1/1": '"><b>x'},
        "draft",
    )
    response.save()

    page = signed_in(responsible_a).get(url).content.decode()

    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)" in page
    assert 'value="&quot;&gt;&lt;b&gt;x"' in page


def test_condition_hides_a_question(signed_in, responsible_a, response, url):
    client = signed_in(responsible_a)

    assert 'data-stands="item speed" hidden>' in client.get(url).content.decode()
    response.values, response.state = {"wifi": "1"}, "draft"
    response.save()
    assert 'data-stands="item speed">' in client.get(url).content.decode()


def test_chosen_answers_are_marked(signed_in, responsible_a, response, url):
    response.values, response.state = {"topics": "a,c", "wifi": "0"}, "draft"
    response.save()

    page = signed_in(responsible_a).get(url).content.decode()

    assert 'value="a" checked' in page
    assert 'value="b">' in page
    assert 'value="c" checked' in page
    assert 'name="c:wifi" value="0" checked' in page


@pytest.mark.parametrize("definition", [LIBRARY, wide(300, 5)], ids=["small", "1500 cells"])
def test_number_of_queries_does_not_depend_on_cells(
    definition, signed_in, responsible_a, methodist, school_a, django_assert_max_num_queries
):
    version = form_version(definition, methodist)
    campaign = CampaignFactory(version=version, created_by=methodist)
    response = ResponseFactory(campaign=campaign, organization=school_a, state="draft")
    cells = compiled_for(version.pk).cells.values()
    response.values = {one.address: "1" for one in cells if one.is_number and not one.is_x}
    response.save()
    client = signed_in(responsible_a)
    url = f"/monitoring/responses/{response.pk}/"
    client.get(url)

    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200


def test_skeleton_is_made_once(version):
    compiled = compiled_for(version.pk)

    assert skeleton_of(compiled, FILL) is skeleton_of(compiled, FILL)


def test_progress_counts_filled_cells_by_section(version):
    page = skeleton_of(compiled_for(version.pk), FILL)

    assert [one.total for one in page.sections] == [5, 0, 5]
    assert page.progress({"1/01/4": "1", "1/01/3": "1", "wifi": "1"}) == [1, 0, 1]


def test_anonymous_actor_sees_no_rows(response):
    assert type(response).objects.visible_to(AnonymousUser()).count() == 0
