"""The coverage of professional development against a table worked out by hand, every edge a person."""

import datetime

import pytest

from apps.analytics.coverage import Cut, Group, coverage_by, coverage_on, persons_in
from apps.teachers.models import CoverageRule, Education, Leave
from tests.factories import OrganizationFactory
from tests.teachers.factories import EmploymentFactory, PersonFactory, TrainingFactory, position, subject

D = datetime.date
DAY = D(2026, 11, 24)
pytestmark = pytest.mark.django_db


def person(school, *documents, code="uchitel", **post):
    """Somebody with a post since 2015 and trainings by the dates of their documents."""
    made = PersonFactory()
    EmploymentFactory(person=made, organization=school, position=position(code), **post)
    for issued in documents:
        TrainingFactory(person=made, started_on=D(2013, 1, 9), ended_on=issued, issued_on=issued)
    return made


# issued_on → is it within (24.11.2023; 24.11.2026]?
@pytest.mark.parametrize(
    ("documents", "trained"),
    [
        ([D(2023, 11, 24)], 0),  # exactly 36 months old
        ([D(2023, 11, 25)], 1),  # a day younger
        ([D(2026, 11, 24)], 1),  # on the day itself
        ([D(2026, 11, 25)], 0),  # tomorrow
        ([D(2024, 5, 1), D(2025, 5, 1), D(2026, 5, 1)], 1),  # three courses, one person
        ([], 0),
    ],
)
def test_the_period_of_three_years(school_a, documents, trained):
    person(school_a, *documents)
    found = coverage_on(DAY)
    assert (found.must, found.trained) == (1, trained)


@pytest.mark.parametrize(
    ("post", "must", "external"),
    [
        ({}, 1, 0),
        ({"form": "internal"}, 1, 0),
        ({"form": "external"}, 0, 1),
        ({"ended_on": D(2026, 11, 23)}, 0, 0),
        ({"ended_on": D(2026, 11, 24)}, 1, 0),
        ({"started_on": D(2026, 11, 25)}, 0, 0),
        ({"started_on": D(2026, 11, 24)}, 1, 0),
        ({"code": "sekretar-uchebnoi-chasti"}, 0, 0),
        ({"code": "zamestitel-po-ahch"}, 0, 0),
    ],
)
def test_who_must(school_a, post, must, external):
    person(school_a, **post)
    found = coverage_on(DAY)
    assert (found.must, found.external) == (must, external)


@pytest.mark.parametrize(
    ("started", "ended", "away"),
    [
        (D(2026, 1, 1), None, 1),
        (D(2026, 1, 1), D(2026, 11, 24), 1),
        (D(2026, 1, 1), D(2026, 11, 23), 0),
        (D(2026, 11, 25), None, 0),
    ],
)
def test_leave_is_shown_apart(school_a, started, ended, away):
    someone = person(school_a, D(2025, 1, 1))
    Leave.objects.create(
        employment=someone.employments.get(), kind="childcare", started_on=started, ended_on=ended
    )
    found = coverage_on(DAY)
    assert (found.must, found.trained, found.on_leave) == (1 - away, 1 - away, away)


def test_what_does_not_count(school_a):
    someone = person(school_a)
    TrainingFactory(person=someone, kind="seminar", hours=72, is_counted=False)
    assert coverage_on(DAY).trained == 0


def test_a_person_counts_once_in_the_city_and_in_each_of_his_schools(school_a, school_b):
    someone = person(school_a, D(2025, 1, 1))
    EmploymentFactory(person=someone, organization=school_a, position=position("metodist"), form="internal")
    EmploymentFactory(person=someone, organization=school_b, form="internal")
    assert coverage_on(DAY).must == 1
    by_school = {one.key: one.must for one in coverage_by(Cut.ORGANIZATION, DAY)}
    assert by_school == {str(school_a.pk): 1, str(school_b.pk): 1}


def test_an_external_post_elsewhere_takes_nobody_away(school_a, school_b):
    someone = person(school_a, D(2025, 1, 1))
    EmploymentFactory(person=someone, organization=school_b, form="external")
    city = coverage_on(DAY)
    assert (city.must, city.external) == (1, 0)
    (other,) = coverage_by(Cut.ORGANIZATION, DAY, [school_b.pk])
    assert (other.must, other.external) == (0, 1)


def test_a_deputy_who_teaches_is_leading(school_a):
    someone = person(school_a)
    EmploymentFactory(
        person=someone, organization=school_a, position=position("zamestitel-direktora"), form="internal"
    )
    person(school_a, D(2025, 1, 1))
    assert [(one.key, one.must, one.trained) for one in coverage_by(Cut.LEADING, DAY)] == [
        ("false", 1, 1),
        ("true", 1, 0),
    ]


def test_figures_worked_out_by_hand(school_a):
    """Documents of 24.12.2023 and 24.05.2024 are too old after 6 months, of 25.05.2024 after 12."""
    for issued in (D(2023, 12, 24), D(2024, 5, 24), D(2024, 5, 25), D(2025, 11, 24), D(2026, 1, 1)):
        person(school_a, issued)
    person(school_a, D(2020, 1, 1))
    person(school_a, form="external")
    found = coverage_on(DAY)
    assert (found.must, found.trained, found.untrained, found.in_year) == (6, 5, 1, 1)
    assert found.lost == (2, 3, 4)
    assert found.ahead == (3, 4, 5)
    assert f"{found.share:.1f}" == "83.3"


def test_nobody_has_no_share(school_a):
    found = coverage_on(DAY)
    assert (found.must, found.share) == (0, None)


def test_the_cuts_add_up(school_a, school_b):
    kindergarten = OrganizationFactory(kind="kindergarten")
    person(school_a, D(2025, 1, 1), subject=subject("matematika"), started_on=D(2023, 11, 25))
    person(school_b, subject=subject("fizika"), started_on=D(2023, 11, 24))
    person(kindergarten, code="vospitatel", started_on=D(2006, 11, 24))
    kinds = {one.key: one.must for one in coverage_by(Cut.KIND, DAY)}
    positions = {one.key: one.must for one in coverage_by(Cut.POSITION, DAY)}
    subjects = {one.key: one.must for one in coverage_by(Cut.SUBJECT, DAY)}
    service = {one.key: one.must for one in coverage_by(Cut.SERVICE, DAY)}
    assert kinds == {"school": 2, "kindergarten": 1}
    assert positions == {str(position("uchitel").pk): 2, str(position("vospitatel").pk): 1}
    assert subjects == {str(subject("matematika").pk): 1, str(subject("fizika").pk): 1, "": 1}
    # Three full years on the day are the first band still, a day more the next; over twenty the last.
    assert service == {"0": 1, "1": 1, "5": 1}


def test_the_lists_behind_the_figures(school_a):
    trained, untrained = person(school_a, D(2025, 1, 1)), person(school_a)
    outside = person(school_a, form="external")
    assert persons_in(Group.TRAINED, DAY) == {trained.pk: D(2025, 1, 1)}
    assert persons_in(Group.UNTRAINED, DAY) == {untrained.pk: None}
    assert persons_in(Group.EXTERNAL, DAY) == {outside.pk: None}
    assert set(persons_in(Group.MUST, DAY, [school_a.pk + 1])) == set()
    key = str(position("uchitel").pk)
    assert set(persons_in(Group.MUST, DAY, cut=Cut.POSITION, key=key)) == {trained.pk, untrained.pk}


def test_the_rule_of_the_day_decides(school_a):
    CoverageRule.objects.all().delete()
    CoverageRule.objects.create(
        valid_from=D(2026, 1, 1), months=24, counts_external=True, counts_on_leave=True, counts_diploma=True
    )
    person(school_a, D(2024, 11, 24), form="external")
    graduate = person(school_a)
    Education.objects.create(person=graduate, degree="bachelor", issued_on=D(2025, 7, 1))
    found = coverage_on(DAY)
    assert (found.must, found.trained, found.external) == (2, 1, 0)


def test_by_the_end_of_the_course_where_the_rule_says_so(school_a):
    CoverageRule.objects.update(by_document_date=False)
    someone = person(school_a)
    TrainingFactory(
        person=someone, started_on=D(2023, 11, 1), ended_on=D(2023, 11, 20), issued_on=D(2023, 12, 1)
    )
    assert coverage_on(DAY).trained == 0
