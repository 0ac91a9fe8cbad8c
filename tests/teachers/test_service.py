"""Length of service: worked out by hand."""

import datetime

import pytest

from apps.core.experience import Length
from apps.teachers.actions import refresh
from apps.teachers.experience import service_on
from tests.teachers.factories import EmploymentFactory, PersonFactory, position

D = datetime.date
pytestmark = pytest.mark.django_db


def test_nothing_is_known():
    person = PersonFactory()
    assert service_on(person.pk, D(2026, 9, 1)).total is None


def test_three_full_years():
    post = EmploymentFactory(started_on=D(2023, 9, 1))
    assert service_on(post.person_id, D(2026, 8, 31)).pedagogical == Length(3, 0, 0)
    assert service_on(post.person_id, D(2026, 9, 1)).pedagogical == Length(3, 0, 1)


def test_overlapping_posts_count_once_and_gaps_do_not():
    person = PersonFactory()
    EmploymentFactory(person=person, started_on=D(2020, 9, 1), ended_on=D(2021, 8, 31))
    EmploymentFactory(person=person, started_on=D(2021, 1, 1), ended_on=D(2021, 12, 31), form="internal")
    EmploymentFactory(person=person, started_on=D(2025, 9, 1))
    # 01.09.2020–31.12.2021 are 487 days, 01.09.2025–31.08.2026 are 365: together 852 days, which an unbroken
    # service from 02.05.2024 has too (02.05.2024–01.08.2026 are 2 years 3 months, then 30 days of August).
    assert service_on(person.pk, D(2026, 8, 31)).total == Length(2, 3, 30)


def test_work_in_another_post_is_no_pedagogical_service():
    post = EmploymentFactory(started_on=D(2024, 9, 1), position=position("bibliotekar"))
    service = service_on(post.person_id, D(2026, 8, 31))
    assert (service.total, service.pedagogical) == (Length(2, 0, 0), Length())


def test_what_a_paper_states_is_added_to():
    person = PersonFactory(
        experience_on=D(2026, 9, 1), total_experience_days=3652, pedagogical_experience_days=1826
    )
    EmploymentFactory(person=person, started_on=D(2020, 9, 1))
    # Stated on 01.09.2026 as it is; a month later 30 days more, a month earlier 31 days less.
    assert service_on(person.pk, D(2026, 9, 1)).total == Length(10, 0, 0)
    assert service_on(person.pk, D(2026, 10, 1)).total == Length(10, 1, 0)
    assert service_on(person.pk, D(2026, 8, 1)).pedagogical == Length(4, 11, 0)


def test_the_summary_row_keeps_the_conditional_start():
    person = PersonFactory()
    EmploymentFactory(person=person, started_on=D(2023, 9, 1))
    refresh([person.pk], day=D(2026, 11, 24))
    row = person.standing
    assert (row.is_working, row.pedagogical_since, row.total_since) == (True, D(2023, 9, 1), D(2023, 9, 1))
    assert (row.position.code, row.organization_kind) == ("uchitel", "school")


def test_who_left_has_a_last_post_and_no_start():
    person = PersonFactory()
    EmploymentFactory(person=person, started_on=D(2020, 9, 1), ended_on=D(2026, 8, 31))
    refresh(day=D(2026, 11, 24))
    row = person.standing
    assert (row.is_working, row.pedagogical_since, row.position.code) == (False, None, "uchitel")
