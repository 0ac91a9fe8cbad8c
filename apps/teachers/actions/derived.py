"""What follows from a row by the rules in force: does a training count, until when is a category valid."""

import datetime
from functools import singledispatch
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.core.calendar import add_working_days, months_later
from apps.core.models import WorkdayException
from apps.core.russian import date_short
from apps.teachers.enums import PROFESSIONAL, Terminator
from apps.teachers.models import (
    AcademicDegree,
    Award,
    Category,
    CategoryRule,
    Consent,
    Education,
    Employment,
    Leave,
    Mentorship,
    Training,
    TrainingRule,
)

NOTICE_DAYS = 3  # working days, ТК РФ ст. 351.8


@singledispatch
def derive(record: Any) -> None:
    """Sets the computed columns of the row. `ValidationError` by field for a date that can't be."""


@derive.register
def _training(record: Training) -> None:
    _not_in_future("issued_on", record.issued_on)
    record.is_counted = is_counted(record, TrainingRule.objects.all())


@derive.register
def _category(record: Category) -> None:
    _not_in_future("set_on", record.set_on)
    record.valid_until = valid_until(record.kind, record.set_on, CategoryRule.objects.all())


@derive.register
def _award(record: Award) -> None:
    _not_in_future("awarded_on", record.awarded_on)
    _not_in_future("issued_on", record.issued_on)


@derive.register(Education)
@derive.register(AcademicDegree)
def _document(record: Education | AcademicDegree) -> None:
    _not_in_future("issued_on", record.issued_on)


@derive.register
def _consent(record: Consent) -> None:
    _not_in_future("given_on", record.given_on)
    _not_in_future("withdrawn_on", record.withdrawn_on)


@derive.register
def _leave(record: Leave) -> None:
    """A leave lies within the post it is from; an open post ends when it is said to."""
    post = record.employment
    if record.started_on and post.started_on and record.started_on < post.started_on:
        raise ValidationError(
            {"started_on": f"На этом месте человек работает с {date_short(post.started_on)}."}
        )
    if post.ended_on and (record.ended_on is None or record.ended_on > post.ended_on):
        raise ValidationError({"ended_on": f"Работа на этом месте закончилась {date_short(post.ended_on)}."})


@derive.register
def _employment(record: Employment) -> None:
    """No leave of the post is left outside it."""
    if not record.pk or not record.started_on:
        return
    leaves = Leave.objects.filter(employment=record.pk)
    if leaves.filter(started_on__lt=record.started_on).exists():
        raise ValidationError({"started_on": "Раньше этого дня начинается отпуск, записанный на это место."})
    if record.ended_on and leaves.exclude(ended_on__lte=record.ended_on).exists():
        raise ValidationError({"ended_on": "Позже этого дня продолжается отпуск, записанный на это место."})


@derive.register
def _mentorship(record: Mentorship) -> None:
    """Mentoring is ended early with a notice of three working days (ТК РФ ст. 351.8)."""
    if record.terminated_by not in (Terminator.EMPLOYER, Terminator.MENTOR):
        return
    if record.notified_on and record.ended_on and record.ended_on < (first := first_end(record.notified_on)):
        raise ValidationError(
            {"ended_on": f"О прекращении предупреждают за три рабочих дня: не раньше {date_short(first)}."}
        )


def first_end(notified_on: datetime.date) -> datetime.date:
    """The first day on which mentoring may end after a notice: the third working day from the next one."""
    overrides = dict(WorkdayException.objects.filter(date__gte=notified_on).values_list("date", "is_working"))
    return add_working_days(notified_on, NOTICE_DAYS, overrides)


def is_counted(training: Training, rules: Any) -> bool:
    """ДПО with a document and enough hours by the rule of the document's day."""
    if training.kind not in PROFESSIONAL or training.issued_on is None:
        return False
    return any(
        rule.kind == training.kind and training.hours >= rule.min_hours
        for rule in rules
        if _covers(rule, training.issued_on)
    )


def valid_until(kind: str, set_on: datetime.date | None, rules: Any) -> datetime.date | None:
    """The last day of a category set on the day: None where the rule of that day knows no expiry."""
    if set_on is None:
        return None
    for rule in rules:
        if rule.kind == kind and _covers(rule, set_on) and rule.months:
            return months_later(set_on, rule.months)
    return None


def _covers(rule: Any, day: datetime.date) -> bool:
    return bool(rule.valid_from <= day and (rule.valid_to is None or rule.valid_to >= day))


def _not_in_future(name: str, day: datetime.date | None) -> None:
    if day and day > timezone.localdate():
        raise ValidationError({name: "Эта дата ещё не наступила."})
