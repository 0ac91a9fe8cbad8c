import pytest

from apps.core.models import PortalState
from imo_portal.launch.prepare import demo_is_due, demo_logins
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def fresh_checkout(db, settings, tmp_path):
    settings.DATA_DIR, settings.EMBEDDED = tmp_path, True


def test_demo_loads_by_itself_into_the_embedded_database_of_a_fresh_checkout():
    assert demo_is_due("auto")


def test_demo_does_not_load_by_itself_where_somebody_is_registered():
    UserFactory()
    assert not demo_is_due("auto")


def test_demo_does_not_load_by_itself_into_another_server(settings):
    settings.EMBEDDED = False
    assert not demo_is_due("auto")
    assert demo_is_due("always")


def test_refusal_is_remembered_until_the_demo_is_asked_for():
    assert not demo_is_due("never")
    assert not demo_is_due("auto")
    assert demo_is_due("always")
    assert demo_is_due("auto")


def test_demo_is_not_loaded_twice():
    PortalState.objects.update_or_create(id=1, defaults={"is_demo": True})
    assert not demo_is_due("always")


def test_logins_are_shown_only_for_the_demo():
    UserFactory(username="school1")
    UserFactory(username="head")
    assert demo_logins() == []
    PortalState.objects.update_or_create(id=1, defaults={"is_demo": True})
    assert demo_logins() == ["head", "school1"]
