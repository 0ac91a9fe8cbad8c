"""A forgotten password: the same answer for everybody, a link that works once."""

import re

import pytest
from django.core import mail

from apps.accounts.actions import deactivate_user, password_link, sign_out_everywhere
from apps.accounts.models import User
from apps.accounts.tasks import mail_password_link
from apps.accounts.tokens import password_path
from apps.core.access import Refused
from tests.factories import UserFactory

TASK = "accounts.mail_password_link"
NEW = {"new_password1": "Совсем-другой-пароль-5", "new_password2": "Совсем-другой-пароль-5"}


def ask(client, name: str):
    return client.post("/password/reset/", {"name": name})


@pytest.mark.parametrize("name", ["Methodist", "METHODIST@imo.example"])
def test_link_is_queued(client, methodist, queued, name):
    response = ask(client, name)

    assert response.status_code == 200
    assert queued(TASK) == [{"user_id": methodist.pk}]


def test_unknown_name_gets_the_same_answer(client, methodist, queued):
    known, unknown = ask(client, "methodist"), ask(client, "nobody-here")

    assert known.content == unknown.content
    assert queued(TASK) == [{"user_id": methodist.pk}, {"user_id": None}]
    mail_password_link(user_id=None)
    assert mail.outbox == []


def test_three_letters_an_hour(client, methodist, queued):
    for _ in range(5):
        ask(client, "methodist")

    assert [job["user_id"] for job in queued(TASK)] == [methodist.pk] * 3 + [None] * 2


def test_ten_requests_an_hour_from_one_address(client, methodist, queued):
    for number in range(10):
        ask(client, f"nobody{number}")
    ask(client, "methodist")

    assert queued(TASK)[-1] == {"user_id": None}


def test_letter_and_new_password(client, methodist):
    mail_password_link(user_id=methodist.pk)
    path = re.search(r"http://127.0.0.1:8000(/password/reset/\S+)", mail.outbox[0].body)[1]
    response = client.get(path)
    assert response.status_code == 200
    assert response["Referrer-Policy"] == "strict-origin"
    assert "imo_session" not in response.cookies

    response = client.post(path, NEW)

    assert response.url == "/login/"
    assert User.objects.get(pk=methodist.pk).check_password("Совсем-другой-пароль-5")
    assert client.get(path).status_code == 404
    assert client.post(path, NEW).status_code == 404


def test_weak_password_is_refused(client, methodist):
    response = client.post(password_path(methodist), {"new_password1": "1", "new_password2": "1"})

    assert response.status_code == 422


def test_link_dies_with_sessions(client, methodist):
    path = password_path(methodist)
    sign_out_everywhere(by=methodist, user=methodist)

    assert client.get(path).status_code == 404


def test_link_dies_with_the_account(client, methodist, administrator):
    path = password_path(methodist)
    deactivate_user(by=administrator, user=methodist)

    assert client.get(path).status_code == 404
    mail_password_link(user_id=methodist.pk)
    assert mail.outbox == []


def test_link_of_another_user_does_not_fit(client, methodist, head):
    token = password_path(methodist).rstrip("/").rsplit("/", 1)[1]
    uid = password_path(head).split("/")[3]

    assert client.get(f"/password/reset/{uid}/{token}/").status_code == 404


@pytest.mark.parametrize("uid", ["x", "%00", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk", "0LA"])
def test_forged_link_is_not_there(client, db, uid):
    assert client.get(f"/password/reset/{uid}/c0ffee-123/").status_code == 404


def test_demo_account_gets_no_letter_in_production(db, settings):
    user = UserFactory(is_demo=True)
    settings.PRODUCTION = True

    mail_password_link(user_id=user.pk)

    assert mail.outbox == []


def test_administrator_gives_a_link(administrator, nobody, client):
    assert client.get(password_link(by=administrator, user=nobody)).status_code == 200


@pytest.mark.parametrize("by", ["head", "methodist", "director", "nobody"])
def test_others_give_no_link(request, by, responsible_a):
    with pytest.raises(Refused):
        password_link(by=request.getfixturevalue(by), user=responsible_a)
