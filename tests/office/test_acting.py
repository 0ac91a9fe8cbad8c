"""The acting head: by a recorded order, for its days alone, by the clock of Magadan (statute 6.5)."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from apps.accounts.models import RoleGrant, User
from apps.accounts.queries import has_approval_right
from apps.core.access import Conflict, Refused
from apps.core.roles import Role
from apps.monitoring.actions.reports import approve_report, begin_report, send_report
from apps.monitoring.models import MonitoringReport
from apps.notices.models import Notice
from apps.office import actions
from apps.office.models import Absence, Order
from apps.papers.models import Paper
from apps.papers.signatories import head_signatory
from apps.portal.queries import tasks_of
from tests.factories import user_with
from tests.monitoring.conftest import collecting, small  # noqa: F401
from tests.office.factories import AppointmentFactory, EmployeeFactory, PositionFactory

pytestmark = pytest.mark.django_db
D = datetime.date
MAGADAN = ZoneInfo("Asia/Magadan")
FIRST, LAST = D(2027, 6, 1), D(2027, 6, 9)


def at(*moment: int) -> datetime.datetime:
    return datetime.datetime(*moment, tzinfo=MAGADAN)


def fresh(user: User) -> User:
    """As the next request reads it: grants are read once for an object."""
    return User.objects.get(pk=user.pk)


def drafted(by, office, **fields) -> Order:
    given = {
        "employee": office.second,
        "absent": office.head,
        "starts_on": FIRST,
        "ends_on": LAST,
        "consent_on": D(2026, 11, 1),
    }
    return actions.draft_order(by=by, kind="acting", **given | fields)


def recorded(by, order, number="12-к") -> Order:
    return actions.record_order(by=by, order=order, number=number, date=D(2026, 11, 2))


@pytest.fixture
def acting(office, head):
    return recorded(head, drafted(head, office))


def test_the_text_names_both_and_the_rights(office, head):
    body = drafted(head, office).body.splitlines()
    assert body[0] == (
        "Возложить исполнение обязанностей заведующего информационно-методическим отделом на "
        "Ясенева Михаила Олеговича с 1\u00a0июня\u00a02027\u00a0г. по 9\u00a0июня\u00a02027\u00a0г. "
        "включительно, на время отсутствия Северовой Ирины Павловны."
    )
    assert "права заведующего информационно-методическим отделом" in body[1]


def test_a_draft_gives_no_right(office, head):
    drafted(head, office)
    assert not RoleGrant.objects.filter(is_acting=True).exists()


@pytest.mark.parametrize(
    ("moment", "head_may", "acting_may"),
    [
        (at(2027, 5, 31, 23, 59, 59), True, False),
        (at(2027, 6, 1, 0, 0, 0), False, True),
        (at(2027, 6, 9, 23, 59, 59), False, True),
        (at(2027, 6, 10, 0, 0, 0), True, False),
    ],
)
def test_the_right_changes_hands_at_midnight(moment, head_may, acting_may, acting, head, methodist2, clock):
    clock(moment)
    assert (has_approval_right(fresh(head)), has_approval_right(fresh(methodist2))) == (head_may, acting_may)
    assert (Role.HEAD in fresh(methodist2).roles) is acting_may


@pytest.mark.parametrize(
    ("moment", "name", "allowed"),
    [
        (at(2027, 5, 31, 23, 59, 59), "methodist2", False),
        (at(2027, 5, 31, 23, 59, 59), "head", True),
        (at(2027, 6, 1, 0, 0, 0), "methodist2", True),
        (at(2027, 6, 1, 0, 0, 0), "head", False),
        (at(2027, 6, 9, 23, 59, 59), "methodist2", True),
        (at(2027, 6, 9, 23, 59, 59), "head", False),
        (at(2027, 6, 10, 0, 0, 0), "methodist2", False),
        (at(2027, 6, 10, 0, 0, 0), "head", True),
    ],
)
def test_a_monitoring_report_is_approved_by_whoever_has_the_right(
    moment, name, allowed, acting, head, methodist, methodist2, collecting, clock  # noqa: F811
):  # fmt: skip
    report = begin_report(campaign=collecting, by=methodist)
    send_report(report=report, by=methodist)
    report = MonitoringReport.objects.select_related("campaign").get(pk=report.pk)
    user = {"head": head, "methodist2": methodist2}[name]
    clock(moment)
    if not allowed:
        with pytest.raises(Refused):
            approve_report(report=report, seen=report.mark, by=fresh(user))
        assert not Paper.objects.exists()
        return
    paper = approve_report(report=report, seen=report.mark, by=fresh(user))
    if name == "methodist2":
        assert paper.signatory_title == (
            "Исполняющий обязанности заведующего информационно-методическим отделом"
        )
        assert paper.signatory_name == "М.\u00a0О.\u00a0Ясенев"
        assert paper.signatory_basis == "приказ от 02.11.2026 №\u00a012-к"
    else:
        assert paper.signatory_title == "Заведующий информационно-методическим отделом"
        assert paper.signatory_basis == ""


def test_the_signature_line_of_a_day(acting):
    assert head_signatory(FIRST).title.startswith("Исполняющий обязанности заведующего")
    assert head_signatory(FIRST).basis == "приказ от 02.11.2026 №\u00a012-к"
    assert head_signatory(LAST + datetime.timedelta(1)).title.startswith("Заведующий")


# --- what is refused ---


def refused(act) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as told:
        act()
    assert not RoleGrant.objects.filter(is_acting=True, starts_on=FIRST).exists()
    return told.value.message_dict


def test_without_consent_it_is_drafted_but_not_recorded(office, head):
    order = drafted(head, office, consent_on=None)
    told = refused(lambda: recorded(head, order))
    assert "письменного согласия" in str(told)
    order.refresh_from_db()
    assert order.state == "draft"


def test_dates_the_wrong_way(office, head):
    told = refused(lambda: drafted(head, office, starts_on=LAST, ends_on=FIRST))
    assert told == {"ends_on": ["Последний день раньше первого."]}


def test_an_overlap_with_another_order(office, head):
    recorded(head, drafted(head, office, starts_on=D(2027, 5, 20), ends_on=FIRST))
    told = refused(lambda: drafted(head, office, employee=office.first))
    assert "уже возложены" in told["starts_on"][0]
    assert "с 20.05.2027 по 01.06.2027" in told["starts_on"][0]


def test_an_overlap_that_appeared_after_the_draft(office, head):
    order = drafted(head, office, employee=office.first)
    recorded(head, drafted(head, office, starts_on=D(2027, 5, 20), ends_on=FIRST), "13-к")
    told = refused(lambda: recorded(head, order))
    assert "уже возложены" in told["starts_on"][0]


def test_the_next_day_is_no_overlap(office, head):
    recorded(head, drafted(head, office))
    after = LAST + datetime.timedelta(1)
    recorded(head, drafted(head, office, employee=office.first, starts_on=after, ends_on=after), "13-к")
    assert RoleGrant.objects.filter(is_acting=True).count() == 2


def test_a_substitute_who_is_absent_himself(office, head):
    Absence.objects.create(employee=office.second, kind="leave", starts_on=LAST, ends_on=D(2027, 7, 1))
    told = refused(lambda: drafted(head, office))
    assert told["employee"][0].endswith("отсутствует: отпуск с 09.06.2027 по 01.07.2027.")


def test_a_substitute_who_is_no_methodist(office, head):
    technician = EmployeeFactory(user=user_with(Role.METHODIST))
    AppointmentFactory(employee=technician, position=PositionFactory(category="technical"))
    told = refused(lambda: drafted(head, office, employee=technician))
    assert "Обязанности возлагают на методиста ИМО" in told["employee"][0]


def test_a_methodist_who_leaves_before_the_end(office, head):
    office.second.appointments.update(ends_on=D(2027, 6, 8))
    told = refused(lambda: drafted(head, office))
    assert "в эти дни им не работает" in told["employee"][0]


def test_a_methodist_who_can_not_sign_in(office, head):
    RoleGrant.objects.filter(user=office.second.user).update(ends_on=D(2027, 1, 1))
    told = refused(lambda: drafted(head, office))
    assert "нет действующей учётной записи" in told["employee"][0]


def test_the_head_does_not_act_for_himself(office, head):
    told = refused(lambda: drafted(head, office, absent=office.second))
    assert "за самого себя" in told["absent"][0]


def test_whoever_acts_can_not_be_absent(acting, office, head):
    with pytest.raises(ValidationError, match="исполняет обязанности заведующего"):
        actions.save_absence(
            by=head, employee=office.second, kind="leave", starts_on=LAST, ends_on=LAST, substitute=None
        )


@pytest.mark.parametrize("role", ["methodist", "assistant", "administrator", "responsible_a", "nobody"])
def test_nobody_else_records(role, office, head, request):
    order = drafted(head, office)
    with pytest.raises(Refused):
        recorded(request.getfixturevalue(role), order)


def test_nobody_lays_duties_on_himself(office, director, head, methodist2):
    """The acting head may not record an order about himself."""
    order = drafted(head, office)
    RoleGrant.objects.create(user=methodist2, role=Role.HEAD, starts_on=D(2020, 1, 1))
    with pytest.raises(Refused, match="Возложить эти обязанности вы не можете"):
        recorded(fresh(methodist2), order)


# --- the early end ---


def test_the_early_end_takes_the_rights_back_and_tells_all_three(
    acting, office, head, director, methodist2, clock
):
    clock(at(2027, 6, 5, 10, 0, 0))
    actions.end_acting(by=fresh(head), order=acting, ends_on=D(2027, 6, 5), reason="Заведующий вышел")
    told = Notice.objects.filter(kind="acting_ended")
    assert {one.recipient for one in told} == {head, director, methodist2}
    assert told[0].text == "Последний день — 05.06.2027. Причина: Заведующий вышел"
    assert has_approval_right(fresh(methodist2))
    clock(at(2027, 6, 5, 23, 59, 59))
    assert has_approval_right(fresh(methodist2)) and not has_approval_right(fresh(head))
    clock(at(2027, 6, 6, 0, 0, 0))
    assert has_approval_right(fresh(head)) and not has_approval_right(fresh(methodist2))


def test_an_end_at_once(acting, head, methodist2, clock):
    clock(at(2027, 6, 5, 10, 0, 0))
    actions.end_acting(by=fresh(head), order=acting, ends_on=D(2027, 6, 4), reason="Вышел")
    assert has_approval_right(fresh(head)) and not has_approval_right(fresh(methodist2))


def test_an_order_that_never_began_leaves_no_right(acting, head, clock):
    clock(at(2027, 5, 20, 10, 0, 0))
    done = actions.end_acting(by=fresh(head), order=acting, ends_on=D(2027, 5, 20), reason="Отпуск отменён")
    assert (done.grant_id, done.ended_early_on) == (None, D(2027, 5, 20))
    assert not RoleGrant.objects.filter(is_acting=True).exists()


@pytest.mark.parametrize(
    ("ends_on", "reason", "words"),
    [
        (D(2027, 6, 3), "Вышел", "Последним днём исполнения"),
        (D(2027, 6, 9), "Вышел", "Последним днём исполнения"),
        (D(2027, 6, 5), " ", "причину"),
    ],
)
def test_an_early_end_that_does_not_fit(ends_on, reason, words, acting, head, clock):
    clock(at(2027, 6, 5, 10, 0, 0))
    with pytest.raises(Conflict, match=words):
        actions.end_acting(by=fresh(head), order=acting, ends_on=ends_on, reason=reason)
    acting.refresh_from_db()
    assert acting.ended_early_on is None


def test_the_acting_one_and_others_do_not_end_it(acting, methodist, methodist2, clock):
    clock(at(2027, 6, 5, 10, 0, 0))
    for user in (methodist, methodist2):
        with pytest.raises(Refused):
            actions.end_acting(by=fresh(user), order=acting, ends_on=D(2027, 6, 5), reason="Так")


def test_the_task_to_approve_is_with_whoever_has_the_right(
    acting, head, methodist, methodist2, collecting, clock  # noqa: F811
):  # fmt: skip
    report = begin_report(campaign=collecting, by=methodist)
    send_report(report=report, by=methodist)
    for moment, head_has, acting_has in (
        (at(2027, 5, 31, 23, 59, 59), True, False),
        (at(2027, 6, 1, 0, 0, 0), False, True),
        (at(2027, 6, 9, 23, 59, 59), False, True),
        (at(2027, 6, 10, 0, 0, 0), True, False),
    ):
        clock(moment)
        told = [any(one.title.startswith("Утвердить отчёт") for one in tasks_of(fresh(user)))
                for user in (head, methodist2)]  # fmt: skip
        assert told == [head_has, acting_has]
