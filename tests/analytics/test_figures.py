"""Young teachers, the figures of the statute and the values monitorings are prefilled with."""

import datetime

import pytest

from apps.analytics.young import with_mentor_on, young_on
from apps.core.registry import Scope, indicators, known_values
from tests.teachers.factories import MentorshipFactory, TrainingFactory, employed

D = datetime.date
DAY = D(2026, 11, 24)
SCOPE = (D(2025, 12, 1), DAY)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("birth", "young"),
    [
        (D(1990, 11, 24), 0),  # 36 on the day
        (D(1990, 11, 25), 1),  # 35, and 36 tomorrow
        (D(1991, 11, 24), 1),  # 35 on the day
        (D(2003, 1, 1), 1),
        (None, 0),
    ],
)
def test_thirty_five_inclusive(school_a, birth, young):
    employed(school_a, birth_on=birth)
    assert young_on(DAY).count() == young


@pytest.mark.parametrize(
    ("post", "young"),
    [
        ({"ended_on": D(2026, 11, 24)}, 1),
        ({"ended_on": D(2026, 11, 23)}, 0),
        ({"form": "external"}, 0),
        ({"started_on": D(2026, 11, 25)}, 0),
    ],
)
def test_a_post_in_force_on_the_day(school_a, post, young):
    employed(school_a, birth_on=D(2000, 1, 1), post=post)
    assert young_on(DAY).count() == young


def test_other_staff_are_no_teachers(school_a):
    employed(school_a, "sekretar-uchebnoi-chasti", birth_on=D(2000, 1, 1))
    assert young_on(DAY).count() == 0


def test_with_a_mentor(school_a):
    mentee, other = (employed(school_a, birth_on=D(2000, 1, 1)) for _ in range(2))
    MentorshipFactory(mentee=mentee, organization=school_a)
    MentorshipFactory(mentee=other, organization=school_a, ended_on=D(2026, 11, 23))
    assert list(with_mentor_on(DAY)) == [mentee]


@pytest.fixture
def city(school_a, school_b):
    """A: a trained head, two teachers, one of them trained. B: an untrained young teacher."""
    head, trained = employed(school_a, "direktor"), employed(school_a)
    employed(school_a)
    for person in (head, trained):
        TrainingFactory(person=person)
    employed(school_b, birth_on=D(2000, 1, 1))


def test_figures_of_the_statute(city, methodist):
    scope = Scope(*SCOPE)
    found = {
        key: indicators[f"analytics-{key}"].value(methodist, scope)
        for key in ("must", "trained", "covered", "covered-heads", "covered-teachers", "young")
    }
    assert {key: f"{value:.1f}" for key, value in found.items()} == {
        "must": "4.0",
        "trained": "2.0",
        "covered": "50.0",
        "covered-heads": "100.0",
        "covered-teachers": "33.3",
        "young": "1.0",
    }


def test_the_list_behind_a_figure_is_of_what_the_reader_sees(city, methodist, responsible_a):
    rows = indicators["analytics-must"].rows
    assert rows(methodist, Scope(*SCOPE)).count() == 4
    assert rows(responsible_a, Scope(*SCOPE)).count() == 3


def test_nobody_has_no_share(methodist):
    assert indicators["analytics-covered"].value(methodist, Scope(*SCOPE)) is None
    assert indicators["analytics-covered-heads"].value(methodist, Scope(*SCOPE)) is None


@pytest.mark.parametrize(
    ("name", "of_a", "of_b"),
    [
        ("staff", 3, 1),
        ("trained", 2, 0),
        ("trained_in_year", 0, 0),
        ("heads", 1, 0),
        ("heads_trained", 1, 0),
        ("teachers", 2, 1),
        ("teachers_trained", 1, 0),
        ("young", 0, 1),
    ],
)
def test_known_values(city, school_a, school_b, name, of_a, of_b):
    value = known_values[f"teachers.{name}"].value
    assert (value(school_a.pk, DAY), value(school_b.pk, DAY)) == (of_a, of_b)
