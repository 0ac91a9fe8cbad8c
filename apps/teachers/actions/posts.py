"""Leaving a post, and going over to another organisation of the city."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.organizations.models import Organization
from apps.teachers import permissions
from apps.teachers.actions.people import NOT_THEIR_POST, NOT_THEIRS
from apps.teachers.actions.standing import refresh
from apps.teachers.enums import EmploymentForm, Terminator
from apps.teachers.models import Duty, Employment, Leave, Mentorship, Person

ONE_DAY = datetime.timedelta(days=1)
LEFT_ALREADY = "Эта работа уже закончена."
NOT_FOUND = "Педагог с такими именем и датой рождения, работающий в другой организации города, не найден."


@transaction.atomic
def dismiss(*, by: Any, employment: Employment, ended_on: datetime.date, reason: str) -> Employment:
    """The last day of a post and why; what went with the post ends with it: leave, duties, mentoring.

    Duties and mentoring go on where another post of the person in the same organisation does.
    `Refused`; `Conflict` for a post that has ended; `ValidationError` by field.
    """
    post = _locked(employment)
    require(permissions.can_keep_record(by, post), NOT_THEIRS)
    _end(post, ended_on, reason)
    refresh([post.person_id])
    journal.record(
        by=by, verb=Verb.CHANGED, subject=post, organization_id=post.organization_id, note="увольнение"
    )
    return post


@transaction.atomic
def transfer(
    *, by: Any, employment: Employment, organization: Organization, started_on: datetime.date, **post: Any
) -> Employment:
    """The post ends the day before another one begins in the organisation; one act, both or nothing.

    ИМО transfers, or whoever answers for the receiving organisation. `post`: other columns of `Employment`.
    `Refused`; `Conflict` for a post that has ended; `ValidationError` by field.
    """
    left = _locked(employment)
    require(permissions.can_keep_for(by, organization), NOT_THEIR_POST)
    if organization.pk == left.organization_id:
        raise ValidationError({"organization": "Человек уже работает в этой организации."})
    if started_on <= left.started_on:
        raise ValidationError({"started_on": "Переходят позже, чем начали работать на прежнем месте."})
    _end(left, started_on - ONE_DAY, f"перевод: {organization}"[:200])
    made = Employment(
        person=left.person, organization=organization, started_on=started_on, form=left.form, **post
    )
    made.full_clean()
    made.save(force_insert=True)
    refresh([left.person_id])
    for row, said in ((left, "перевод отсюда"), (made, "перевод сюда")):
        journal.record(by=by, verb=Verb.CHANGED, subject=row, organization_id=row.organization_id, note=said)
    return made


@transaction.atomic
def receive(
    *, by: Any, last_name: str, first_name: str, middle_name: str, birth_on: datetime.date, **post: Any
) -> Employment:
    """Takes over somebody from another organisation whom the receiving one names fully.

    It can't look him up: nobody of that name and birth date, two of them and somebody without a main post
    answer with the same `Conflict`. Everything else as `transfer`.
    """
    require(permissions.can_keep_for(by, post["organization"]), NOT_THEIR_POST)
    key = " ".join(filter(None, [last_name, first_name, middle_name])).lower().replace("ё", "е")
    today = timezone.localdate()
    posts = list(
        Employment.objects.filter(
            person__in=Person.objects.present().filter(name_key=key, birth_on=birth_on),
            form=EmploymentForm.MAIN,
        )
        .on(today)
        .exclude(organization=post["organization"])[:2]
    )
    if len(posts) != 1:
        raise Conflict(NOT_FOUND)
    return transfer(by=by, employment=posts[0], **post)


def _locked(employment: Employment) -> Employment:
    """The post as it is now, its person held until the end of the transaction."""
    Person.objects.select_for_update(of=("self",)).get(pk=employment.person_id)
    post = Employment.objects.select_related("person", "organization", "position").get(pk=employment.pk)
    if post.ended_on is not None and (post.end_reason or post.ended_on < timezone.localdate()):
        raise Conflict(LEFT_ALREADY)
    return post


def _end(post: Employment, day: datetime.date, reason: str) -> None:
    leaves = Leave.objects.filter(employment=post)
    if leaves.filter(started_on__gt=day).exists():
        raise ValidationError({"ended_on": "Позже этого дня начинается отпуск: сначала исправьте его."})
    post.ended_on, post.end_reason = day, reason
    post.full_clean()
    post.save(update_fields=["ended_on", "end_reason"])
    leaves.exclude(ended_on__lte=day).update(ended_on=day)
    if not _goes_on(post, day):
        _end_with_the_post(post, day)


def _goes_on(post: Employment, day: datetime.date) -> bool:
    others = Employment.objects.filter(person=post.person_id, organization=post.organization_id)
    return others.exclude(pk=post.pk).on(day + ONE_DAY).exists()


def _end_with_the_post(post: Employment, day: datetime.date) -> None:
    """Those that have begun by the day; what was to begin later is left for its keeper to decide."""
    here = {"organization": post.organization_id, "started_on__lte": day}
    Duty.objects.filter(person=post.person_id, **here).exclude(ended_on__lte=day).update(ended_on=day)
    pairs = Mentorship.objects.filter(**here).exclude(ended_on__lte=day)
    ended = [*pairs.filter(mentor=post.person_id), *pairs.filter(mentee=post.person_id)]
    for pair in ended:
        pair.ended_on, pair.terminated_by = day, Terminator.LEFT
        pair.save(update_fields=["ended_on", "terminated_by"])
    refresh([person for pair in ended for person in (pair.mentor_id, pair.mentee_id)])
