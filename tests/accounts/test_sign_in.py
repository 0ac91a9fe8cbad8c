"""Signing in: words, lockout, second step, lifetime of a session."""

import datetime
import time

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps.accounts.tokens import password_path
from apps.core.models import JournalRecord
from tests.factories import UserFactory

LOGIN = "/login/"
PASSWORD = "Пароль-для-тестов-1"
WRONG = "Неверное имя для входа или пароль."


def sign_in(client: Client, username: str = "methodist", password: str = PASSWORD, **extra: str):
    return client.post(LOGIN, {"username": username, "password": password, **extra})


def verbs() -> list[str]:
    return list(JournalRecord.objects.order_by("id").values_list("verb", flat=True))


def test_page_opens_without_a_session(client, db):
    response = client.get(LOGIN)

    assert response.status_code == 200
    assert "imo_session" not in response.cookies
    assert not Session.objects.exists()


def test_right_password(client, methodist):
    response = sign_in(client)

    assert (response.status_code, response.url) == (302, "/")
    assert int(client.session["_auth_user_id"]) == methodist.pk
    assert time.time() - client.session["started_at"] < 60
    record = JournalRecord.objects.get()
    assert (record.verb, record.user, record.address) == ("signed_in", methodist, "127.0.0.1")


def test_name_in_any_case(client, methodist):
    assert sign_in(client, "METHODIST").status_code == 302


def test_wrong_password_and_unknown_name_look_the_same(client, methodist):
    known, unknown = sign_in(client, password="нет"), sign_in(client, "nobody-here", "нет")

    assert known.status_code == unknown.status_code == 422
    assert WRONG in known.content.decode()
    assert WRONG in unknown.content.decode()
    assert not Session.objects.exists()


def test_failure_is_journalled_without_what_was_typed(client, methodist):
    sign_in(client, password="Тайна-в-поле")
    sign_in(client, "Тайна-в-поле", "x")

    first, second = JournalRecord.objects.order_by("id")
    assert (first.verb, first.user, first.subject_id) == ("sign_in_failed", None, str(methodist.pk))
    assert (second.verb, second.subject_id, second.subject_title) == ("sign_in_failed", "", "")
    assert not JournalRecord.objects.filter(note__contains="Тайна").exists()


def test_closed_account_is_refused(client, db):
    UserFactory(username="gone", is_active=False)

    assert WRONG in sign_in(client, "gone").content.decode()


@pytest.mark.parametrize(("production", "status"), [(True, 422), (False, 302)])
def test_demo_account_is_refused_in_production(client, db, settings, production, status):
    settings.PRODUCTION = production
    UserFactory(username="demo-head", is_demo=True)

    assert sign_in(client, "demo-head").status_code == status


def test_demo_session_ends_in_production(db, signed_in, settings):
    client = signed_in(UserFactory(is_demo=True))
    settings.PRODUCTION = True

    response = client.get("/account/")

    assert (response.status_code, response.url) == (302, "/login/?next=/account/")


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/account/", "/account/"),
        ("https://else.example/", "/"),
        ("//else.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_next_stays_inside(client, methodist, asked, leads_to):
    assert sign_in(client, next=asked).url == leads_to


def test_next_survives_a_wrong_password(client, methodist):
    response = sign_in(client, password="нет", next="/account/")

    assert 'name="next" value="/account/"' in response.content.decode()


def test_signed_in_user_goes_on(signed_in, methodist):
    assert signed_in(methodist).get(LOGIN + "?next=/account/").url == "/account/"


def test_session_gets_a_new_key(client, methodist):
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key

    sign_in(client)

    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("username", "password"),
    [("a" * 151, "x"), ("", "x"), ("methodist", ""), ("me\x00thodist", "x"), ("methodist", "x" * 100_000)],
)
def test_senseless_input_is_a_form_fault(client, methodist, username, password):
    assert sign_in(client, username, password).status_code == 422


def lockout(settings) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3


@pytest.mark.parametrize("name", ["methodist", "nobody-here"])
def test_lockout_for_known_and_unknown_alike(client, methodist, settings, name):
    lockout(settings)
    answers = [sign_in(client, name, "нет") for _ in range(4)]

    assert [one.status_code for one in answers] == [422, 422, 429, 429]
    assert "Вход закрыт на время" in answers[3].content.decode()
    assert name not in answers[3].content.decode()


def test_lockout_holds_for_the_right_password_and_any_case(client, methodist, settings):
    lockout(settings)
    for name in ("methodist", "Methodist", "METHODIST"):
        sign_in(client, name, "нет")

    assert sign_in(client).status_code == 429
    assert "_auth_user_id" not in client.session


def test_new_password_by_a_letter_lifts_the_lockout(client, methodist, settings):
    lockout(settings)
    for _ in range(3):
        sign_in(client, password="нет")
    new = "Совсем-другой-пароль-5"

    client.post(password_path(methodist), {"new_password1": new, "new_password2": new})

    assert sign_in(client, "Methodist", new).status_code == 302


def test_lockout_of_one_name_leaves_others(client, methodist, head, settings):
    lockout(settings)
    for _ in range(3):
        sign_in(client, password="нет")

    assert sign_in(client, "head").status_code == 302


def test_many_names_from_one_address_lock_the_address(client, head, settings):
    """Three names, one try each; the fourth name is known and its password right."""
    lockout(settings)
    settings.LOCKOUT_NAMES = 3
    answers = [sign_in(client, f"name-{number}", "нет").status_code for number in range(3)]

    assert answers == [422, 422, 422]
    assert sign_in(client, "head").status_code == 429
    assert (
        client.post(LOGIN, {"username": "head", "password": "нет"}, REMOTE_ADDR="10.1.2.3").status_code == 422
    )


def test_many_failures_for_few_names_leave_the_school_in(client, methodist, head, settings):
    lockout(settings)
    settings.LOCKOUT_NAMES = 3
    for _ in range(2):
        for name in ("methodist", "name-1"):
            sign_in(client, name, "нет")

    assert sign_in(client, "head").status_code == 302


def test_a_name_that_signed_in_after_a_typo_does_not_count(client, methodist, head, settings):
    lockout(settings)
    settings.LOCKOUT_NAMES = 2
    sign_in(client, "methodist", "нет")
    assert sign_in(client, "methodist").status_code == 302
    client.post("/logout/")
    sign_in(client, "name-1", "нет")

    assert sign_in(client, "head").status_code == 302


def test_pause_of_an_address_ends_by_itself(client, head, settings):
    """What is tried while it lasts does not make it longer."""
    lockout(settings)
    settings.LOCKOUT_NAMES = 2
    for number in range(2):
        sign_in(client, f"name-{number}", "нет")
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=14))
    assert sign_in(client, "name-9", "нет").status_code == 429
    assert AccessAttempt.objects.count() == 2
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=16))

    assert sign_in(client, "head").status_code == 302


def test_counters_keep_no_name(client, methodist, settings):
    lockout(settings)
    sign_in(client, "Пароль-вместо-имени", "нет")

    attempt = AccessAttempt.objects.get()
    assert "Пароль-вместо-имени" not in (attempt.username + attempt.post_data)


def test_sign_out(signed_in, methodist):
    client = signed_in(methodist)

    response = client.post("/logout/")

    assert response.url == LOGIN
    assert "_auth_user_id" not in client.session
    assert verbs() == ["signed_out"]


def test_sign_out_needs_a_post(signed_in, methodist):
    assert signed_in(methodist).get("/logout/").status_code == 405


def test_session_has_an_absolute_end(client, methodist, settings):
    sign_in(client)
    session = client.session
    session["started_at"] = time.time() - 12 * 3600 - 1
    session.save()

    assert client.get("/account/").url == LOGIN
    assert client.get("/account/").url == "/login/?next=/account/"


@pytest.fixture
def device(methodist) -> TOTPDevice:
    return TOTPDevice.objects.create(user=methodist, name="Приложение", confirmed=True)


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key):06d}"


def test_second_step(client, methodist, device):
    response = sign_in(client, next="/account/")
    assert response.url == "/login/code/?next=%2Faccount%2F"
    assert client.get("/account/").status_code == 302

    response = client.post("/login/code/", {"otp_token": code_of(device), "next": "/account/"})

    assert response.url == "/account/"
    assert int(client.session["_auth_user_id"]) == methodist.pk
    assert "second_factor" not in client.session
    assert client.get("/account/").status_code == 200


def test_code_with_spaces(client, device):
    sign_in(client)
    code = code_of(device)

    assert client.post("/login/code/", {"otp_token": f"{code[:3]} {code[3:]}"}).status_code == 302


def test_code_works_once(client, device):
    code = code_of(device)
    sign_in(client)
    client.post("/login/code/", {"otp_token": code})
    client.post("/logout/")
    sign_in(client)

    assert client.post("/login/code/", {"otp_token": code}).status_code == 422


def test_wrong_code(client, device):
    sign_in(client)

    response = client.post("/login/code/", {"otp_token": "000000"})

    assert response.status_code == 422
    assert "Код не подошёл" in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert verbs() == ["sign_in_failed"]


def test_backup_code_works_once(client, methodist, device):
    static = StaticDevice.objects.create(user=methodist, name="Запасные коды")
    static.token_set.create(token="abcd2345")
    sign_in(client)

    assert client.post("/login/code/", {"otp_token": "ABCD2345"}).status_code == 302
    assert not static.token_set.exists()


def test_step_without_password_leads_back(client, device):
    assert client.get("/login/code/").url == LOGIN
    assert client.post("/login/code/", {"otp_token": code_of(device)}).url == LOGIN


def test_step_waits_five_minutes(client, device):
    sign_in(client)
    session = client.session
    session["second_factor"] = {**session["second_factor"], "at": time.time() - 301}
    session.save()

    assert client.post("/login/code/", {"otp_token": code_of(device)}).url == LOGIN


def test_step_dies_with_a_new_password(client, methodist, device):
    sign_in(client)
    methodist.set_password("Другой-пароль-22")
    methodist.save()

    assert client.post("/login/code/", {"otp_token": code_of(device)}).url == LOGIN


def test_codes_are_counted_by_the_lockout(client, device, settings):
    lockout(settings)
    sign_in(client)

    answers = [client.post("/login/code/", {"otp_token": "000000"}).status_code for _ in range(3)]

    assert answers == [422, 422, 429]
    assert client.post("/login/code/", {"otp_token": code_of(device)}).status_code == 429


def test_unconfirmed_device_asks_nothing(client, methodist):
    TOTPDevice.objects.create(user=methodist, confirmed=False)

    assert sign_in(client).url == "/"


def test_staff_must_set_the_second_factor_up(client, methodist, settings):
    settings.STAFF_SECOND_FACTOR = True
    sign_in(client)

    assert client.get("/account/").url == reverse("accounts:second-factor")
    assert client.get("/account/second-factor/").status_code == 200


def test_school_needs_no_second_factor(client, responsible_a, settings):
    settings.STAFF_SECOND_FACTOR = True
    sign_in(client, "school-a")

    assert client.get("/account/").status_code == 200


def test_a_session_in_use_is_prolonged(signed_in, methodist):
    client = signed_in(methodist)
    session = client.session
    session["started_at"] = time.time() - 3600
    session.save()
    client.get("/account/")
    assert time.time() - client.session["seen_at"] < 60
