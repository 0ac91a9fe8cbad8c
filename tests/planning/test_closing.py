"""An event linked to a campaign is done when the campaign's report is approved."""

import datetime

import pytest

from apps.core.access import Conflict, Refused
from apps.core.registry import plan_subjects
from apps.monitoring.actions import reports as acts
from apps.monitoring.actions.campaigns import close
from apps.monitoring.models import Campaign, MonitoringReport
from apps.papers.actions import revoke
from apps.planning.actions import closing
from apps.planning.actions.linking import link_item, unlink_item
from apps.planning.actions.marking import cancel, complete
from apps.planning.models import Holding
from apps.workflow.models import TransitionRecord
from tests.planning.conftest import MAGADAN
from tests.planning.factories import D, acting, approved, make_item, make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_without_layout")]


@pytest.fixture
def linked(department, methodist, head, collecting):
    """A plan at work whose only event, of the fifteenth of October, stands for the campaign."""
    plan = make_plan(methodist, 0)
    item = make_item(plan, methodist, title="Мониторинг потребностей")
    approved(plan, methodist, head)
    return link_item(
        item=item, by=methodist, subject_type="monitoring.campaign", subject_id=str(collecting.pk)
    )


def report_of(campaign: Campaign, methodist) -> MonitoringReport:
    report = acts.begin_report(campaign=campaign, by=methodist)
    acts.send_report(report=report, by=methodist)
    return MonitoringReport.objects.select_related("campaign").get(pk=report.pk)


@pytest.fixture
def finish(methodist, head, django_capture_on_commit_callbacks):
    """Approves the campaign's report and lets everything after the commit happen."""

    def run(campaign: Campaign, by=None):
        report = report_of(campaign, methodist)
        with django_capture_on_commit_callbacks(execute=True):
            return acts.approve_report(report=report, seen=report.mark, by=by or head)

    return run


def test_the_approval_of_the_report_closes_the_event(linked, collecting, three, finish, head, clock):
    clock(2026, 10, 20, 23, 30)
    paper = finish(collecting)
    holding = linked.holdings.get()
    assert (holding.state, holding.done_on, holding.marked_by) == ("done", D(2026, 10, 20), head)
    assert holding.document == f"{paper.title}, №\u00a0{paper.number}"
    assert holding.document_url == f"/monitoring/campaigns/{collecting.pk}/"
    assert TransitionRecord.objects.of(holding).get().name == "complete"


def test_the_acting_head_closes_it_too(linked, collecting, three, finish, methodist2, clock):
    acting(methodist2, D(2026, 11, 9), D(2026, 11, 13))
    clock(2026, 11, 10, 12, 0)
    finish(collecting, by=methodist2)
    assert linked.holdings.get().marked_by == methodist2


def test_the_end_of_the_collection_alone_closes_nothing(
    linked, collecting, three, methodist, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        close(campaign=collecting, by=methodist)
    assert linked.holdings.get().state == "planned"


def test_an_approval_that_is_rolled_back_closes_nothing(linked, collecting, three, methodist, head):
    """Nothing is announced before the commit."""
    report = report_of(collecting, methodist)
    acts.approve_report(report=report, seen=report.mark, by=head)
    assert linked.holdings.get().state == "planned"


def test_a_report_approved_anew_changes_the_document_alone(
    linked, collecting, three, finish, head, methodist
):
    first = finish(collecting)
    revoke(paper=first, reason="Ошибка в таблице", by=head)
    second = finish(collecting)
    holding = linked.holdings.get()
    assert holding.state == "done" and second.number in holding.document
    assert TransitionRecord.objects.of(holding).count() == 1


def test_what_is_marked_by_hand_stays(linked, collecting, three, finish, methodist):
    complete(holding=linked.holdings.get(), by=methodist, done_on=D(2026, 10, 15), document="Справка")
    finish(collecting)
    assert linked.holdings.get().document == "Справка"


def test_what_was_cancelled_stays_cancelled(linked, collecting, three, finish, methodist):
    cancel(holding=linked.holdings.get(), by=methodist, reason="Карантин")
    finish(collecting)
    assert linked.holdings.get().state == "cancelled"


def test_an_unlinked_event_stays_open(linked, collecting, three, finish, methodist):
    unlink_item(item=linked, by=methodist)
    finish(collecting)
    assert linked.holdings.get().state == "planned"


def test_a_draft_is_not_closed(department, methodist, collecting, three, finish):
    item = make_item(make_plan(methodist, 0), methodist)
    link_item(item=item, by=methodist, subject_type="monitoring.campaign", subject_id=str(collecting.pk))
    finish(collecting)
    assert item.holdings.get().state == "planned"


@pytest.mark.parametrize(
    ("today", "closed"),
    [
        (D(2026, 9, 15), D(2026, 9, 1)),  # the month that has begun
        (D(2026, 11, 2), D(2026, 11, 1)),
        (D(2026, 8, 1), D(2026, 9, 1)),  # before all of them: the first one
        (D(2027, 8, 31), D(2026, 12, 1)),  # after all of them: the last one
    ],
)
def test_of_a_recurring_event_the_present_holding_is_closed(
    today, closed, department, methodist, head, collecting
):
    plan = make_plan(methodist, 0)
    span = {"term_kind": "monthly", "starts_on": D(2026, 9, 1), "ends_on": D(2026, 12, 31)}
    item = make_item(plan, methodist, **span)
    approved(plan, methodist, head)
    link_item(item=item, by=methodist, subject_type="monitoring.campaign", subject_id=str(collecting.pk))
    at = datetime.datetime(today.year, today.month, today.day, 12, tzinfo=MAGADAN)
    closing.close_items_of(subject=collecting, by=head, at=at)
    assert list(Holding.objects.filter(state="done").values_list("planned_first", flat=True)) == [closed]


# --- linking ---


def test_monitorings_may_be_linked(collecting, methodist, responsible_a):
    (kind,) = [one for one in plan_subjects.values() if one.model == "monitoring.campaign"]
    assert [number for number, _ in kind.choices(methodist, "", 10)] == [str(collecting.pk)]
    assert kind.choices(methodist, "нет такого", 10) == []


@pytest.mark.parametrize(
    ("subject_type", "subject_id"),
    [
        ("monitoring.campaign", "0"),
        ("monitoring.campaign", "²"),
        ("monitoring.campaign", "9" * 30),
        ("monitoring.campaign", ""),
        ("accounts.user", "1"),
        ("нет.такого", "1"),
    ],
)
def test_an_unknown_work_is_not_linked(subject_type, subject_id, linked, methodist):
    with pytest.raises(Conflict, match="Такой работы нет"):
        link_item(item=linked, by=methodist, subject_type=subject_type, subject_id=subject_id)


@pytest.mark.parametrize("role", ["director", "assistant", "administrator", "responsible_a", "nobody"])
def test_who_neither_writes_nor_answers_does_not_link(role, linked, collecting, request):
    user = request.getfixturevalue(role)
    with pytest.raises(Refused):
        link_item(item=linked, by=user, subject_type="monitoring.campaign", subject_id=str(collecting.pk))
    with pytest.raises(Refused):
        unlink_item(item=linked, by=user)
