"""The invented people of the demo: as many, as old and as well trained as those of a real city."""

import datetime

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from apps.core.calendar import months_later
from apps.organizations.models import Organization
from apps.portal.demo.calendar import DemoCalendar
from apps.portal.demo.organizations import load_organizations
from apps.portal.demo.people import load_people
from apps.portal.demo.users import load_users
from apps.teachers.actions.derived import is_counted, valid_until
from apps.teachers.models import (
    Category,
    CategoryRule,
    Consent,
    Employment,
    Leave,
    Mentorship,
    Person,
    Standing,
    Training,
    TrainingRule,
    Vacancy,
)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        calendar = DemoCalendar(timezone.now())
        organizations = load_organizations(calendar)
        load_people(organizations, load_users(organizations, calendar), calendar)
        connection.check_constraints()
        yield calendar.today
        transaction.set_rollback(True)


@pytest.fixture
def today(loaded, db) -> datetime.date:
    return loaded


def working():
    return Standing.objects.filter(is_working=True)


def test_every_organisation_has_as_many_people_as_such_have(today):
    sizes = {"school": (28, 45), "kindergarten": (15, 26), "additional": (30, 45)}
    numbers = dict(working().values_list("organization").annotate(number=Count("pk")))
    for one in Organization.objects.all():
        least, most = sizes[one.kind]
        assert least <= numbers[one.pk] <= most, (one, numbers[one.pk])
    assert 1200 <= Person.objects.count() <= 1500


def test_the_head_is_the_head_of_the_organisation(today):
    heads = Employment.objects.filter(position__group="head", ended_on=None).select_related(
        "person", "organization"
    )
    assert {one.organization_id: one.person.full_name for one in heads} == dict(
        Organization.objects.values_list("pk", "head_name")
    )


def test_the_teacher_of_the_demo_has_a_card(today):
    person = Person.objects.get(user__username="teacher1")
    post = person.employments.get(form="main")
    assert (post.organization.short_name, post.subject.code) == ("СОШ № 15", "informatika")
    assert person.full_name == f"{person.user.last_name} {person.user.first_name} {person.user.middle_name}"


def test_coverage_is_plausible(today):
    must = working().filter(position__in_coverage=True, is_on_leave=False)
    trained = must.filter(trained_on__gt=months_later(today, -36)).count()
    assert 0.80 <= trained / must.count() <= 0.90


def test_a_third_holds_a_category_and_some_of_them_for_five_years(today):
    held = working().filter(category__in=["first", "highest"])
    assert 0.28 <= held.count() / working().count() <= 0.36
    assert held.filter(category_until__isnull=False).count() > 30
    assert held.filter(category_until=None).count() > 100


def test_computed_columns_are_what_the_actions_set(today):
    rules = list(TrainingRule.objects.all())
    assert all(one.is_counted == is_counted(one, rules) for one in Training.objects.all())
    terms = list(CategoryRule.objects.all())
    assert all(one.valid_until == valid_until(one.kind, one.set_on, terms) for one in Category.objects.all())


def test_young_teachers_leaves_part_timers_and_vacancies(today):
    assert Mentorship.objects.count() > 30
    assert 10 < Leave.objects.on(today).count() < 80
    assert 5 < Employment.objects.filter(form="external").count() < 60
    assert 20 < Employment.objects.exclude(ended_on=None).count() < 120
    assert Vacancy.objects.count() > 30
    assert Consent.objects.filter(withdrawn_on__isnull=False).exists()
    assert Training.objects.filter(kind="obligatory").count() > 500


def test_rows_are_such_as_a_form_would_take(today):
    for model in (Person, Employment, Training, Category, Mentorship, Consent):
        for row in model.objects.order_by("pk")[::40]:
            row.full_clean()


def test_nothing_begins_in_the_future(today):
    assert not Training.objects.filter(issued_on__gt=today).exists()
    assert not Category.objects.filter(set_on__gt=today).exists()
    assert not Employment.objects.filter(started_on__gt=today).exists()
    assert not Mentorship.objects.filter(started_on__gt=today).exists()
