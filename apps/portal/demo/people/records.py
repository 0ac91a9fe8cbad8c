"""What the cards hold beside posts and training: education, categories, awards, duties, mentors, consents."""

import datetime

from apps.core.calendar import months_later
from apps.core.school_year import SchoolYear
from apps.portal.demo.people.sketch import Books, Made, Worker, days_back
from apps.teachers.actions.derived import valid_until
from apps.teachers.enums import (
    AwardLevel,
    CategoryKind,
    ConsentForm,
    ConsentKind,
    EducationDegree,
    MentoringForm,
    PositionGroup,
)
from apps.teachers.models import Award, Category, Consent, Duty, Education, Mentorship

INSTITUTIONS = ["Северный педагогический университет (демо)", "Дальневосточный институт образования (демо)"]
COLLEGE = "Педагогический колледж (демо)"
AWARDS = [
    ("Почётная грамота департамента образования", AwardLevel.CITY),
    ("Почётная грамота организации", AwardLevel.ORGANIZATION),
    ("Почётная грамота министерства образования области", AwardLevel.REGION),
    ("Почётная грамота Министерства просвещения", AwardLevel.MINISTRY),
]
WITHOUT_TERM_FROM = datetime.date(2023, 9, 1)
# Share of those who gave the consent.
CONSENTS = {
    ConsentKind.PROCESSING: 0.98,
    ConsentKind.TRANSFER: 0.93,
    ConsentKind.PUBLICATION: 0.5,
    ConsentKind.IMAGE: 0.4,
}
CIRCLE = ["go-responsible", "fire-responsible", "safety-commission", "safety-commission", "evacuation"]


def record(worker: Worker, books: Books, made: Made, today: datetime.date) -> None:
    """Education, category, award and consents of one person."""
    _educate(worker, made, today)
    if worker.post.position.is_attested and worker.career >= 2:
        _attest(worker, books, made, today)
    if worker.career > 8 and worker.rng.random() < 0.35:
        _award(worker, made, today)
    _consent(worker, made, today)


def _educate(worker: Worker, made: Made, today: datetime.date) -> None:
    rng = worker.rng
    has_degree = worker.group in (PositionGroup.HEAD, PositionGroup.DEPUTY) or rng.random() < 0.72
    degrees = [EducationDegree.BACHELOR, EducationDegree.MASTER]
    made.add(
        Education(
            person=worker.person,
            degree=rng.choice(degrees) if has_degree else EducationDegree.SPECIALIST,
            is_pedagogical=worker.is_pedagogical or rng.random() < 0.7,
            institution=rng.choice(INSTITUTIONS) if has_degree else COLLEGE,
            speciality="Педагогическое образование",
            document=f"диплом №\u00a0{rng.randint(100000, 999999)}",
            issued_on=days_back(today, worker.career + 0.3),
        )
    )


def _attest(worker: Worker, books: Books, made: Made, today: datetime.date) -> None:
    rng, drawn = worker.rng, worker.rng.random()
    if drawn < 0.17 and worker.career > 5:
        kind = CategoryKind.HIGHEST
    elif drawn < 0.40:
        kind = CategoryKind.FIRST
    elif drawn < 0.65:
        kind = CategoryKind.COMPLIANCE
    else:
        return
    oldest = min(worker.career - 1.5, 5.3)
    set_on = days_back(today, rng.uniform(0.1, max(0.2, oldest)))
    made.add(
        Category(
            person=worker.person,
            kind=kind,
            position=worker.post.position,
            set_on=set_on,
            valid_until=valid_until(kind, set_on, books.category_rules),
            order_number=f"{rng.randint(20, 900)}/11-2",
            order_on=set_on,
            issuer=(
                "аттестационная комиссия организации"
                if kind == CategoryKind.COMPLIANCE
                else "министерство образования области"
            ),
        )
    )


def _award(worker: Worker, made: Made, today: datetime.date) -> None:
    rng = worker.rng
    title, level = rng.choice(AWARDS)
    awarded = days_back(today, rng.uniform(0.2, min(worker.career, 12)))
    made.add(
        Award(
            person=worker.person,
            title=title,
            level=level,
            awarded_on=awarded,
            document=f"приказ №\u00a0{rng.randint(10, 400)}",
            issued_on=awarded,
        )
    )


def _consent(worker: Worker, made: Made, today: datetime.date) -> None:
    rng = worker.rng
    given = max(worker.post.started_on, days_back(today, rng.uniform(0.1, 2.9)))
    for kind, share in CONSENTS.items():
        if rng.random() >= share:
            continue
        until = months_later(given, 36) if kind != ConsentKind.PROCESSING else None
        withdrawn = kind == ConsentKind.PUBLICATION and rng.random() < 0.06
        made.add(
            Consent(
                person=worker.person,
                kind=kind,
                form=ConsentForm.PAPER,
                given_on=given,
                valid_until=until,
                withdrawn_on=max(given, days_back(today, 0.05)) if withdrawn else None,
            )
        )


def lay_duties(workers: list[Worker], books: Books, made: Made, today: datetime.date) -> None:
    """The duties of one organisation go to its deputies and to those next to them."""
    working = [one for one in workers[1:] if one.post.ended_on is None]
    since = min(SchoolYear.of(today).first_day, today)
    for code, worker in zip(CIRCLE, working, strict=False):
        worker.duties.add(code)
        made.add(
            Duty(
                person=worker.person,
                organization=worker.organization,
                kind=books.duties[code],
                order=f"{worker.rng.randint(100, 190)}-о",
                started_on=max(worker.post.started_on, since - datetime.timedelta(days=365)),
            )
        )


def guide(workers: list[Worker], made: Made, today: datetime.date) -> None:
    """Three of five young teachers have a mentor of the same organisation."""
    mentors = [one for one in workers if one.is_pedagogical and one.career > 12 and not one.post.ended_on]
    year = SchoolYear.of(today)
    for worker in workers:
        if not worker.is_young(today) or worker.post.ended_on or not mentors or worker.rng.random() > 0.6:
            continue
        begun = max(worker.post.started_on, year.first_day)
        made.add(
            Mentorship(
                mentor=worker.rng.choice(mentors).person,
                mentee=worker.person,
                organization=worker.organization,
                form=MentoringForm.EXPERIENCED,
                programme="Персонализированная программа наставничества на учебный год",
                order_number=f"{worker.rng.randint(100, 190)}-о",
                order_on=begun,
                consent_on=begun - datetime.timedelta(days=3),
                started_on=begun,
                ended_on=year.last_day,
            )
        )
