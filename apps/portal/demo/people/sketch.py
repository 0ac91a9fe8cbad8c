"""One person of the demo as the other parts read him, and what has been made so far."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from apps.organizations.models import Organization
from apps.teachers.enums import PositionGroup
from apps.teachers.models import (
    CategoryRule,
    DutyKind,
    Employment,
    ObligatoryKind,
    Person,
    Position,
    Provider,
    Subject,
    TrainingRule,
)

PROVIDERS = [
    ("Институт повышения квалификации (демонстрационный)", "ИПК (демо)"),
    ("Центр дистанционного обучения педагогов (демонстрационный)", "Центр ДО (демо)"),
    ("Учебно-методический центр по гражданской обороне (демонстрационный)", "УМЦ (демо)"),
]
YEAR = 365.25


@dataclass
class Books:
    """Reference books by their codes, and the rules that rows are derived by."""

    positions: dict[str, Position]
    subjects: dict[str, Subject]
    duties: dict[str, DutyKind]
    obligatory: list[ObligatoryKind]
    providers: list[Provider]
    training_rules: list[TrainingRule]
    category_rules: list[CategoryRule]

    @classmethod
    def read(cls) -> "Books":
        return cls(
            positions={one.code: one for one in Position.objects.all()},
            subjects={one.code: one for one in Subject.objects.all()},
            duties={one.code: one for one in DutyKind.objects.all()},
            obligatory=list(ObligatoryKind.objects.prefetch_related("duties", "positions")),
            providers=Provider.objects.bulk_create(
                Provider(name=name, short_name=short, city="Магадан") for name, short in PROVIDERS
            ),
            training_rules=list(TrainingRule.objects.all()),
            category_rules=list(CategoryRule.objects.all()),
        )


@dataclass
class Worker:
    """A person with his post in the organisation and the length of his career in years."""

    person: Person
    post: Employment
    career: float
    rng: Random
    duties: set[str] = field(default_factory=set)

    @property
    def organization(self) -> Organization:
        return self.post.organization

    @property
    def group(self) -> str:
        return self.post.position.group

    @property
    def is_pedagogical(self) -> bool:
        return self.group == PositionGroup.PEDAGOGICAL

    def is_young(self, today: datetime.date) -> bool:
        """By the common rule: up to 35 years, up to three years of work."""
        return self.is_pedagogical and (self.person.age_on(today) or 99) <= 35 and self.career <= 3


@dataclass
class Made:
    """Rows that wait for being written, model by model in the order of making."""

    workers: list[Worker] = field(default_factory=list)
    rows: dict[type, list[Any]] = field(default_factory=dict)

    def add(self, row: Any) -> Any:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def of(self, organization: Organization) -> Iterator[Worker]:
        return (one for one in self.workers if one.organization == organization)


def days_back(today: datetime.date, years: float) -> datetime.date:
    return today - datetime.timedelta(days=round(years * YEAR))
