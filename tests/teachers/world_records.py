"""A row of every table of the registry for the walk, and the words of the addresses that write them."""

import datetime
import io
from typing import Any

from apps.core.files import store_file
from apps.teachers import models
from tests.teachers.factories import MentorshipFactory, PersonFactory, TrainingFactory, employed, position

D = datetime.date
PNG = bytes.fromhex("89504e470d0a1a0a")


def add_records(users: dict[str, Any], at: dict[str, Any], school_a: Any, school_b: Any) -> None:
    """People of school A with a row of every kind; a post and a vacancy for each address."""
    person, mentee = employed(school_a, last_name="Учётова"), employed(school_a, last_name="Ученикова")
    post = person.employments.get()
    file = store_file(file=io.BytesIO(PNG), name="диплом.png", content_type="image/png", by=users["own"])
    education = models.Education.objects.create(person=person, degree="master", scan=file)
    vacancy = models.Vacancy.objects.create(
        organization=school_a, position=position(), started_on=D(2026, 9, 1)
    )
    pair = MentorshipFactory(mentor=person, mentee=mentee, organization=school_a)
    at |= {
        "recorded person": person.pk,
        "recorded post": post.pk,
        "recorded education": education.pk,
        "vacancy": vacancy.pk,
        "pair": pair.pk,
        "school a": school_a.pk,
        "school b": school_b.pk,
        "teaching position": position().pk,
        "kind of record": "education",
        "another mentee": employed(school_a, last_name="Новичкова").pk,
    }
    _rows(person, post, school_a)
    _proceedings(users, person, school_a)


def _rows(person: Any, post: Any, school: Any) -> None:
    """One of each table that no address of the records needs."""
    models.Leave.objects.create(
        employment=post, kind="long", started_on=D(2026, 9, 1), ended_on=D(2026, 9, 30)
    )
    models.Duty.objects.create(
        person=person, organization=school, kind=models.DutyKind.objects.first(), started_on=D(2026, 9, 1)
    )
    models.AcademicDegree.objects.create(person=person, degree="candidate", science="педагогические науки")
    models.Award.objects.create(person=person, title="Грамота", level="city", awarded_on=D(2024, 10, 5))
    models.Category.objects.create(person=person, kind="first", set_on=D(2024, 2, 1))
    models.Consent.objects.create(person=person, kind="processing", given_on=D(2026, 9, 1))
    provider = models.Provider.objects.create(name="Центр повышения квалификации", city="Магадан")
    TrainingFactory(person=person, provider=provider)


def _proceedings(users: dict[str, Any], person: Any, school: Any) -> None:
    """What other parts of the registry make by their own acts, where the world has none yet."""
    methodist = users["methodist"]
    if not models.ChangeSet.objects.exists():
        table = models.ChangeSet.objects.create(
            organization=school, origin="import", title="Таблица", created_by=methodist
        )
        table.rows.create(number=1, name="Учётова Мария", state="same", person=person)
    if not models.UpdateRound.objects.exists():
        models.UpdateRound.objects.create(school_year=2026, due_on=D(2026, 9, 30), started_by=methodist)
    if not models.SavedFilter.objects.exists():
        models.SavedFilter.objects.create(user=methodist, name="Математики", query="q=1")
    first, second = PersonFactory(), PersonFactory()
    if not models.NotSame.objects.exists():
        models.NotSame.objects.create(first=first, second=second, said_by=methodist)
    if not models.Merge.objects.exists():
        models.Merge.objects.create(kept=first, gone=second, merged_by=methodist)
    if not models.Erasure.objects.exists():
        models.Erasure.objects.create(number=1, person=second, basis="заявление", erased_by=users["head"])
