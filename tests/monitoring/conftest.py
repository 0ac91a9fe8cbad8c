"""Three organisations with answers whose sums are worked out by hand in the tests."""

import pytest
from django.utils import timezone

from apps.organizations.enums import EducationLevel, OrganizationKind
from tests.factories import form_version
from tests.monitoring.small import SMALL, accepted, campaign_of, organization


@pytest.fixture
def small(methodist):
    return form_version(SMALL, methodist)


@pytest.fixture
def collecting(small, methodist):
    """A running campaign, its period the school year 2026/27."""
    return campaign_of(small, methodist)


@pytest.fixture
def three(collecting, methodist):
    """Accepted: A 100 readers, 50,5; B 300 readers, 30,5; the kindergarten left readers blank, 5."""
    places = {
        "A": organization(
            "Школа А", OrganizationKind.SCHOOL, [EducationLevel.PRIMARY, EducationLevel.BASIC], 200
        ),
        "B": organization("Школа Б", OrganizationKind.SCHOOL, [EducationLevel.BASIC], 100),
        "C": organization("Сад В", OrganizationKind.KINDERGARTEN, [EducationLevel.PRESCHOOL], None),
    }
    values = {
        "A": {"1/01/3": "100", "1/01/4": "50,5", "speed": "1", "topics": "a,b"},
        "B": {"1/01/3": "300", "1/01/4": "30,5", "speed": "2", "topics": "a"},
        "C": {"1/01/4": "5", "speed": "1"},
    }
    return {name: accepted(collecting, *places[name], values[name], methodist) for name in ("A", "B", "C")}


@pytest.fixture
def clock(monkeypatch):
    """Sets what `timezone.now()` tells."""

    def stand_at(moment) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stand_at
