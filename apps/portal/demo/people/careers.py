"""Ages, posts and lengths of service: a city where most teachers are past forty and every tenth is young."""

import datetime
from decimal import Decimal
from random import Random

from apps.core.calendar import months_later
from apps.core.school_year import SchoolYear
from apps.organizations.enums import OrganizationKind
from apps.organizations.models import Organization
from apps.portal.demo.chance import chance
from apps.portal.demo.people.names import Names, named
from apps.portal.demo.people.posts import Post, posts_of
from apps.portal.demo.people.sketch import YEAR, Books, Made, Worker, days_back
from apps.teachers.enums import LEADING, EmploymentForm, LeaveKind
from apps.teachers.models import Employment, Leave, Person, Vacancy

AGES = [(21, 25, 11), (26, 34, 16), (35, 44, 24), (45, 54, 26), (55, 64, 18), (65, 71, 5)]
REASONS = ["собственное желание", "выход на пенсию", "переезд", "перевод в другую организацию"]
SHARE_OF_MEN = {OrganizationKind.KINDERGARTEN: 0.02, OrganizationKind.SCHOOL: 0.14}


def staff(organization: Organization, names: Names, books: Books, made: Made, today: datetime.date) -> None:
    """Everybody who works in the organisation, a few who left, and its vacant posts."""
    rng = chance("staff of", organization.short_name)
    men = SHARE_OF_MEN.get(OrganizationKind(organization.kind), 0.2)
    for number, post in enumerate(posts_of(organization, rng)):
        own = chance("person", organization.short_name, number)
        name = tuple(organization.head_name.split()) if number == 0 else names.next(own, men)
        _hire(organization, post, name, books, made, today, own)
    for number in range(rng.choice([0, 1, 1, 2])):
        own = chance("left", organization.short_name, number)
        post = own.choice(posts_of(organization, rng)[-9:])
        worker = _hire(organization, post, names.next(own, men), books, made, today, own)
        _leave_for_good(worker, today)
    _vacancies(organization, rng, books, made, today)


def _hire(
    organization: Organization,
    post: Post,
    name: tuple[str, ...],
    books: Books,
    made: Made,
    today: datetime.date,
    rng: Random,
) -> Worker:
    position, subject = books.positions[post[0]], books.subjects.get(post[1] or "")
    person = named((name[0], name[1], name[2]))
    age = rng.randint(38, 64) if position.group in LEADING else _age(rng)
    person.birth_on = days_back(today, age) - datetime.timedelta(days=rng.randint(1, 364))
    person.phone = (
        f"+7 (4132) 00-{rng.randint(0, 99):02}-{rng.randint(0, 99):02}" if rng.random() < 0.7 else ""
    )
    career = max(0.0, age - rng.choice([21, 22, 22, 23, 24, 27]) - rng.uniform(0, 2))
    tenure = career if career < 3 else rng.uniform(0.3, 1) * min(career, 30)
    started_on = _first_day(today, tenure)
    _stated_service(person, started_on, career - (today - started_on).days / YEAR, rng)
    hours = position.weekly_hours and min(
        position.weekly_hours * Decimal(rng.choice(["1", "1", "1.2"])), Decimal(40)
    )
    employment = made.add(
        Employment(
            person=made.add(person),
            organization=organization,
            position=position,
            subject=subject,
            form=EmploymentForm.MAIN,
            weekly_hours=hours,
            started_on=started_on,
            order=f"{rng.randint(10, 290)}-к",
        )
    )
    worker = Worker(person, employment, career, rng)
    made.workers.append(worker)
    if worker.is_pedagogical:
        _unusual(worker, made, today)
    return worker


def _age(rng: Random) -> int:
    [(least, most, _)] = rng.choices(AGES, weights=[weight for *_, weight in AGES])
    return rng.randint(least, most)


def _first_day(today: datetime.date, tenure: float) -> datetime.date:
    """The first of September of the school year in which the work began."""
    return min(SchoolYear.of(days_back(today, tenure)).first_day, today)


def _stated_service(person: Person, started_on: datetime.date, years: float, rng: Random) -> None:
    """What was served before the post, as the employment book states it on the eve."""
    if years < 0.5:
        return
    total = round(years * YEAR)
    person.experience_on = started_on - datetime.timedelta(days=1)
    person.total_experience_days = total
    person.pedagogical_experience_days = round(total * rng.choice([1, 1, 0.9, 0.6]))


def _unusual(worker: Worker, made: Made, today: datetime.date) -> None:
    """Some are on a long leave, some work part-time from outside, some hold a second post."""
    drawn, post = worker.rng.random(), worker.post
    age = worker.person.age_on(today) or 0
    if worker.person.gender == "female" and 23 <= age <= 40 and drawn < 0.11:
        begun = max(post.started_on, days_back(today, worker.rng.uniform(0.2, 1.4)))
        made.add(
            Leave(
                employment=post, kind=LeaveKind.CHILDCARE, started_on=begun, ended_on=months_later(begun, 30)
            )
        )
    elif worker.person.gender == "male" and age <= 26 and drawn < 0.15:
        begun = max(post.started_on, days_back(today, 0.3))
        made.add(
            Leave(employment=post, kind=LeaveKind.ARMY, started_on=begun, ended_on=months_later(begun, 12))
        )
    elif drawn > 0.98:
        post.form, post.rate, post.weekly_hours = EmploymentForm.EXTERNAL, Decimal("0.5"), Decimal(9)
    elif drawn > 0.93:
        made.add(
            Employment(
                person=worker.person,
                organization=worker.organization,
                position=post.position,
                subject=post.subject,
                form=EmploymentForm.INTERNAL,
                rate=Decimal("0.5"),
                weekly_hours=Decimal(9),
                started_on=max(post.started_on, SchoolYear.of(today).first_day),
                order=f"{worker.rng.randint(10, 290)}-к",
            )
        )


def _leave_for_good(worker: Worker, today: datetime.date) -> None:
    last = days_back(today, worker.rng.uniform(0.1, 1.8))
    worker.post.ended_on = max(last, worker.post.started_on)
    worker.post.end_reason = worker.rng.choice(REASONS)


def _vacancies(
    organization: Organization, rng: Random, books: Books, made: Made, today: datetime.date
) -> None:
    for _ in range(rng.choice([0, 1, 1, 2])):
        code, subject = rng.choice(posts_of(organization, rng)[3:])
        made.add(
            Vacancy(
                organization=organization,
                position=books.positions[code],
                subject=books.subjects.get(subject or ""),
                rate=Decimal(rng.choice(["0.5", "1", "1", "1.5"])),
                started_on=days_back(today, rng.uniform(0.05, 0.7)),
            )
        )
