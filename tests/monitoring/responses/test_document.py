"""The whole form posted at once, without scripts: saved, checked, sent."""

import threading

import pytest
from django.db import connection
from django.test import Client

from apps.core.roles import Role
from apps.monitoring.models import CellChange
from tests.factories import CampaignFactory, ResponseFactory, form_version, user_with
from tests.monitoring.responses.conftest import READY
from tests.monitoring.responses.definitions import wide

FILLED = {f"c:{address}": value.replace(".", ",") for address, value in READY.items()}


@pytest.fixture
def school(signed_in, responsible_a):
    return signed_in(responsible_a)


def last_change(response) -> int:
    return response.changes.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_draft_is_saved(school, response, url):
    answer = school.post(url, {**FILLED, "c:topics": ["", "a", "c"], "c:wifi": ["", "1"], "do": "save"})

    assert answer.status_code == 302
    response.refresh_from_db()
    assert response.values == {
        **READY,
        "1/01/3": "12.5",
        "1/02/3": "6",
        "1/03/3": "4",
        "topics": "a,c",
        "wifi": "1",
    }
    assert response.state == "draft"


def test_unchanged_cells_are_not_written_again(school, response, url):
    school.post(url, FILLED)
    school.post(url, FILLED)

    assert response.changes.count() == 4


def test_bad_text_comes_back_as_typed_and_the_rest_is_saved(school, response, url):
    answer = school.post(url, {"c:1/01/4": "де<ять", "c:1/02/4": "6", "do": "save"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="де&lt;ять"' in page
    words = "Поступило (стр. 01) · в том числе: учебники (гр. 4)"
    link = f'<span title="{words}">{words}</span> <small class="cell-place">разд. 1</small></a>'
    assert f'<a href="#c-1/01/4">{link}' in page
    assert 'aria-invalid="true"' in page
    response.refresh_from_db()
    assert response.values["1/02/4"] == "6"


def test_cells_left_as_seen_do_not_overwrite_another_persons(school, school_a, response, url):
    base = last_change(response)
    other = Client()
    other.force_login(user_with(Role.REPRESENTATIVE, school_a))
    other.post(url, {"c:1/01/4": "5"})

    school.post(url, {"c:1/01/4": "", "c:1/02/4": "6", "base": base})

    response.refresh_from_db()
    assert (response.values["1/01/4"], response.values["1/02/4"]) == ("5", "6")


def test_second_writer_of_a_cell_is_asked(school, school_a, response, url):
    base = last_change(response)
    other = Client()
    other.force_login(user_with(Role.REPRESENTATIVE, school_a))
    other.post(url, {"c:1/01/4": "5"})

    answer = school.post(url, {"c:1/01/4": "9", "base": base})

    assert answer.status_code == 409
    assert "в ячейке уже значение «5»" in answer.content.decode()
    again = school.post(url, {"c:1/01/4": "9", "base": last_change(response)})
    assert again.status_code == 302
    response.refresh_from_db()
    assert response.values["1/01/4"] == "9"


def test_check_lists_every_violation(school, response, url):
    answer = school.post(url, {"c:1/01/4": "10", "c:1/01/5": "200", "do": "check"}, follow=True)

    page = answer.content.decode()
    assert page.count('data-instance="') == 2
    assert 'name="e:r2' in page


def test_check_names_what_is_missing(school, response, url):
    page = school.get(f"{url}?checked=1").content.decode()

    assert page.count("нужно заполнить") == 2


def test_violated_relation_stops_sending(school, response, url):
    answer = school.post(url, {"c:1/01/4": "10", "c:1/01/5": "1", "do": "submit", "key": "k1"})

    assert answer.status_code == 422
    response.refresh_from_db()
    assert response.state == "draft"
    assert response.values["1/01/4"] == "10"


def test_warning_needs_an_explanation(school, ready, url):
    sent = {**FILLED, "c:1/01/5": "200", "do": "submit", "key": "k1"}
    refused = school.post(url, sent)
    assert refused.status_code == 422
    page = refused.content.decode()
    name = page.split('name="e:')[1].split('"')[0]

    answer = school.post(url, {**sent, f"e:{name}": "Подарили библиотеку"})

    assert answer.status_code == 302
    ready.refresh_from_db()
    assert ready.state == "submitted"
    assert ready.explanations.get().text == "Подарили библиотеку"


def test_sending_gives_a_receipt(school, responsible_a, ready, url):
    answer = school.post(url, {"do": "submit", "key": "k1"}, follow=True)

    page = answer.content.decode()
    assert f"{ready.campaign_id}-{ready.pk}-1" in page
    assert str(responsible_a) in page
    ready.refresh_from_db()
    assert ready.state == "submitted"


def test_double_press_sends_once(school, ready, url):
    first = school.post(url, {**FILLED, "do": "submit", "key": "k1"})
    second = school.post(url, {**FILLED, "do": "submit", "key": "k1"})

    assert first.url == second.url
    assert ready.submissions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_double_press_at_the_same_moment_sends_once(responsible_a, ready, url):
    places = []

    def send():
        client = Client()
        client.force_login(responsible_a)
        places.append(client.post(url, {**FILLED, "do": "submit", "key": "k1"}).url)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    [one.start() for one in threads]
    [one.join() for one in threads]

    assert len(places) == 4
    assert len(set(places)) == 1
    assert ready.submissions.count() == 1


def test_another_key_after_sending_is_refused(school, ready, url):
    school.post(url, {"do": "submit", "key": "k1"})

    answer = school.post(url, {"do": "submit", "key": "k2"})

    assert answer.status_code == 409
    assert ready.submissions.count() == 1


def test_forged_cells_are_told(school, response, url):
    for address in ("1/03/5", "1/99/1", "нет", "2/n900/1"):
        assert school.post(url, {f"c:{address}": "1"}).status_code == 422
    assert not CellChange.objects.exists()


def test_posting_after_closing_keeps_what_was_typed(school, response, url):
    response.campaign.state = "closed"
    response.campaign.save()

    answer = school.post(url, {"c:1/01/4": "77", "do": "submit"})

    assert answer.status_code == 409
    assert 'value="77"' in answer.content.decode()
    assert not CellChange.objects.exists()


@pytest.mark.parametrize("does", ["save", "check", "submit", "add:2", "remove:2/n1", "take:1", "чушь", ""])
def test_only_the_responsible_posts(does, client, signed_in, responsible_b, methodist, ready, url):
    sent = {"c:1/01/4": "5", "do": does}
    assert client.post(url, sent).status_code == 302
    assert signed_in(responsible_b).post(url, sent).status_code == 404
    assert signed_in(methodist).post(url, sent).status_code == 403
    ready.refresh_from_db()
    assert (ready.state, ready.values) == ("draft", READY)


def test_rows_without_scripts(school, response, url):
    school.post(url, {"c:2/n1/1": "Неделя книги", "do": "add:2"})
    school.post(url, {"do": "remove:2/n1"})

    response.refresh_from_db()
    assert response.open_rows == {"2": {"rows": ["n2"], "last": 2}}
    assert response.values == {}


def test_values_of_the_last_round(school, methodist, version, campaign, ready, url, school_a):
    earlier = CampaignFactory(version=version, created_by=methodist, period_start="2025-09-01")
    campaign.previous = earlier
    campaign.save()
    ResponseFactory(
        campaign=earlier,
        organization=school_a,
        state="accepted",
        submitted_at=earlier.started_at,
        accepted_at=earlier.started_at,
        values={"1/01/4": "7", "1/02/5": "1.5", "comment": "прошлый", "1/01/3": "7"},
    )

    cells = school.get(f"{url}last-values/").json()["cells"]
    assert cells["1/01/4"] == {"value": "7", "difference": "+3"}
    school.post(url, {"do": "take", "take": ["1/02", "1/01"]})

    ready.refresh_from_db()
    assert ready.values["1/01/4"] == "10"
    assert ready.values["1/02/5"] == "1.5"
    assert "comment" not in ready.values
    assert ready.changes.get().source == "last_round"
    school.post(url, {"do": "take", "take": "3"})
    ready.refresh_from_db()
    assert ready.values["comment"] == "прошлый"


def test_take_without_a_last_round_is_refused(school, ready, url):
    assert school.post(url, {"do": "take", "take": ["1"]}).status_code == 409


def test_large_form_is_checked_and_sent(school, methodist, school_a, django_assert_max_num_queries):
    version = form_version(wide(300, 5), methodist)
    campaign = CampaignFactory(version=version, created_by=methodist)
    response = ResponseFactory(campaign=campaign, organization=school_a)
    cells = {
        f"c:s{row // 50 + 1}/{row + 1:04d}/{3 + column}": "1" for row in range(300) for column in range(5)
    }

    with django_assert_max_num_queries(60):
        answer = school.post(f"/monitoring/responses/{response.pk}/", {**cells, "do": "submit", "key": "k"})

    assert answer.status_code == 302
    response.refresh_from_db()
    assert (response.state, response.filled) == ("submitted", 1500)
