"""Dismissal: posts and the rights of ИМО end after the last day; nothing else does (statute 6.4)."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from apps.accounts.actions import end_staff_grants
from apps.accounts.models import RoleGrant, User
from apps.core.access import Refused
from apps.core.roles import Role
from apps.notices.models import Notice
from apps.office import actions
from apps.office.standing_in import tasks_left_by
from apps.portal.queries import tasks_of
from tests.monitoring.conftest import collecting, small, three  # noqa: F401
from tests.office.factories import AppointmentFactory, PositionFactory
from tests.planning.factories import approved, make_item, make_plan

pytestmark = pytest.mark.django_db
D = datetime.date
MAGADAN = ZoneInfo("Asia/Magadan")
LAST = D(2027, 6, 15)


def at(*moment: int) -> datetime.datetime:
    return datetime.datetime(*moment, tzinfo=MAGADAN)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def drafted(by, employee, last=LAST, **fields):
    return actions.draft_order(by=by, kind="dismissal", employee=employee, starts_on=last, **fields)


def dismissed(by, employee, last=LAST, **fields):
    order = drafted(by, employee, last, **fields)
    return actions.record_order(by=by, order=order, number="31-к", date=D(2026, 11, 2))


def test_the_text_declines_the_name(office, head):
    assert (
        "договор с Ясеневым Михаилом Олеговичем 15\u00a0июня\u00a02027" in drafted(head, office.second).body
    )


@pytest.mark.parametrize(
    ("moment", "roles"),
    [
        (at(2027, 6, 15, 0, 0, 0), {"methodist"}),
        (at(2027, 6, 15, 23, 59, 59), {"methodist"}),
        (at(2027, 6, 16, 0, 0, 0), set()),
    ],
)
def test_the_rights_end_at_midnight_after_the_last_day(moment, roles, office, head, methodist2, clock):
    dismissed(head, office.second)
    clock(moment)
    assert fresh(methodist2).roles == roles
    assert office.second.appointments.get().ends_on == LAST


def test_a_draft_ends_nothing(office, head, methodist2):
    drafted(head, office.second)
    assert methodist2.grants.get().ends_on is None


def test_the_place_of_an_organisation_stays_and_the_administrator_is_told(
    office, head, methodist2, administrator, school_a
):
    RoleGrant.objects.create(
        user=methodist2, role=Role.REPRESENTATIVE, organization=school_a, starts_on=D(2026, 1, 1)
    )
    dismissed(head, office.second)
    assert set(methodist2.grants.values_list("role", "ends_on")) == {
        ("methodist", LAST), ("representative", None)
    }  # fmt: skip
    told = Notice.objects.get(recipient=administrator)
    assert told.title == "Права сотрудника ИМО прекращаются: Ясенев\u00a0М.\u00a0О., с 16.06.2027"
    assert "Остаются другие права: ответственный от организации" in told.text


def test_an_order_recorded_late_rewrites_no_day_gone_by(office, head, methodist2, clock):
    clock(at(2026, 11, 20, 9, 0))
    dismissed(head, office.second, last=D(2026, 11, 10))
    assert methodist2.grants.get().ends_on == D(2026, 11, 19)
    assert fresh(methodist2).roles == set()
    assert office.second.appointments.get().ends_on == D(2026, 11, 10)


def test_a_right_that_would_begin_later_goes(office, head, methodist2):
    RoleGrant.objects.create(user=methodist2, role=Role.ASSISTANT, starts_on=D(2027, 7, 1))
    dismissed(head, office.second)
    assert methodist2.grants.get().role == "methodist"


def test_whoever_keeps_another_post_keeps_the_rights(office, head, methodist2):
    held = office.second.appointments.get()
    AppointmentFactory(employee=office.second, position=PositionFactory())
    dismissed(head, office.second, appointment=held)
    assert methodist2.grants.get().ends_on is None


def test_an_acting_head_is_ended_first(office, head, methodist2):
    acting = actions.draft_order(
        by=head, kind="acting", employee=office.second, starts_on=D(2027, 6, 10), ends_on=D(2027, 6, 20),
        consent_on=D(2026, 11, 1),
    )  # fmt: skip
    actions.record_order(by=head, order=acting, number="12-к", date=D(2026, 11, 2))
    with pytest.raises(ValidationError, match=r"12-к\): сначала прекратите исполнение"):
        dismissed(head, office.second)
    assert office.second.appointments.get().ends_on is None
    assert methodist2.grants.get(is_acting=False).ends_on is None
    actions.end_acting(by=head, order=acting, ends_on=D(2027, 6, 12), reason="Увольнение")
    order = drafted(head, office.second)
    actions.record_order(by=head, order=order, number="32-к", date=D(2026, 11, 2))
    assert set(methodist2.grants.values_list("is_acting", "ends_on")) == {
        (True, D(2027, 6, 12)), (False, LAST)
    }  # fmt: skip


def test_whoever_substitutes_later_is_replaced_first(office, head):
    actions.save_absence(
        by=head, employee=office.first, kind="leave", starts_on=D(2027, 6, 14), ends_on=D(2027, 6, 16),
        substitute=office.second,
    )  # fmt: skip
    with pytest.raises(ValidationError, match=r"замещает: .* с 14\.06\.2027 по 16\.06\.2027"):
        dismissed(head, office.second)


def test_nobody_else_ends_rights(office, methodist, methodist2):
    with pytest.raises(Refused):
        end_staff_grants(by=methodist, user=methodist2, last_day=LAST)


def transfers(user: User) -> list[tuple[str, str]]:
    found = [one for one in tasks_of(fresh(user)) if one.title.startswith("Передать задачи")]
    return [(one.title, one.detail) for one in found]


@pytest.fixture
def planned(office, head, methodist, methodist2):
    """One event of the one who leaves, one of a colleague, in an approved plan."""
    plan = make_plan(methodist, count=1)
    item = make_item(plan, methodist, title="Школа молодого педагога", responsible=methodist2)
    approved(plan, methodist, head)
    return item


def test_open_tasks_are_shown_to_the_head(office, planned, three, head, methodist2, signed_in):  # noqa: F811
    """What waits for every methodist (a report to review) is not his own and is not told."""
    three["A"].__class__.objects.filter(pk=three["A"].pk).update(state="submitted", accepted_at=None)
    order = dismissed(head, office.second)
    page = signed_in(head).get(order.get_absolute_url()).content.decode()
    assert "Открытые задачи сотрудника" in page
    assert [one.url for one in tasks_left_by(methodist2, LAST)] == [planned.get_absolute_url()]
    assert f'href="{planned.get_absolute_url()}"' in page
    seen = signed_in(methodist2).get(order.get_absolute_url()).content.decode()
    assert "Открытые задачи сотрудника" not in seen


def test_the_head_passes_them_on_from_the_day_after(office, planned, head, methodist, methodist2, clock):
    dismissed(head, office.second)
    clock(at(2027, 6, 15, 23, 59, 59))
    assert transfers(head) == []
    clock(at(2027, 6, 16, 0, 0, 0))
    told = f"Передать задачи уволенного сотрудника: {office.second}"
    assert transfers(head) == [(told, "открыто: 1, последний день работы 15.06.2027")]
    assert transfers(methodist) == transfers(methodist2) == []


def test_nothing_left_is_no_task(office, head, clock):
    dismissed(head, office.second)
    clock(at(2027, 6, 16, 9, 0))
    assert transfers(head) == []


def test_the_page_names_the_last_day_and_the_ground(office, head, signed_in):
    order = dismissed(head, office.second, details="по собственному желанию")
    page = signed_in(head).get(order.get_absolute_url()).content.decode()
    assert "Последний день работы" in page and "Основание прекращения" in page
