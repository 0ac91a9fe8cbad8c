"""The Django admin of accounts: rights only through permissions, changes only through actions."""

import pytest

from apps.accounts.models import RoleGrant, User
from apps.core.models import JournalRecord
from apps.core.roles import Role
from tests.factories import OrganizationFactory, UserFactory, user_with

USERS, GRANTS = "/admin/accounts/user/", "/admin/accounts/rolegrant/"
NEW_USER = {
    "username": "novaya",
    "last_name": "Новая",
    "first_name": "Мария",
    "middle_name": "",
    "position": "",
    "email": "",
}


def grant_form(user: User, **fields) -> dict:
    empty = {"organization": "", "ends_on": "", "basis": "", "order_number": "", "order_date": ""}
    return {"user": user.pk, "role": "methodist", "starts_on": "01.09.2026", **empty, **fields}


def run(client, path: str, action: str, *rows):
    return client.post(path, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)


@pytest.mark.parametrize("path", [USERS, GRANTS, "/admin/accounts/invitation/"])
@pytest.mark.parametrize(
    ("user", "statuses"),
    [
        ("administrator", {200}),
        ("head", {200}),
        ("methodist", {403, 200}),
        ("director", {403}),
        ("responsible_a", {302}),
        ("nobody", {302}),
    ],
)
def test_who_opens_the_lists(request, signed_in, path, user, statuses):
    assert signed_in(request.getfixturevalue(user)).get(path).status_code in statuses


def test_methodist_opens_no_users(signed_in, methodist):
    assert signed_in(methodist).get(USERS).status_code == 403
    assert signed_in(methodist).get(GRANTS).status_code == 403


@pytest.mark.parametrize("path", [USERS, GRANTS])
def test_search(signed_in, administrator, methodist, path):
    assert signed_in(administrator).get(path + "?q=methodist").status_code == 200


def test_administrator_makes_an_account_without_a_password(signed_in, administrator):
    response = signed_in(administrator).post(USERS + "add/", NEW_USER)

    assert response.status_code == 302
    user = User.objects.get(username="novaya")
    assert not user.has_usable_password()
    assert user.roles == set()
    assert JournalRecord.objects.filter(verb="created", subject_id=str(user.pk)).exists()


def test_account_has_no_forged_fields(signed_in, administrator):
    forged = {**NEW_USER, "is_demo": "on", "password": "x", "is_superuser": "on", "session_salt": "x"}

    signed_in(administrator).post(USERS + "add/", forged)

    user = User.objects.get(username="novaya")
    assert (user.is_demo, user.session_salt) == (False, "")


def test_administrator_corrects_an_account(signed_in, administrator, nobody):
    data = {**NEW_USER, "username": "nobody"}

    response = signed_in(administrator).post(f"{USERS}{nobody.pk}/change/", data)

    assert response.status_code == 302
    assert User.objects.get(pk=nobody.pk).last_name == "Новая"


@pytest.mark.parametrize("by", ["head", "methodist", "director"])
def test_others_make_and_change_no_account(request, signed_in, by, nobody):
    client = signed_in(request.getfixturevalue(by))

    assert client.post(USERS + "add/", NEW_USER).status_code == 403
    assert client.post(f"{USERS}{nobody.pk}/change/", NEW_USER).status_code == 403
    assert client.post(f"{USERS}{nobody.pk}/delete/", {"post": "yes"}).status_code == 403
    assert not User.objects.filter(username="novaya").exists()


@pytest.mark.parametrize("act", ["deactivate", "give_password_link", "drop_second_factor", "sign_out"])
def test_head_runs_no_action_on_users(signed_in, head, nobody, act):
    run(signed_in(head), USERS, act, nobody)

    user = User.objects.get(pk=nobody.pk)
    assert (user.is_active, user.session_salt) == (True, "")
    assert not JournalRecord.objects.filter(user=head).exists()


def test_administrator_closes_and_opens_an_account(signed_in, administrator, nobody):
    client = signed_in(administrator)

    run(client, USERS, "deactivate", nobody)
    assert not User.objects.get(pk=nobody.pk).is_active
    run(client, USERS, "activate", nobody)
    assert User.objects.get(pk=nobody.pk).is_active


def test_own_account_is_not_closed(signed_in, administrator):
    page = run(signed_in(administrator), USERS, "deactivate", administrator)

    assert "Свою учётную запись закрыть нельзя" in page.content.decode()
    assert User.objects.get(pk=administrator.pk).is_active


def test_password_link_is_shown(signed_in, administrator, nobody):
    page = run(signed_in(administrator), USERS, "give_password_link", nobody).content.decode()

    assert "/password/reset/" in page


@pytest.mark.parametrize("path", [USERS, GRANTS])
def test_no_deletion_in_bulk(signed_in, administrator, nobody, path):
    user = user_with(Role.METHODIST)
    rows = {USERS: user, GRANTS: user.grants.get()}

    run(signed_in(administrator), path, "delete_selected", rows[path])

    assert User.objects.filter(pk=user.pk).exists()
    assert RoleGrant.objects.filter(user=user).exists()


def test_head_gives_a_role(signed_in, head, nobody):
    response = signed_in(head).post(GRANTS + "add/", grant_form(nobody))

    assert response.status_code == 302
    grant = nobody.grants.get()
    assert (grant.role, grant.granted_by) == ("methodist", head)
    assert JournalRecord.objects.filter(verb="granted", user=head).count() == 1


@pytest.mark.parametrize("role", ["admin", "director", "head"])
def test_head_gives_no_higher_role(signed_in, head, nobody, role):
    response = signed_in(head).post(GRANTS + "add/", grant_form(nobody, role=role))

    assert response.status_code == 200
    assert not nobody.grants.exists()


@pytest.mark.parametrize("role", ["methodist", "admin", "assistant"])
@pytest.mark.parametrize("by", ["head", "administrator"])
def test_nobody_gives_himself_a_role(request, signed_in, by, role):
    user = request.getfixturevalue(by)

    response = signed_in(user).post(GRANTS + "add/", grant_form(user, role=role))

    assert "Право самому себе выдать нельзя" in response.content.decode()
    assert user.grants.count() == 1


def test_acting_head_by_order(signed_in, administrator, methodist):
    form = grant_form(methodist, role="head", is_acting="on", ends_on="30.09.2026")
    client = signed_in(administrator)

    assert "по приказу" in client.post(GRANTS + "add/", form).content.decode()
    assert client.post(GRANTS + "add/", {**form, "order_number": "45-к"}).status_code == 302
    assert methodist.grants.get(role="head").is_acting


def test_same_right_twice_is_told(signed_in, head, methodist):
    response = signed_in(head).post(GRANTS + "add/", grant_form(methodist))

    assert "уже есть" in response.content.decode()
    assert methodist.grants.count() == 1


def test_only_the_end_changes(signed_in, head, methodist, nobody):
    grant = methodist.grants.get()
    data = {"user": nobody.pk, "role": "admin", "starts_on": "01.01.2000", "ends_on": "31.12.2026"}

    signed_in(head).post(f"{GRANTS}{grant.pk}/change/", data)

    grant.refresh_from_db()
    assert (grant.user, grant.role) == (methodist, "methodist")
    assert grant.starts_on.isoformat() == "2020-01-01"
    assert grant.ends_on.isoformat() == "2026-12-31"


def test_own_right_is_looked_at_only(signed_in, head):
    grant = head.grants.get()
    client = signed_in(head)

    assert client.get(f"{GRANTS}{grant.pk}/change/").status_code == 200
    assert client.post(f"{GRANTS}{grant.pk}/change/", {"ends_on": "31.12.2030"}).status_code == 403


def test_right_is_ended_at_once(signed_in, head, methodist):
    run(signed_in(head), GRANTS, "end_now", methodist.grants.get())

    assert User.objects.get(pk=methodist.pk).roles == set()


def test_head_ends_no_right_of_the_administrator(signed_in, head, administrator):
    page = run(signed_in(head), GRANTS, "end_now", administrator.grants.get())

    assert "прекратить не можете" in page.content.decode()
    assert User.objects.get(pk=administrator.pk).roles == {"admin"}


def autocomplete(client, app: str, model: str, field: str, term: str = ""):
    query = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    return client.get("/admin/autocomplete/", query)


def test_autocomplete_of_users(signed_in, head, methodist):
    UserFactory(username="somebody")

    response = autocomplete(signed_in(head), "accounts", "rolegrant", "user", "somebody")
    assert len(response.json()["results"]) == 1
    assert autocomplete(signed_in(methodist), "accounts", "rolegrant", "user").status_code == 403


def test_invitations_are_read_only(signed_in, administrator, methodist, school_a):
    client = signed_in(administrator)

    assert client.get("/admin/accounts/invitation/add/").status_code == 403
    assert OrganizationFactory().pk


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_a_fixed_number_of_queries(signed_in, administrator, django_assert_max_num_queries, rows):
    for _ in range(rows):
        user_with(Role.METHODIST)
    client = signed_in(administrator)

    with django_assert_max_num_queries(14):
        client.get(USERS)
    with django_assert_max_num_queries(14):
        client.get(GRANTS)


def test_missing_organization_of_a_right_is_told_beside_its_field(signed_in, administrator, nobody):
    typed = {"user": nobody.pk, "role": "representative", "starts_on": "01.11.2026"}
    form = signed_in(administrator).post(f"{GRANTS}add/", typed).context["adminform"].form
    assert form.errors["organization"] == ["Для этой роли укажите организацию."]
    assert (form.non_field_errors(), nobody.grants.count()) == ([], 0)


def test_administrator_is_told_where_his_own_password_is_changed(signed_in, administrator):
    typed = {"action": "give_password_link", "_selected_action": [administrator.pk]}
    page = signed_in(administrator).post(USERS, typed, follow=True).content.decode()
    assert "Себе ссылку не выдают: пароль меняют на странице «Учётная запись»." in page
