"""The fixed cast, and what guards every test."""

import gc
import importlib
import logging
import os
from collections.abc import Iterator

import pytest
from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connection
from django.db.models.signals import post_migrate
from django.template import engines

from apps.accounts.models import User
from apps.core.roles import Role
from apps.organizations.models import Organization
from tests.factories import OrganizationFactory, UserFactory, user_with
from tests.papers.layout import leave_out_layout
from tests.refusals import leave_out_words
from tests.template import template_for

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


class UndefinedVariable(str):
    """An undefined template variable is a fault, not a blank."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, variable: object) -> str:
        pytest.fail(f"undefined template variable: {variable}")


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_configure() -> None:
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is missing
    if settings.EMBEDDED:
        from imo_portal.embedded import server_for

        server_for(settings.DATA_DIR).ensure_running()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_test_environment, django_db_blocker
) -> None:
    """A test database is a copy of a migrated one."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template_for(connection)


LOADERS = ["apps.teachers.migrations.0002_books", "apps.teachers.migrations.0003_erasure"]


def load_books(sender: AppConfig, **_: object) -> None:
    """The reference books of teachers as migrations load them; those that stand already are left alone."""
    for loader in LOADERS:
        importlib.import_module(loader).load(apps, None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup) -> Iterator[None]:
    """The flush after a transactional test empties the books; it ends with this signal, as migrating does."""
    sender = apps.get_app_config("teachers")
    post_migrate.connect(load_books, sender=sender)
    yield
    post_migrate.disconnect(load_books, sender=sender)


@pytest.fixture(autouse=True)
def _strict_templates() -> None:
    engines["django"].engine.string_if_invalid = UndefinedVariable("%s")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path) -> None:
    """Every test has a folder of its own for stored files and letters."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")


@pytest.fixture(autouse=True)
def _no_jobs_left(request) -> Iterator[None]:
    """The flush after a transactional test passes by the queue, whose tables are not Django's to manage."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def papers_without_layout(monkeypatch) -> None:
    leave_out_layout(monkeypatch)


@pytest.fixture
def refusals_without_words(monkeypatch) -> None:
    leave_out_words(monkeypatch)


@pytest.fixture(autouse=True)
def _quiet_requests() -> None:
    logging.getLogger("django.request").setLevel(logging.CRITICAL)


@pytest.fixture
def school_a(db) -> Organization:
    return OrganizationFactory(short_name="Школа А")


@pytest.fixture
def school_b(db) -> Organization:
    return OrganizationFactory(short_name="Школа Б")


@pytest.fixture
def methodist(db) -> User:
    return user_with(Role.METHODIST, username="methodist")


@pytest.fixture
def head(db) -> User:
    return user_with(Role.HEAD, username="head")


@pytest.fixture
def director(db) -> User:
    return user_with(Role.DIRECTOR, username="director")


@pytest.fixture
def assistant(db) -> User:
    return user_with(Role.ASSISTANT, username="assistant")


@pytest.fixture
def administrator(db) -> User:
    return user_with(Role.ADMIN, username="admin")


@pytest.fixture
def responsible_a(school_a) -> User:
    return user_with(Role.REPRESENTATIVE, school_a, username="school-a")


@pytest.fixture
def responsible_b(school_b) -> User:
    return user_with(Role.REPRESENTATIVE, school_b, username="school-b")


@pytest.fixture
def nobody(db) -> User:
    """Signed in, without any role."""
    return UserFactory(username="nobody")


@pytest.fixture
def signed_in(client):
    """A client signed in as the given user."""

    def sign_in(user: User):
        client.force_login(user)
        return client

    return sign_in
