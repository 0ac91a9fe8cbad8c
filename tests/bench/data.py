"""People, organisations, campaigns and answers for the benchmarks, written in bulk."""

import datetime
import random
from collections.abc import Iterable
from typing import Any

import numpy as np
from django.utils import timezone

from apps.accounts.models import RoleGrant, User
from apps.core.roles import Role
from apps.monitoring.actions.forms import import_definition, publish
from apps.monitoring.compiled import compiled_for
from apps.monitoring.models import Campaign, FormVersion, Response
from apps.organizations.enums import EducationLevel, OrganizationKind, OrganizationType
from apps.organizations.models import Organization

SEED = 2026
KINDS = [OrganizationKind.SCHOOL, OrganizationKind.KINDERGARTEN, OrganizationKind.ADDITIONAL]
PASSWORD = "bench-password"


def staff() -> User:
    user = User.objects.create_user("bench-methodist", PASSWORD, last_name="Измеритель", first_name="А")
    RoleGrant.objects.create(user=user, role=Role.METHODIST, starts_on=datetime.date(2020, 1, 1))
    return user


def organizations_named(name: str, count: int) -> list[Organization]:
    """Organisations of three kinds by turns."""
    made = Organization.objects.bulk_create(
        Organization(
            short_name=f"{name} {n:05d}",
            full_name=f"{name} {n:05d}",
            kind=KINDS[n % 3],
            type=OrganizationType.BUDGETARY,
            levels=[EducationLevel.PRIMARY, EducationLevel.BASIC][: n % 2 + 1],
        )
        for n in range(count)
    )
    return list(made)


def responsible(organization: Organization, number: int) -> User:
    user = User(username=f"org-{number}", last_name="Ответственный", first_name="О", is_active=True)
    user.set_unusable_password()
    user.save()
    RoleGrant.objects.create(
        user=user,
        role=Role.REPRESENTATIVE,
        organization=organization,
        starts_on=datetime.date(2020, 1, 1),
    )
    return user


def version(definition: dict[str, Any], by: User) -> FormVersion:
    return publish(version=import_definition(definition=definition, by=by), by=by)


def campaign(
    form: FormVersion, by: User, year: int, previous: Campaign | None = None, state: str = "running"
) -> Campaign:
    return Campaign.objects.create(
        version=form,
        title=f"Измерение {year}",
        period_kind="school_year",
        period_start=datetime.date(year, 9, 1),
        state=state,
        due_at=timezone.now() + datetime.timedelta(days=30),
        started_at=timezone.now(),
        previous=previous,
        created_by=by,
    )


def accepted(one: Campaign, members: Iterable[Organization], *, documents: bool) -> None:
    """An accepted response of every organisation, full of numbers; `documents` also as JSON."""
    compiled = compiled_for(one.version_id)
    width = len(compiled.numeric)
    generator = np.random.default_rng(SEED + one.pk)
    now = timezone.now()
    batch: list[Response] = []
    for organization in members:
        numbers = generator.integers(0, 5000, width, dtype=np.int64)
        values = dict(zip(compiled.numeric, map(str, numbers.tolist()), strict=True)) if documents else {}
        batch.append(
            Response(
                campaign=one,
                organization=organization,
                state="accepted",
                values=values,
                vector=numbers.astype("<i8").tobytes(),
                kind=organization.kind,
                levels=organization.levels,
                pupils=random.Random(organization.pk).randrange(50, 900),
                submitted_at=now,
                accepted_at=now,
            )
        )
        if len(batch) == 500:
            Response.objects.bulk_create(batch)
            batch = []
    Response.objects.bulk_create(batch)
