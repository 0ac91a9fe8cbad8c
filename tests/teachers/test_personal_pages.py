"""Consents, the data of a subject, what is due, and the page that erases."""

import datetime
import io
import json
import zipfile

import pytest
from django.urls import reverse

from apps.core.models import JournalRecord
from apps.core.roles import Role
from apps.teachers.consents import due_cards, due_consents, may_publish
from apps.teachers.models import Consent, Person
from tests.factories import user_with
from tests.papers.conftest import make_department
from tests.teachers.factories import TrainingFactory, employed

D = datetime.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(school_a):
    return employed(school_a, last_name="Кедрова", first_name="Анна", phone="+74132000001")


def consent(person, kind="publication", **given):
    return Consent.objects.create(person=person, kind=kind, **({"given_on": D(2025, 9, 1)} | given))


@pytest.mark.parametrize(
    ("given", "day", "may"),
    [
        ({}, D(2025, 8, 31), False),
        ({}, D(2025, 9, 1), True),
        ({"valid_until": D(2026, 8, 31)}, D(2026, 8, 31), True),
        ({"valid_until": D(2026, 8, 31)}, D(2026, 9, 1), False),
        ({"withdrawn_on": D(2026, 3, 2)}, D(2026, 3, 1), True),
        ({"withdrawn_on": D(2026, 3, 2)}, D(2026, 3, 2), False),
        ({"kind": "processing"}, D(2026, 3, 2), False),
    ],
)
def test_nothing_is_published_without_a_consent(person, given, day, may):
    consent(person, **given)
    assert may_publish(person, day) is may


def test_register_of_consents_is_filtered_and_journalled(client, responsible_a, person, school_b):
    consent(person), consent(person, "image", withdrawn_on=D(2026, 1, 1))
    consent(employed(school_b, last_name="Чужая"))
    client.force_login(responsible_a)
    text = client.get(reverse("teachers:consent-list")).content.decode()
    assert "2\u00a0согласия" in text and "Чужая" not in text
    text = client.get(reverse("teachers:consent-list"), {"standing": "withdrawn"}).content.decode()
    assert "1\u00a0согласие" in text and "на использование изображения" in text
    file = client.get(reverse("teachers:consent-list"), {"format": "xlsx"})
    assert file.getvalue().startswith(b"PK")
    for close in file._resource_closers:
        close()
    assert JournalRecord.objects.filter(user=responsible_a, subject_title="Согласия").count() == 3


def test_who_has_no_consent(client, methodist, person, school_a):
    employed(school_a, last_name="Бессогласная")
    consent(person, "processing")
    client.force_login(methodist)
    text = client.get(reverse("teachers:consent-absent")).content.decode()
    assert "Бессогласная" in text and "Кедрова" not in text
    assert "Кедрова" in client.get(reverse("teachers:consent-absent"), {"kind": "image"}).content.decode()


def test_data_of_a_subject_as_one_file(client, head, methodist, person):
    make_department()
    TrainingFactory(person=person), consent(person)
    client.force_login(methodist)
    client.get(person.get_absolute_url())
    assert client.get(reverse("teachers:person-export", args=[person.pk])).status_code == 403
    client.force_login(head)
    answer = client.get(reverse("teachers:person-export", args=[person.pk]))
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    assert packed.namelist() == ["данные.json", "данные.pdf"]
    assert packed.read("данные.pdf").startswith(b"%PDF")
    data = json.loads(packed.read("данные.json"))
    assert data["Педагог"][0]["телефон"] == "+74132000001"
    assert data["Обучение"][0]["программа"] == "Современный урок"
    assert [one["действие"] for one in data["Кто обращался к карточке"]] == ["открыл"]


def test_own_data_are_given_to_the_person(client, person, school_a):
    teacher_a = user_with(Role.TEACHER, school_a)
    make_department()
    person.user = teacher_a
    person.save()
    client.force_login(teacher_a)
    assert client.get(reverse("teachers:person-export", args=[person.pk])).status_code == 200


@pytest.mark.parametrize(("day", "due"), [(D(2029, 3, 2), 0), (D(2029, 3, 3), 1)])
def test_a_consent_is_kept_three_years_after_its_end(person, day, due):
    consent(person, withdrawn_on=D(2026, 3, 2), valid_until=D(2027, 1, 1))
    assert len(due_consents(day)) == due


@pytest.mark.parametrize(("day", "due"), [(D(2026, 6, 30), 0), (D(2026, 7, 1), 1)])
def test_a_card_is_kept_three_years_after_leaving(school_a, day, due):
    employed(school_a, post={"ended_on": D(2023, 6, 30)})
    assert len(due_cards(day)) == due


def test_the_head_erases_on_the_page(client, head, person):
    make_department()
    client.force_login(head)
    address = reverse("teachers:person-erase", args=[person.pk])
    assert client.post(address, {"reason": "Отзыв согласия"}).status_code == 422
    body = {"reason": "Отзыв согласия", "details": "№ 5 от 20.11.2026", "is_sure": "on"}
    assert client.post(address, body)["Location"] == person.get_absolute_url()
    assert Person.objects.get(pk=person.pk).last_name == "Обезличен"
    assert client.get(person.get_absolute_url()).status_code == 200
    assert "Акт № 1" in client.get(reverse("teachers:due-list")).content.decode()
