"""The people of the demo's organisations: about 1,400 invented persons with everything a card holds."""

import datetime
from typing import Any

from apps.accounts.models import User
from apps.organizations.models import Organization
from apps.portal.demo.calendar import DemoCalendar
from apps.portal.demo.cast import TEACHER_LOGIN, TEACHER_ORGANIZATION
from apps.portal.demo.people.careers import staff
from apps.portal.demo.people.courses import train
from apps.portal.demo.people.doubles import enter_twice
from apps.portal.demo.people.names import Names, named
from apps.portal.demo.people.records import guide, lay_duties, record
from apps.portal.demo.people.sketch import Books, Made, Worker
from apps.teachers.actions import refresh

BATCH = 2000


def load_people(organizations: list[Organization], users: dict[str, User], calendar: DemoCalendar) -> int:
    """Persons with their rows, written in bulk, and one count of the summary rows; how many persons."""
    books, made, today = Books.read(), Made(), calendar.today
    names = Names(_taken(organizations, users))
    for organization in organizations:
        staff(organization, names, books, made, today)
    _be_the_user(made, users[TEACHER_LOGIN])
    for organization in organizations:
        _fill_cards(organization, books, made, today)
    enter_twice(made, books, today)
    for model, rows in made.rows.items():
        _write(model, rows)
    refresh(day=today)
    return len(made.workers)


def _write(model: Any, rows: list[Any]) -> None:
    model.objects.bulk_create(rows, batch_size=BATCH)


def _taken(organizations: list[Organization], users: dict[str, User]) -> set[tuple[str, str, str]]:
    """Names of heads and of accounts are theirs alone."""
    taken = {(one.last_name, one.first_name, one.middle_name) for one in users.values()}
    for one in organizations:
        last, first, middle = one.head_name.split()
        taken.add((last, first, middle))
    return taken


def _be_the_user(made: Made, user: User) -> None:
    """The demo's teacher is a teacher of informatics with a card of his own."""
    worker = next(
        one
        for one in made.workers
        if one.organization.short_name == TEACHER_ORGANIZATION
        and one.post.subject is not None
        and one.post.subject.code == "informatika"
    )
    like = named((user.last_name, user.first_name, user.middle_name))
    for name in ("last_name", "first_name", "middle_name", "gender", "genitive_name", "dative_name",
                 "instrumental_name"):  # fmt: skip
        setattr(worker.person, name, getattr(like, name))
    worker.person.user, worker.person.email = user, user.email


def _fill_cards(organization: Organization, books: Books, made: Made, today: datetime.date) -> None:
    workers: list[Worker] = list(made.of(organization))
    lay_duties(workers, books, made, today)
    for worker in workers:
        record(worker, books, made, today)
        train(worker, books, made, today)
    guide(workers, made, today)
