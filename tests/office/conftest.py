"""ИМО with a head, two methodists and a staffing table for all of them."""

from dataclasses import dataclass

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.core.roles import Role
from apps.office.enums import PostCategory, ServiceKind
from apps.office.models import Employee, Position, StaffingEdition
from tests.factories import user_with
from tests.office.factories import PositionFactory, employed, norm, staffing
from tests.papers.conftest import make_department


@dataclass
class Office:
    head: Employee
    first: Employee
    second: Employee
    head_post: Position
    methodist_post: Position
    edition: StaffingEdition


@pytest.fixture
def department(db):
    return make_department()


@pytest.fixture
def methodist2(db) -> User:
    return user_with(
        Role.METHODIST, username="methodist2", last_name="Ясенев", first_name="Михаил", middle_name="Олегович"
    )


@pytest.fixture
def office(department, head, methodist, methodist2, director) -> Office:
    """One unit of the head, three of methodists: two are occupied."""
    norm()
    head_post = PositionFactory(
        title="Заведующий отделом", category=PostCategory.HEAD, service_kind=ServiceKind.LEADING
    )
    post = PositionFactory(title="Методист", direction="3.1")
    edition = staffing({head_post: "1", post: "3"})
    chief = employed(head, head_post, last_name="Северова", first_name="Ирина", middle_name="Павловна")
    man = {"first_name": "Михаил", "middle_name": "Олегович"}
    return Office(
        chief,
        employed(methodist, post, last_name="Лугова"),
        employed(methodist2, post, **man),
        head_post,
        post,
        edition,
    )


@pytest.fixture
def clock(monkeypatch):
    """Sets what `timezone.now()` tells."""

    def stand_at(moment) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stand_at
