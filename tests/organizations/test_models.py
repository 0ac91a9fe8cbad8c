import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from apps.core.roles import Role
from apps.organizations.models import Contingent, Department, Organization
from tests.factories import OrganizationFactory, user_with

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parents[2] / "fixtures"


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_constraints_of_organisations():
    first = OrganizationFactory(short_name="Школа", inn="7707083893", kpp="490901001")
    refused(lambda: OrganizationFactory(short_name="Школа"))
    refused(lambda: OrganizationFactory(inn="7707083893", kpp="490901001"))
    refused(lambda: OrganizationFactory(opened_on="2026-01-02", closed_on="2026-01-01"))
    refused(lambda: Organization.objects.filter(pk=first.pk).update(parent=first))
    OrganizationFactory(inn="7707083893", kpp="490901001", parent=first)
    OrganizationFactory(inn="7707083893", kpp="490901002")


def test_constraints_of_contingent(school_a):
    row = {"pupils": 1, "groups": 1, "counted_on": "2026-10-01"}
    Contingent.objects.create(organization=school_a, school_year=2026, **row)
    refused(lambda: Contingent.objects.create(organization=school_a, school_year=2026, **row))
    refused(lambda: Contingent.objects.create(organization=school_a, school_year=1989, **row))


def test_department_is_one():
    refused(lambda: Department.objects.create(pk=2, full_name="Второй"))


def test_who_sees_which(school_a, school_b):
    for role in (Role.HEAD, Role.METHODIST, Role.ASSISTANT, Role.DIRECTOR, Role.ADMIN):
        assert Organization.objects.visible_to(user_with(role)).count() == 2
    assert not Organization.objects.visible_to(user_with(Role.JUROR)).exists()
    assert not Organization.objects.visible_to(user_with(Role.TEACHER, school_a)).exists()


def test_fixture_of_the_city_loads_and_claims_nothing():
    call_command("loaddata", FIXTURES / "organizations.json", FIXTURES / "department.json", verbosity=0)
    assert Organization.objects.count() == 53
    assert not Organization.objects.filter(is_verified=True).exists()
    assert not Organization.objects.exclude(
        inn="", ogrn="", site="", email="", phone="", head_name=""
    ).exists()
    assert Department.objects.get().imo_genitive_name == "информационно-методического отдела"
    for one in Organization.objects.all():
        one.full_clean()


def test_fixture_has_no_double_and_no_nbsp():
    text = (FIXTURES / "organizations.json").read_text(encoding="utf-8")
    names = [row["fields"]["short_name"] for row in json.loads(text)]
    assert len(names) == len(set(names)) == 53
    assert "\u00a0" not in text
