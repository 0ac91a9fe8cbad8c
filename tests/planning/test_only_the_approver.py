"""No other role approves a plan by any address, admin action, bulk action, inline, import or history.

`test_admin.py` goes through the admin and the portal for the plan of ИМО; here the rest of that sentence.
"""

import io

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from openpyxl import Workbook

from apps.accounts.models import RoleGrant
from apps.core.access import Refused
from apps.core.history import event_model_of, history_url
from apps.core.roles import Role
from apps.papers.models import Paper
from apps.planning.actions import amendments, editions
from apps.planning.models import Amendment, AmendmentLine, Edition, Plan, PlanItem
from tests.factories import user_with
from tests.planning.factories import D, acting, make_plan, sent
from tests.planning.test_admin import OTHERS, addresses_of_the_portal, body, forged, page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("papers_without_layout", "refusals_without_words"),
]
REST = [Role.JUROR, Role.EXPERT, Role.TEACHER]
HEADINGS = ["№ п/п", "Мероприятие", "Сроки", "Ответственный", "Состояние", "state"]


def as_they_were() -> tuple:
    """All that was ever sent; a new draft, a copy for one, approves nothing."""
    plans = tuple(Plan.objects.exclude(state="draft").order_by("pk").values_list("pk", "state"))
    texts = tuple(Edition.objects.order_by("pk").values_list("state", "number"))
    return plans, texts, tuple(Amendment.objects.values_list("state", flat=True)), Paper.objects.count()


@pytest.fixture
def of_department(department, methodist, director):
    """The edition of the department's plan that waits for the director."""
    return sent(make_plan(methodist, owner="department"), methodist)


# --- every role, either plan ---


@pytest.mark.parametrize("role", REST)
def test_outside_roles_approve_nothing(role, waiting, school_a, signed_in):
    user = user_with(role, school_a if role == Role.TEACHER else None, username="outsider")
    client, was = signed_in(user), as_they_were()
    for address, data in forged(waiting):
        assert client.post(address, data).status_code < 500, address
    for address in addresses_of_the_portal(waiting):
        assert client.post(address, {"seen": str(waiting.pk), "_approve": "1"}).status_code < 500, address
    with pytest.raises(Refused):
        editions.approve(edition=waiting, by=user)
    assert as_they_were() == was


def test_nobody_signed_in_approves_nothing(waiting, client):
    was = as_they_were()
    for address, data in forged(waiting):
        assert client.post(address, data).status_code in (302, 403), address
    assert as_they_were() == was


@pytest.mark.parametrize("role", [one for one in OTHERS if one != "director"] + ["head"])
def test_nobody_but_the_director_approves_the_departments_plan(role, of_department, signed_in, request):
    user = request.getfixturevalue(role)
    user.is_superuser = True
    user.save()
    client, was = signed_in(user), as_they_were()
    for address, data in forged(of_department):
        assert client.post(address, data).status_code < 500, address
    for address in addresses_of_the_portal(of_department):
        assert client.post(address, {"seen": str(of_department.pk), "_approve": "1"}).status_code < 500
    assert as_they_were() == was


def test_the_acting_head_does_not_approve_the_departments_plan(of_department, methodist2, signed_in, clock):
    acting(methodist2, D(2026, 11, 9), D(2026, 11, 13))
    clock(2026, 11, 10, 12, 0)
    was = as_they_were()
    answer = signed_in(methodist2).post(page(of_department.plan), body(of_department, _approve="1"))
    assert answer.status_code == 403
    assert as_they_were() == was


def test_the_text_of_another_plan_is_not_approved_in_ones_own(
    waiting, of_department, signed_in, head, director
):
    """`seen` names the text of the other plan: no page takes it."""
    was = as_they_were()
    signed_in(head).post(page(waiting.plan), body(of_department, _approve="1"))
    signed_in(head).post(page(of_department.plan), body(waiting, _approve="1"))
    signed_in(director).post(page(of_department.plan), body(waiting, _approve="1"))
    assert as_they_were() == was


def test_a_right_that_has_ended_approves_nothing(waiting, head, signed_in):
    """The page was opened in time, the button pressed after the last day."""
    client = signed_in(head)
    assert client.get(page(waiting.plan)).status_code == 200
    RoleGrant.objects.filter(user=head).update(ends_on=D(2020, 12, 31))
    was = as_they_were()
    assert client.post(page(waiting.plan), body(waiting, _approve="1")).status_code in (302, 403)
    assert as_they_were() == was


# --- admin actions, bulk actions, lists ---


def test_no_table_of_the_portal_has_an_action_that_approves(waiting, rf, head):
    """Django's own deletion is taken away everywhere; tables of planning have no action at all."""
    request = rf.get("/")
    request.user = head
    for model, table in admin.site._registry.items():
        assert table.list_editable == (), model
        if model._meta.app_label == "planning":
            assert table.get_actions(request) == {}, model


# --- inlines ---


@pytest.mark.parametrize("role", [*OTHERS, "head"])
def test_lines_in_the_page_of_an_amendment_are_not_written(role, edition, methodist, signed_in, request):
    change = amendments.begin_amendment(plan=edition.plan, by=methodist, reason="Приказ № 5")
    amendments.amend_remove(amendment=change, by=methodist, item=edition.plan.items.first())
    amendments.send_amendment(amendment=change, by=methodist)
    line = AmendmentLine.objects.get()
    data = {"state": "approved", "number": "1", "_save": "1", "reason": "Подмена"}
    data |= {"lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "1", "lines-MIN_NUM_FORMS": "0"}
    data |= {"lines-0-id": str(line.pk), "lines-0-amendment": str(change.pk), "lines-0-DELETE": "on"}
    data |= {"lines-1-amendment": str(change.pk), "lines-1-kind": "remove", "lines-1-values": "{}"}
    data |= {"lines-1-item": str(edition.plan.items.last().pk), "lines-0-kind": "add"}
    client, was = signed_in(request.getfixturevalue(role)), as_they_were()
    for path in (f"amendment/{change.pk}/change/", f"amendmentline/{line.pk}/change/", "amendment/add/"):
        assert client.post(f"/admin/planning/{path}", data).status_code < 500
    assert as_they_were() == was
    assert list(AmendmentLine.objects.values_list("pk", "kind")) == [(line.pk, "remove")]


def test_no_page_of_another_table_holds_rows_of_plans():
    """An inline of plans, editions or amendments elsewhere would be a way past the page of the plan."""
    guarded = {Plan, Edition, Amendment, PlanItem}
    for table in admin.site._registry.values():
        assert guarded.isdisjoint(inline.model for inline in table.inlines), table


# --- import ---


def upload(*rows) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("План.xlsx", content.getvalue())


def test_an_upload_says_nothing_of_approval(department, methodist, signed_in):
    """Columns named «Состояние» and «state» are passed over: what is uploaded is a draft."""
    plan = make_plan(methodist, 0)
    row = ["1", "Семинар руководителей", "15.10.2026", "", "Утверждён", "approved"]
    client = signed_in(methodist)
    address = next(one for one in addresses_of_import(plan))
    client.post(address, {"file": upload(HEADINGS, row), "state": "approved", "_approve": "1"}, follow=True)
    plan.refresh_from_db()
    assert (plan.state, Edition.objects.count(), Paper.objects.count()) == ("draft", 0, 0)


@pytest.mark.parametrize("role", [*OTHERS, "head"])
def test_an_upload_changes_no_plan_that_waits(role, waiting, signed_in, request):
    client, was = signed_in(request.getfixturevalue(role)), as_they_were()
    row = ["1", "Подмена", "15.10.2026", "", "Утверждён", "approved"]
    for address in addresses_of_import(waiting.plan):
        answer = client.post(address, {"file": upload(HEADINGS, row), "confirm": "1", "_approve": "1"})
        assert answer.status_code < 500
    assert as_they_were() == was
    assert not PlanItem.objects.filter(title="Подмена").exists()


def addresses_of_import(plan) -> list[str]:
    from apps.planning.urls import urlpatterns

    names = [
        one.name for one in urlpatterns if "import" in one.name and set(one.pattern.converters) == {"pk"}
    ]
    assert names
    return [reverse(f"planning:{name}", args=[plan.pk]) for name in names]


# --- history ---


def test_the_history_shows_and_restores_nothing(waiting, plan, signed_in, head, methodist):
    """An approved past is in the history; no address of it, posted to, brings it back."""
    editions.approve(edition=waiting, by=head)
    change = amendments.begin_amendment(plan=plan, by=methodist, reason="Приказ № 5")
    amendments.amend_remove(amendment=change, by=methodist, item=plan.items.first())
    amendments.send_amendment(amendment=change, by=methodist)
    was = as_they_were()
    for user in (head, methodist):
        client = signed_in(user)
        for row in (plan, waiting, change):
            event = event_model_of(type(row)).objects.filter(pgh_obj_id=row.pk).order_by("pgh_id").last()
            forged_post = {"event": event.pgh_id, "restore": "1", "_approve": "1", "state": "approved"}
            base = f"/admin/planning/{row._meta.model_name}/{row.pk}/history/"
            for address in (base, f"{base}?event={event.pgh_id}", history_url(head, row)):
                assert client.post(address, forged_post).status_code < 500, address
    assert as_they_were() == was


def test_events_of_the_history_have_no_page_to_write_in():
    tables = {model for model in admin.site._registry if model._meta.model_name.endswith("event")}
    assert tables == set()
    events = [one for one in apps.get_models() if one._meta.label_lower == "planning.planevent"]
    assert len(events) == 1


# --- the database ---


def test_an_approved_text_stays_word_for_word_in_the_database(edition):
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(content={"items": []})


def test_a_text_is_not_called_approved_without_number_and_paper(waiting):
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=waiting.pk).update(state="approved")
    waiting.refresh_from_db()
    assert waiting.state == "waiting"
