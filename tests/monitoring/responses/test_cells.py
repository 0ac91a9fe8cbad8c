"""Autosave: cells one by one, two people, repeated requests, bad input, closing moments."""

import datetime
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from apps.core.roles import Role
from apps.monitoring.models import CellChange, Response
from tests.factories import user_with


def post_cells(client, url, edits, key="k1", base=0):
    body = {"key": key, "base": base, "edits": [{"address": a, "value": v, "was": w} for a, v, w in edits]}
    return client.post(f"{url}cells/", body, content_type="application/json")


@pytest.fixture
def school(signed_in, responsible_a):
    return signed_in(responsible_a)


@pytest.fixture
def colleague(school_a):
    """Another responsible of the same school, in a browser of his own."""
    client = Client()
    client.force_login(user_with(Role.REPRESENTATIVE, school_a, username="colleague", last_name="Коллегова"))
    return client


def test_a_cell_is_saved_and_what_depends_on_it_is_computed(school, response, url):
    answer = post_cells(school, url, [("1/01/4", " 1 234 ", "")])

    assert answer.status_code == 200
    data = answer.json()
    assert data["values"] == {"1/01/4": "1234"}
    assert data["computed"] == {"1/01/3": "1\u00a0234"}
    assert len(data["looked_at"]) == 1
    assert [(one["relation"], one["severity"]) for one in data["violations"]] == [("r1", "error")]
    response.refresh_from_db()
    assert response.values == {"1/01/4": "1234", "1/01/3": "1234"}
    assert response.state == "draft"


def test_comma_and_point_are_the_same(school, response, url):
    post_cells(school, url, [("1/01/5", "2,5", "")])
    answer = post_cells(school, url, [("1/02/5", "3.5", "")], key="k2")

    assert answer.json()["values"] == {"1/02/5": "3,5"}
    response.refresh_from_db()
    assert response.values["1/01/5"] == "2.5"


def test_same_key_twice_leaves_one_change(school, response, url):
    post_cells(school, url, [("1/01/4", "5", "")])
    again = post_cells(school, url, [("1/01/4", "5", "")])

    assert again.status_code == 200
    assert again.json()["values"] == {"1/01/4": "5"}
    assert response.changes.count() == 1


def test_same_key_after_another_value_does_not_bring_the_old_one_back(school, response, url):
    post_cells(school, url, [("1/01/4", "5", "")])
    post_cells(school, url, [("1/01/4", "6", "5")], key="k2")
    again = post_cells(school, url, [("1/01/4", "5", "")])

    assert again.json()["values"] == {"1/01/4": "6"}
    assert list(response.changes.values_list("became", flat=True)) == ["5", "6"]


def test_two_people_on_two_cells_both_keep(school, colleague, response, url):
    post_cells(school, url, [("1/01/4", "5", "")])
    answer = post_cells(colleague, url, [("1/02/4", "7", "")], key="k2")

    assert answer.status_code == 200
    assert [(one["address"], one["value"]) for one in answer.json()["others"]] == [("1/01/4", "5")]
    response.refresh_from_db()
    assert (response.values["1/01/4"], response.values["1/02/4"]) == ("5", "7")


def test_second_writer_of_a_cell_sees_the_first_value(school, colleague, responsible_a, response, url):
    post_cells(school, url, [("1/01/4", "5", "")])
    answer = post_cells(colleague, url, [("1/01/4", "9", ""), ("1/02/4", "7", "")], key="k2")

    assert answer.status_code == 409
    clash = answer.json()["clashes"][0]
    assert (clash["address"], clash["value"], clash["by"]) == ("1/01/4", "5", responsible_a.short_name)
    assert answer.json()["values"] == {"1/02/4": "7"}
    response.refresh_from_db()
    assert response.values["1/01/4"] == "5"


def test_second_writer_may_insist(school, colleague, response, url):
    post_cells(school, url, [("1/01/4", "5", "")])
    answer = post_cells(colleague, url, [("1/01/4", "9", "5")], key="k2")

    assert answer.status_code == 200
    response.refresh_from_db()
    assert response.values["1/01/4"] == "9"


def test_clash_is_told_again_when_its_answer_was_lost(school, colleague, response, url):
    post_cells(school, url, [("1/01/4", "5", "")])
    edits = [("1/01/4", "9", ""), ("1/02/4", "7", "")]
    post_cells(colleague, url, edits, key="k2")
    again = post_cells(colleague, url, edits, key="k2")

    assert [one["address"] for one in again.json()["clashes"]] == ["1/01/4"]
    assert again.json()["values"] == {"1/02/4": "7"}


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("1/01/4", "десять"),
        ("1/01/4", "1" * 40),
        ("1/01/4", "-5"),
        ("1/01/4", "1,5"),
        ("1/01/4", "NaN"),
        ("1/01/4", "1e5"),
        ("1/01/5", "1,55"),
        ("1/03/5", "1"),
        ("1/01/3", "1"),
        ("1/99/4", "1"),
        ("9/01/4", "1"),
        ("2/n500/1", "x"),
        ("2/n0/1", "x"),
        ("comment", "x" * 100_000),
        ("comment", "a\x00b"),
        ("comment", "\ud800"),
        ("\x00", "1"),
        ("speed", "3"),
        ("wifi", "может быть"),
        ("topics", "a,z"),
        ("x" * 5000, "1"),
    ],
)
def test_bad_input_is_a_fault_of_its_cell(address, value, school, response, url):
    answer = post_cells(school, url, [(address, value, ""), ("1/02/4", "7", "")])

    assert answer.status_code == 422
    assert list(answer.json()["faults"]) == [address[:120]]
    response.refresh_from_db()
    assert response.values == {"1/02/4": "7", "1/02/3": "7"}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{",
        '{"key": 1, "edits": []}',
        '{"key": "a b", "edits": []}',
        '{"key": "k", "edits": {}}',
        '{"key": "k", "edits": [1]}',
        '{"key": "k", "edits": [{"address": 1, "value": "2"}]}',
        '{"key": "k", "base": -1, "edits": []}',
        '{"key": "k", "base": 1e400, "edits": []}',
        "[" * 100_000,
    ],
)
def test_malformed_request_is_refused(body, school, response, url):
    answer = school.post(f"{url}cells/", body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["told"]


def test_get_is_not_allowed(school, url):
    assert school.get(f"{url}cells/").status_code == 405


def test_token_against_forgery_is_asked(responsible_a, url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(responsible_a)

    assert post_cells(client, url, [("1/01/4", "5", "")]).status_code == 403


def test_anonymous_stranger_and_methodist_write_nothing(
    client, signed_in, responsible_b, methodist, response, url
):
    assert post_cells(client, url, [("1/01/4", "5", "")]).status_code == 302
    assert post_cells(signed_in(responsible_b), url, [("1/01/4", "5", "")]).status_code == 404
    assert post_cells(signed_in(methodist), url, [("1/01/4", "5", "")]).status_code == 403
    assert not CellChange.objects.exists()


@pytest.mark.parametrize(("state", "status"), [("submitted", 409), ("accepted", 409), ("returned", 200)])
def test_sent_response_takes_nothing(state, status, school, response, url):
    now = timezone.now()
    Response.objects.filter(pk=response.pk).update(
        state=state, submitted_at=now, accepted_at=now if state == "accepted" else None
    )

    assert post_cells(school, url, [("1/01/4", "5", "")]).status_code == status


DUE = datetime.datetime(2026, 11, 20, 18, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("after_due", "status"),
    [
        (datetime.timedelta(0), 200),
        (datetime.timedelta(hours=2), 200),
        (datetime.timedelta(hours=2, microseconds=1), 409),
    ],
)
def test_accepted_until_the_deadline_with_its_grace(after_due, status, school, response, url, monkeypatch):
    response.campaign.due_at, response.campaign.grace_hours = DUE, 2
    response.campaign.save()
    monkeypatch.setattr("apps.monitoring.models.responses.timezone.now", lambda: DUE + after_due)

    assert post_cells(school, url, [("1/01/4", "5", "")]).status_code == status


def test_extension_moves_the_closing_moment(school, response, url):
    response.campaign.due_at = timezone.now() - datetime.timedelta(days=2)
    response.campaign.save()
    assert post_cells(school, url, [("1/01/4", "5", "")]).status_code == 409

    response.extended_due_at = timezone.now() + datetime.timedelta(days=1)
    response.save()
    assert post_cells(school, url, [("1/01/4", "5", "")], key="k2").status_code == 200


def test_closed_campaign_takes_nothing(school, response, url):
    response.campaign.state = "closed"
    response.campaign.save()

    assert post_cells(school, url, [("1/01/4", "5", "")]).status_code == 409


def test_number_of_queries_does_not_depend_on_edits(school, response, url, django_assert_max_num_queries):
    post_cells(school, url, [("1/01/4", "5", "")])
    with django_assert_max_num_queries(16):
        post_cells(school, url, [("1/01/4", "6", "5"), ("1/02/4", "1", ""), ("wifi", "1", "")], key="k2")


@pytest.mark.django_db(transaction=True)
def test_one_key_from_two_threads_leaves_one_change(responsible_a, response, url):
    statuses = []

    def send():
        client = Client()
        client.force_login(responsible_a)
        statuses.append(post_cells(client, url, [("1/01/4", "5", "")]).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    [one.start() for one in threads]
    [one.join() for one in threads]

    assert statuses == [200] * 4
    assert response.changes.count() == 1
