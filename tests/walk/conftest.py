"""The world of the walk: built once a process, in a transaction that the end of the walk rolls back."""

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from tests.papers.layout import leave_out_layout
from tests.refusals import leave_out_words
from tests.walk.world import Fingerprint, World, built, fingerprint


@pytest.fixture(scope="module", autouse=True)
def _papers_without_layout() -> Iterator[None]:
    """The walk asks for hundreds of papers; `test_prints` draws each of them once."""
    with pytest.MonkeyPatch.context() as patch:
        leave_out_layout(patch)
        # Nothing here asks what a page was rendered from; copying its contexts takes a tenth of the time.
        patch.setattr("django.test.client.store_rendered_templates", lambda *given, **named: None)
        yield


@pytest.fixture(scope="module", autouse=True)
def _refusals_without_words() -> Iterator[None]:
    """The walk is refused ten thousand times; `test_refusals` draws both pages for each user."""
    with pytest.MonkeyPatch.context() as patch:
        leave_out_words(patch)
        yield


@pytest.fixture(scope="package")
def files(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, files) -> Iterator[World]:
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), built() as world:
        world.at |= {"guide": "administrator", "tracked": "organizations.organization"}
        yield world


@pytest.fixture(scope="package")
def sessions(world, django_db_blocker) -> dict[str, str]:
    """The cookie of each user's session."""
    with django_db_blocker.unblock():
        return {word: _session(user) for word, user in world.users.items()}


def _session(user) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["imo_session"].value


@pytest.fixture(scope="module")
def untouched(sessions, django_db_blocker) -> Fingerprint:
    with django_db_blocker.unblock():
        return fingerprint()


@pytest.fixture(autouse=True)
def _own_files(settings, files) -> None:
    """The files of the world, in place of a folder for each test."""
    settings.MEDIA_ROOT = files


def signed_in_as(sessions, word: str) -> Client:
    client = Client()
    client.cookies["imo_session"] = sessions[word]
    return client
