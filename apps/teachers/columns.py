"""Columns of the registry, for the page and for Excel; private ones only for who may see them."""

import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from apps.core.columns import Column, Kind
from apps.core.phones import show_phone
from apps.teachers.enums import CategoryKind
from apps.teachers.experience import length_in_days
from apps.teachers.models import Person

ONE_DAY = datetime.timedelta(days=1)


def category_of(person: Person) -> str:
    """«высшая», «первая до 01.03.2027»."""
    standing = person.standing
    if not standing.category:
        return ""
    until = f" до {standing.category_until:%d.%m.%Y}" if standing.category_until else ""
    return f"{CategoryKind(standing.category).label}{until}"


def service_years(person: Person) -> int | None:
    """Full years of pedagogical service today."""
    since = person.standing.pedagogical_since
    if since is None:
        return None
    today = timezone.localdate()
    return length_in_days((today + ONE_DAY - since).days, today).years


def age_of(person: Person) -> int | None:
    return person.age_on(timezone.localdate())


def _position(person: Person) -> str:
    return str(person.standing.position or "")


COLUMNS = [
    Column("name", "ФИО", "full_name", sort=F("name_key"), url=Person.get_absolute_url, width=38),
    Column("organization", "Организация", "standing.organization.short_name", width=34),
    Column("position", "Должность", _position, width=30),
    Column("subject", "Предмет, направление", "standing.subject.name", width=26),
    Column("category", "Категория", category_of, width=22),
    Column(
        "service",
        "Пед. стаж, лет",
        service_years,
        kind=Kind.NUMBER,
        sort=F("standing__pedagogical_since"),
        help="Полных лет на сегодня.",
    ),
    Column(
        "trained",
        "Последнее ПК",
        "standing.trained_on",
        kind=Kind.DATE,
        sort=F("standing__trained_on"),
        help="Дата последнего документа о повышении квалификации или переподготовке.",
    ),
]
PRIVATE = [
    Column("age", "Возраст", age_of, kind=Kind.NUMBER, sort=F("birth_on")),
    Column("birth", "Дата рождения", "birth_on", kind=Kind.DATE, on_page=False),
    Column("phone", "Телефон", lambda one: show_phone(one.phone), on_page=False, width=20),
    Column("email", "Электронная почта", "email", on_page=False, width=26),
]


def registry_columns(may_see_private: bool) -> list[Any]:
    return [*COLUMNS, *PRIVATE] if may_see_private else COLUMNS
