"""The least that makes a valid row of the registry; a test says the rest itself."""

import datetime
from typing import Any

import factory

from apps.teachers.actions import refresh
from apps.teachers.models import Employment, Mentorship, Person, Position, Subject, Training
from tests.factories import OrganizationFactory

D = datetime.date


def position(code: str = "uchitel") -> Position:
    """A position of the book that the migration fills."""
    return Position.objects.get(code=code)


def subject(code: str = "matematika") -> Subject:
    return Subject.objects.get(code=code)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    last_name = factory.Sequence(lambda n: f"Учителева{n}")
    first_name = "Мария"
    middle_name = "Сергеевна"
    gender = "female"
    birth_on = D(1985, 5, 17)


class EmploymentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Employment

    person = factory.SubFactory(PersonFactory)
    organization = factory.SubFactory(OrganizationFactory)
    position = factory.LazyFunction(position)
    started_on = D(2015, 9, 1)


class TrainingFactory(factory.django.DjangoModelFactory):
    """Counted by hand: a factory goes past the actions."""

    class Meta:
        model = Training

    person = factory.SubFactory(PersonFactory)
    kind = "advanced"
    programme = "Современный урок"
    hours = 36
    started_on = D(2025, 3, 3)
    ended_on = D(2025, 3, 28)
    issued_on = D(2025, 3, 31)
    document_number = "1234"
    is_counted = True


class MentorshipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mentorship

    mentor = factory.SubFactory(PersonFactory)
    mentee = factory.SubFactory(PersonFactory)
    organization = factory.SubFactory(OrganizationFactory)
    form = "experienced"
    order_number = "15"
    order_on = D(2026, 8, 31)
    consent_on = D(2026, 8, 28)
    started_on = D(2026, 9, 1)


def employed(organization: Any, code: str = "uchitel", /, post: dict | None = None, **person: Any) -> Person:
    """Somebody who works in the organisation since 2015, with the summary row of the lists."""
    made = PersonFactory(**person)
    EmploymentFactory(person=made, organization=organization, position=position(code), **(post or {}))
    refresh([made.pk])
    return made
