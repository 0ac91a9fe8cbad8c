import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.core.roles import Role
from apps.planning.models import Edition, Plan
from tests.factories import user_with
from tests.monitoring.conftest import collecting, small, three  # noqa: F401 - a campaign with its answers
from tests.papers.conftest import make_department
from tests.planning.factories import approved, make_plan, sent

MAGADAN = ZoneInfo("Asia/Magadan")


@pytest.fixture
def department(db):
    return make_department()


@pytest.fixture
def methodist2(db) -> User:
    return user_with(Role.METHODIST, username="methodist2", last_name="Ясенева", first_name="Мария")


@pytest.fixture
def plan(department, methodist) -> Plan:
    """A draft with two events."""
    return make_plan(methodist, 2)


@pytest.fixture
def waiting(plan, methodist) -> Edition:
    return sent(plan, methodist)


@pytest.fixture
def edition(plan, methodist, head) -> Edition:
    """The first approved edition of `plan`."""
    return approved(plan, methodist, head)


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock of Magadan: clock(2026, 11, 2, 0, 0)."""

    def stand_at(*moment: int) -> None:
        present = datetime.datetime(*moment, tzinfo=MAGADAN)
        monkeypatch.setattr(timezone, "now", lambda: present)

    return stand_at
