import pytest
from django.contrib import admin

from apps.core.models import JournalRecord, WorkdayException
from apps.core.roles import Role
from tests.factories import user_with

pytestmark = pytest.mark.django_db
TABLES = [model for model in admin.site._registry if model.__module__.startswith("apps.")]
# Kept sums that are computed anew at any time: nothing to look at by hand.
DERIVED = {"monitoring.SummaryRollup"}
# Single answers of people and who took part: nobody looks at them by hand.
UNSEEN = {"questionnaires.Answer", "questionnaires.NamedRespondent"}
UNSEEN |= {"questionnaires.Participation", "questionnaires.TextCode"}


def address(model, page="changelist"):
    end = "" if page == "changelist" else f"{page}/"
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/{end}"


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_every_table_opens_or_refuses_and_searches(signed_in, head, administrator, model):
    answers = set()
    for user in (head, administrator):
        response = signed_in(user).get(address(model), {"q": "школа 5"})
        answers.add(response.status_code)
    assert 200 in answers and answers <= {200, 403}


def test_every_model_of_ours_is_in_the_admin():
    from django.apps import apps

    ours = {
        model
        for config in apps.get_app_configs()
        if config.name.startswith("apps.")
        for model in config.get_models()
        if not hasattr(model, "pgh_tracked_model")
    }
    shown = set(TABLES) | {
        inline.model for table in admin.site._registry.values() for inline in table.inlines
    }
    assert {model._meta.label for model in ours - shown} <= DERIVED | UNSEEN


@pytest.mark.parametrize("table", ["job", "storedfile", "usedkey", "portalstate", "journalrecord"])
def test_service_tables_can_not_be_changed(signed_in, administrator, table):
    client = signed_in(administrator)
    assert client.get(f"/admin/core/{table}/").status_code == 200
    assert client.post(f"/admin/core/{table}/add/", {}).status_code == 403


def test_methodist_does_not_see_service_tables(signed_in, methodist):
    client = signed_in(methodist)
    for table in ("job", "storedfile", "usedkey", "portalstate", "journalrecord"):
        assert client.get(f"/admin/core/{table}/").status_code == 403


def test_day_off_is_entered_and_journalled(signed_in, methodist):
    client = signed_in(methodist)
    data = {"date": "31.12.2026", "is_working": "", "note": "постановление"}
    assert client.post("/admin/core/workdayexception/add/", data).status_code == 302
    day = WorkdayException.objects.get()
    assert (day.date.isoformat(), day.is_working) == ("2026-12-31", False)
    assert JournalRecord.objects.get(verb="created").subject_id == str(day.pk)
    client.post(f"/admin/core/workdayexception/{day.pk}/delete/", {"post": "yes"})
    assert not WorkdayException.objects.exists()
    assert JournalRecord.objects.filter(verb="deleted").exists()


def test_day_off_is_not_for_the_director(signed_in):
    assert signed_in(user_with(Role.DIRECTOR)).get("/admin/core/workdayexception/add/").status_code == 403
