"""The registry: whom a search finds, what the filters leave, who sees what."""

import datetime

import pytest

from apps.teachers.actions import refresh
from apps.teachers.models import Category, SavedFilter
from tests.teachers.factories import TrainingFactory, employed

D = datetime.date
TODAY = D(2026, 11, 24)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: TODAY)


def listed(client, **query) -> list[str]:
    """Surnames of the page, in order."""
    return [one.last_name for one in client.get("/teachers/", query).context["objects"]]


@pytest.fixture
def people(school_a):
    for last, first, middle in [
        ("Ёлкина", "Мария", "Олеговна"),
        ("Иванова", "Марфа", "Петровна"),
        ("Иванова", "Анна", "Павловна"),
        ("Иванченко", "Мартин", "Петрович"),
        ("Петрова", "Ива", "Марковна"),
    ]:
        employed(school_a, last_name=last, first_name=first, middle_name=middle)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ёлкина", "Иванова", "Иванова", "Иванченко", "Петрова"]),
        ("ив", ["Иванова", "Иванова", "Иванченко"]),
        ("ив мар", ["Иванова", "Иванченко"]),
        ("ИВ МАР ПЕТ", ["Иванова", "Иванченко"]),
        ("иванова мар", ["Иванова"]),
        ("елк", ["Ёлкина"]),
        ("Ёлк", ["Ёлкина"]),
        ("мария", []),
        ("%", []),
    ],
)
def test_search_by_beginnings(people, signed_in, methodist, query, found):
    assert listed(signed_in(methodist), q=query) == found


def test_an_organisation_lists_its_own(signed_in, responsible_a, school_a, school_b):
    employed(school_a, last_name="Своя")
    employed(school_b, last_name="Чужая")
    assert listed(signed_in(responsible_a)) == ["Своя"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"age_from": "35"}, ["Ровно"]),
        ({"age_to": "35"}, ["Младше", "Ровно"]),
        ({"age_to": "34"}, ["Младше"]),
        ({"young": "age"}, ["Младше", "Ровно"]),
        ({"service_from": "3"}, ["Ровно"]),
        ({"service_to": "2"}, ["Младше"]),
        ({"young": "specialist"}, ["Младше", "Ровно"]),
        ({"trained": "in_term"}, ["Ровно"]),
        ({"trained": "soon"}, ["Ровно"]),
        ({"trained": "never"}, ["Младше"]),
        ({"category": "first"}, ["Ровно"]),
        ({"group": "head"}, []),
    ],
)
def test_filters_worked_out_by_hand(signed_in, methodist, school_a, query, found):
    """Born 25.11.1990: 35 on the day, 36 tomorrow; at work since 25.11.2023: three years today."""
    exact = employed(
        school_a, last_name="Ровно", birth_on=D(1990, 11, 25), post={"started_on": D(2023, 11, 25)}
    )
    employed(school_a, last_name="Младше", birth_on=D(1991, 11, 25), post={"started_on": D(2023, 11, 26)})
    TrainingFactory(
        person=exact, started_on=D(2023, 11, 1), ended_on=D(2023, 11, 25), issued_on=D(2023, 11, 25)
    )
    Category.objects.create(person=exact, kind="first", set_on=D(2024, 1, 1))
    refresh()
    assert listed(signed_in(methodist), **query) == found


def test_who_left_is_asked_for(signed_in, methodist, school_a):
    employed(school_a, last_name="Ушла", post={"ended_on": D(2026, 8, 31)})
    employed(school_a, last_name="Работает")
    client = signed_in(methodist)
    assert listed(client) == ["Работает"]
    assert listed(client, working="left") == ["Ушла"]
    assert listed(client, working="all") == ["Работает", "Ушла"]


def test_private_columns(signed_in, methodist, director, school_a):
    employed(school_a, phone="+79990000001")
    for user, shown in [(methodist, True), (director, False)]:
        book = b"".join(signed_in(user).get("/teachers/?format=xlsx").streaming_content)
        texts = _texts(book)
        assert ("Дата рождения" in texts) is shown
        assert (any("000-00-01" in text for text in texts)) is shown


def _texts(book: bytes) -> set[str]:
    import io

    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    return {str(cell) for row in rows for cell in row}


@pytest.mark.parametrize("count", [1, 3])
def test_a_fixed_number_of_queries(signed_in, methodist, school_a, count, django_assert_num_queries):
    for _ in range(count):
        employed(school_a)
    client = signed_in(methodist)
    client.get("/teachers/")
    with django_assert_num_queries(13):
        client.get("/teachers/")


def test_a_long_list_is_counted_no_further(signed_in, methodist, people, monkeypatch):
    monkeypatch.setattr("apps.teachers.views.registry.PersonList.most", 3)
    page = signed_in(methodist).get("/teachers/?page=99")
    assert page.context["pages"].total == 3
    assert "больше 3" in page.content.decode()


def test_a_filter_is_saved_replaced_and_deleted(signed_in, methodist, responsible_a, people):
    client = signed_in(methodist)
    client.post("/teachers/filters/save/", {"name": "Молодые", "query": "young=age"})
    client.post("/teachers/filters/save/", {"name": "Молодые", "query": "young=specialist"})
    saved = SavedFilter.objects.get()
    assert (saved.name, saved.query) == ("Молодые", "young=specialist")
    assert "Молодые" in client.get("/teachers/").content.decode()
    assert signed_in(responsible_a).post(f"/teachers/filters/{saved.pk}/delete/").status_code == 404
    signed_in(methodist).post(f"/teachers/filters/{saved.pk}/delete/")
    assert not SavedFilter.objects.exists()


def test_everything_is_searched(signed_in, methodist, responsible_b, people):
    assert "Иванченко Мартин Петрович" in signed_in(methodist).get("/search/?q=иванч").content.decode()
    assert "Иванченко Мартин" not in signed_in(responsible_b).get("/search/?q=иванч").content.decode()
