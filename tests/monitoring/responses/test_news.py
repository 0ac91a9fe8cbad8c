"""What an open page hears when it asks by itself."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.core.roles import Role
from apps.monitoring.models import Response
from tests.factories import user_with
from tests.monitoring.responses.test_cells import post_cells


@pytest.fixture
def school(signed_in, responsible_a):
    return signed_in(responsible_a)


@pytest.fixture
def colleague(school_a):
    client = Client()
    client.force_login(user_with(Role.REPRESENTATIVE, school_a, username="colleague", last_name="Коллегова"))
    return client


def ask(client, url, base=0, stamp="draft-open", cells="1"):
    return client.get(f"{url}news/", {"base": base, "stamp": stamp, "cells": cells})


def test_nothing_new_is_204(school, ready, url):
    assert ask(school, url).status_code == 204


def test_first_saved_cell_is_no_news_of_the_state(school, response, url):
    base = post_cells(school, url, [("1/02/4", "7", "")]).json()["base"]

    assert ask(school, url, base=base, stamp="draft-open").status_code == 204


def test_nothing_new_costs_one_query_of_the_response(school, ready, url):
    with CaptureQueriesContext(connection) as caught:
        ask(school, url)

    assert sum("monitoring_" in one["sql"] for one in caught) == 1
    assert len(caught) <= 4


def test_cell_of_a_colleague_comes_with_its_words_and_author(school, colleague, response, url):
    post_cells(colleague, url, [("1/02/4", "7", "")])

    answer = ask(school, url).json()

    assert [(one["address"], one["value"], one["name"]) for one in answer["others"]] == [
        ("1/02/4", "7", "печатные (стр. 02) · в том числе: учебники (гр. 4)")
    ]
    assert answer["others"][0]["by"].startswith("Коллегова")
    assert answer["computed"]["1/02/3"] == "7"
    assert [one["relation"] for one in answer["violations"]] == ["r1"]
    assert ask(school, url, base=answer["base"]).status_code == 204


def test_own_change_in_another_window_comes_too(school, response, url):
    post_cells(school, url, [("1/02/4", "7", "")])

    assert [one["by"] for one in ask(school, url).json()["others"]] == ["вы в другом окне"]


def test_own_request_is_no_news_to_itself(school, response, url):
    assert post_cells(school, url, [("1/02/4", "7", "")]).json()["others"] == []


def test_row_of_a_colleague_comes_as_html_and_goes_when_removed(school, colleague, response, url):
    post_cells(colleague, url, [("2/n1/1", "Неделя", "")])
    first = ask(school, url).json()
    colleague.post(f"{url}rows/", {"do": "remove", "section": "2", "row": "n1"})
    second = ask(school, url, base=first["base"]).json()

    assert [(one["section"], one["row"], 'name="c:2/n1/1"' in one["html"]) for one in first["rows"]] == [
        ("2", "n1", True)
    ]
    assert second["rows"] == [{"section": "2", "row": "n1", "html": ""}]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("submitted", "Отчёт уже в состоянии «Отправлен»: изменить его нельзя."),
        ("accepted", "Отчёт уже в состоянии «Принят»: изменить его нельзя."),
        ("returned", "Отчёт снова открыт для заполнения."),
    ],
)
def test_way_of_the_response_is_told(school, ready, url, state, told):
    now = timezone.now()
    Response.objects.filter(pk=ready.pk).update(state=state, submitted_at=now, accepted_at=now)

    answer = ask(school, url).json()

    assert (answer["told"], answer["is_open"]) == (told, state == "returned")
    assert answer["stamp"] == ("returned-open" if state == "returned" else f"{state}-shut")


def test_closing_moment_is_told(school, ready, url):
    ready.campaign.due_at = timezone.now() - datetime.timedelta(days=1)
    ready.campaign.grace_hours = 0
    ready.campaign.save()

    answer = ask(school, url).json()

    assert answer["is_open"] is False
    assert answer["told"].startswith("Приём отчётов закрыт")


@pytest.mark.parametrize("base", ["", "x", "-1", "9" * 40, "²"])
def test_malformed_base_is_zero_or_the_largest(school, ready, url, base):
    assert ask(school, url, base=base).status_code == 204


def test_asking_does_not_prolong_the_session(school, ready, url):
    session = school.session
    session["started_at"] = session["seen_at"] = int(timezone.now().timestamp()) - 3000
    session.save()

    ask(school, url)

    assert school.session["seen_at"] == session["seen_at"]


def test_somebody_elses_response_is_not_there(signed_in, responsible_b, ready, url):
    assert ask(signed_in(responsible_b), url).status_code == 404
