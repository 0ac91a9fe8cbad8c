"""Appointments within the units, the experience of a head, a card that can't be deleted."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from apps.core.access import Conflict, Refused
from apps.office import actions
from apps.office.models import Appointment, Employee, ExperienceNorm
from apps.office.queries import head_check
from tests.office.factories import EmployeeFactory, PositionFactory, ServiceFactory, norm, staffing

pytestmark = pytest.mark.django_db
D = datetime.date


def appointed(by, employee, position, **fields) -> Appointment:
    given = {
        "units": Decimal(1),
        "starts_on": D(2026, 12, 1),
        "order_number": "9-к",
        "order_date": D(2026, 11, 20),
    }
    return actions.appoint(by=by, employee=employee, position=position, **given | fields)


def test_an_appointment_fits_into_the_units(office, head):
    appointed(head, EmployeeFactory(), office.methodist_post)
    with pytest.raises(ValidationError) as told:
        appointed(head, EmployeeFactory(), office.methodist_post, units=Decimal("0.25"))
    assert told.value.message_dict == {
        "units": [
            "По должности «Методист» на 01.12.2026 в штатном расписании 3 ед., занято 3: "
            "свободной ставки 0,25 нет."
        ]
    }


def test_a_later_edition_with_fewer_units_is_looked_at(office, head):
    staffing({office.methodist_post: "2"}, number=2, since=D(2027, 1, 1))
    appointed(head, EmployeeFactory(), office.methodist_post, ends_on=D(2026, 12, 31))
    with pytest.raises(ValidationError, match=r"на 01\.01\.2027 в штатном расписании 2 ед\., занято 2"):
        appointed(head, EmployeeFactory(), office.methodist_post, starts_on=D(2027, 1, 1))


def test_a_unit_is_free_the_day_after_it_was_left(office, head):
    actions.end_appointment(by=head, appointment=office.first.appointments.get(), ends_on=D(2026, 11, 30))
    appointed(head, EmployeeFactory(), office.methodist_post, units=Decimal(2))


def test_a_prolonged_appointment_must_fit_again(office, head):
    held = office.first.appointments.get()
    actions.end_appointment(by=head, appointment=held, ends_on=D(2026, 11, 30))
    appointed(head, EmployeeFactory(), office.methodist_post, units=Decimal(2))
    with pytest.raises(ValidationError, match="свободной ставки 1 нет"):
        actions.end_appointment(by=head, appointment=held, ends_on=None)


def test_a_post_that_is_not_in_the_table_has_no_units(office, head):
    with pytest.raises(ValidationError, match=r"в штатном расписании 0 ед\."):
        appointed(head, EmployeeFactory(), PositionFactory(title="Техник"))


@pytest.fixture
def free_head_post(office, head):
    actions.end_appointment(by=head, appointment=office.head.appointments.get(), ends_on=D(2026, 11, 30))
    return office.head_post


def test_a_head_lacks_experience_and_is_told_how_much(free_head_post, head):
    """Teaching 01.01.2022–31.12.2023 (2 years), headship 01.10.2023–18.08.2024 overlaps it: 7 months 18 days
    more; the clerk's year counts nothing. Of 3 years 4 months 12 days are missing."""
    person = EmployeeFactory()
    ServiceFactory(employee=person, starts_on=D(2022, 1, 1), ends_on=D(2023, 12, 31))
    ServiceFactory(employee=person, starts_on=D(2023, 10, 1), ends_on=D(2024, 8, 18), kind="leading")
    ServiceFactory(employee=person, starts_on=D(2024, 9, 1), ends_on=D(2025, 9, 1), kind="other")
    with pytest.raises(ValidationError) as told:
        appointed(head, person, free_head_post)
    assert told.value.message_dict["employee"] == [
        "Заведующему нужен стаж руководящей или педагогической работы 3\u00a0года "
        "(Положение об ИМО, п. 5.1). На 01.12.2026 стаж 2\u00a0года 7\u00a0мес. 18\u00a0дн., "
        "не хватает 4\u00a0мес. 12\u00a0дн."
    ]
    assert not person.appointments.exists()


def test_both_reasons_are_told_at_once(office, head):
    """The post is occupied and the service is too short: nobody learns of the second after mending one."""
    with pytest.raises(ValidationError) as told:
        appointed(head, EmployeeFactory(), office.head_post)
    assert set(told.value.message_dict) == {"units", "employee"}


def test_three_years_to_the_day_are_enough(free_head_post, head):
    person = EmployeeFactory()
    work = ServiceFactory(employee=person, starts_on=D(2020, 10, 1), ends_on=D(2023, 9, 29))
    assert str(head_check(person, D(2026, 12, 1)).missing) == "1\u00a0дн."
    work.ends_on = D(2023, 9, 30)
    work.save()
    assert head_check(person, D(2026, 12, 1)).missing is None
    assert appointed(head, person, free_head_post).pk


def test_work_at_imo_counts_up_to_the_day_of_the_appointment(office):
    """A methodist since 01.01.2020: by 01.12.2022 2 years 11 months."""
    check = head_check(office.first, D(2022, 12, 1))
    assert (str(check.present), str(check.missing)) == ("2\u00a0года 11\u00a0мес.", "1\u00a0мес.")


def test_the_threshold_is_data(office):
    norm(months=24)
    assert head_check(office.first, D(2022, 12, 1)).missing is None


@pytest.mark.parametrize("role", ["methodist", "assistant", "administrator", "responsible_a"])
def test_only_the_heads_appoint(role, office, request):
    with pytest.raises(Refused):
        appointed(request.getfixturevalue(role), EmployeeFactory(), office.methodist_post)


def test_a_card_with_appointments_stays(office, head):
    with pytest.raises(Conflict, match="имеет назначения"):
        actions.delete_employee(by=head, employee=office.first)
    with pytest.raises(ProtectedError):
        office.first.delete()


def test_a_card_whose_user_signed_papers_stays(office, head, department):
    from tests.papers.conftest import issue, short_report

    issue(
        kind="monitoring_report", register="МО", title="Отчёт", subject=None,
        build=short_report, by=head, snapshot={},
    )  # fmt: skip
    Appointment.objects.all().delete()
    with pytest.raises(Conflict) as told:
        actions.delete_employee(by=head, employee=office.head)
    assert told.value.told == "Удалить карточку нельзя: сотрудник подписывал или выдавал документы."


def test_a_card_made_by_mistake_goes(head):
    person = actions.save_employee(by=head, last_name="Ошибкина", first_name="Анна")
    actions.save_service(
        by=head, employee=person, place="Школа", post="Учитель", kind="teaching",
        starts_on=D(2020, 1, 1), ends_on=D(2020, 2, 1),
    )  # fmt: skip
    actions.delete_employee(by=head, employee=person)
    assert not Employee.objects.filter(last_name="Ошибкина").exists()


def test_who_sees_whom(office, methodist, director, responsible_a, nobody):
    assert Employee.objects.visible_to(methodist).count() == 3
    assert list(Appointment.objects.visible_to(methodist)) == [office.first.appointments.get()]
    assert Appointment.objects.visible_to(director).count() == 3
    for stranger in (responsible_a, nobody):
        assert not Employee.objects.visible_to(stranger).exists()
        assert not Appointment.objects.visible_to(stranger).exists()


# --- the norm of the head's experience ---


NEXT_YEAR = D(2027, 1, 1)


def normed(by, months=60, since=NEXT_YEAR, **fields) -> ExperienceNorm:
    return actions.add_norm(by=by, months=months, basis="Положение, п. 5.1", in_force_from=since, **fields)


def test_a_new_norm_ends_the_one_without_an_end_the_day_before(office, head):
    normed(head)
    rows = ExperienceNorm.objects.order_by("in_force_from").values_list("months", "in_force_to")
    assert list(rows) == [(36, D(2026, 12, 31)), (60, None)]


def test_a_head_is_checked_by_the_norm_of_the_day(office, head):
    normed(head)
    man = ServiceFactory(starts_on=D(2022, 11, 1), ends_on=D(2026, 10, 31)).employee
    actions.end_appointment(by=head, appointment=office.head.appointments.get(), ends_on=D(2026, 11, 30))
    assert head_check(man, D(2026, 12, 31)).missing is None
    with pytest.raises(ValidationError, match=r"01\.01\.2027 стаж 4.*не хватает 1"):
        appointed(head, man, office.head_post, starts_on=D(2027, 1, 1))
    appointed(head, man, office.head_post, starts_on=D(2026, 12, 31))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"since": D(1999, 1, 1)}, "уже указана"),
        ({"since": D(2000, 1, 1)}, "уже указана"),
        ({"in_force_to": D(2026, 1, 1)}, "раньше, чем начинается"),
    ],
)
def test_a_norm_that_does_not_fit_changes_nothing(fields, told, office, head):
    with pytest.raises(ValidationError, match=told):
        normed(head, **fields)
    assert ExperienceNorm.objects.get().in_force_to is None


@pytest.mark.parametrize("role", ["methodist", "assistant", "administrator", "responsible_a"])
def test_only_the_heads_add_a_norm(role, office, request):
    with pytest.raises(Refused):
        normed(request.getfixturevalue(role))


def test_the_page_of_norms(office, signed_in, head):
    client = signed_in(head)
    body = {"months": "0", "basis": "Положение, п. 5.1", "in_force_from": "2027-01-01"}
    assert client.post("/office/norms/create/", body).status_code == 422
    assert client.post("/office/norms/create/", body | {"months": "60"}).status_code == 302
    page = client.get("/office/norms/").content.decode()
    assert "5\u00a0лет" in page and "3\u00a0года" in page
    assert "3\u00a0года" not in client.get("/office/norms/?force=ahead").content.decode()
