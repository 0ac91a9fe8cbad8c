import pytest

from apps.core.roles import Role
from tests.factories import user_with

pytestmark = pytest.mark.django_db


def test_anonymous_signs_in_on_the_portal(client):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/login/?next=")
    assert (
        client.get("/admin/login/?next=/admin/accounts/")["Location"] == "/login/?next=%2Fadmin%2Faccounts%2F"
    )


@pytest.mark.parametrize("role", [Role.HEAD, Role.METHODIST, Role.DIRECTOR, Role.ADMIN])
def test_staff_comes_in(signed_in, role):
    response = signed_in(user_with(role)).get("/admin/")
    assert response.status_code == 200
    assert "<h1>Управление данными</h1>" in response.content.decode()


def test_others_are_refused(signed_in, responsible_a, nobody):
    for user in (responsible_a, nobody):
        response = signed_in(user).get("/admin/", follow=True)
        assert response.status_code == 403


def test_index_shows_what_the_role_may_see(signed_in, methodist, administrator):
    assert "/admin/accounts/user/" not in signed_in(methodist).get("/admin/").content.decode()
    assert "/admin/accounts/user/" in signed_in(administrator).get("/admin/").content.decode()


def test_passwords_and_leaving_are_the_portals_own(signed_in, head):
    client = signed_in(head)
    assert client.get("/admin/password_change/")["Location"] == "/account/password/"
    assert client.post("/admin/logout/")["Location"] == "/account/"
    assert client.get("/admin/").status_code == 200
