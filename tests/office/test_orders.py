"""Orders: texts by template, the department's number, what they change and from when."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from apps.core.access import Conflict, Refused
from apps.office import actions
from apps.office.models import Absence, Appointment, Encouragement, LocalAct, Order
from tests.office.factories import EmployeeFactory, PositionFactory

pytestmark = pytest.mark.django_db
D = datetime.date
MAGADAN = ZoneInfo("Asia/Magadan")
DAY = D(2026, 5, 20)


def drafted(by, kind, **fields) -> Order:
    return actions.draft_order(by=by, kind=kind, **fields)


def recorded(by, order, number="21-к", date=DAY) -> Order:
    return actions.record_order(by=by, order=order, number=number, date=date)


@pytest.fixture
def newcomer(db):
    return EmployeeFactory(last_name="Черёмухина", first_name="Анна", middle_name="Петровна")


def test_the_text_of_a_hire_declines_name_and_post(office, head, newcomer):
    order = drafted(
        head, "hire", employee=newcomer, position=office.methodist_post, units=Decimal("0.5"),
        starts_on=D(2026, 6, 1),
    )  # fmt: skip
    assert order.title == "О приёме на работу"
    assert order.body.splitlines()[0] == (
        "Принять Черёмухину Анну Петровну на должность методиста информационно-методического отдела "
        "на 0,5 ставки с 1\u00a0июня\u00a02026\u00a0г."
    )
    assert order.control == "Контроль за исполнением приказа оставляю за собой."


def test_what_the_card_keeps_for_a_case_wins(office, head, newcomer):
    newcomer.dative_name = "Черёмухиной-Заяц Анне Петровне"
    newcomer.save()
    order = drafted(head, "leave", employee=newcomer, starts_on=D(2026, 7, 1), ends_on=D(2026, 7, 28))
    assert order.body.startswith("Предоставить Черёмухиной-Заяц Анне Петровне отпуск с 1\u00a0июля")


def test_a_draft_without_a_number_changes_nothing(office, head, newcomer):
    order = drafted(head, "hire", employee=newcomer, position=office.methodist_post, starts_on=D(2026, 6, 1))
    assert (order.state, str(order)) == ("draft", "Проект приказа: О приёме на работу")
    assert not newcomer.appointments.exists()
    for number, date in (("", D(2026, 5, 20)), ("  ", D(2026, 5, 20))):
        with pytest.raises(ValidationError, match="номер, который приказу дал департамент"):
            actions.record_order(by=head, order=order, number=number, date=date)
    with pytest.raises(ValidationError, match="ещё не наступила"):
        recorded(head, order, date=D(2999, 1, 1))
    order.refresh_from_db()
    assert order.state == "draft"


def test_a_recorded_hire_appoints_from_its_day(office, head, newcomer):
    order = drafted(head, "hire", employee=newcomer, position=office.methodist_post, starts_on=D(2026, 6, 1))
    done = recorded(head, order)
    assert str(done) == "Приказ от 20.05.2026 №\u00a021-к"
    held = newcomer.appointments.get()
    assert (held.starts_on, held.units, held.order_text) == (
        D(2026, 6, 1), Decimal(1), "приказ от 20.05.2026 №\u00a021-к"
    )  # fmt: skip
    assert not Appointment.objects.in_force(D(2026, 5, 31)).filter(employee=newcomer).exists()
    with pytest.raises(Conflict, match="не меняется"):
        recorded(head, order)


def test_an_effect_that_fails_leaves_a_draft(office, head, newcomer):
    order = drafted(
        head, "hire", employee=newcomer, position=office.methodist_post, units=Decimal("1.25"),
        starts_on=D(2026, 6, 1),
    )  # fmt: skip
    with pytest.raises(ValidationError, match="свободной ставки 1,25 нет"):
        recorded(head, order)
    order.refresh_from_db()
    assert (order.state, order.number, newcomer.appointments.count()) == ("draft", "", 0)


def test_a_transfer_ends_one_post_the_day_before_the_other(office, head):
    held = office.first.appointments.get()
    actions.end_appointment(by=head, appointment=office.head.appointments.get(), ends_on=D(2026, 5, 31))
    order = drafted(
        head, "transfer", employee=office.first, position=office.head_post, appointment=held,
        starts_on=D(2026, 6, 1),
    )  # fmt: skip
    recorded(head, order)
    rows = office.first.appointments.order_by("starts_on").values_list("position__title", "ends_on")
    assert list(rows) == [("Методист", D(2026, 5, 31)), ("Заведующий отделом", None)]


def test_a_transfer_of_somebody_else_s_post_is_refused(office, head):
    with pytest.raises(ValidationError, match="назначение другого сотрудника"):
        drafted(
            head, "transfer", employee=office.first, position=office.head_post,
            appointment=office.second.appointments.get(), starts_on=D(2026, 6, 1),
        )  # fmt: skip


def _named(employee):
    employee.last_name, employee.first_name, employee.middle_name = "Ясенев", "Михаил", "Олегович"
    employee.save()
    return employee


def test_leave_and_trip_become_absences(office, head):
    leave = drafted(
        head, "leave", employee=office.first, substitute=office.second,
        starts_on=D(2026, 7, 1), ends_on=D(2026, 7, 28),
    )  # fmt: skip
    recorded(head, leave)
    trip = drafted(
        head, "trip", employee=office.first, starts_on=D(2026, 9, 7), ends_on=D(2026, 9, 9),
        details="в город Хабаровск на семинар.",
    )  # fmt: skip
    assert "в город Хабаровск на семинар." in trip.body
    recorded(head, trip, number="22-к")
    rows = Absence.objects.order_by("starts_on").values_list(
        "kind", "substitute", "order_number", "starts_on", "ends_on"
    )
    assert list(rows) == [
        ("leave", office.second.pk, "21-к", D(2026, 7, 1), D(2026, 7, 28)),
        ("trip", None, "22-к", D(2026, 9, 7), D(2026, 9, 9)),
    ]


def test_the_director_records_the_order_of_the_staffing_table(office, head, director):
    edition = actions.create_edition(by=head, in_force_from=D(2026, 9, 1), copy_from=office.edition)
    actions.send_edition(by=head, edition=edition)
    order = drafted(head, "staffing", edition=edition)
    assert "и ввести его в действие с 1\u00a0сентября\u00a02026\u00a0г." in order.body
    with pytest.raises(Refused, match="руководитель департамента"):
        recorded(head, order)
    recorded(director, order, number="77")
    edition.refresh_from_db()
    assert (edition.state, edition.order_number, edition.approved_by) == ("approved", "77", director)


def test_the_statute_changes_by_the_order_after_the_consent(office, head):
    old = actions.save_act(by=head, kind="imo_statute", title="Положение об ИМО")
    actions.give_consent(by=head, act=old)
    actions.bring_into_force(
        by=head, act=old, in_force_from=D(2020, 1, 1), order_number="3", order_date=D(2019, 12, 1)
    )
    new = actions.save_act(by=head, kind="imo_statute", title="Положение об ИМО")
    order = drafted(head, "statute", act=new, starts_on=D(2026, 6, 1))
    assert order.title == "О внесении изменений в Положение об информационно-методическом отделе"
    with pytest.raises(ValidationError, match="с согласия заведующего"):
        recorded(head, order)
    actions.give_consent(by=head, act=new)
    recorded(head, order)
    rows = LocalAct.objects.order_by("edition").values_list(
        "edition", "in_force_from", "in_force_to", "order_number"
    )
    assert list(rows) == [
        (1, D(2020, 1, 1), D(2026, 5, 31), "3"),
        (2, D(2026, 6, 1), None, "21-к"),
    ]


def test_a_reward_is_put_on_the_list(office, head):
    order = drafted(
        head, "reward", employee=office.first, reward="gratitude", starts_on=D(2026, 5, 20),
        details="За подготовку конференции",
    )  # fmt: skip
    recorded(head, order)
    row = Encouragement.objects.get()
    assert (row.employee, row.kind, row.reason, row.basis) == (
        office.first, "gratitude", "За подготовку конференции", "приказ от 20.05.2026 №\u00a021-к"
    )  # fmt: skip
    with pytest.raises(Conflict, match="объявлено приказом"):
        actions.remove_record(by=head, row=row)


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("hire", {"employee", "position", "starts_on"}),
        ("transfer", {"employee", "position", "appointment", "starts_on"}),
        ("dismissal", {"employee", "starts_on"}),
        ("leave", {"employee", "starts_on", "ends_on"}),
        ("trip", {"employee", "starts_on", "ends_on"}),
        ("acting", {"employee", "starts_on", "ends_on"}),
        ("staffing", {"edition"}),
        ("statute", {"act", "starts_on"}),
        ("reward", {"employee", "reward", "starts_on"}),
    ],
)
def test_each_kind_says_what_it_needs(kind, missing, office, head):
    with pytest.raises(ValidationError) as told:
        drafted(head, kind)
    assert set(told.value.message_dict) == missing


def test_a_recorded_order_is_neither_changed_nor_deleted(office, head):
    order = recorded(head, drafted(head, "other", title="О режиме работы"))
    for act in (
        lambda: actions.change_order(by=head, order=order, title="Иное"),
        lambda: actions.delete_order(by=head, order=order),
    ):
        with pytest.raises(Conflict, match="не меняется"):
            act()


def test_the_sheet_of_acquaintance(office, head, methodist, methodist2):
    order = drafted(head, "other", title="О режиме работы")
    actions.add_to_sheet(by=head, order=order, employees=[office.first, office.second, office.first])
    line = order.acquaintances.get(employee=office.first)
    with pytest.raises(Conflict, match="с зарегистрированным"):
        actions.mark_read(by=methodist, line=line)
    recorded(head, order)
    with pytest.raises(Refused):
        actions.mark_read(by=methodist2, line=line)
    actions.mark_read(by=methodist, line=line)
    line.refresh_from_db()
    assert line.read_on is not None
    with pytest.raises(ValidationError, match=r"раньше приказа нельзя: приказ от 20\.05\.2026"):
        actions.mark_read(
            by=head, line=order.acquaintances.get(employee=office.second), read_on=D(2026, 5, 19)
        )
    assert order.acquaintances.count() == 2


@pytest.mark.parametrize("role", ["methodist", "assistant", "administrator", "responsible_a", "nobody"])
def test_only_the_heads_draft_and_record(role, office, head, request):
    somebody = request.getfixturevalue(role)
    order = drafted(head, "other", title="О режиме работы")
    for act in (
        lambda: drafted(somebody, "other", title="О себе"),
        lambda: recorded(somebody, order),
        lambda: actions.delete_order(by=somebody, order=order),
        lambda: actions.add_to_sheet(by=somebody, order=order, employees=[office.first]),
    ):
        with pytest.raises(Refused):
            act()


def test_an_employee_sees_recorded_orders_about_himself(office, head, methodist, methodist2, responsible_a):
    order = drafted(head, "leave", employee=office.first, starts_on=D(2026, 7, 1), ends_on=D(2026, 7, 2))
    assert not Order.objects.visible_to(methodist).exists()
    recorded(head, order)
    assert Order.objects.visible_to(methodist).get() == order
    assert not Order.objects.visible_to(methodist2).exists()
    assert not Order.objects.visible_to(responsible_a).exists()
    assert Order.objects.visible_to(head).count() == 1


def test_no_units_of_a_foreign_post_for_a_new_post(office, head, newcomer):
    order = drafted(
        head, "hire", employee=newcomer, position=PositionFactory(title="Техник"), starts_on=D(2026, 6, 1)
    )
    with pytest.raises(ValidationError, match="По должности «Техник»"):
        recorded(head, order)


@pytest.fixture
def line(office, head):
    order = recorded(head, drafted(head, "other", title="О режиме работы", employee=office.first))
    return order.acquaintances.get()


@pytest.mark.parametrize("day", ["2026-05-20", "2026-11-23"])
def test_a_past_day_of_acquaintance_is_entered_from_the_paper_sheet(day, line, signed_in, head, clock):
    clock(datetime.datetime(2026, 11, 23, 9, 0, tzinfo=MAGADAN))
    url = f"/office/orders/{line.order_id}/sheet/{line.pk}/day/"
    assert signed_in(head).post(url, {"read_on": day}).status_code == 302
    line.refresh_from_db()
    assert line.read_on == D.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-05-19", "Ознакомить раньше приказа нельзя: приказ от 20.05.2026."),
        ("2026-11-24", "День ознакомления ещё не наступил: сегодня 23.11.2026."),
        ("2026-02-31", "Введите правильную дату"),
        ("", "Обязательное поле"),
    ],
)
def test_a_day_that_does_not_fit_is_refused(day, told, line, signed_in, head, clock):
    clock(datetime.datetime(2026, 11, 23, 23, 59, tzinfo=MAGADAN))
    answer = signed_in(head).post(f"/office/orders/{line.order_id}/sheet/{line.pk}/day/", {"read_on": day})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    line.refresh_from_db()
    assert line.read_on is None


def test_an_employee_enters_no_other_day_than_today(line, signed_in, methodist, methodist2, clock):
    clock(datetime.datetime(2026, 11, 23, 9, 0, tzinfo=MAGADAN))
    url = f"/office/orders/{line.order_id}/sheet/{line.pk}/day/"
    assert signed_in(methodist).post(url, {"read_on": "2026-05-21"}).status_code == 403
    assert signed_in(methodist2).post(url, {"read_on": "2026-05-21"}).status_code == 404
    actions.mark_read(by=methodist, line=line, read_on=D(2026, 5, 21))
    line.refresh_from_db()
    assert line.read_on == D(2026, 11, 23)


def test_a_mistaken_day_is_corrected_and_a_second_press_changes_nothing(line, head, methodist, clock):
    clock(datetime.datetime(2026, 11, 23, 9, 0, tzinfo=MAGADAN))
    actions.mark_read(by=head, line=line, read_on=D(2026, 5, 21))
    actions.mark_read(by=head, line=line)
    actions.mark_read(by=methodist, line=line)
    line.refresh_from_db()
    assert line.read_on == D(2026, 5, 21)
    actions.mark_read(by=head, line=line, read_on=D(2026, 5, 22))
    line.refresh_from_db()
    assert line.read_on == D(2026, 5, 22)
