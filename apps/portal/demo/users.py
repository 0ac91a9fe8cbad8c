"""Users of the demo and the dated grants they hold."""

import datetime
from collections.abc import Iterator

from django.contrib.auth.hashers import make_password

from apps.accounts.models import RoleGrant, User
from apps.core.roles import Role
from apps.organizations.models import Organization
from apps.portal.demo.calendar import DemoCalendar
from apps.portal.demo.cast import (
    REPRESENTATIVES,
    STAFF,
    TEACHER_LOGIN,
    TEACHER_ORGANIZATION,
    invented_name,
)
from apps.portal.demo.chance import chance

PASSWORD = "demo"  # noqa: S105
BASIS = "Демонстрационный приказ"


def load_users(organizations: list[Organization], calendar: DemoCalendar) -> dict[str, User]:
    """Login → user: the cast, and one representative for each remaining organisation.

    All have the password `demo`, hashed once.
    """
    password = make_password(PASSWORD)
    users = [*_staff(password), *_representatives(organizations, password), _teacher(password)]
    made = {one.username: one for one in User.objects.bulk_create(users)}
    since = calendar.years[0].first_day - datetime.timedelta(30)
    RoleGrant.objects.bulk_create(_grants(made, organizations, since))
    return made


def representative_login(number: int, organization: Organization) -> str:
    """The login of the organisation's representative; `number` is its place in the list, from 1."""
    named = {name: login for login, name in REPRESENTATIVES.items()}
    return named.get(organization.short_name, f"org{number}")


def _user(login: str, password: str, name: tuple[str, str, str], position: str) -> User:
    last, first, middle = name
    return User(
        username=login,
        password=password,
        last_name=last,
        first_name=first,
        middle_name=middle,
        position=position,
        email=f"{login}@imo.example",
        is_demo=True,
    )


def _staff(password: str) -> Iterator[User]:
    for login, (last, first, middle, position, _) in STAFF.items():
        yield _user(login, password, (last, first, middle), position)


def _representatives(organizations: list[Organization], password: str) -> Iterator[User]:
    posts = {"school": "Заместитель директора", "kindergarten": "Старший воспитатель"}
    for number, organization in enumerate(organizations, start=1):
        login = representative_login(number, organization)
        name = invented_name(chance("representative", number))
        yield _user(login, password, name, posts.get(organization.kind, "Методист"))


def _teacher(password: str) -> User:
    return _user(TEACHER_LOGIN, password, invented_name(chance("teacher", 1)), "Учитель информатики")


def _grants(
    users: dict[str, User], organizations: list[Organization], since: datetime.date
) -> Iterator[RoleGrant]:
    for number, (login, (*_, role)) in enumerate(STAFF.items(), start=1):
        yield _grant(users[login], role, None, since, f"{number}-д")
    for number, organization in enumerate(organizations, start=1):
        user = users[representative_login(number, organization)]
        yield _grant(user, Role.REPRESENTATIVE, organization, since, f"{number + 100}-д")
    school = next(one for one in organizations if one.short_name == TEACHER_ORGANIZATION)
    yield _grant(users[TEACHER_LOGIN], Role.TEACHER, school, since, "200-д")
    yield _grant(users["juror1"], Role.EXPERT, None, since, "6-д")


def _grant(
    user: User, role: str, organization: Organization | None, since: datetime.date, number: str
) -> RoleGrant:
    return RoleGrant(
        user=user,
        role=role,
        organization=organization,
        starts_on=since,
        basis=BASIS,
        order_number=number,
        order_date=since - datetime.timedelta(3),
    )
