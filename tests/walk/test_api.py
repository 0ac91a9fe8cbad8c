"""The open data interface gives each of the cast the rows of his pages, by session and by key alike."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from apps.accounts.links import token_hash
from apps.api.models import AccessKey
from apps.core.roles import reads_city
from apps.monitoring.models import Campaign
from apps.monitoring.views.campaigns import CampaignList, CampaignProgress, OwnResponses
from apps.monitoring.views.forms import FormList
from apps.organizations.views.pages import OrganizationList
from tests.walk.conftest import signed_in_as
from tests.walk.pages import PAGES, USERS
from tests.walk.test_addresses import address_of
from tests.walk.world import changed_tables

pytestmark = pytest.mark.django_db
API_PAGES = [one for one in PAGES if one.name.startswith("api:") and "200" in one.get]
READ = [one for one in API_PAGES if one.name not in ("api:key-list", "api:reference", "api:openapi")]
LISTS = {
    "api:organization-list": OrganizationList,
    "api:form-list": FormList,
    "api:campaign-list": CampaignList,
}


@pytest.fixture(scope="module")
def keys(world, django_db_blocker) -> Iterator[dict[str, str]]:
    """A key of each of the cast, made past the action: those with nothing to read have none otherwise."""
    with django_db_blocker.unblock():
        mark = transaction.savepoint()
        for word, user in world.users.items():
            AccessKey.objects.create(
                owner=user, name="Обход", token_hash=token_hash(f"key-{word}"), expires_at="2099-01-01T00:00Z"
            )
        yield {word: f"key-{word}" for word in world.users}
        transaction.savepoint_rollback(mark)


def with_key(keys, word: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {keys[word]}"})


def ids_of(client: Client, name: str) -> set[int]:
    """Every id of a list, two a page."""
    ids: list[int] = []
    cursor = ""
    while True:
        answer = client.get(reverse(name), {"limit": 2, "cursor": cursor})
        if answer.status_code == 403:
            return set()
        document = answer.json()
        assert len(document["items"]) <= 2
        ids += [one["id"] for one in document["items"]]
        cursor = document["next_cursor"]
        if cursor is None:
            assert ids == sorted(set(ids))
            return set(ids)


def of_page(view_class, user, **attributes) -> set[int]:
    """What the list page gives the user: its queryset, or nothing where the page refuses him."""
    view = view_class()
    request = RequestFactory().get("/")
    request.user = type(user).objects.get(pk=user.pk)
    view.setup(request)
    for name, value in attributes.items():
        setattr(view, name, value)
    return {one.pk for one in view.get_queryset()} if view.is_allowed() else set()


def responses_of_pages(user) -> set[int]:
    """Of the department: what the pages of all campaigns list; of others: «Мои отчёты»."""
    if not reads_city(user):
        return of_page(OwnResponses, user)
    shown = (of_page(CampaignProgress, user, campaign=one) for one in Campaign.objects.all())
    return set().union(*shown)


@pytest.mark.parametrize("word", USERS)
@pytest.mark.parametrize("name", LISTS)
def test_list_holds_the_rows_of_its_page(name, word, world, sessions, keys):
    expected = of_page(LISTS[name], world.users[word])
    assert ids_of(signed_in_as(sessions, word), name) == expected
    assert ids_of(with_key(keys, word), name) == expected


@pytest.mark.parametrize("word", USERS)
def test_responses_are_those_of_the_pages(word, world, sessions, keys):
    expected = responses_of_pages(world.users[word])
    assert ids_of(signed_in_as(sessions, word), "api:response-list") == expected
    assert ids_of(with_key(keys, word), "api:response-list") == expected


def test_world_tells_the_roles_apart(world, sessions):
    """The sets differ: eight responses of a school that are started and one closed, all of both else."""
    counts = [len(ids_of(signed_in_as(sessions, word), "api:response-list")) for word in USERS]
    assert counts == [9, 8, 0, 0, 18, 18, 18, 18, 0]


@pytest.mark.parametrize("page", READ, ids=lambda page: page.name)
def test_key_is_answered_as_its_owner(page, world, keys, untouched):
    url = address_of(world, page) + page.query
    mark = transaction.savepoint()
    answers = {word: with_key(keys, word).get(url).status_code for word in USERS}
    touched = changed_tables(untouched)
    transaction.savepoint_rollback(mark)

    assert answers == dict(zip(USERS, map(int, page.get.split()), strict=True))
    assert touched <= set(page.leaves) | {"api_accesskey"}


@pytest.mark.parametrize("page", READ, ids=lambda page: page.name)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written(page, method, world, keys, untouched):
    for word in ("own", "methodist", "head", "admin"):
        answer = getattr(with_key(keys, word), method)(address_of(world, page))
        assert (answer.status_code, answer.json()["code"], answer["Allow"]) == (
            405,
            "method_not_allowed",
            "GET",
        )
    assert changed_tables(untouched) <= {"api_accesskey"}


@pytest.mark.parametrize("page", [one for one in READ if one.args], ids=lambda page: page.name)
def test_row_of_another_is_as_one_that_is_not_there(page, world, keys):
    missing = reverse(page.name, args=[10**12])
    for word, status in zip(USERS, page.get.split(), strict=True):
        if status == "404":
            theirs = with_key(keys, word).get(address_of(world, page))
            assert theirs.json() == with_key(keys, word).get(missing).json()
            assert theirs.json()["message"] == "Такой записи нет."
