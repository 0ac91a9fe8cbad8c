"""Questions about persons."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet

from apps.core.calendar import months_later
from apps.core.columns import folded
from apps.core.registry import SearchHit
from apps.teachers.models import CoverageRule, Employment, Person, YoungRule

SHOWN = ("standing__organization", "standing__position", "standing__subject")


def persons_like(persons: QuerySet[Person], query: str) -> QuerySet[Person]:
    """By the beginnings of surname, first name and patronymic in this order: «ив мар» is Иванова Мария."""
    words = query.lower().replace("ё", "е").split()[:3]
    for path, word in zip(("surname_key", "first_key", "_middle"), words, strict=False):
        if path == "_middle":
            persons = persons.alias(_middle=folded("middle_name"))
        persons = persons.filter(**{f"{path}__startswith": word})
    return persons


def search_hits(user: Any, query: str, limit: int) -> list[SearchHit]:
    """Persons for the search over everything."""
    rows = persons_like(Person.objects.visible_to(user).present(), query).select_related(*SHOWN)
    return [SearchHit(one.full_name, one.get_absolute_url(), "педагог", post_of(one)) for one in rows[:limit]]


def post_of(person: Person) -> str:
    """«учитель (математика), СОШ № 15», empty for somebody without a post."""
    standing = getattr(person, "standing", None)
    if standing is None or standing.position is None:
        return ""
    subject = f" ({standing.subject})" if standing.subject else ""
    return f"{standing.position}{subject}, {standing.organization}"


def working_in(organization_id: int, day: datetime.date | None = None) -> QuerySet[Employment]:
    """Posts in force in the organisation on the day (today in Magadan)."""
    return Employment.objects.on(day).filter(organization=organization_id)


def coverage_period(day: datetime.date) -> int:
    """Months for which professional development counts on the day."""
    rule = CoverageRule.objects.valid_on(day).first()
    return rule.months if rule else 36


def young_by_age(day: datetime.date) -> Q:
    """A condition on a person by the rule of the day; 35 inclusive: the 36th birthday is still to come."""
    rule = YoungRule.objects.valid_on(day).first() or YoungRule()
    limit = rule.max_age + 1 if rule.is_inclusive else rule.max_age
    return Q(birth_on__gt=months_later(day, -12 * limit))


def young_specialist(day: datetime.date) -> Q:
    """A condition on a person: pedagogical service up to the rule's years, exactly three still count."""
    rule = YoungRule.objects.valid_on(day).first() or YoungRule()
    since = months_later(day + datetime.timedelta(days=1), -12 * rule.max_experience_years)
    return Q(standing__pedagogical_since__gte=since)
