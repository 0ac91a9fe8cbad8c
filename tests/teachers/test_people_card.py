"""The card of a person: everything in time order, private fields for who needs them."""

import datetime

import pytest

from apps.core.models import JournalRecord
from apps.core.roles import Role
from apps.teachers.models import Category, Education
from tests.factories import user_with
from tests.teachers.factories import MentorshipFactory, TrainingFactory, employed

D = datetime.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(school_a):
    return employed(school_a, last_name="Кедрова", phone="+79990000001", email="kedrova@school.example")


def text_of(client, person, query="") -> str:
    return client.get(f"/teachers/{person.pk}/{query}").content.decode()


def test_everything_stands_on_the_card(person, signed_in, responsible_a):
    TrainingFactory(person=person, programme="Современный урок")
    Education.objects.create(
        person=person,
        degree="master",
        institution="Университет",
        document="ВСГ 123",
        issued_on=D(2008, 6, 20),
    )
    Category.objects.create(
        person=person, kind="highest", set_on=D(2022, 4, 1), valid_until=D(2099, 4, 1), order_number="77"
    )
    MentorshipFactory(mentor=person, organization=person.employments.get().organization)
    shown = text_of(signed_in(responsible_a), person)
    for words in (
        "Кедрова Мария Сергеевна", "учитель", "с 01.09.2015", "Современный урок", "36 часов",
        "№ 1234 от 31.03.2025", "ВСГ 123, от 20.06.2008", "приказ № 77", "до 01.04.2099", "Кедрова",
        "опытный педагог", "Что заканчивается",
    ):  # fmt: skip
        assert words in shown


def test_the_latest_comes_first(person, signed_in, methodist):
    for year in (2019, 2025, 2022):
        day = D(year, 3, 1)
        TrainingFactory(person=person, programme=f"Курс {year}", started_on=day, ended_on=day, issued_on=day)
    shown = text_of(signed_in(methodist), person)
    places = [shown.index(f"Курс {year}") for year in (2025, 2022, 2019)]
    assert places == sorted(places)


def test_service_at_a_chosen_day(person, signed_in, methodist):
    shown = text_of(signed_in(methodist), person, "?on=2018-08-31")
    assert "3\u00a0года" in shown and "На 31.08.2018" in shown


@pytest.mark.parametrize(
    ("word", "status"), [("own", 200), ("methodist", 200), ("director", 200), ("b", 404)]
)
def test_who_opens_it(person, signed_in, responsible_a, responsible_b, methodist, director, word, status):
    users = {"own": responsible_a, "methodist": methodist, "director": director, "b": responsible_b}
    assert signed_in(users[word]).get(f"/teachers/{person.pk}/").status_code == status


def test_private_fields(person, signed_in, responsible_a, director):
    assert "17.05.1985" in text_of(signed_in(responsible_a), person)
    shown = text_of(signed_in(director), person)
    assert "17.05.1985" not in shown and "kedrova@school.example" not in shown


def test_a_teacher_opens_his_own_card_and_no_other(person, school_a, signed_in):
    teacher = user_with(Role.TEACHER, school_a, username="teacher")
    person.user = teacher
    person.save()
    client = signed_in(teacher)
    assert client.get(f"/teachers/{person.pk}/").status_code == 200
    assert client.get(f"/teachers/{employed(school_a).pk}/").status_code == 404
    assert client.get("/teachers/").status_code == 403


def test_an_opening_is_journalled(person, signed_in, methodist):
    text_of(signed_in(methodist), person)
    record = JournalRecord.objects.get(verb="viewed")
    assert (record.subject_type, record.subject_id) == ("teachers.person", str(person.pk))


@pytest.mark.parametrize("count", [1, 4])
def test_twelve_queries_at_most(person, signed_in, methodist, count, django_assert_max_num_queries):
    for number in range(count):
        TrainingFactory(person=person)
        MentorshipFactory(mentor=person, organization=person.employments.get().organization)
        Category.objects.create(person=person, kind="first", set_on=D(2015 + number, 1, 1))
    client = signed_in(methodist)
    with django_assert_max_num_queries(12):
        text_of(client, person)
