"""Campaigns: started for all or for nobody, every state with every transition, deadlines to the second."""

import datetime

import pytest
from django.utils import timezone

from apps.core.access import Conflict, Refused
from apps.core.models import WorkdayException
from apps.monitoring.actions import campaigns as acts
from apps.monitoring.actions.filling import Edit, save_cells
from apps.monitoring.actions.forms import import_definition
from apps.monitoring.actions.sending import extend, submit
from apps.monitoring.models import Campaign, Response
from apps.monitoring.states import CAMPAIGN, REPORT, RESPONSE
from apps.monitoring.tasks import due_reminder, send_reminders
from apps.notices.models import Notice
from apps.organizations.models import Organization
from apps.workflow.models import TransitionRecord
from tests.monitoring.small import READERS, SMALL, at, campaign_of, owed, small_with_row, tomorrow

SUBJECTS = ["response", "campaign", "report"]
MOVES = [
    (
        RESPONSE,
        ["not_started", "draft", "submitted", "returned", "accepted"],
        {
            ("not_started", "begin"): "draft",
            ("not_started", "submit"): "submitted",
            ("draft", "submit"): "submitted",
            ("returned", "submit"): "submitted",
            ("submitted", "return"): "returned",
            ("submitted", "accept"): "accepted",
            ("accepted", "reopen"): "returned",
        },
        {"return", "reopen"},
    ),
    (
        CAMPAIGN,
        ["draft", "running", "closed"],
        {("draft", "start"): "running", ("running", "close"): "closed", ("closed", "reopen"): "running"},
        {"reopen"},
    ),
    (
        REPORT,
        ["draft", "on_approval", "approved"],
        {
            ("draft", "send"): "on_approval",
            ("on_approval", "return"): "draft",
            ("on_approval", "approve"): "approved",
            ("approved", "revoke"): "draft",
        },
        {"return", "revoke"},
    ),
]


@pytest.mark.parametrize(("table", "states", "moves", "commented"), MOVES, ids=SUBJECTS)
def test_every_state_with_every_transition(table, states, moves, commented):
    assert set(table.states.values) == set(states)
    assert set(table.transitions) == {name for _, name in moves}
    for state in states:
        for name in table.transitions:
            if (state, name) in moves:
                assert table.check(state, name, "причина").target == moves[state, name]
            else:
                with pytest.raises(Conflict):
                    table.check(state, name, "причина")


@pytest.mark.parametrize(("table", "states", "moves", "commented"), MOVES, ids=SUBJECTS)
def test_comment_is_asked_where_something_is_taken_back(table, states, moves, commented):
    for state, name in moves:
        if name in commented:
            with pytest.raises(Conflict, match="требует пояснения"):
                table.check(state, name, "  ")
        else:
            table.check(state, name, "")


# --- start ---


@pytest.fixture
def prepared(small, methodist, responsible_a, responsible_b, school_a, school_b):
    campaign = campaign_of(small, methodist, state="draft", started_at=None)
    acts.set_recipients(campaign=campaign, organizations=[school_a, school_b], by=methodist)
    return campaign


def test_start_tells_every_recipient(prepared, methodist, responsible_a, responsible_b):
    acts.start(campaign=prepared, by=methodist)
    prepared.refresh_from_db()
    assert (prepared.state, prepared.started_at is not None) == ("running", True)
    assert set(Notice.objects.values_list("recipient_id", flat=True)) == {responsible_a.pk, responsible_b.pk}
    assert TransitionRecord.objects.get().name == "start"


def test_start_is_for_all_or_for_nobody(prepared, methodist, monkeypatch):
    def fall(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(acts, "notify", fall)
    with pytest.raises(RuntimeError):
        acts.start(campaign=prepared, by=methodist)
    prepared.refresh_from_db()
    assert (prepared.state, prepared.started_at) == ("draft", None)
    assert not TransitionRecord.objects.exists()


def test_start_needs_recipients(small, methodist):
    with pytest.raises(Conflict, match="Не выбрана ни одна организация"):
        acts.start(campaign=campaign_of(small, methodist, state="draft", started_at=None), by=methodist)


def test_start_needs_a_deadline_ahead(prepared, methodist):
    Campaign.objects.update(due_at=timezone.now())
    with pytest.raises(Conflict, match="Срок уже прошёл"):
        acts.start(campaign=prepared, by=methodist)


def test_start_needs_a_published_form(prepared, methodist):
    Campaign.objects.update(version=import_definition(definition=small_with_row("02"), by=methodist))
    with pytest.raises(Conflict, match="не опубликована"):
        acts.start(campaign=prepared, by=methodist)


@pytest.mark.parametrize("act", ["start", "close", "delete_campaign", "run_again", "remind"])
@pytest.mark.parametrize("who", ["responsible_a", "director", "assistant", "administrator", "nobody"])
def test_campaigns_are_run_by_methodists(act, who, prepared, request):
    with pytest.raises(Refused):
        getattr(acts, act)(campaign=prepared, by=request.getfixturevalue(who))
    prepared.refresh_from_db()
    assert prepared.state == "draft"


def test_started_campaign_is_not_deleted_and_its_list_stands(collecting, methodist, school_a):
    with pytest.raises(Conflict):
        acts.delete_campaign(campaign=collecting, by=methodist)
    with pytest.raises(Conflict):
        acts.set_recipients(campaign=collecting, organizations=[school_a], by=methodist)


def test_closed_campaign_is_opened_with_a_reason_and_a_new_deadline(collecting, methodist):
    acts.close(campaign=collecting, by=methodist)
    with pytest.raises(Conflict, match="требует пояснения"):
        acts.reopen_campaign(campaign=collecting, due_at=tomorrow(), reason=" ", by=methodist)
    with pytest.raises(Conflict, match="уже прошёл"):
        acts.reopen_campaign(campaign=collecting, due_at=timezone.now(), reason="просьба", by=methodist)
    acts.reopen_campaign(campaign=collecting, due_at=tomorrow(), reason="просьба", by=methodist)
    collecting.refresh_from_db()
    assert (collecting.state, collecting.closed_at) == ("running", None)


# --- deadlines, by the clock of Magadan ---

DUE = at(2026, 11, 20, 23, 59, 59)
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def due(small, methodist, school_a, responsible_a):
    """Due at 23:59:59 of the twentieth, accepted for two hours more."""
    campaign = campaign_of(small, methodist, due_at=DUE, grace_hours=2)
    return owed(campaign, school_a)


@pytest.mark.parametrize(
    ("moment", "is_overdue", "is_open"),
    [
        (DUE - SECOND, False, True),
        (DUE, False, True),
        (at(2026, 11, 21), True, True),  # 00:00:00
        (at(2026, 11, 21, 1, 59, 59), True, True),  # the end of grace
        (at(2026, 11, 21, 2, 0, 0), True, False),
        (
            datetime.datetime(2026, 11, 20, 12, 59, 59, tzinfo=datetime.UTC),
            False,
            True,
        ),  # the same by Greenwich
        (datetime.datetime(2026, 11, 20, 13, 0, 0, tzinfo=datetime.UTC), True, True),
    ],
)
def test_deadline(due, clock, moment, is_overdue, is_open):
    clock(moment)
    assert (due.is_overdue, due.is_open) == (is_overdue, is_open)


@pytest.mark.parametrize(
    ("moment", "is_late"),
    [
        (DUE, False),
        (at(2026, 11, 21), True),
        (at(2026, 11, 21, 1, 59, 59), True),
        (at(2026, 11, 21, 2), None),
    ],
)
def test_sending_around_the_deadline(due, responsible_a, clock, moment, is_late):
    clock(at(2026, 11, 20, 12))
    save_cells(response_id=due.pk, edits=[Edit(READERS, "1")], by=responsible_a)
    clock(moment)
    if is_late is None:
        with pytest.raises(Conflict, match=r"21\.11\.2026 в 01:59"):
            submit(response_id=due.pk, by=responsible_a)
    else:
        assert submit(response_id=due.pk, by=responsible_a).is_late is is_late
    due.refresh_from_db()
    assert due.state == ("draft" if is_late is None else "submitted")
    assert due.values[READERS] == "1"


def test_extension_is_for_one_and_keeps_grace(due, clock, methodist, responsible_a, school_b):
    other = owed(due.campaign, school_b)
    clock(at(2026, 11, 22, 10))
    extend(response_id=due.pk, due_at=at(2026, 11, 23), reason="карантин", by=methodist)
    due.refresh_from_db()
    assert (due.is_open, due.is_overdue, other.is_open) == (True, False, False)
    clock(at(2026, 11, 23, 2))
    assert (due.is_open, due.is_overdue) == (True, True)
    clock(at(2026, 11, 23, 2, 0, 1))
    assert due.is_open is False
    assert due.extensions.get().reason == "карантин"


def test_extension_needs_a_reason_a_later_moment_and_a_methodist(due, clock, methodist, responsible_a):
    clock(at(2026, 11, 20, 10))
    with pytest.raises(Conflict, match="причину"):
        extend(response_id=due.pk, due_at=at(2026, 11, 23), reason=" ", by=methodist)
    with pytest.raises(Conflict, match="позже прежнего"):
        extend(response_id=due.pk, due_at=DUE, reason="карантин", by=methodist)
    with pytest.raises(Refused):
        extend(response_id=due.pk, due_at=at(2026, 11, 23), reason="карантин", by=responsible_a)
    assert not due.extensions.exists()


# --- reminders ---


@pytest.fixture
def reminded(small, methodist, school_a, school_b, responsible_a, responsible_b):
    """School A has a draft, school B has sent; due on Friday the twentieth at 18:00."""
    campaign = campaign_of(small, methodist, due_at=at(2026, 11, 20, 18))
    owed(campaign, school_a)
    answered = owed(campaign, school_b)
    Response.objects.filter(pk=answered.pk).update(state="submitted", submitted_at=timezone.now())
    return campaign


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (at(2026, 11, 16, 23, 59, 59), None),
        (at(2026, 11, 17), 3),
        (at(2026, 11, 18, 12), 3),
        (at(2026, 11, 19), 1),
        (at(2026, 11, 20, 12), 1),
        (at(2026, 11, 21), -1),
    ],
)
def test_which_reminder_is_due(reminded, moment, day):
    assert due_reminder(reminded, moment) == day


def test_reminder_goes_once_and_only_to_those_who_have_not_answered(reminded, clock, responsible_a):
    clock(at(2026, 11, 19, 10))
    send_reminders(timestamp=0)
    send_reminders(timestamp=0)
    assert list(Notice.objects.values_list("recipient_id", flat=True)) == [responsible_a.pk]
    assert list(reminded.reminders.values_list("day", "recipients")) == [(1, 1)]


@pytest.mark.parametrize(
    "moment",
    [at(2026, 11, 19, 8, 59, 59), at(2026, 11, 19, 18), at(2026, 11, 21, 12), at(2026, 11, 22, 12)],
    ids=["before nine", "at eighteen", "saturday", "sunday"],
)
def test_no_reminder_outside_working_hours(reminded, clock, moment):
    clock(moment)
    send_reminders(timestamp=0)
    assert not reminded.reminders.exists()


def test_no_reminder_on_a_day_off_entered_by_hand(reminded, clock):
    WorkdayException.objects.create(date="2026-11-19")
    clock(at(2026, 11, 19, 10))
    send_reminders(timestamp=0)
    assert not reminded.reminders.exists()


def test_nobody_is_reminded_after_the_closing_moment(reminded, clock):
    clock(at(2026, 11, 23, 10))
    send_reminders(timestamp=0)
    assert not Notice.objects.exists()


def test_reminder_by_hand_needs_a_running_campaign(prepared, methodist):
    with pytest.raises(Conflict):
        acts.remind(campaign=prepared, by=methodist)


# --- once more ---


def test_run_again(small, methodist, school_a, school_b):
    campaign = campaign_of(
        small, methodist, due_at=at(2026, 11, 20, 18), grace_hours=5, letter="Просим ответить"
    )
    owed(campaign, school_a)
    owed(campaign, school_b)
    Organization.objects.filter(pk=school_b.pk).update(closed_on="2020-01-01")

    following = acts.run_again(campaign=campaign, by=methodist)

    assert (following.state, following.previous_id) == ("draft", campaign.pk)
    assert following.period_start == datetime.date(2027, 9, 1)
    assert following.due_at == at(2027, 11, 20, 18)
    assert (following.grace_hours, following.letter) == (5, "Просим ответить")
    assert [one.organization for one in following.responses.all()] == [school_a]


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        ("month", (2026, 12, 1), (2027, 1, 1)),
        ("quarter", (2026, 10, 1), (2027, 1, 1)),
        ("school_year", (2026, 9, 1), (2027, 9, 1)),
        ("calendar_year", (2026, 1, 1), (2027, 1, 1)),
        ("date", (2028, 2, 29), (2029, 2, 28)),
    ],
)
def test_next_period(kind, day, expected):
    assert acts.next_period(kind, datetime.date(*day)) == datetime.date(*expected)


def test_newest_published_version_is_taken(small, methodist, collecting):
    from apps.monitoring.actions.forms import publish

    newer = publish(version=import_definition(definition=small_with_row("02"), by=methodist), by=methodist)
    import_definition(definition={**SMALL, "title": "Черновик"}, by=methodist)
    assert acts.run_again(campaign=collecting, by=methodist).version_id == newer.pk
