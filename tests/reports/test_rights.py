"""Nobody reads or changes a report, or what stands behind its figures, past its own pages."""

import pytest
from django.urls import get_resolver, reverse

from apps.core.access import Conflict
from apps.core.registry import indicators
from apps.core.roles import Role
from apps.papers.actions import revoke
from apps.papers.models import Paper
from apps.reports import actions
from apps.reports.models import ActivityReport, ReportFigure, ReportSection
from apps.workflow.models import TransitionRecord
from tests.factories import OrganizationFactory, user_with
from tests.papers.conftest import make_department
from tests.reports.world import make_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_without_layout")]
OUTSIDERS = ["administrator", "responsible_a", "juror", "expert", "teacher", "nobody"]
NOT_APPROVERS = [*OUTSIDERS, "methodist", "assistant", "director"]
# Shown to whoever keeps the staff; a methodist would count his own rows.
OF_HEADS = "office-encouragements"


@pytest.fixture
def juror(db):
    return user_with(Role.JUROR, username="juror")


@pytest.fixture
def expert(db):
    return user_with(Role.EXPERT, username="expert")


@pytest.fixture
def teacher(school_a):
    return user_with(Role.TEACHER, school_a, username="teacher")


@pytest.fixture
def other(db):
    """A methodist the report is not about."""
    return user_with(Role.METHODIST, username="other")


@pytest.fixture
def personal(methodist, head):
    """An approved report on the activity of `methodist`, returned once."""
    make_department()
    report = make_report(methodist, kind="person", person=methodist, title="О методисте")
    actions.send_report(report=report, by=methodist)
    actions.return_report(report=report, comment="Где открытые уроки?", by=head)
    actions.send_report(report=report, by=methodist)
    actions.approve_report(report=report, by=head)
    report.refresh_from_db()
    return report


@pytest.fixture
def waiting(methodist):
    make_department()
    report = make_report(methodist)
    actions.send_report(report=report, by=methodist)
    return report


def pages_of(report) -> list[str]:
    """Every address of the app, with the numbers of the report, its section and its figure."""
    figure = ReportFigure.objects.filter(section__report=report).first()
    person = report.person_id or report.created_by_id
    found = []
    for pattern in get_resolver("apps.reports.urls").url_patterns:
        name, kinds = pattern.name, pattern.pattern.converters
        own = figure.section_id if name.startswith("section") and name != "section-create" else report.pk
        numbers = {"figure-behind": figure.pk, "week-figure": person}
        known = {"pk": numbers.get(name, own), "way": "up", "code": "5.4", "key": "papers-issued"}
        found.append(reverse(f"reports:{name}", kwargs={one: known[one] for one in kinds}))
    return found


FORGED = {
    "state": "approved",
    "comment": "Нет",
    "title": "Подмена",
    "kind": "text",
    "first_day": "2025-09-01",
    "last_day": "2026-08-31",
    "_approve": "1",
    "_save": "1",
    "post": "yes",
}


def state_of(report) -> tuple:
    row = ActivityReport.objects.get(pk=report.pk)
    sections = tuple(ReportSection.objects.filter(report=report).values_list("title", "order"))
    return (row.state, row.title, row.paper_id, row.revision, sections, Paper.objects.count())


# --- by address ---


@pytest.mark.parametrize("role", OUTSIDERS)
def test_outsiders_read_and_change_nothing(role, waiting, signed_in, request):
    client, was = signed_in(request.getfixturevalue(role)), state_of(waiting)
    for address in pages_of(waiting):
        assert client.get(address).status_code in (403, 404, 405), address
        assert client.post(address, FORGED).status_code in (403, 404, 405), address
    assert state_of(waiting) == was


@pytest.mark.parametrize("role", NOT_APPROVERS)
def test_only_the_head_approves_by_any_address(role, waiting, signed_in, request):
    user = request.getfixturevalue(role)
    user.is_superuser = True
    user.save()
    client, was = signed_in(user), state_of(waiting)
    for address in pages_of(waiting):
        if not address.endswith("/reports/new/"):
            assert client.post(address, FORGED).status_code < 500, address
    assert state_of(waiting) == was


@pytest.mark.parametrize("role", [*NOT_APPROVERS, "head"])
def test_nothing_is_changed_in_the_admin(role, waiting, signed_in, request):
    """A report is approved on its page: by no form, action, deletion or history, for the head either."""
    user = request.getfixturevalue(role)
    user.is_superuser = True
    user.save()
    client, was = signed_in(user), state_of(waiting)
    figure = ReportFigure.objects.filter(section__report=waiting).first()
    for row in (waiting, figure.section, figure):
        base = f"/admin/reports/{row._meta.model_name}/"
        rows = {"_selected_action": str(row.pk), "form-0-id": str(row.pk), "form-0-state": "approved"}
        rows |= {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "index": "0"}
        for act in ("approve", "approve_report", "delete_selected", ""):
            assert client.post(base, FORGED | rows | {"action": act}).status_code < 500
        for path in ("add/", f"{row.pk}/change/", f"{row.pk}/delete/", f"{row.pk}/history/"):
            assert client.post(base + path, FORGED | rows).status_code < 500
    assert state_of(waiting) == was


# --- a report on a person ---


def test_the_paper_of_a_report_on_a_person_is_read_by_its_readers(
    personal, other, methodist, assistant, head
):
    readers = {
        user.username
        for user in (other, methodist, assistant, head)
        if Paper.objects.visible_to(user).filter(pk=personal.paper_id).exists()
    }
    assert readers == {"methodist", "head"}


def test_a_colleague_opens_neither_the_report_nor_its_paper(personal, other, signed_in):
    client = signed_in(other)
    for name in ("paper-detail", "paper-file"):
        assert client.get(reverse(f"papers:{name}", args=[personal.paper_id])).status_code == 404
    assert "О методисте" not in client.get(reverse("papers:paper-list")).content.decode()
    assert "О методисте" not in client.get("/search/", {"q": "методисте"}).content.decode()
    for address in pages_of(personal):
        if str(personal.pk) in address and "/week/" not in address:
            assert client.get(address).status_code in (404, 405), address
    change = f"/admin/papers/paper/{personal.paper_id}/change/"
    assert client.get(change).status_code in (302, 403, 404)


def test_the_log_of_a_report_on_a_person_is_not_for_colleagues(personal, other, methodist, signed_in):
    assert not TransitionRecord.objects.visible_to(other).of(personal).exists()
    assert TransitionRecord.objects.visible_to(methodist).of(personal).count() == 4
    record = TransitionRecord.objects.of(personal).get(name="return")
    answer = signed_in(other).get(f"/admin/workflow/transitionrecord/{record.pk}/change/", follow=True)
    assert "открытые уроки" not in answer.content.decode()


def test_a_report_that_had_a_paper_is_not_deleted(personal, head):
    revoke(paper=personal.paper, reason="Ошибка в датах", by=head)
    personal.refresh_from_db()
    with pytest.raises(Conflict, match="По этому отчёту выдавался документ"):
        actions.delete_report(report=personal, by=head)
    assert ActivityReport.objects.filter(pk=personal.pk).exists()


# --- figures that not everybody counts whole ---


def headed(head):
    make_department()
    OrganizationFactory(short_name="Школа А")
    report = make_report(head)
    report.sections.all().delete()
    section = actions.save_section(report=report, kind="table", title="Права", indicators=[OF_HEADS], by=head)
    return report, section.figures.get()


def test_who_does_not_see_a_figure_whole_does_not_freeze_it(head, methodist):
    report, _ = headed(head)
    with pytest.raises(Conflict, match="Случаев поддержки и поощрения"):
        actions.send_report(report=report, by=methodist)
    assert ActivityReport.objects.get().state == "draft"


def test_an_editor_does_not_take_out_the_figure_he_was_not_offered(head, methodist):
    report, figure = headed(head)
    actions.save_section(
        report=report,
        section=figure.section,
        kind="table",
        title="Права и организации",
        indicators=["organizations-active"],
        by=methodist,
    )
    assert list(figure.section.figures.values_list("indicator", flat=True)) == [
        "organizations-active",
        OF_HEADS,
    ]


def test_names_behind_a_frozen_figure_ask_the_right_to_the_figure(head, methodist, director, signed_in):
    report, figure = headed(head)
    actions.send_report(report=report, by=head)
    ReportFigure.objects.filter(pk=figure.pk).update(names=[["Премия: Ясенева М. И.", ""]], value=1)
    url = reverse("reports:figure-behind", args=[figure.pk])
    for user, is_named in ((methodist, False), (head, True), (director, True)):
        assert ("Премия: Ясенева" in signed_in(user).get(url).content.decode()) is is_named
        admin = signed_in(user).get(f"/admin/reports/reportfigure/{figure.pk}/change/")
        assert "Премия: Ясенева" not in admin.content.decode()


def test_a_figure_of_ones_own_gets_into_no_report(head):
    report = make_report(head)
    assert not ReportFigure.objects.filter(section__report=report, indicator="office-appeals").exists()
    assert indicators["office-appeals"].allowed(head)


def test_the_snapshot_of_a_paper_is_not_shown_in_the_admin(waiting, head, signed_in):
    OrganizationFactory(short_name="Школа А")
    paper = actions.approve_report(report=waiting, by=head)
    shown = signed_in(head).get(f"/admin/papers/paper/{paper.pk}/change/").content.decode()
    assert paper.number in shown and "organizations-active" not in shown
