"""The walk over every address: who is let in, who is refused, and that a refusal changes nothing."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.walk.conftest import signed_in_as
from tests.walk.pages import PAGES, PUBLIC, USERS, Page
from tests.walk.world import World, changed_tables

pytestmark = pytest.mark.django_db
REFUSED = {403, 404, 405}


def address_of(world: World, page: Page) -> str:
    return reverse(page.name, args=[world.at[word] for word in page.args])


def body_of(world: World, page: Page) -> dict:
    return {
        name: world.at[value[1:]] if isinstance(value, str) and value.startswith("@") else value
        for name, value in page.body.items()
    }


def got(client: Client, url: str) -> int:
    response = client.get(url)
    if response.streaming:
        response.getvalue()
    for close in response._resource_closers:
        close()
    return response.status_code


def posted(client: Client, world: World, page: Page) -> int:
    url = address_of(world, page)
    if page.json:
        return client.post(url, page.json, content_type="application/json").status_code
    return client.post(url, body_of(world, page)).status_code


def named_patterns(resolver=None, space: str = "") -> Iterator[str]:
    """The names of all addresses, each with its namespaces."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from named_patterns(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name or one.pattern}"


def test_every_address_has_its_line():
    portal = {name for name in named_patterns() if not name.startswith("admin:")}
    assert portal == {page.name for page in PAGES}


def test_every_address_of_the_admin_is_of_a_table_or_known():
    known = {"index", "login", "logout", "password_change", "password_change_done", "autocomplete"}
    known |= {"jsi18n", "view_on_site", "app_list", "(?P<url>.*)$", "<path:object_id>/"}
    for model in admin.site._registry:
        stem = f"{model._meta.app_label}_{model._meta.model_name}"
        known |= {f"{stem}_{act}" for act in ("changelist", "add", "history", "delete", "change")}
    found = {name.removeprefix("admin:") for name in named_patterns() if name.startswith("admin:")}
    assert found == known


def parted(statuses: str) -> tuple[dict[str, int], dict[str, int]]:
    """User → status for those who are refused, and for those who are let in."""
    expected = dict(zip(USERS, map(int, statuses.split()), strict=True))
    refused = {word: status for word, status in expected.items() if status in REFUSED}
    return refused, {word: status for word, status in expected.items() if word not in refused}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_get(page, world, sessions, untouched):
    url = address_of(world, page) + page.query
    refused, welcome = parted(page.get)

    assert {word: got(signed_in_as(sessions, word), url) for word in refused} == refused
    assert changed_tables(untouched) == set()

    answers = {}
    for word in welcome:
        mark = transaction.savepoint()
        answers[word] = got(signed_in_as(sessions, word), url)
        assert changed_tables(untouched) <= set(page.leaves), word
        transaction.savepoint_rollback(mark)
    assert answers == welcome


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_post(page, world, sessions, untouched):
    refused, welcome = parted(page.post)

    assert {word: posted(signed_in_as(sessions, word), world, page) for word in refused} == refused
    assert changed_tables(untouched) == set()

    answers = {}
    for word in welcome:
        mark = transaction.savepoint()
        answers[word] = posted(signed_in_as(sessions, word), world, page)
        transaction.savepoint_rollback(mark)
    assert answers == welcome


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_anonymous(page, world, untouched):
    url = address_of(world, page)
    answers = [Client().get(url + page.query), Client().post(url, body_of(world, page))]

    if page.name in PUBLIC:
        assert tuple(answer.status_code for answer in answers) == PUBLIC[page.name]
    else:
        assert [answer["Location"].split("?")[0] for answer in answers] == ["/login/", "/login/"]
    assert all("imo_session" not in answer.cookies for answer in answers)
    assert changed_tables(untouched) == set()
