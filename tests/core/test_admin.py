"""What an action refuses behind a page of the admin is told there, in Russian, and nothing is written."""

import datetime

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError

from apps.core.access import Conflict, Refused
from apps.core.models import JournalRecord, WorkdayException

pytestmark = pytest.mark.django_db
LIST = "/admin/core/workdayexception/"
TYPED = {"date": "31.12.2026", "note": "Постановление города"}
TABLE = admin.site._registry[WorkdayException]
TOLD = "Этот день уже прошёл."
REFUSALS = [Conflict(TOLD), Refused(TOLD), ValidationError(TOLD)]


@pytest.fixture
def kept(db) -> WorkdayException:
    return WorkdayException.objects.create(date=datetime.date(2026, 6, 12))


def refusing(monkeypatch, name: str, error: Exception) -> None:
    """The method writes first and refuses then, as an action that is late to see a conflict."""

    def refuse(*args, **kwargs):
        WorkdayException.objects.create(date=datetime.date(2030, 1, 1))
        raise error

    monkeypatch.setattr(TABLE, name, refuse, raising=False)


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("page", ["add/", "{}/change/"])
def test_refused_saving_keeps_what_was_typed(page, error, signed_in, head, kept, monkeypatch):
    refusing(monkeypatch, "save_model", error)

    response = signed_in(head).post(f"{LIST}{page.format(kept.pk)}", TYPED)

    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors() == [TOLD]
    text = response.content.decode()
    assert TOLD in text
    assert 'value="Постановление города"' in text
    assert list(WorkdayException.objects.values_list("date", "note")) == [(datetime.date(2026, 6, 12), "")]


def test_refusal_of_a_right_is_in_the_journal(signed_in, head, monkeypatch):
    refusing(monkeypatch, "save_model", Refused(TOLD))
    signed_in(head).post(f"{LIST}add/", TYPED)
    assert [one.verb for one in JournalRecord.objects.all()] == ["denied"]


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: type(error).__name__)
def test_refused_deletion_leads_back_to_the_card(error, signed_in, head, kept, monkeypatch):
    refusing(monkeypatch, "delete_model", error)

    response = signed_in(head).post(f"{LIST}{kept.pk}/delete/", {"post": "yes"}, follow=True)

    assert response.redirect_chain == [(f"{LIST}{kept.pk}/change/", 302)]
    assert [(one.level_tag, str(one)) for one in response.context["messages"]] == [("error", TOLD)]
    assert WorkdayException.objects.get() == kept


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: type(error).__name__)
def test_refused_action_leads_back_to_the_list(error, signed_in, head, kept, monkeypatch):
    def act(modeladmin, request, rows):
        rows.update(note="Изменено")
        raise error

    monkeypatch.setattr(TABLE, "actions", [admin.action(description="Проверить")(act)])

    body = {"action": "act", "_selected_action": [kept.pk], "index": "0"}
    response = signed_in(head).post(f"{LIST}?q=", body, follow=True)

    assert response.redirect_chain == [(f"{LIST}?q=", 302)]
    assert [(one.level_tag, str(one)) for one in response.context["messages"]] == [("error", TOLD)]
    assert WorkdayException.objects.get().note == ""


def test_no_right_at_all_is_still_a_refusal(signed_in, director, kept):
    assert signed_in(director).post(f"{LIST}add/", TYPED).status_code == 403
