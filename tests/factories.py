"""The least that makes a valid row; a test says the rest itself."""

import datetime
from typing import Any

import factory
from django.utils import timezone

from apps.accounts.models import RoleGrant, User
from apps.monitoring.actions.forms import import_definition, publish
from apps.monitoring.enums import PeriodKind
from apps.monitoring.models import Campaign, FormVersion, Response
from apps.organizations.enums import EducationLevel, OrganizationKind, OrganizationType
from apps.organizations.models import Organization


class OrganizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organization

    short_name = factory.Sequence(lambda n: f"Школа № {n + 101}")
    full_name = factory.LazyAttribute(lambda one: f"Муниципальная {one.short_name}")
    kind = OrganizationKind.SCHOOL
    type = OrganizationType.BUDGETARY
    levels = [EducationLevel.PRIMARY, EducationLevel.BASIC]


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    last_name = factory.Sequence(lambda n: f"Тестова{n}")
    first_name = "Анна"
    middle_name = "Ивановна"
    email = factory.LazyAttribute(lambda one: f"{one.username}@imo.example")

    @factory.post_generation
    def password(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        self.set_password(extracted or "Пароль-для-тестов-1")
        if create:
            self.save(update_fields=["password"])


class RoleGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    starts_on = datetime.date(2020, 1, 1)


def user_with(role: str, organization: Organization | None = None, **fields: Any) -> User:
    """A user who holds one role since 2020."""
    user = UserFactory(**fields)
    RoleGrantFactory(user=user, role=role, organization=organization)
    return user


def form_version(definition: dict, by: User) -> FormVersion:
    """A published version of a definition."""
    return publish(version=import_definition(definition=definition, by=by), by=by)


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campaign

    title = "Проверочный мониторинг"
    period_kind = PeriodKind.SCHOOL_YEAR
    period_start = datetime.date(2026, 9, 1)
    due_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=7))
    state = "running"
    started_at = factory.LazyFunction(timezone.now)


class ResponseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Response
