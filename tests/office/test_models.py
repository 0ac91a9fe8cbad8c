"""Every constraint of the staff, violated."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from apps.office.enums import ActKind, OrderKind
from apps.office.models import (
    Absence,
    Acquaintance,
    ActProposal,
    Appeal,
    Appointment,
    ExperienceNorm,
    LocalAct,
    Order,
    Position,
    SafetyBriefing,
    Service,
    StaffingEdition,
    StaffingLine,
    StaffTraining,
)
from tests.office.factories import EmployeeFactory, PositionFactory, employed, staffing

pytestmark = pytest.mark.django_db
D = datetime.date


def refused(row, constraint: str, words: str) -> None:
    """The model's own check tells it in Russian, the database refuses it whatever wrote it."""
    with pytest.raises(ValidationError) as told:
        row.validate_constraints()
    assert any(words in message for message in told.value.messages), told.value.messages
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save(force_insert=True)


def edition(**fields) -> StaffingEdition:
    return StaffingEdition.objects.create(**{"number": 7, "in_force_from": D(2026, 1, 1), **fields})


@pytest.mark.parametrize("units", ["0", "0.1", "-1"])
def test_units_begin_with_a_quarter(units):
    row = StaffingLine(edition=edition(), position=PositionFactory(), units=Decimal(units))
    refused(row, "staffing_units", "не меньше 0,25")


@pytest.mark.parametrize("units", ["0.3", "1.1", "2.33"])
def test_units_are_quarters(units):
    row = StaffingLine(edition=edition(), position=PositionFactory(), units=Decimal(units))
    refused(row, "staffing_units_in_quarters", "четвертями")


@pytest.mark.parametrize("units", ["0.25", "0.5", "0.75", "1", "12.25"])
def test_any_number_of_quarters_is_right(units):
    row = StaffingLine(edition=edition(), position=PositionFactory(), units=Decimal(units))
    row.full_clean()
    row.save()


def test_money_is_not_negative():
    row = StaffingLine(
        edition=edition(), position=PositionFactory(), units=Decimal(1), northern_allowance=Decimal(-1)
    )
    refused(row, "staffing_money_not_negative", "отрицательными")


def test_a_post_stands_in_an_edition_once():
    line = StaffingLine.objects.create(edition=edition(), position=PositionFactory(), units=1)
    row = StaffingLine(edition=line.edition, position=line.position, units=Decimal(1))
    refused(row, "staffing_line_once", "уже есть")


def test_a_post_is_named_once_in_a_direction():
    PositionFactory(title="Методист", direction="3.1")
    refused(Position(title="Методист", direction="3.1", category="methodist"), "position_once", "уже есть")


def test_editions_are_numbered_once():
    edition()
    refused(StaffingEdition(number=7, in_force_from=D(2026, 2, 1)), "staffing_number_once", "номером")


def test_an_edition_is_not_approved_without_an_order():
    row = StaffingEdition(number=7, in_force_from=D(2026, 1, 1), state="approved")
    refused(row, "staffing_approved_by_order", "номер и дату приказа")


def test_two_approved_editions_do_not_begin_on_one_day():
    approved = staffing({}, since=D(2026, 1, 1))
    row = StaffingEdition(
        number=2,
        in_force_from=D(2026, 1, 1),
        state="approved",
        order_number="6",
        order_date=D(2026, 1, 1),
        approved_by=approved.approved_by,
        approved_at=timezone.now(),
    )
    refused(row, "staffing_one_a_day", "другая утверждённая")


def test_an_approved_edition_is_frozen_in_the_database():
    post = PositionFactory()
    frozen = staffing({post: "1"})
    line = frozen.lines.get()
    other = edition(number=9)
    ways = [
        lambda: StaffingEdition.objects.filter(pk=frozen.pk).update(note="иначе"),
        lambda: StaffingEdition.objects.filter(pk=frozen.pk).update(state="draft"),
        lambda: frozen.delete(),
        lambda: StaffingLine.objects.filter(pk=line.pk).update(units=2),
        lambda: StaffingLine.objects.filter(pk=line.pk).update(edition=other),
        lambda: line.delete(),
        lambda: StaffingLine.objects.create(edition=frozen, position=PositionFactory(), units=1),
        lambda: StaffingLine.objects.bulk_create(
            [StaffingLine(edition=frozen, position=PositionFactory(), units=1)]
        ),
    ]
    for way in ways:
        with pytest.raises(ProgrammingError), transaction.atomic():
            way()
    frozen.refresh_from_db()
    assert (frozen.state, frozen.note, frozen.lines.get().units) == ("approved", "", Decimal("1.00"))


def test_an_appointment_has_its_order_and_dates_and_units():
    employee, post = EmployeeFactory(), PositionFactory()
    given = {
        "employee": employee,
        "position": post,
        "starts_on": D(2026, 2, 1),
        "order_number": "1-к",
        "order_date": D(2026, 1, 30),
    }
    refused(Appointment(**given | {"order_number": ""}), "appointment_by_order", "приказом департамента")
    refused(
        Appointment(**given, ends_on=D(2026, 1, 31)), "appointment_ends_after_start", "раньше, чем начинается"
    )
    refused(Appointment(**given, units=Decimal("0.1")), "appointment_units_sane", "0,25")
    refused(Appointment(**given, units=Decimal("2.25")), "appointment_units_sane", "0,25")
    Appointment.objects.create(**given, ends_on=D(2026, 2, 10))
    refused(
        Appointment(**given | {"starts_on": D(2026, 2, 10)}), "appointment_once", "уже занимает эту должность"
    )
    Appointment.objects.create(**given | {"starts_on": D(2026, 2, 11)})


def test_service_training_and_briefings_run_forward():
    employee = EmployeeFactory()
    days = {"employee": employee, "starts_on": D(2020, 5, 2), "ends_on": D(2020, 5, 1)}
    refused(
        Service(place="Школа", post="Учитель", kind="teaching", **days),
        "service_ends_after_start",
        "раньше, чем начинается",
    )
    refused(
        StaffTraining(title="Курс", provider="Институт", hours=16, **days),
        "training_ends_after_start",
        "раньше, чем начинается",
    )
    refused(
        StaffTraining(title="Курс", provider="Институт", hours=0, **days | {"ends_on": D(2020, 5, 9)}),
        "training_has_hours",
        "число часов",
    )
    refused(
        SafetyBriefing(
            employee=employee, kind="repeated", held_on=D(2026, 5, 1), next_on=D(2026, 5, 1), instructor="И"
        ),
        "briefing_next_is_later",
        "позже проведённого",
    )


def test_absences_of_one_employee_do_not_overlap():
    employee = EmployeeFactory()
    given = {"employee": employee, "kind": "leave", "starts_on": D(2026, 7, 1), "ends_on": D(2026, 7, 28)}
    Absence.objects.create(**given)
    refused(
        Absence(**given | {"starts_on": D(2026, 7, 28), "ends_on": D(2026, 7, 30)}),
        "absence_once",
        "уже записано другое отсутствие",
    )
    refused(
        Absence(**given | {"starts_on": D(2026, 8, 2), "ends_on": D(2026, 8, 1)}),
        "absence_ends_after_start",
        "раньше, чем начинается",
    )
    later = given | {"starts_on": D(2026, 8, 1), "ends_on": D(2026, 8, 3)}
    refused(Absence(**later, substitute=employee), "absence_substitute_is_another", "замещать сам себя")
    Absence.objects.create(**later | {"employee": EmployeeFactory()})


def order(by, **fields) -> Order:
    return Order(**{"kind": OrderKind.OTHER, "title": "О работе", "created_by": by, **fields})


def recorded(by, **fields) -> Order:
    given = {"state": "recorded", "number": "5-к", "date": D(2026, 6, 1), "recorded_by": by}
    return order(by, **given | fields)


def test_a_recorded_order_has_number_and_date(head):
    words = "имеет номер и дату"
    refused(recorded(head, number=""), "order_recorded_with_number", words)
    refused(recorded(head, date=None), "order_recorded_with_number", words)
    refused(order(head, number="5-к"), "order_recorded_with_number", words)


def test_an_order_runs_forward_and_is_recorded_once(head):
    refused(
        order(head, starts_on=D(2026, 6, 2), ends_on=D(2026, 6, 1)),
        "order_ends_after_start",
        "раньше первого",
    )
    recorded(head).save()
    refused(recorded(head), "order_number_once", "уже зарегистрирован")


def test_nobody_acts_without_dates_and_consent(head):
    employee = EmployeeFactory()
    whole = {
        "kind": OrderKind.ACTING,
        "employee": employee,
        "consent_on": D(2026, 5, 30),
        "starts_on": D(2026, 6, 1),
        "ends_on": D(2026, 6, 9),
    }
    for name in ("employee", "consent_on", "starts_on", "ends_on"):
        refused(recorded(head, **whole | {name: None}), "order_acting_with_consent", "письменного согласия")


def test_a_recorded_order_is_frozen_in_the_database(head):
    row = recorded(head)
    row.save()
    for change in ({"number": "6-к"}, {"state": "draft"}, {"title": "Иной"}, {"body": "Иное"}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Order.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Order.objects.filter(pk=row.pk).delete()


def test_the_sheet_names_an_employee_once(head):
    row = recorded(head)
    row.save()
    employee = EmployeeFactory()
    Acquaintance.objects.create(order=row, employee=employee)
    refused(Acquaintance(order=row, employee=employee), "acquaintance_once", "уже есть")


def act(**fields) -> LocalAct:
    return LocalAct(**{"kind": ActKind.OTHER, "title": "Правила", **fields})


def test_an_act_belongs_to_what_its_kind_says():
    employee, post = EmployeeFactory(), PositionFactory()
    refused(act(kind=ActKind.JOB_DESCRIPTION), "act_position_fits_kind", "у должностной инструкции")
    refused(act(position=post), "act_position_fits_kind", "у должностной инструкции")
    refused(act(kind=ActKind.CONTRACT), "act_employee_fits_kind", "у трудового договора")
    refused(act(employee=employee), "act_employee_fits_kind", "у трудового договора")


def test_an_act_ends_after_its_beginning():
    refused(
        act(in_force_from=D(2026, 2, 1), in_force_to=D(2026, 1, 1)),
        "act_ends_after_start",
        "раньше, чем вступает",
    )
    refused(act(in_force_to=D(2026, 1, 1)), "act_ends_after_start", "раньше, чем вступает")


def test_the_statute_changes_by_order_and_with_consent(head):
    whole = {
        "kind": ActKind.IMO_STATUTE,
        "in_force_from": D(2026, 9, 1),
        "order_number": "10",
        "order_date": D(2026, 8, 25),
        "consented_by": head,
        "consented_on": D(2026, 8, 20),
    }
    for name, empty in (
        ("order_number", ""), ("order_date", None), ("consented_by", None), ("consented_on", None)
    ):  # fmt: skip
        refused(act(**whole | {name: empty}), "act_statute_by_order_and_consent", "с согласия заведующего")
    act(**whole).save()


@pytest.mark.parametrize("kind", ["department_statute", "imo_statute"])
def test_two_editions_of_a_statute_are_not_in_force_at_once(kind, head):
    whole = {
        "kind": kind,
        "in_force_from": D(2026, 9, 1),
        "order_number": "10",
        "order_date": D(2026, 8, 25),
        "consented_by": head,
        "consented_on": D(2026, 8, 20),
    }
    act(**whole).save()
    refused(act(**whole | {"in_force_from": D(2027, 1, 1)}), f"act_one_{kind}", "другая редакция")


def test_two_descriptions_of_a_post_are_not_in_force_at_once():
    post = PositionFactory()
    given = {"kind": ActKind.JOB_DESCRIPTION, "position": post, "in_force_from": D(2026, 1, 1)}
    act(**given, in_force_to=D(2026, 6, 30)).save()
    refused(
        act(**given | {"in_force_from": D(2026, 6, 30)}), "act_one_description", "другая редакция инструкции"
    )
    act(**given | {"in_force_from": D(2026, 7, 1)}).save()
    act(**given | {"position": PositionFactory()}).save()


def test_answers_are_given_in_words(head):
    employee = employed()
    refused(ActProposal(author=employee, text="Так", state="taken"), "proposal_answered", "словами")
    refused(
        Appeal(
            author=employee, addressee="head", subject="Так", text="Так",
            answered_at=timezone.now(), answered_by=head,
        ),
        "appeal_answered",
        "словами",
    )  # fmt: skip


def test_norms_of_experience_do_not_overlap():
    ExperienceNorm.objects.all().delete()
    ExperienceNorm.objects.create(months=36, basis="п. 5.1", in_force_from=D(2000, 1, 1))
    refused(ExperienceNorm(months=60, basis="новая", in_force_from=D(2026, 1, 1)), "norm_once", "уже указана")
    refused(
        ExperienceNorm(months=1, basis="х", in_force_from=D(1990, 2, 1), in_force_to=D(1990, 1, 1)),
        "norm_ends_after_start",
        "раньше, чем начинается",
    )
