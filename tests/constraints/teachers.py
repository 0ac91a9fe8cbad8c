"""Lines of teachers."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from apps.teachers import models as m
from tests.constraints.case import Case, D, Table, now, pair
from tests.factories import OrganizationFactory, UserFactory
from tests.teachers.factories import EmploymentFactory, PersonFactory, position

FIRST, SECOND = D(2026, 5, 1), D(2026, 5, 2)
BACKWARDS = {"started_on": SECOND, "ended_on": FIRST}
ONE_DAY = {"started_on": SECOND, "ended_on": SECOND}
VALID_BACKWARDS = {"valid_from": SECOND, "valid_to": FIRST}
VALID_ONE_DAY = {"valid_from": SECOND, "valid_to": SECOND}


# --- reference books and rules ---

BOOKS: dict[type, dict[str, Any]] = {
    m.Position: {"group": "pedagogical"},
    m.Subject: {"area": "school"},
    m.AwardKind: {"level": "city"},
    m.DutyKind: {},
    m.ObligatoryKind: {},
}
RULES: dict[type, dict[str, Any]] = {
    m.TrainingRule: {"kind": "advanced", "min_hours": 16},
    m.CategoryRule: {"kind": "first", "months": 60},
    m.CoverageRule: {},
    m.YoungRule: {},
}


def book_dates(book: type) -> Case:
    given = {"code": "novyj", "name": "Новая запись", **BOOKS[book]}
    return pair(book, given, VALID_BACKWARDS, VALID_ONE_DAY)


def book_predecessor(book: type) -> Case:
    rows = [book.objects.create(code=code, name=code, **BOOKS[book]) for code in ("a", "b", "c")]
    wrong, right, other = rows
    wrong.predecessor, right.predecessor = wrong, other
    return Case(wrong, right)


def book_code(book: type) -> Case:
    book.objects.create(code="novyj", name="Новая запись", **BOOKS[book])
    return pair(book, {"name": "Ещё одна", **BOOKS[book]}, {"code": "novyj"}, {"code": "drugoj"})


def of_books() -> Table:
    """Dates, the predecessor and the code of every named book."""
    lines: Table = {}
    for book in BOOKS:
        name = book._meta.model_name
        lines[f"{name}_valid_to_after_from"] = lambda book=book: book_dates(book)
        lines[f"{name}_not_own_predecessor"] = lambda book=book: book_predecessor(book)
        lines[f"{book._meta.label}.code"] = lambda book=book: book_code(book)
    return lines


def obligatory_terms() -> Case:
    given = {"code": "novyj", "name": "Новый вид"}
    return pair(m.ObligatoryKind, given, {"period_months": 0}, {"period_months": 1})


def rule(book: type, wrong: dict[str, Any], right: dict[str, Any]) -> Callable[[], Case]:
    def build() -> Case:
        book.objects.all().delete()
        return pair(book, {"valid_from": FIRST, **RULES[book]}, wrong, right)

    return build


def rule_once(book: type, **given: Any) -> Callable[[], Case]:
    """The same days twice; the next day is free."""

    def build() -> Case:
        book.objects.all().delete()
        values = RULES[book] | given
        book.objects.create(valid_from=D(2020, 1, 1), valid_to=FIRST, **values)
        return pair(book, values, {"valid_from": FIRST}, {"valid_from": SECOND})

    return build


def of_rules() -> Table:
    lines: Table = {
        f"{book._meta.model_name}_valid_to_after_from": rule(book, VALID_BACKWARDS, VALID_ONE_DAY)
        for book in RULES
    }
    for kind in ("advanced", "retraining"):
        lines[f"trainingrule_once_{kind}"] = rule_once(m.TrainingRule, kind=kind)
    for kind in ("compliance", "first", "highest", "methodist", "mentor"):
        lines[f"categoryrule_once_{kind}"] = rule_once(m.CategoryRule, kind=kind)
    return lines


def notice_subject() -> Case:
    m.TermNotice.objects.all().delete()
    m.TermNotice.objects.create(subject="category")
    return pair(m.TermNotice, {}, {"subject": "category"}, {"subject": "consent"})


def provider_name() -> Case:
    m.Provider.objects.create(name="Институт")
    return pair(m.Provider, {}, {"name": "Институт"}, {"name": "Другой институт"})


# --- persons ---

NAMES = {"last_name": "Лугова", "first_name": "Ольга"}


def person(wrong: dict[str, Any], right: dict[str, Any]) -> Callable[[], Case]:
    return lambda: pair(m.Person, NAMES, wrong, right)


def person_user() -> Case:
    taken = PersonFactory(user=UserFactory())
    return pair(m.Person, NAMES, {"user": taken.user}, {"user": UserFactory()})


def person_snils() -> Case:
    PersonFactory(snils="11223344595")
    return pair(m.Person, NAMES, {"snils": "11223344595"}, {"snils": "08765430300"})


def person_merged() -> Case:
    other = PersonFactory()
    return pair(m.Person, NAMES | {"pk": 10**6}, {"merged_into_id": 10**6}, {"merged_into": other})


STATED = {"experience_on": FIRST, "total_experience_days": 100}


# --- posts ---


def employment_given() -> dict[str, Any]:
    return {
        "person": PersonFactory(),
        "organization": OrganizationFactory(),
        "position": position(),
        "started_on": FIRST,
    }


def employment(wrong: dict[str, Any], right: dict[str, Any]) -> Callable[[], Case]:
    return lambda: pair(m.Employment, employment_given(), wrong, right)


def employment_main() -> Case:
    given = employment_given()
    m.Employment.objects.create(**given)
    return pair(m.Employment, given, {"form": "main"}, {"form": "internal"})


def leave_dates() -> Case:
    return pair(m.Leave, {"employment": EmploymentFactory(), "kind": "long"}, BACKWARDS, ONE_DAY)


def leave_once() -> Case:
    given = {"employment": EmploymentFactory(), "kind": "long"}
    m.Leave.objects.create(**given, started_on=FIRST, ended_on=FIRST)
    return pair(m.Leave, given, {"started_on": FIRST}, {"started_on": SECOND})


def duty_given() -> dict[str, Any]:
    kind = m.DutyKind.objects.create(code="novaja", name="Новая")
    return {"person": PersonFactory(), "organization": OrganizationFactory(), "kind": kind}


def duty_dates() -> Case:
    return pair(m.Duty, duty_given(), BACKWARDS, ONE_DAY)


def duty_once() -> Case:
    given = duty_given()
    m.Duty.objects.create(**given, started_on=FIRST, ended_on=FIRST)
    return pair(m.Duty, given, {"started_on": FIRST}, {"started_on": SECOND})


def vacancy(wrong: dict[str, Any], right: dict[str, Any]) -> Callable[[], Case]:
    def build() -> Case:
        given = {"organization": OrganizationFactory(), "position": position(), "started_on": FIRST}
        return pair(m.Vacancy, given, wrong, right)

    return build


# --- what a person has reached ---


def category_until() -> Case:
    given = {"person": PersonFactory(), "kind": "first", "set_on": SECOND}
    return pair(m.Category, given, {"valid_until": FIRST}, {"valid_until": SECOND})


COURSE = {"kind": "advanced", "programme": "Урок", "hours": 36, "started_on": SECOND, "ended_on": SECOND}


def training(wrong: dict[str, Any], right: dict[str, Any]) -> Callable[[], Case]:
    return lambda: pair(m.Training, COURSE | {"person": PersonFactory()}, wrong, right)


def training_named() -> Case:
    kind = m.ObligatoryKind.objects.create(code="novyj", name="Новый вид")
    given = COURSE | {"person": PersonFactory(), "kind": "obligatory"}
    return pair(m.Training, given, {}, {"obligatory": kind})


def consent() -> Case:
    given = {"person": PersonFactory(), "kind": "processing", "given_on": SECOND}
    return pair(m.Consent, given, {"withdrawn_on": FIRST}, {"withdrawn_on": SECOND})


def mentorship(wrong: dict[str, Any], right: dict[str, Any]) -> Callable[[], Case]:
    def build() -> Case:
        given = {
            "mentor": PersonFactory(),
            "mentee": PersonFactory(),
            "organization": OrganizationFactory(),
            "form": "experienced",
            "order_number": "15",
            "order_on": FIRST,
            "consent_on": FIRST,
            "started_on": FIRST,
        }
        return pair(m.Mentorship, given, wrong, right)

    return build


def mentorship_of_two() -> Case:
    case = mentorship({}, {})()
    case.wrong.mentee = case.wrong.mentor
    return case


EARLY = {"ended_on": SECOND, "terminated_by": "mentor"}


# --- the registry as a whole ---


def set_given() -> dict[str, Any]:
    given = {"title": "Обновление", "origin": "round", "school_year": 2026, "created_by": UserFactory()}
    return given | {"mapping": {"sheet": "1"}, "counts": {"new": 1}}


def round_once() -> Case:
    given = set_given() | {"organization": OrganizationFactory()}
    m.ChangeSet.objects.create(**given)
    return pair(m.ChangeSet, given, {}, {"school_year": 2027})


def round_of_organization() -> Case:
    return pair(m.ChangeSet, set_given(), {}, {"organization": OrganizationFactory()})


def row_once() -> Case:
    table = m.ChangeSet.objects.create(title="Таблица", origin="import", created_by=UserFactory())
    table.rows.create(number=1, state="new")
    filled: dict[str, Any] = {"given": {"name": "Лугова"}, "details": {"a": 1}, "undo": {"a": 1}}
    filled |= {"changes": ["a"], "faults": ["a"]}
    return pair(m.ChangeRow, filled | {"changes_set": table, "state": "new"}, {"number": 1}, {"number": 2})


def filter_once() -> Case:
    given = {"user": UserFactory(), "query": "q=1"}
    m.SavedFilter.objects.create(name="Молодые", **given)
    return pair(m.SavedFilter, given, {"name": "Молодые"}, {"name": "Наставники"})


def merge_once() -> Case:
    given = {"kept": PersonFactory(), "merged_by": UserFactory(), "undo": {"a": 1}}
    gone = PersonFactory()
    m.Merge.objects.create(gone=gone, **given)
    return pair(m.Merge, given | {"gone": gone}, {}, {"undone_at": now()})


def not_same_order() -> Case:
    first, second = PersonFactory(), PersonFactory()
    given = {"said_by": UserFactory()}
    return pair(m.NotSame, given, {"first": second, "second": first}, {"first": first, "second": second})


def not_same_once() -> Case:
    first, second = PersonFactory(), PersonFactory()
    given = {"first": first, "said_by": UserFactory()}
    m.NotSame.objects.create(second=second, **given)
    return pair(m.NotSame, given, {"second": second}, {"second": PersonFactory()})


def erasure_number() -> Case:
    given = {
        "person": PersonFactory(),
        "basis": "заявление",
        "counts": {"rows": 1},
        "erased_by": UserFactory(),
    }
    m.Erasure.objects.create(number=701, **given)
    return pair(m.Erasure, given, {"number": 701}, {"number": 702})


def round_given() -> dict[str, Any]:
    return {"due_on": FIRST, "started_by": UserFactory()}


def round_year() -> Case:
    return pair(m.UpdateRound, round_given(), {"school_year": 1999}, {"school_year": 2000})


def round_year_once() -> Case:
    m.UpdateRound.objects.create(school_year=2040, **round_given())
    return pair(m.UpdateRound, round_given(), {"school_year": 2040}, {"school_year": 2041})


LINES: Table = {
    **of_books(),
    **of_rules(),
    "obligatorykind_terms_positive": obligatory_terms,
    "trainingrule_has_hours": rule(m.TrainingRule, {"min_hours": 0}, {"min_hours": 1}),
    "categoryrule_months_positive": rule(m.CategoryRule, {"months": 0}, {"months": 1}),
    "coveragerule_months_sane": rule(m.CoverageRule, {"months": 121}, {"months": 120}),
    "coveragerule_once": rule_once(m.CoverageRule),
    "youngrule_is_sane": rule(m.YoungRule, {"max_age": 17}, {"max_age": 18}),
    "youngrule_once": rule_once(m.YoungRule),
    "teachers.TermNotice.subject": notice_subject,
    "teachers.Provider.name": provider_name,
    "person_has_names": person({"last_name": ""}, {}),
    "person_born_after_1900": person({"birth_on": D(1899, 12, 31)}, {"birth_on": D(1900, 1, 1)}),
    "person_experience_on_a_day": person({"experience_on": FIRST}, STATED),
    "person_experience_is_part_of_total": person(
        STATED | {"pedagogical_experience_days": 101}, STATED | {"pedagogical_experience_days": 100}
    ),
    "person_snils_once": person_snils,
    "person_not_merged_into_self": person_merged,
    "teachers.Person.user": person_user,
    "employment_ends_after_start": employment(BACKWARDS, ONE_DAY),
    "employment_rate_sane": employment({"rate": Decimal(0)}, {"rate": Decimal("0.01")}),
    "employment_hours_sane": employment({"weekly_hours": Decimal("80.5")}, {"weekly_hours": Decimal(80)}),
    "employment_one_main": employment_main,
    "leave_ends_after_start": leave_dates,
    "leave_once": leave_once,
    "duty_ends_after_start": duty_dates,
    "duty_once": duty_once,
    "vacancy_ends_after_start": vacancy(BACKWARDS, ONE_DAY),
    "vacancy_rate_sane": vacancy({"rate": Decimal(101)}, {"rate": Decimal(100)}),
    "category_until_after_set": category_until,
    "training_course_ends_after_start": training({"ended_on": FIRST}, {}),
    "training_document_after_start": training({"issued_on": FIRST}, {"issued_on": SECOND}),
    "training_hours_sane": training({"hours": 3001}, {"hours": 3000}),
    "training_cost_not_negative": training({"cost": Decimal(-1)}, {"cost": Decimal(0)}),
    "training_obligatory_named": training_named,
    "training_counted_is_professional": training(
        {"is_counted": True}, {"is_counted": True, "issued_on": SECOND}
    ),
    "consent_ends_after_given": consent,
    "mentorship_of_two": mentorship_of_two,
    "mentorship_ends_after_start": mentorship(
        BACKWARDS | {"consent_on": FIRST}, ONE_DAY | {"consent_on": FIRST}
    ),
    "mentorship_consent_before": mentorship({"consent_on": SECOND}, {"consent_on": FIRST}),
    "mentorship_ended_with_notice": mentorship(EARLY, EARLY | {"notified_on": FIRST}),
    "changes_one_round_a_year": round_once,
    "changes_round_of_organization": round_of_organization,
    "changes_row_once": row_once,
    "saved_filter_once": filter_once,
    "merge_once": merge_once,
    "not_same_in_order": not_same_order,
    "not_same_once": not_same_once,
    "teachers.Erasure.number": erasure_number,
    "update_round_year_is_sane": round_year,
    "teachers.UpdateRound.school_year": round_year_once,
}
