import pytest
from django.contrib.auth.models import AnonymousUser

from apps.core import registry
from apps.core.context import Portal, counters_for, groups_for, portal
from apps.core.models import PortalState
from apps.core.registry import Counter, NavItem, Registry, Signboard


@pytest.fixture(autouse=True)
def own_registries(monkeypatch):
    for name in ("navigation", "header_counters", "signboards"):
        monkeypatch.setattr(registry, name, Registry(name))


def add(key: str, url_name: str, group: str, order: int, **more) -> None:
    registry.navigation.register(NavItem(key, key.title(), url_name, "house", group, order, **more))


def test_groups_stand_in_the_order_of_their_first_items(methodist):
    add("letters", "notices:delivery-list", "Управление", 30)
    add("account", "accounts:account", "", 1)
    add("invitations", "accounts:invitation-list", "Управление", 20)

    groups = groups_for(methodist, "/")

    assert [(group.title, [item.title for item in group.items]) for group in groups] == [
        ("", ["Account"]),
        ("Управление", ["Invitations", "Letters"]),
    ]


def test_the_longest_address_that_begins_the_path_is_active(methodist):
    add("account", "accounts:account", "", 1)
    add("password", "accounts:password-change", "", 2)

    def active(path: str) -> list[tuple[str, str]]:
        return [(item.title, item.current) for item in groups_for(methodist, path)[0].items if item.active]

    assert active("/account/password/") == [("Password", "page")]
    assert active("/account/details/") == [("Account", "true")]
    assert active("/elsewhere/") == []


def test_an_item_not_for_the_role_is_absent(methodist):
    add("account", "accounts:account", "", 1, allowed=lambda actor: False)

    assert groups_for(methodist, "/") == []


def test_a_badge_is_asked_for_the_actor(methodist):
    add("account", "accounts:account", "", 1, badge=lambda actor: 4 if actor == methodist else 0)

    assert groups_for(methodist, "/")[0].items[0].badge == 4


@pytest.mark.parametrize("user", [None, AnonymousUser()])
def test_an_anonymous_visitor_has_no_navigation(user):
    add("account", "accounts:account", "", 1, allowed=lambda actor: True)
    registry.header_counters.register(
        Counter("n", "Уведомления", "accounts:account", "bell", lambda actor: 1)
    )

    assert groups_for(user, "/") == []
    assert counters_for(user) == []


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (99, "99"), (100, "99+")])
def test_a_counter(methodist, count, text):
    registry.header_counters.register(
        Counter("n", "Уведомления", "accounts:account", "bell", lambda actor: count)
    )

    (sign,) = counters_for(methodist)
    assert (sign.url, sign.count, sign.text) == ("/account/", count, text)


def test_roles_in_words(methodist, nobody):
    assert Portal(methodist).role == "методист"
    assert Portal(nobody).role == "роль не назначена"
    assert Portal(None).role == "роль не назначена"


def test_demo_is_read_from_the_state_of_the_portal(db):
    assert Portal(None).demo is False
    PortalState.objects.update_or_create(pk=1, defaults={"is_demo": True})
    assert Portal(None).demo is True


def test_the_departments_name_comes_from_the_app_that_knows_it():
    assert Portal(None).department_short == ""
    registry.signboards.register(Signboard("department", lambda: "Департамент образования"))
    assert Portal(None).department_short == "Департамент образования"


def test_nothing_is_asked_of_the_database_before_the_page_shows_it(rf, db, django_assert_num_queries):
    request = rf.get("/")
    with django_assert_num_queries(0):
        context = portal(request)

    assert set(context) == {
        *("portal", "navigation", "counters", "current_organization", "title", "lead", "breadcrumbs"),
    }
