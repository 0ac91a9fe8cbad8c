"""Refusals and the reading of personal data in the journal."""

import pytest
from django.db import DatabaseError

from apps.core import journal
from apps.core.models import JournalRecord
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def denied() -> list[tuple]:
    rows = JournalRecord.objects.filter(verb="denied").order_by("pk")
    return [(one.user.username, one.subject_title, one.note, one.address) for one in rows]


def test_refused_page_without_its_query(signed_in, methodist):
    assert signed_in(methodist).get("/journal/?who=Петров").status_code == 403
    assert denied() == [("methodist", "/journal/", "открытие страницы", "127.0.0.1")]


def test_refused_act(signed_in, methodist, school_a, responsible_a):
    answer = signed_in(responsible_a).post(f"/organizations/{school_a.pk}/edit/", {})
    assert answer.status_code == 403
    assert denied() == [("school-a", f"/organizations/{school_a.pk}/edit/", "отправка данных", "127.0.0.1")]


def test_refused_in_the_admin(signed_in, methodist):
    assert signed_in(methodist).get("/admin/accounts/user/").status_code == 403
    assert denied() == [("methodist", "/admin/accounts/user/", "открытие страницы", "127.0.0.1")]


def test_forged_form(nobody):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(nobody)
    assert client.post("/account/details/", {}).status_code == 403
    assert denied() == [("nobody", "/account/details/", "отправка данных", "127.0.0.1")]


def test_action_of_the_admin_refused_row_by_row(signed_in, administrator):
    """Nobody gives himself a new password link."""
    body = {"action": "give_password_link", "_selected_action": [administrator.pk], "index": "0"}
    assert signed_in(administrator).post("/admin/accounts/user/", body).status_code == 302
    assert denied() == [("admin", "/admin/accounts/user/", "отправка данных", "127.0.0.1")]


def test_secrets_of_an_address_are_not_kept(rf, nobody):
    from django.urls import resolve

    from apps.core.refusals import record_refusal

    request = rf.get("/invitation/secret-token/")
    request.user, request.resolver_match = nobody, resolve("/invitation/secret-token/")
    record_refusal(request)
    assert denied() == [("nobody", "/invitation/<str:token>/", "открытие страницы", "127.0.0.1")]


def test_anonymous_flood_leaves_nothing(client):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/login/", {}).status_code == 403
    assert denied() == []


def test_foreign_row_leaves_nothing(signed_in, responsible_b, school_a):
    assert signed_in(responsible_b).get(f"/organizations/{school_a.pk}/").status_code == 404
    assert denied() == []


def test_refusal_stands_without_the_journal(signed_in, methodist, monkeypatch, caplog):
    def broken(**fields):
        raise DatabaseError("no room")

    monkeypatch.setattr(journal, "record", broken)
    assert signed_in(methodist).get("/journal/").status_code == 403
    assert "a refusal was not written" in caplog.text


def viewed() -> list[tuple[str, str, str]]:
    rows = JournalRecord.objects.filter(verb="viewed").order_by("pk")
    return [(one.user.username, one.subject_type, one.subject_id or one.subject_title) for one in rows]


def test_reading_a_person_in_the_admin(signed_in, administrator):
    anna = UserFactory()
    client = signed_in(administrator)
    client.get("/admin/accounts/user/")
    client.get(f"/admin/accounts/user/{anna.pk}/change/")
    client.get(f"/admin/accounts/user/{administrator.pk}/change/")
    client.post(f"/admin/accounts/user/{anna.pk}/change/", {})
    assert viewed() == [("admin", "", "Пользователи"), ("admin", "accounts.user", str(anna.pk))]


def test_reading_contacts_on_pages(signed_in, methodist, school_a, responsible_a):
    client = signed_in(methodist)
    client.get(f"/organizations/{school_a.pk}/")
    client.get("/invitations/")
    client.get("/organizations/")
    assert viewed() == [
        ("methodist", "organizations.organization", str(school_a.pk)),
        ("methodist", "", "Приглашения"),
    ]


def test_refused_reading_is_no_reading(signed_in, director):
    assert signed_in(director).get("/invitations/").status_code == 403
    assert viewed() == []
