"""The lists of mentoring and of vacancies, and the pages that write them."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from apps.teachers.models import Mentorship, Vacancy
from tests.teachers.factories import MentorshipFactory, employed, position

D = datetime.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def pairs(school_a, school_b):
    """One of each school; the pair of school B has ended."""
    first = MentorshipFactory(
        mentor=employed(school_a, last_name="Аистова"),
        mentee=employed(school_a, last_name="Берёзкина"),
        organization=school_a,
    )
    second = MentorshipFactory(
        mentor=employed(school_b, last_name="Воронова"),
        mentee=employed(school_b, last_name="Галкина"),
        organization=school_b,
        ended_on=D(2026, 10, 31),
    )
    return first, second


def shown(client, query: str = "") -> list[str]:
    answer = client.get(f"/teachers/mentoring/{query}")
    assert answer.status_code == 200
    return [one.mentee.last_name for one in answer.context["objects"]]


def test_pairs_of_the_city_and_of_a_school(client, methodist, responsible_a, pairs):
    client.force_login(methodist)
    assert sorted(shown(client)) == ["Берёзкина", "Галкина"]
    assert shown(client, "?going=now") == ["Берёзкина"]
    assert shown(client, "?going=past") == ["Галкина"]
    assert shown(client, "?q=березк") == ["Берёзкина"]
    client.force_login(responsible_a)
    assert shown(client) == ["Берёзкина"]


def test_pairs_in_excel(client, responsible_a, pairs):
    client.force_login(responsible_a)
    answer = client.get("/teachers/mentoring/?format=xlsx")
    rows = list(load_workbook(io.BytesIO(b"".join(answer))).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Наставляемый", "Берёзкина Мария Сергеевна"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_any_rows(
    client, methodist, school_a, count, django_assert_max_num_queries
):
    for _ in range(count):
        MentorshipFactory(mentor=employed(school_a), mentee=employed(school_a), organization=school_a)
    client.force_login(methodist)
    with django_assert_max_num_queries(16):
        client.get("/teachers/mentoring/")


def test_a_pair_is_made_in_two_steps_by_the_city(client, methodist, school_a, school_b):
    mentor, mentee, stranger = employed(school_a), employed(school_a), employed(school_b)
    client.force_login(methodist)
    assert 'method="get"' in client.get("/teachers/mentoring/create/").content.decode()
    page = client.get(f"/teachers/mentoring/create/?organization={school_a.pk}")
    offered = {one.pk for one in page.context["form"].fields["mentor"].queryset}
    assert offered == {mentor.pk, mentee.pk}
    body = {
        "organization": school_a.pk, "mentor": mentor.pk, "mentee": mentee.pk, "form": "experienced",
        "order_number": "15", "order_on": "2026-08-31", "consent_on": "2026-08-28",
        "started_on": "2026-09-01",
    }  # fmt: skip
    assert client.post("/teachers/mentoring/create/", body | {"mentee": stranger.pk}).status_code == 422
    same = client.post("/teachers/mentoring/create/", body | {"mentee": mentor.pk})
    assert same.context["form"].errors["mentee"] == ["Наставник и наставляемый — разные люди."]
    assert client.post("/teachers/mentoring/create/", body).status_code == 302
    assert Mentorship.objects.get().mentee == mentee


def test_an_early_end_tells_the_first_day_it_may_be(client, responsible_a, pairs):
    client.force_login(responsible_a)
    body = {"ended_on": "2026-11-18", "terminated_by": "mentor", "notified_on": "2026-11-16"}
    answer = client.post(f"/teachers/mentoring/{pairs[0].pk}/end/", body)
    assert answer.context["form"].errors["ended_on"] == [
        "О прекращении предупреждают за три рабочих дня: не раньше 19.11.2026."
    ]
    answer = client.post(f"/teachers/mentoring/{pairs[0].pk}/end/", body | {"notified_on": ""})
    assert list(answer.context["form"].errors) == ["notified_on"]


def test_vacancies_of_a_school(client, methodist, responsible_a, school_a, school_b):
    for school in (school_a, school_b):
        Vacancy.objects.create(organization=school, position=position(), started_on=D(2026, 9, 1))
    client.force_login(methodist)
    assert len(client.get("/teachers/vacancies/").context["objects"]) == 2
    client.force_login(responsible_a)
    page = client.get("/teachers/vacancies/?going=now")
    assert [one.organization for one in page.context["objects"]] == [school_a]
    own = Vacancy.objects.get(organization=school_a)
    body = {"organization": school_a.pk, "position": position().pk, "rate": "101", "started_on": "2026-09-01"}
    faulty = client.post(f"/teachers/vacancies/{own.pk}/", body)
    assert faulty.context["form"].errors == {"rate": ["Ставок — больше 0 и не больше 100."]}
    body |= {"rate": "1", "ended_on": "2026-11-20"}
    assert client.post(f"/teachers/vacancies/{own.pk}/", body).status_code == 302
    own.refresh_from_db()
    assert own.ended_on == D(2026, 11, 20)
