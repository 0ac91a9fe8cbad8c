"""The Django admin: every table in it, every role at it, and no way past the actions of the portal."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models, transaction
from django.urls import reverse

from apps.core.admin import PortalAdminRights, PortalModelAdmin
from tests.walk.conftest import signed_in_as
from tests.walk.pages import USERS
from tests.walk.world import changed_tables

pytestmark = pytest.mark.django_db
TABLES = sorted(admin.site._registry, key=lambda model: model._meta.label)

# Who opens the list of each table: the roles of the admin site that the table is for.
CITY = "methodist director head"
SEEN_BY = {
    "api.AccessKey": "admin",
    "accounts.Invitation": "methodist head admin",
    "accounts.RoleGrant": "head admin",
    "accounts.User": "head admin",
    "core.Job": "admin",
    "core.JournalRecord": "head admin",
    "core.PortalState": "admin",
    "core.StoredFile": "admin",
    "core.UsedKey": "admin",
    "core.WorkdayException": "methodist head admin",
    "monitoring.Amendment": CITY,
    "monitoring.Attachment": CITY,
    "monitoring.Campaign": CITY,
    "monitoring.CellChange": CITY,
    "monitoring.DataElement": CITY,
    "monitoring.DraftEdit": CITY,
    "monitoring.Explanation": CITY,
    "monitoring.Extension": CITY,
    "monitoring.Form": CITY,
    "monitoring.FormVersion": CITY,
    "monitoring.MonitoringReport": CITY,
    "monitoring.Part": CITY,
    "monitoring.PhoneCall": CITY,
    "monitoring.Remark": CITY,
    "monitoring.Response": CITY,
    "monitoring.ResponseEdition": CITY,
    "monitoring.BlankPlace": CITY,
    "monitoring.ForeignBlank": CITY,
    "monitoring.SavedAnalysis": CITY,
    "monitoring.Submission": CITY,
    "notices.Delivery": "methodist head admin",
    "notices.Notice": "methodist director head admin",
    "notices.Preference": "admin",
    "office.Absence": "director head",
    "office.Acquaintance": "director head",
    "office.ActProposal": "director head",
    "office.Appeal": "director head",
    "office.Appointment": "director head",
    "office.Employee": "director head",
    "office.Encouragement": "director head",
    "office.ExperienceNorm": CITY,
    "office.LocalAct": CITY,
    "office.Order": "director head",
    "office.Position": CITY,
    "office.SafetyBriefing": "director head",
    "office.Service": "director head",
    "office.StaffTraining": "director head",
    "office.StaffingEdition": CITY,
    "office.StaffingLine": CITY,
    "reports.ActivityReport": CITY,
    "reports.ReportFigure": CITY,
    "reports.ReportSection": CITY,
    "organizations.Contingent": "methodist director head admin",
    "organizations.Department": "director head",
    "organizations.Organization": "methodist director head admin",
    "papers.NumberSequence": CITY,
    "papers.Paper": CITY,
    "papers.PaperAttachment": CITY,
    "planning.Amendment": CITY,
    "planning.AmendmentLine": CITY,
    "planning.Edition": CITY,
    "planning.Feed": CITY,
    "planning.Holding": CITY,
    "planning.Plan": CITY,
    "planning.PlanItem": CITY,
    "planning.Programme": CITY,
    "questionnaires.Direction": CITY,
    "questionnaires.GroupThreshold": CITY,
    "questionnaires.Invitee": CITY,
    "questionnaires.Question": CITY,
    "questionnaires.Questionnaire": CITY,
    "questionnaires.Recipient": CITY,
    "questionnaires.TextGroup": CITY,
    "workflow.TransitionRecord": CITY,
    # teachers: records
    "teachers.AcademicDegree": CITY,
    "teachers.Award": CITY,
    "teachers.AwardKind": CITY,
    "teachers.Category": CITY,
    "teachers.CategoryRule": CITY,
    "teachers.ChangeRow": CITY,
    "teachers.ChangeSet": CITY,
    "teachers.Consent": CITY,
    "teachers.CoverageRule": CITY,
    "teachers.Duty": CITY,
    "teachers.DutyKind": CITY,
    "teachers.Education": CITY,
    "teachers.Employment": CITY,
    "teachers.Leave": CITY,
    "teachers.Mentorship": CITY,
    "teachers.Merge": CITY,
    "teachers.NotSame": CITY,
    "teachers.ObligatoryKind": CITY,
    "teachers.Person": CITY,
    "teachers.Position": CITY,
    "teachers.Provider": CITY,
    "teachers.RetentionRule": CITY,
    "teachers.SavedFilter": CITY,
    "teachers.Standing": CITY,
    "teachers.Subject": CITY,
    "teachers.TermNotice": CITY,
    "teachers.Training": CITY,
    "teachers.TrainingRule": CITY,
    "teachers.UpdateRound": CITY,
    "teachers.Vacancy": CITY,
    "teachers.YoungRule": CITY,
    "teachers.Erasure": "head admin",
}
# What may be written there at all, and which tables it touches; everything else only looks.
WRITTEN = {
    "api.AccessKey": {"api_accesskey", "api_accesskeyevent"},
    "accounts.RoleGrant": {"accounts_rolegrant", "accounts_rolegrantevent"},
    "accounts.User": {"accounts_user", "accounts_userevent"},
    "core.WorkdayException": {"core_workdayexception"},
    "monitoring.Form": {"monitoring_form", "monitoring_formevent"},
    "office.Employee": {"office_employee", "office_employeeevent"},
    "office.ExperienceNorm": {"office_experiencenorm", "office_experiencenormevent"},
    "office.Position": {"office_position", "office_positionevent"},
    "organizations.Department": {"organizations_department"},
    "organizations.Organization": {"organizations_organization", "organizations_organizationevent"},
    "planning.Programme": {"planning_programme", "planning_programmeevent"},
    "questionnaires.GroupThreshold": {
        "questionnaires_groupthreshold",
        "questionnaires_groupthresholdevent",
    },
    # teachers: records
    "teachers.AwardKind": {"teachers_awardkind", "teachers_awardkindevent"},
    "teachers.CoverageRule": {"teachers_coveragerule", "teachers_coverageruleevent"},
    "teachers.DutyKind": {"teachers_dutykind", "teachers_dutykindevent"},
    "teachers.Position": {"teachers_position", "teachers_positionevent"},
    "teachers.Provider": {"teachers_provider"},
    "teachers.RetentionRule": {"teachers_retentionrule", "teachers_retentionruleevent"},
    "teachers.Subject": {"teachers_subject", "teachers_subjectevent"},
    "teachers.TermNotice": {"teachers_termnotice", "teachers_termnoticeevent"},
    "teachers.YoungRule": {"teachers_youngrule", "teachers_youngruleevent"},
    "teachers.ObligatoryKind": {
        "teachers_obligatorykind",
        "teachers_obligatorykindevent",
        "teachers_obligatorykind_positions",
        "teachers_obligatorykind_duties",
    },
    # What follows from a rule is counted anew with it.
    "teachers.TrainingRule": {
        "teachers_trainingrule",
        "teachers_trainingruleevent",
        "teachers_training",
        "teachers_trainingevent",
        "teachers_standing",
    },
    "teachers.CategoryRule": {
        "teachers_categoryrule",
        "teachers_categoryruleevent",
        "teachers_category",
        "teachers_categoryevent",
        "teachers_standing",
    },
}
# What stands only in a table of its own or of another row (an inline), or is computed anew at any time.
NOT_LISTED = {"monitoring.Reminder", "monitoring.RemarkMessage", "monitoring.SummaryRollup"}
# A single answer and who took part are shown to nobody, the administrator included.
NOT_LISTED |= {
    f"questionnaires.{name}" for name in ("Answer", "NamedRespondent", "Participation", "TextCode")
}
STATES = {"state", "paper", "figures", "accepted_at", "accepted_by", "submitted_at", "submitted_by"}
STATES |= {"published_at", "started_at", "closed_at", "revoked_at", "revoked_by", "is_late", "number"}


# Whom the admin site itself turns away, by one door for all its pages: a page of each table is asked.
OUTSIDE = ("own", "other", "nobody", "juror", "assistant")


def own_models() -> list[type[models.Model]]:
    ours = [one for one in apps.get_models() if one.__module__.startswith("apps.")]
    return [one for one in ours if not one._meta.model_name.endswith("event")]


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def forged(model, row) -> dict[str, object]:
    """Everything the table has, with other values where a state or a number stands."""
    data: dict[str, object] = {"_save": "1", "post": "yes"}
    for one in model._meta.fields:
        value = getattr(row, one.attname, None) if row is not None else None
        choices = [code for code, _ in one.flatchoices]
        if one.name in STATES and choices:
            value = choices[-1] if value != choices[-1] else choices[0]
        elif isinstance(one, models.CharField | models.TextField) and not choices and one.name != "id":
            value = f"{value or ''}0"[: one.max_length or 99]
        data[one.name] = "" if value is None else str(value)
    for inline in ("grants", "versions", "contingents", "reminders", "messages", "lines", "acquaintances"):
        data |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
    return data


def test_every_model_is_in_the_admin():
    missing = {one._meta.label for one in own_models()} - {one._meta.label for one in TABLES}
    assert missing == NOT_LISTED


def test_only_tables_with_the_portals_rights_are_there():
    assert {one._meta.label for one in TABLES} == set(SEEN_BY)
    for one in admin.site._registry.values():
        assert isinstance(one, PortalModelAdmin)
        assert all(issubclass(inline, PortalAdminRights) for inline in one.inlines)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_table_is_searched_and_named_in_russian(model):
    table = admin.site._registry[model]
    assert table.search_fields or model._meta.label in ("core.PortalState", "organizations.Department")
    names = [model._meta.verbose_name, model._meta.verbose_name_plural]
    assert all(any("а" <= letter <= "я" for letter in str(name).lower()) for name in names)
    shown = [one for one in model._meta.fields if one.editable and one.name != "id"]
    latin = [one.name for one in shown if str(one.verbose_name).isascii()]
    assert latin == []


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_no_editing_in_lists_and_no_deletion_in_bulk(model, world, rf):
    table = admin.site._registry[model]
    assert table.list_editable == ()
    for user in world.users.values():
        request = rf.get("/")
        request.user = user
        assert "delete_selected" not in table.get_actions(request)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_states_are_read_only(model, world, rf):
    table = admin.site._registry[model]
    row = model._base_manager.first()
    for word in ("head", "methodist", "director", "admin"):
        request = rf.get("/")
        request.user = world.users[word]
        for obj in (row, None):
            if obj is None and not table.has_add_permission(request):
                continue
            fields = table.get_form(request, obj, change=obj is not None).base_fields
            assert not STATES & set(fields) or not table.has_change_permission(request, obj)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_reading(model, world, sessions, untouched):
    row = model._base_manager.first()
    assert row is not None, "the world lacks a row of this table"
    for word in USERS:
        client = signed_in_as(sessions, word)
        expected = {200} if word in SEEN_BY[model._meta.label].split() else {302, 403}
        assert client.get(address(model, "changelist"), {"q": "1"}).status_code in expected, word
        if word in OUTSIDE:
            continue
        for page in ("change", "history"):
            answer = client.get(address(model, page, row.pk))
            assert answer.status_code in expected | {302}, (word, page)
        for page, args in (("add", ()), ("delete", (row.pk,))):
            answer = client.get(address(model, page, *args))
            writes = expected == {200} and model._meta.label in WRITTEN
            assert answer.status_code in ({200, 403, 302} if writes else {302, 403}), (word, page)
    assert changed_tables(untouched) == set()


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_forged_posts(model, world, sessions, untouched):
    """Add, change, delete, history and every action, by every role: only what `WRITTEN` names changes."""
    table = admin.site._registry[model]
    row = model._base_manager.first()
    data = forged(model, row)
    acts = [name for name in (*table.actions, "delete_selected") if isinstance(name, str)]
    for word in USERS:
        client = signed_in_as(sessions, word)
        mark = transaction.savepoint()
        pages = [("change", (row.pk,)), ("add", ()), ("delete", (row.pk,)), ("history", (row.pk,))]
        for page, args in pages[: 1 if word in OUTSIDE else None]:
            answer = client.post(address(model, page, *args), data)
            assert answer.status_code < 500, (word, page)
        if model._meta.label not in ("accounts.User", "accounts.RoleGrant", "accounts.Invitation"):
            for act in acts[: 1 if word in OUTSIDE else None]:
                body = {"action": act, "_selected_action": [row.pk], "index": "0", "_save": "1"}
                assert client.post(address(model, "changelist"), body).status_code < 500
        seen = word in SEEN_BY[model._meta.label].split()
        allowed = WRITTEN.get(model._meta.label, set()) if seen else set()
        assert changed_tables(untouched) <= allowed, word
        transaction.savepoint_rollback(mark)


def test_waiting_report_is_not_approved_by_any_post(world, sessions, untouched):
    """The way to approval is the page of the report alone."""
    from apps.monitoring.models import MonitoringReport

    url = address(MonitoringReport, "change", world.at["waiting report"])
    for word in USERS:
        for data in ({"state": "approved", "_save": "1"}, {"state": "approved", "paper": world.at["paper"]}):
            assert signed_in_as(sessions, word).post(url, data).status_code in (302, 403)
    assert changed_tables(untouched) == set()


@pytest.mark.parametrize("word", ["own", "other", "nobody", "juror", "assistant"])
def test_autocomplete_is_for_staff(word, sessions):
    answer = signed_in_as(sessions, word).get(
        "/admin/autocomplete/",
        {"app_label": "accounts", "model_name": "rolegrant", "field_name": "user", "term": "а"},
    )
    assert answer.status_code in (302, 403)


def test_autocomplete_asks_the_right_to_the_other_table(sessions):
    """The head chooses among users where he grants; a methodist has no such page."""
    query = {"app_label": "accounts", "model_name": "rolegrant", "field_name": "user", "term": ""}
    statuses = {
        word: signed_in_as(sessions, word).get("/admin/autocomplete/", query).status_code
        for word in ("methodist", "director", "head", "admin")
    }
    assert statuses == {"methodist": 403, "director": 403, "head": 200, "admin": 200}
