"""Accounts: the first administrator, closing and opening, what nobody may do to himself."""

import pytest
from django.core.exceptions import ValidationError

from apps.accounts.actions import (
    activate_user,
    change_own_details,
    create_first_admin,
    create_user,
    deactivate_user,
    drop_second_factor,
    sign_out_everywhere,
)
from apps.accounts.actions.second_factor import start_second_factor
from apps.accounts.models import User
from apps.core.access import Conflict, Refused
from apps.core.models import JournalRecord
from tests.factories import UserFactory

FIRST = {
    "username": "first",
    "password": "Длинный-пароль-77",
    "last_name": "Первая",
    "first_name": "Анна",
    "email": "first@imo.example",
}


def test_first_administrator(db):
    user = create_first_admin(**FIRST)

    assert user.roles == {"admin"}
    assert user.check_password("Длинный-пароль-77")
    assert list(JournalRecord.objects.order_by("id").values_list("verb", flat=True)) == ["created", "granted"]


def test_second_first_administrator_is_refused(db):
    create_first_admin(**FIRST)

    with pytest.raises(Conflict):
        create_first_admin(**{**FIRST, "username": "second"})
    assert not User.objects.filter(username="second").exists()


def test_administrator_creates_an_account(administrator):
    user = create_user(by=administrator, username="novaya", last_name="Новая", first_name="Мария")

    assert not user.has_usable_password()
    with pytest.raises(ValidationError, match="занято"):
        create_user(by=administrator, username="NOVAYA", last_name="Новая", first_name="Мария")


@pytest.mark.parametrize("by", ["head", "methodist", "nobody"])
def test_others_manage_no_accounts(request, by, responsible_a):
    user = request.getfixturevalue(by)
    for act in (deactivate_user, activate_user, sign_out_everywhere, drop_second_factor):
        with pytest.raises(Refused):
            act(by=user, user=responsible_a)
    with pytest.raises(Refused):
        create_user(by=user, username="novaya", last_name="Новая", first_name="Мария")


def test_closed_account_loses_sessions_and_rights(administrator, responsible_a, signed_in):
    client = signed_in(responsible_a)

    deactivate_user(by=administrator, user=User.objects.get(pk=responsible_a.pk))

    assert client.get("/account/").status_code == 302
    assert User.objects.get(pk=responsible_a.pk).represented_ids == set()
    activate_user(by=administrator, user=User.objects.get(pk=responsible_a.pk))
    assert len(User.objects.get(pk=responsible_a.pk).represented_ids) == 1
    assert client.get("/account/").status_code == 302


def test_administrator_drops_a_lost_second_factor(administrator, nobody):
    start_second_factor(by=nobody)

    drop_second_factor(by=administrator, user=nobody)

    assert not nobody.totpdevice_set.exists()


def test_details_only(nobody):
    with pytest.raises(TypeError):
        change_own_details(by=nobody, username="admin")
    with pytest.raises(ValidationError):
        change_own_details(by=nobody, email="нет")


def test_name_is_taken_in_any_case(db):
    UserFactory(username="Anna")

    with pytest.raises(ValidationError, match="занято"):
        User(username="anna", last_name="Б", first_name="В", password="x").full_clean()


def test_who_sees_whom(administrator, head, methodist, director, responsible_a, responsible_b, nobody):
    everybody = {administrator, head, methodist, director, responsible_a, responsible_b, nobody}

    for user in (administrator, head, methodist, director):
        assert set(User.objects.all().visible_to(user)) == everybody
    assert set(User.objects.all().visible_to(responsible_a)) == {responsible_a}
    assert set(User.objects.all().visible_to(nobody)) == {nobody}
