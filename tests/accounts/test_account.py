"""One's own account: details, password, sessions, organisation, second factor."""

import re

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps.accounts.models import User
from apps.core.models import JournalRecord
from apps.core.roles import Role
from tests.factories import RoleGrantFactory

PASSWORD = "Пароль-для-тестов-1"
DETAILS = {
    "last_name": "Новая",
    "first_name": "Мария",
    "middle_name": "",
    "position": "директор",
    "email": "school-a@imo.example",
}


def test_page(signed_in, responsible_a):
    page = signed_in(responsible_a).get("/account/").content.decode()

    assert "ответственный от организации, Школа А" in page
    assert "Передать место преемнику" in page


def test_details_are_saved(signed_in, responsible_a):
    response = signed_in(responsible_a).post("/account/details/", DETAILS)

    assert response.url == "/account/"
    user = User.objects.get(pk=responsible_a.pk)
    assert (user.full_name, user.position) == ("Новая Мария", "директор")


def test_new_address_asks_for_the_password(signed_in, responsible_a):
    client, changed = signed_in(responsible_a), {**DETAILS, "email": "other@imo.example"}

    assert client.post("/account/details/", changed).status_code == 422
    assert client.post("/account/details/", {**changed, "password": "нет"}).status_code == 422
    assert User.objects.get(pk=responsible_a.pk).email == "school-a@imo.example"
    assert client.post("/account/details/", {**changed, "password": PASSWORD}).status_code == 302
    assert User.objects.get(pk=responsible_a.pk).email == "other@imo.example"


def test_rights_are_no_details(signed_in, responsible_a):
    signed_in(responsible_a).post("/account/details/", {**DETAILS, "username": "x", "is_demo": "on"})

    user = User.objects.get(pk=responsible_a.pk)
    assert (user.username, user.is_demo, user.roles) == ("school-a", False, {"representative"})


def test_faults_keep_what_was_typed(signed_in, responsible_a):
    response = signed_in(responsible_a).post("/account/details/", {**DETAILS, "email": "нет адреса"})

    assert response.status_code == 422
    assert "нет адреса" in response.content.decode()


@pytest.mark.parametrize(
    "name",
    ["Сайт evil.example", "https://evil.example", "Пишите a@b", "имо.рф", "Две\nстроки\x00", "Зад\u202eом"],
)
def test_no_link_or_control_character_in_a_name(signed_in, responsible_a, name):
    response = signed_in(responsible_a).post("/account/details/", {**DETAILS, "middle_name": name})

    assert response.status_code == 422
    assert User.objects.get(pk=responsible_a.pk).middle_name == responsible_a.middle_name


@pytest.mark.parametrize("position", ["зам.директора по УВР", "Учитель (совм.)", "И.О.директора"])
def test_position_with_dots_is_no_link(signed_in, responsible_a, position):
    signed_in(responsible_a).post(
        "/account/details/", {**DETAILS, "email": responsible_a.email, "position": position}
    )

    assert User.objects.get(pk=responsible_a.pk).position == position


def test_line_breaks_of_a_name_become_spaces(signed_in, responsible_a):
    signed_in(responsible_a).post(
        "/account/details/", {**DETAILS, "email": responsible_a.email, "first_name": "Анна\nМария"}
    )

    assert User.objects.get(pk=responsible_a.pk).first_name == "Анна Мария"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/account/details/", {**DETAILS, "email": "new@imo.example"}),
        ("/account/sign-out-everywhere/", {}),
        ("/account/second-factor/", {"step": "start"}),
        ("/account/password/", {"new_password1": "Синие кедры 77", "new_password2": "Синие кедры 77"}),
    ],
)
def test_own_password_is_not_guessed_in_an_open_session(signed_in, responsible_a, settings, path, body):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    client, wrong = signed_in(responsible_a), {"password": "нет", "old_password": "нет"}

    answers = [client.post(path, {**body, **wrong}).status_code for _ in range(4)]

    right = {"password": "Пароль-для-тестов-1", "old_password": "Пароль-для-тестов-1"}
    answers.append(client.post(path, {**body, **right}).status_code)
    assert answers == [422, 422, 429, 429, 429]
    assert User.objects.get(pk=responsible_a.pk).email == responsible_a.email


def other_session(user: User) -> Client:
    other = Client()
    other.force_login(user)
    assert other.get("/account/").status_code == 200
    return other


def test_new_password_ends_other_sessions(signed_in, responsible_a):
    client, other = signed_in(responsible_a), other_session(responsible_a)

    response = client.post(
        "/account/password/",
        {
            "old_password": PASSWORD,
            "new_password1": "Совсем-другой-пароль-5",
            "new_password2": "Совсем-другой-пароль-5",
        },
    )

    assert response.url == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert User.objects.get(pk=responsible_a.pk).check_password("Совсем-другой-пароль-5")


@pytest.mark.parametrize(
    ("old", "first", "second"),
    [
        ("нет", "Совсем-другой-пароль-5", "Совсем-другой-пароль-5"),
        (PASSWORD, "Совсем-другой-пароль-5", "Иной-пароль-55555"),
        (PASSWORD, "коротко", "коротко"),
        (PASSWORD, "1234567890123", "1234567890123"),
    ],
)
def test_bad_password_change_is_refused(signed_in, responsible_a, old, first, second):
    data = {"old_password": old, "new_password1": first, "new_password2": second}

    assert signed_in(responsible_a).post("/account/password/", data).status_code == 422
    assert User.objects.get(pk=responsible_a.pk).check_password(PASSWORD)


def test_sign_out_everywhere(signed_in, responsible_a):
    client, other = signed_in(responsible_a), other_session(responsible_a)

    assert client.post("/account/sign-out-everywhere/", {"password": "нет"}).status_code == 422
    assert other.get("/account/").status_code == 200
    assert client.post("/account/sign-out-everywhere/", {"password": PASSWORD}).url == "/login/"
    assert client.get("/account/").status_code == 302
    assert other.get("/account/").status_code == 302


def test_organization_is_switched(signed_in, responsible_a, school_b):
    RoleGrantFactory(user=responsible_a, role=Role.REPRESENTATIVE, organization=school_b)
    client = signed_in(responsible_a)

    response = client.post("/account/organization/", {"organization": school_b.pk, "next": "/account/"})

    assert response.url == "/account/"
    assert client.session["organization_id"] == school_b.pk
    assert client.get("/account/").wsgi_request.current_organization == school_b


@pytest.mark.parametrize("chosen", ["other", "", "x", "999999999999999999999"])
def test_foreign_organization_is_not_there(signed_in, responsible_a, school_b, chosen):
    client = signed_in(responsible_a)
    value = school_b.pk if chosen == "other" else chosen

    assert client.post("/account/organization/", {"organization": value}).status_code == 404
    assert "organization_id" not in client.session


def start(client: Client, user: User) -> TOTPDevice:
    assert client.post("/account/second-factor/", {"step": "start", "password": PASSWORD}).status_code == 302
    return TOTPDevice.objects.get(user=user)


def confirm(client: Client, device: TOTPDevice):
    code = f"{totp(device.bin_key):06d}"
    return client.post("/account/second-factor/", {"step": "confirm", "otp_token": code})


def test_second_factor_is_switched_on(signed_in, methodist):
    client, other = signed_in(methodist), other_session(methodist)
    device = start(client, methodist)
    assert not device.confirmed
    page = client.get("/account/second-factor/").content.decode()
    assert "<svg" in page

    response = confirm(client, device)

    codes = re.findall(r"<code[^>]*>([a-z2-7]{8})</code>", response.content.decode())
    assert len(codes) == 10
    device.refresh_from_db()
    assert device.confirmed
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert JournalRecord.objects.filter(note="второй фактор подключён").count() == 1


def test_wrong_first_code_leaves_it_off(signed_in, methodist):
    client = signed_in(methodist)
    start(client, methodist)

    response = client.post("/account/second-factor/", {"step": "confirm", "otp_token": "000000"})

    assert response.status_code == 422
    assert not TOTPDevice.objects.get().confirmed
    page = response.content.decode()
    assert "После нескольких неудач подождите минуту" in page
    assert "запасных кодов" not in page


def test_start_needs_the_password(signed_in, methodist):
    response = signed_in(methodist).post("/account/second-factor/", {"step": "start", "password": "x"})

    assert response.status_code == 422
    assert not TOTPDevice.objects.exists()


def test_second_factor_is_switched_off_with_the_password(signed_in, methodist):
    client = signed_in(methodist)
    confirm(client, start(client, methodist))

    assert client.post("/account/second-factor/", {"step": "off", "password": "x"}).status_code == 422
    assert TOTPDevice.objects.exists()
    assert client.post("/account/second-factor/", {"step": "off", "password": PASSWORD}).status_code == 302
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()


def test_backup_codes_are_renewed(signed_in, methodist):
    client = signed_in(methodist)
    confirm(client, start(client, methodist))
    old = set(StaticToken.objects.values_list("token", flat=True))

    client.post("/account/second-factor/", {"step": "codes", "password": PASSWORD})

    new = set(StaticToken.objects.values_list("token", flat=True))
    assert len(new) == 10
    assert not old & new


def test_starting_twice_is_told(signed_in, methodist):
    client = signed_in(methodist)
    confirm(client, start(client, methodist))

    response = client.post("/account/second-factor/", {"step": "start", "password": PASSWORD})

    assert response.status_code == 409
    assert "уже подключён" in response.content.decode()


@pytest.mark.parametrize("step", ["", "page", "get", "__init__", "dispatch"])
def test_unknown_step_is_refused(signed_in, methodist, step):
    assert signed_in(methodist).post("/account/second-factor/", {"step": step}).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/account/",
        "/account/details/",
        "/account/password/",
        "/account/second-factor/",
        "/account/sign-out-everywhere/",
    ],
)
def test_anonymous_is_sent_to_sign_in(client, db, path):
    assert client.get(path).url == f"/login/?next={path}"
