"""Questions about consents: may something be published, and how each stands today."""

import datetime
from typing import Any

from django.db.models import Case, DateField, Max, QuerySet, TextChoices, Value, When
from django.db.models.functions import Least

from apps.core.calendar import months_later
from apps.core.tones import Tone
from apps.teachers.enums import ConsentKind
from apps.teachers.models import Consent, Person, RetentionKind, RetentionRule, TermNotice


class ConsentStanding(TextChoices):
    IN_FORCE = "in_force", "действует"
    ENDING = "ending", "заканчивается"
    WITHDRAWN = "withdrawn", "отозвано"
    EXPIRED = "expired", "срок истёк"

    @property
    def tone(self) -> Tone:
        tones = {"in_force": Tone.SUCCESS, "ending": Tone.WARNING, "withdrawn": Tone.DANGER}
        return tones.get(self.value, Tone.NEUTRAL)


def may_publish(person: Person, day: datetime.date) -> bool:
    """Whether the name and the work of the person may be shown to everybody on the day (152-ФЗ ст. 10.1)."""
    if person.erased_on is not None:
        return False
    return Consent.objects.filter(person=person, kind=ConsentKind.PUBLICATION).on(day).exists()


def warned_until(day: datetime.date) -> datetime.date:
    """The last day of terms that people are told of today: the longest threshold of consents."""
    row = TermNotice.objects.filter(subject="consent").first()
    return day + datetime.timedelta(days=max(row.warn_days if row and row.warn_days else [0]))


def with_standing(rows: QuerySet, day: datetime.date) -> QuerySet:
    """Each consent with `standing`: withdrawn, run out, running out, or in force."""
    return rows.annotate(
        standing=Case(
            When(withdrawn_on__lte=day, then=Value(ConsentStanding.WITHDRAWN.value)),
            When(valid_until__lt=day, then=Value(ConsentStanding.EXPIRED.value)),
            When(valid_until__lte=warned_until(day), then=Value(ConsentStanding.ENDING.value)),
            default=Value(ConsentStanding.IN_FORCE.value),
        )
    )


def without(rows: QuerySet[Person], kind: str, day: datetime.date) -> QuerySet[Person]:
    """Working people who have no consent of the kind in force on the day."""
    given = Consent.objects.filter(kind=kind).on(day).values("person")
    return rows.present().filter(standing__is_working=True).exclude(pk__in=given)  # type: ignore[attr-defined]


def kept_until(rules: list[RetentionRule], ended_on: datetime.date) -> datetime.date | None:
    """The last day a record is kept by the rule of the day it ended; None where no rule was in force."""
    for rule in rules:
        if rule.valid_from <= ended_on and (rule.valid_to is None or rule.valid_to >= ended_on):
            return months_later(ended_on, rule.months)
    return None


def due_consents(day: datetime.date) -> list[tuple[Consent, datetime.date]]:
    """Consents kept longer than the rule asks, with the last day of keeping."""
    ended = Consent.objects.alias(end=Least("withdrawn_on", "valid_until", output_field=DateField()))
    rows = ended.filter(end__lt=day).select_related("person").order_by("end", "pk")
    return _due(
        rows, RetentionKind.CONSENT, day, lambda one: min(filter(None, [one.withdrawn_on, one.valid_until]))
    )


def ended_on(consent: Consent) -> datetime.date:
    """The day a consent that has an end ended: of the withdrawal and the term the earlier."""
    return min(day for day in (consent.withdrawn_on, consent.valid_until) if day)


def due_cards(day: datetime.date) -> list[tuple[Person, datetime.date]]:
    """Cards of those who left the city's organisations longer ago than the rule keeps them."""
    rows = (
        Person.objects.present()
        .filter(standing__is_working=False)
        .annotate(left_on=Max("employments__ended_on"))
        .exclude(employments__ended_on=None)
        .filter(left_on__lt=day)
        .order_by("left_on", "pk")
    )
    return _due(rows, RetentionKind.CARD, day, lambda one: one.left_on)


def _due(rows: Any, kind: str, day: datetime.date, ended: Any) -> list[Any]:
    rules = list(RetentionRule.objects.filter(kind=kind))
    found = [(one, kept_until(rules, ended(one))) for one in rows]
    return [(one, last) for one, last in found if last is not None and last < day]
