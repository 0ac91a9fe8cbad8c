"""Editions: who changes, sends, returns, approves; vacancies by day."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from apps.core.access import Conflict, Refused
from apps.notices.models import Notice
from apps.office import actions
from apps.office.models import StaffingEdition, StaffingLine
from apps.office.queries import vacancies_on
from tests.office.factories import AppointmentFactory, PositionFactory, employed, staffing

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture
def draft(office, head) -> StaffingEdition:
    return actions.create_edition(by=head, in_force_from=D(2026, 9, 1), copy_from=office.edition)


def test_a_copy_has_the_next_number_and_the_same_lines(draft, office):
    assert (draft.number, draft.state) == (2, "draft")
    lines = {line.position_id: line.units for line in draft.lines.all()}
    assert lines == {office.head_post.pk: Decimal("1.00"), office.methodist_post.pk: Decimal("3.00")}


def test_the_director_approves_by_an_order(draft, head, director):
    actions.send_edition(by=head, edition=draft)
    assert Notice.objects.get(recipient=director).title == "На утверждении: Штатное расписание, редакция 2"
    done = actions.approve_edition(by=director, edition=draft, order_number=" 14 ", order_date=D(2026, 8, 25))
    assert (done.state, done.order_text) == ("approved", "приказ от 25.08.2026 №\u00a014")
    assert StaffingEdition.objects.in_force(D(2026, 8, 31)).get().number == 1
    assert StaffingEdition.objects.in_force(D(2026, 9, 1)).get().number == 2


@pytest.mark.parametrize(
    "role", ["head", "methodist", "assistant", "administrator", "responsible_a", "nobody"]
)
def test_nobody_else_approves_or_returns(role, draft, head, request):
    actions.send_edition(by=head, edition=draft)
    somebody = request.getfixturevalue(role)
    with pytest.raises(Refused):
        actions.approve_edition(by=somebody, edition=draft, order_number="1", order_date=D(2026, 8, 25))
    with pytest.raises(Refused):
        actions.return_edition(by=somebody, edition=draft, comment="Иначе")
    draft.refresh_from_db()
    assert draft.state == "on_approval"


def test_a_returned_edition_is_changed_and_an_unseen_change_is_not_approved(draft, head, director):
    actions.send_edition(by=head, edition=draft)
    with pytest.raises(Conflict, match="пояснения"):
        actions.return_edition(by=director, edition=draft, comment=" ")
    actions.return_edition(by=director, edition=draft, comment="Уточните ставки")
    line = draft.lines.first()
    actions.save_line(by=head, edition=draft, line=line, units=Decimal("1.5"))
    actions.send_edition(by=head, edition=draft)
    with pytest.raises(Conflict, match="изменилось"):
        actions.approve_edition(
            by=director, edition=draft, order_number="1", order_date=D(2026, 8, 25), seen="0"
        )


def test_an_approval_needs_an_order_and_lines(draft, head, director):
    empty = actions.create_edition(by=head, in_force_from=D(2026, 10, 1))
    with pytest.raises(Conflict, match="ни одной должности"):
        actions.send_edition(by=head, edition=empty)
    actions.send_edition(by=head, edition=draft)
    with pytest.raises(ValidationError, match="номер и дату приказа"):
        actions.approve_edition(by=director, edition=draft, order_number=" ", order_date=D(2026, 8, 25))
    draft.refresh_from_db()
    assert (draft.state, draft.order_date) == ("on_approval", None)


def test_a_draft_can_not_be_approved_at_once(draft, director):
    with pytest.raises(Conflict, match="состояние «Проект»"):
        actions.approve_edition(by=director, edition=draft, order_number="1", order_date=D(2026, 8, 25))


def test_what_is_sent_or_approved_is_not_changed(draft, office, head):
    actions.send_edition(by=head, edition=draft)
    line = draft.lines.first()
    for edition in (draft, office.edition):
        for act in (
            lambda one: actions.change_edition(by=head, edition=one, note="х"),
            lambda one: actions.save_line(by=head, edition=one, position=PositionFactory(), units=1),
            lambda one: actions.send_edition(by=head, edition=one),
            lambda one: actions.delete_edition(by=head, edition=one),
        ):
            with pytest.raises(Conflict, match="пока оно в проекте"):
                act(edition)
    with pytest.raises(Conflict, match="пока оно в проекте"):
        actions.remove_line(by=head, line=line)


@pytest.mark.parametrize("role", ["methodist", "assistant", "administrator", "responsible_a"])
def test_only_the_heads_keep_the_table(role, draft, request):
    somebody = request.getfixturevalue(role)
    with pytest.raises(Refused):
        actions.create_edition(by=somebody, in_force_from=D(2026, 9, 1))
    with pytest.raises(Refused):
        actions.save_line(by=somebody, edition=draft, position=PositionFactory(), units=1)
    with pytest.raises(Refused):
        actions.save_position(by=somebody, title="Методист", category="methodist")


@pytest.mark.parametrize(("kept", "salary"), [(False, None), (True, Decimal("30000.50"))])
def test_money_is_kept_only_where_switched_on(kept, salary, draft, head, settings):
    settings.PORTAL_SALARIES = kept
    row = actions.save_line(
        by=head, edition=draft, position=PositionFactory(), units=Decimal("0.5"), salary=Decimal("30000.50")
    )
    assert StaffingLine.objects.get(pk=row.pk).salary == salary


def test_monthly_pay_is_salary_with_allowances_for_all_units():
    line = StaffingLine(
        units=Decimal("1.5"),
        salary=Decimal("10000"),
        district_allowance=Decimal("7000"),
        northern_allowance=Decimal("8000.10"),
    )
    assert line.monthly == Decimal("37500.150")
    assert StaffingLine(units=Decimal(1)).monthly is None


def test_vacancies_follow_editions_and_appointments(office):
    post = office.methodist_post
    AppointmentFactory(
        employee=employed(position=PositionFactory()), position=post, units=Decimal("0.5"),
        starts_on=D(2026, 3, 1), ends_on=D(2026, 3, 31),
    )  # fmt: skip
    staffing({office.head_post: "1", post: "2"}, number=2, since=D(2026, 6, 1))

    def vacant(day):
        return {one.position.title: (one.units, one.occupied, one.vacant) for one in vacancies_on(day)}

    assert vacant(D(2019, 12, 31)) == {}
    assert vacant(D(2026, 2, 28)) == {"Заведующий отделом": (1, 1, 0), "Методист": (3, 2, 1)}
    assert vacant(D(2026, 3, 31))["Методист"] == (3, Decimal("2.5"), Decimal("0.5"))
    assert vacant(D(2026, 4, 1))["Методист"] == (3, 2, 1)
    assert vacant(D(2026, 6, 1))["Методист"] == (2, 2, 0)
