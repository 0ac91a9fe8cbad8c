"""Three people who were entered twice, so that the page of duplicates has something to find."""

import datetime

from apps.core.school_year import SchoolYear
from apps.organizations.models import Organization
from apps.portal.demo.people.names import named
from apps.portal.demo.people.sketch import Books, Made, Worker
from apps.teachers.enums import EmploymentForm
from apps.teachers.models import Employment, Person


def enter_twice(made: Made, books: Books, today: datetime.date) -> None:
    """A part-timer of two schools, a surname before marriage, and a name with a slip of the pen."""
    working = [
        one
        for one in made.workers
        if one.is_pedagogical and one.person.gender == "female" and not one.post.ended_on and one.career > 5
    ]
    first, second, third = working[3], working[len(working) // 2], working[-5]
    other = working[-1].organization
    _again(first, first.person.last_name, made, today, organization=other)
    _again(second, "Подснежникова", made, today)
    slip = third.person.last_name[:-2] + third.person.last_name[-1]
    _again(third, slip, made, today, knows_birth=False)


def _again(
    worker: Worker,
    last_name: str,
    made: Made,
    today: datetime.date,
    organization: Organization | None = None,
    knows_birth: bool = True,
) -> Person:
    person = named((last_name, worker.person.first_name, worker.person.middle_name))
    person.birth_on = worker.person.birth_on if knows_birth else None
    made.add(person)
    made.add(
        Employment(
            person=person,
            organization=organization or worker.organization,
            position=worker.post.position,
            subject=worker.post.subject,
            form=EmploymentForm.EXTERNAL,
            rate="0.5",
            started_on=min(SchoolYear.of(today).first_day, today),
        )
    )
    return person
