"""Execution by hand-computed figures: marks, percent, work beside the plan."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from apps.core.access import Conflict, Refused
from apps.planning.actions.marking import add_beside, cancel, complete, move_holding, reopen
from apps.planning.execution import Execution, by_section, executions_by, with_execution
from apps.planning.models import Holding, Plan
from tests.planning.factories import approved, item_values, make_item, make_plan

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture
def monthly(department, methodist, head, clock) -> Plan:
    """A monthly event till the 25th (12 holdings) and one on 15.10.2026; today is 30.12.2026."""
    plan = make_plan(methodist, 1)
    make_item(plan, methodist, section="3.1", title="Подборка", term_kind="monthly", term_day=25,
              starts_on=D(2026, 9, 1), ends_on=D(2027, 8, 31))  # fmt: skip
    approved(plan, methodist, head)
    clock(2026, 12, 30, 12, 0)
    return plan


def holdings(plan: Plan, title: str) -> list[Holding]:
    return list(Holding.objects.filter(item__plan=plan, item__title=title).order_by("starts_on"))


def test_percent_is_done_of_planned_without_cancelled(monthly, methodist, head):
    single, months = holdings(monthly, "Мероприятие 1")[0], holdings(monthly, "Подборка")
    complete(holding=single, by=methodist, done_on=D(2026, 10, 15), actual_count=28, document="Справка № 4")
    complete(holding=months[0], by=head, done_on=D(2026, 9, 24))
    complete(holding=months[1], by=methodist, done_on=D(2026, 10, 25))
    cancel(holding=months[2], by=methodist, reason="Нет новых актов")
    move_holding(holding=months[3], by=methodist, starts_on=D(2027, 1, 12), ends_on=None, reason="Болезнь")

    made = executions_by("item__plan", Holding.objects.all())[monthly.pk]

    # 13 holdings, one cancelled, three done, one moved ahead: nothing is overdue on 30.12.
    assert made == Execution(planned=13, done=3, moved=1, cancelled=1, overdue=0, beside=0)
    assert made.percent == Decimal(25)
    assert made.left == 9
    assert by_section(Holding.objects.all()) == [
        ("Аналитическая деятельность", Execution(12, 2, 1, 1, 0, 0)),
        ("Организационно-методическая деятельность", Execution(1, 1, 0, 0, 0, 0)),
    ]
    row = with_execution(Plan.objects.filter(pk=monthly.pk)).get()
    assert (row.planned, row.done, row.moved, row.cancelled, row.overdue) == (13, 3, 1, 1, 0)


def test_what_is_over_and_not_marked_is_overdue(monthly):
    # 25.09, 15.10, 25.10, 25.11, 25.12 are over on 30.12.
    assert executions_by("item__plan", Holding.objects.all())[monthly.pk].overdue == 5


def test_work_beside_the_plan_stands_apart(monthly, methodist, assistant):
    values = item_values(methodist, title="Проверка сайта")
    for name in ("starts_on", "ends_on"):
        del values[name]

    item = add_beside(plan=monthly, by=assistant, values=values, done_on=D(2026, 12, 1), actual_count=3)

    made = executions_by("item__plan", Holding.objects.all())[monthly.pk]
    assert (made.beside, made.planned, made.done) == (1, 13, 0)
    assert item not in monthly.items.in_plan()
    with pytest.raises(ValidationError, match="ещё не наступил"):
        add_beside(plan=monthly, by=methodist, values=values, done_on=D(2027, 1, 1))
    with pytest.raises(ValidationError, match="не входит"):
        add_beside(plan=monthly, by=methodist, values=values, done_on=D(2026, 8, 31))


def test_marks_are_refused_where_they_do_not_fit(monthly, methodist, methodist2, head):
    one = holdings(monthly, "Мероприятие 1")[0]
    with pytest.raises(Refused):
        complete(holding=one, by=methodist2, done_on=D(2026, 10, 15))
    with pytest.raises(ValidationError, match="ещё не наступил"):
        complete(holding=one, by=methodist, done_on=D(2026, 12, 31))
    with pytest.raises(ValidationError, match="раньше, чем началось"):
        move_holding(holding=one, by=methodist, starts_on=D(2027, 2, 2), ends_on=D(2027, 2, 1), reason="Так")
    with pytest.raises(ValidationError, match="не входит"):
        move_holding(holding=one, by=methodist, starts_on=D(2027, 9, 1), ends_on=None, reason="Так")
    with pytest.raises(ValidationError, match="новую дату"):
        move_holding(holding=one, by=methodist, starts_on=D(2026, 10, 15), ends_on=None, reason="Так")
    with pytest.raises(Conflict, match="пояснения"):
        cancel(holding=one, by=methodist, reason=" ")
    one.refresh_from_db()
    assert (one.state, one.starts_on, one.reason) == ("planned", D(2026, 10, 15), "")


def test_a_mistaken_mark_is_taken_back_with_a_reason(monthly, methodist):
    one = holdings(monthly, "Мероприятие 1")[0]
    complete(holding=one, by=methodist, done_on=D(2026, 10, 15), actual_count=28, document="Справка")

    with pytest.raises(Conflict):
        reopen(holding=one, by=methodist, reason="")
    reopen(holding=one, by=methodist, reason="Отмечено не то")

    one.refresh_from_db()
    assert (one.state, one.done_on, one.actual_count, one.document) == ("planned", None, None, "")


def stands(holding) -> tuple:
    holding.refresh_from_db()
    return holding.state, holding.starts_on, holding.ends_on, holding.reason


def test_a_move_taken_back_restores_the_planned_days(monthly, methodist):
    one = holdings(monthly, "Мероприятие 1")[0]
    move_holding(holding=one, by=methodist, starts_on=D(2026, 11, 3), ends_on=None, reason="Карантин")
    reopen(holding=one, by=methodist, reason="Карантин отменён")
    assert stands(one) == ("planned", D(2026, 10, 15), D(2026, 10, 15), "")


@pytest.mark.parametrize("mark", ["done", "cancelled"])
def test_what_was_moved_before_it_was_marked_is_moved_again(mark, monthly, methodist):
    """The second move's reason comes back, not the first one's and not that of the cancellation."""
    one = holdings(monthly, "Мероприятие 1")[0]
    move_holding(holding=one, by=methodist, starts_on=D(2026, 11, 3), ends_on=None, reason="Карантин")
    move_holding(holding=one, by=methodist, starts_on=D(2026, 11, 10), ends_on=None, reason="Ремонт зала")
    if mark == "done":
        complete(holding=one, by=methodist, done_on=D(2026, 11, 10), document="Справка")
    else:
        cancel(holding=one, by=methodist, reason="Нет докладчика")

    reopen(holding=one, by=methodist, reason="Отмечено не то")
    assert stands(one) == ("moved", D(2026, 11, 10), D(2026, 11, 10), "Ремонт зала")
    assert (one.done_on, one.document) == (None, "")

    reopen(holding=one, by=methodist, reason="И перенос отменён")
    assert stands(one) == ("planned", D(2026, 10, 15), D(2026, 10, 15), "")


def test_nothing_is_marked_in_a_draft(plan, methodist):
    one = Holding.objects.filter(item__plan=plan).first()
    with pytest.raises(Conflict, match="утверждённом плане"):
        complete(holding=one, by=methodist, done_on=D(2026, 10, 15))
