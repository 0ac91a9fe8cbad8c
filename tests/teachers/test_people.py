"""Cards and the rows of a card through their actions."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from apps.core.access import Conflict, Refused
from apps.teachers import actions
from apps.teachers.models import Category, Education, Employment, Person, Training
from tests.factories import OrganizationFactory
from tests.teachers.factories import employed, position

D = datetime.date
pytestmark = pytest.mark.django_db
NAMES = {"last_name": "Берёзкина", "first_name": "Алёна", "middle_name": "Петровна"}


def created(by, school, **given) -> Person:
    post = {"organization": school, "position": position(), "started_on": D(2020, 9, 1)}
    return actions.create_person(by=by, employment=post, **(NAMES | given))


def test_names_are_declined_and_folded(responsible_a, school_a):
    person = created(responsible_a, school_a)
    person.refresh_from_db()
    assert person.genitive_name == "Берёзкиной Алёны Петровны"
    assert (person.gender, person.name_key) == ("female", "березкина алена петровна")
    assert person.standing.organization == school_a


def test_cases_written_by_hand_stay(responsible_a, school_a):
    person = created(responsible_a, school_a, is_declined_by_hand=True, dative_name="Берёзкиной Алёне")
    assert person.dative_name == "Берёзкиной Алёне"


@pytest.mark.parametrize("birth", [D(2030, 1, 1), D(2020, 1, 1)])
def test_birth_in_the_future_or_of_a_child(responsible_a, school_a, birth):
    with pytest.raises(ValidationError) as refused:
        created(responsible_a, school_a, birth_on=birth)
    assert refused.value.message_dict == {
        "birth_on": ["Дата рождения: педагогу не может быть меньше 14 лет."]
    }
    assert not Person.objects.exists()


def test_only_one_main_post_at_a_time(methodist, school_a, school_b):
    person = created(methodist, school_a)
    second = Employment(
        person=person, organization=school_b, position=position(), started_on=D(2024, 9, 1), form="main"
    )
    with pytest.raises(ValidationError, match="уже есть основное место работы"):
        actions.save_record(by=methodist, record=second)
    second.form = "external"
    actions.save_record(by=methodist, record=second)
    assert person.employments.count() == 2


def test_nobody_keeps_a_card(nobody, director, school_a):
    for user in (nobody, director):
        with pytest.raises(Refused):
            created(user, school_a)


@pytest.mark.parametrize(
    ("kind", "hours", "issued", "counted"),
    [
        ("advanced", 16, D(2025, 10, 1), True),
        ("advanced", 15, D(2025, 10, 1), False),
        ("advanced", 72, None, False),
        ("retraining", 250, D(2025, 10, 1), True),
        ("retraining", 249, D(2025, 10, 1), False),
        ("seminar", 72, D(2025, 10, 1), False),
    ],
)
def test_what_counts_as_professional_development(methodist, school_a, kind, hours, issued, counted):
    person = created(methodist, school_a)
    training = Training(
        person=person,
        kind=kind,
        programme="Программа",
        hours=hours,
        started_on=D(2025, 9, 1),
        ended_on=D(2025, 9, 30),
        issued_on=issued,
    )
    actions.save_record(by=methodist, record=training)
    assert training.is_counted is counted
    assert person.standing.trained_on == (issued if counted else None)


@pytest.mark.parametrize(
    ("set_on", "until"),
    [(D(2023, 8, 31), D(2028, 8, 31)), (D(2023, 9, 1), None), (D(2021, 11, 24), D(2026, 11, 24))],
)
def test_a_category_before_the_first_of_september_2023_runs_out(methodist, school_a, set_on, until):
    person = created(methodist, school_a)
    category = Category(person=person, kind="first", set_on=set_on)
    actions.save_record(by=methodist, record=category)
    assert category.valid_until == until


def test_an_organisation_sees_its_own_people(responsible_a, responsible_b, methodist, nobody, school_a):
    person = created(methodist, school_a)
    education = actions.save_record(by=methodist, record=Education(person=person, degree="master"))
    for user, seen in [(responsible_a, 1), (responsible_b, 0), (methodist, 1), (nobody, 0)]:
        assert Person.objects.visible_to(user).count() == seen
        assert Education.objects.visible_to(user).filter(pk=education.pk).count() == seen


def test_who_left_is_seen_for_a_year(responsible_a, school_a, monkeypatch):
    employed(school_a, post={"ended_on": D(2026, 8, 31)})
    today = "django.utils.timezone.localdate"
    monkeypatch.setattr(today, lambda: D(2027, 8, 31))
    assert Person.objects.visible_to(responsible_a).count() == 1
    monkeypatch.setattr(today, lambda: D(2027, 9, 1))
    assert Person.objects.visible_to(responsible_a).count() == 0


def test_a_branch_belongs_to_its_organisation(responsible_a, school_a):
    employed(OrganizationFactory(parent=school_a))
    assert Person.objects.visible_to(responsible_a).count() == 1


@pytest.mark.parametrize(
    ("closed", "words"),
    [({"erased_on": D(2026, 11, 1)}, "обезличена"), ({"merged_into": "other"}, "объединена")],
)
def test_a_closed_card_takes_nothing_in(methodist, school_a, closed, words):
    person, other = employed(school_a), employed(school_a)
    given = {name: other if value == "other" else value for name, value in closed.items()}
    Person.objects.filter(pk=person.pk).update(**given)
    with pytest.raises(Conflict, match=words):
        actions.save_record(by=methodist, record=Education(person=person, degree="master"))
    with pytest.raises(Conflict, match=words):
        actions.change_person(by=methodist, person=person, last_name="Другая")
    assert not Education.objects.exists()
