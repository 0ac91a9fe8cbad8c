"""Lines of office."""

from decimal import Decimal

from apps.accounts.models import RoleGrant
from apps.core.roles import Role
from apps.office.models import (
    Absence,
    Acquaintance,
    ActProposal,
    Appeal,
    Appointment,
    Employee,
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
from tests.constraints.case import Case, D, Table, now, pair
from tests.factories import UserFactory
from tests.office.factories import EmployeeFactory, PositionFactory

FIRST, SECOND = D(2026, 5, 1), D(2026, 5, 2)
BACKWARDS = {"starts_on": SECOND, "ends_on": FIRST}
ONE_DAY = {"starts_on": SECOND, "ends_on": SECOND}


def position() -> Case:
    Position.objects.create(title="Методист", direction="3.1", category="methodist")
    given = {"title": "Методист", "category": "methodist"}
    return pair(Position, given, {"direction": "3.1"}, {"direction": "3.2"})


def approved() -> dict:
    by = UserFactory()
    return {
        "in_force_from": FIRST,
        "state": "approved",
        "order_date": FIRST,
        "order_number": "5",
        "approved_by": by,
        "approved_at": now(),
    }


def edition_number() -> Case:
    StaffingEdition.objects.create(number=701, in_force_from=FIRST)
    return pair(StaffingEdition, {"in_force_from": FIRST}, {"number": 701}, {"number": 702})


def edition_day() -> Case:
    StaffingEdition.objects.create(number=701, **approved())
    return pair(StaffingEdition, approved() | {"number": 702}, {}, {"in_force_from": SECOND})


def edition_order() -> Case:
    return pair(StaffingEdition, approved() | {"number": 701}, {"order_number": ""}, {})


def line_given() -> dict:
    edition = StaffingEdition.objects.create(number=701, in_force_from=FIRST)
    return {"edition": edition, "position": PositionFactory(), "units": Decimal(1)}


def line_once() -> Case:
    given = line_given()
    StaffingLine.objects.create(**given)
    return pair(StaffingLine, given, {}, {"position": PositionFactory()})


def line_units() -> Case:
    return pair(StaffingLine, line_given(), {"units": Decimal(0)}, {"units": Decimal("0.25")})


def line_quarters() -> Case:
    return pair(StaffingLine, line_given(), {"units": Decimal("1.3")}, {"units": Decimal("1.25")})


def line_money() -> Case:
    return pair(StaffingLine, line_given(), {"salary": Decimal(-1)}, {"salary": Decimal(0)})


def employee_user() -> Case:
    first = EmployeeFactory(user=UserFactory())
    given = {"last_name": "Лугова", "first_name": "Ольга"}
    return pair(Employee, given, {"user": first.user}, {"user": UserFactory()})


def appointment_given() -> dict:
    return {
        "employee": EmployeeFactory(),
        "position": PositionFactory(),
        "order_number": "1",
        "order_date": FIRST,
        "starts_on": FIRST,
    }


def appointment_dates() -> Case:
    return pair(Appointment, appointment_given(), BACKWARDS, ONE_DAY)


def appointment_units() -> Case:
    return pair(Appointment, appointment_given(), {"units": Decimal("2.25")}, {"units": Decimal(2)})


def appointment_order() -> Case:
    return pair(Appointment, appointment_given(), {"order_number": ""}, {})


def appointment_once() -> Case:
    given = appointment_given()
    Appointment.objects.create(**given | {"ends_on": FIRST})
    return pair(Appointment, given, {}, {"starts_on": SECOND})


def service() -> Case:
    given = {"employee": EmployeeFactory(), "place": "Школа", "post": "Учитель", "kind": "teaching"}
    return pair(Service, given, BACKWARDS, ONE_DAY)


def norm_dates() -> Case:
    ExperienceNorm.objects.all().delete()
    given = {"months": 36, "basis": "п. 5.1", "in_force_from": SECOND}
    return pair(ExperienceNorm, given, {"in_force_to": FIRST}, {"in_force_to": SECOND})


def norm_once() -> Case:
    ExperienceNorm.objects.all().delete()
    given = {"months": 36, "basis": "п. 5.1"}
    ExperienceNorm.objects.create(**given, in_force_from=D(2020, 1, 1), in_force_to=FIRST)
    return pair(ExperienceNorm, given, {"in_force_from": FIRST}, {"in_force_from": SECOND})


def absence_dates() -> Case:
    return pair(Absence, {"employee": EmployeeFactory(), "kind": "leave"}, BACKWARDS, ONE_DAY)


def absence_substitute() -> Case:
    away = EmployeeFactory()
    given = {"employee": away, "kind": "leave"} | ONE_DAY
    return pair(Absence, given, {"substitute": away}, {"substitute": EmployeeFactory()})


def absence_once() -> Case:
    given = {"employee": EmployeeFactory(), "kind": "leave", "ends_on": D(2026, 5, 9)}
    Absence.objects.create(**given | {"starts_on": FIRST, "ends_on": FIRST})
    return pair(Absence, given, {"starts_on": FIRST}, {"starts_on": SECOND})


def act_given(kind: str = "other") -> dict:
    return {"kind": kind, "title": "Правила"}


def act_position() -> Case:
    return pair(LocalAct, act_given("job_description"), {}, {"position": PositionFactory()})


def act_employee() -> Case:
    return pair(LocalAct, act_given("contract"), {}, {"employee": EmployeeFactory()})


def act_dates() -> Case:
    given = act_given() | {"in_force_from": SECOND}
    return pair(LocalAct, given, {"in_force_to": FIRST}, {"in_force_to": SECOND})


def statute() -> dict:
    order = {"order_number": "10", "order_date": FIRST}
    consent = {"consented_by": UserFactory(), "consented_on": FIRST}
    return act_given("imo_statute") | order | consent


def act_statute() -> Case:
    return pair(LocalAct, statute() | {"in_force_from": FIRST}, {"consented_on": None}, {})


def act_once(given: dict) -> Case:
    """The edition before ends on the first day, so the next one begins on the second."""
    LocalAct.objects.create(**given, in_force_from=D(2020, 1, 1), in_force_to=FIRST)
    return pair(LocalAct, given, {"in_force_from": FIRST}, {"in_force_from": SECOND})


def order_given() -> dict:
    return {"kind": "other", "title": "О работе", "body": "Текст", "created_by": UserFactory()}


def recorded() -> dict:
    by = UserFactory()
    return order_given() | {"state": "recorded", "number": "5-к", "date": FIRST, "recorded_by": by}


def order_number() -> Case:
    return pair(Order, recorded(), {"date": None}, {})


def order_dates() -> Case:
    return pair(Order, order_given(), BACKWARDS, ONE_DAY)


def order_consent() -> Case:
    given = recorded() | {"kind": "acting", "employee": EmployeeFactory()} | ONE_DAY
    return pair(Order, given, {}, {"consent_on": FIRST})


def order_once() -> Case:
    Order.objects.create(**recorded())
    return pair(Order, recorded(), {}, {"date": SECOND})


def order_grant() -> Case:
    grant = RoleGrant.objects.create(user=UserFactory(), role=Role.METHODIST)
    Order.objects.create(**order_given(), grant=grant)
    return pair(Order, order_given(), {"grant": grant}, {"grant": None})


def acquaintance() -> Case:
    given = {"order": Order.objects.create(**recorded()), "employee": EmployeeFactory()}
    Acquaintance.objects.create(**given)
    return pair(Acquaintance, given, {}, {"employee": EmployeeFactory()})


def proposal() -> Case:
    given = {"author": EmployeeFactory(), "text": "Так", "state": "taken", "answered_by": UserFactory()}
    return pair(ActProposal, given, {}, {"answer": "Да"})


def briefing() -> Case:
    given = {"employee": EmployeeFactory(), "kind": "repeated", "held_on": FIRST, "instructor": "И"}
    return pair(SafetyBriefing, given, {"next_on": FIRST}, {"next_on": SECOND})


def training_given() -> dict:
    return {"employee": EmployeeFactory(), "title": "Курс", "provider": "Институт", "hours": 1}


def training_dates() -> Case:
    return pair(StaffTraining, training_given(), BACKWARDS, ONE_DAY)


def training_hours() -> Case:
    return pair(StaffTraining, training_given() | ONE_DAY, {"hours": 0}, {"hours": 1})


def appeal() -> Case:
    given = {"author": EmployeeFactory(), "addressee": "head", "subject": "Так", "text": "Так"}
    given |= {"answered_at": now(), "answered_by": UserFactory()}
    return pair(Appeal, given, {}, {"answer": "Да"})


LINES: Table = {
    "position_once": position,
    "staffing_number_once": edition_number,
    "staffing_one_a_day": edition_day,
    "staffing_approved_by_order": edition_order,
    "staffing_line_once": line_once,
    "staffing_units_from_quarter": line_units,
    "staffing_units_in_quarters": line_quarters,
    "staffing_money_not_negative": line_money,
    "office.Employee.user": employee_user,
    "appointment_ends_after_start": appointment_dates,
    "appointment_units_sane": appointment_units,
    "appointment_by_order": appointment_order,
    "appointment_once": appointment_once,
    "service_ends_after_start": service,
    "norm_ends_after_start": norm_dates,
    "norm_once": norm_once,
    "absence_ends_after_start": absence_dates,
    "absence_substitute_is_another": absence_substitute,
    "absence_once": absence_once,
    "act_position_fits_kind": act_position,
    "act_employee_fits_kind": act_employee,
    "act_ends_after_start": act_dates,
    "act_statute_by_order_and_consent": act_statute,
    "act_one_description": lambda: act_once(act_given("job_description") | {"position": PositionFactory()}),
    "act_one_department_statute": lambda: act_once(act_given("department_statute")),
    "act_one_imo_statute": lambda: act_once(statute()),
    "order_recorded_with_number": order_number,
    "order_ends_after_start": order_dates,
    "order_acting_with_consent": order_consent,
    "order_number_once": order_once,
    "office.Order.grant": order_grant,
    "acquaintance_once": acquaintance,
    "proposal_answered_with_words": proposal,
    "briefing_next_is_later": briefing,
    "training_ends_after_start": training_dates,
    "training_has_hours": training_hours,
    "appeal_answered_with_words": appeal,
}
