"""Training of the demo's persons: four of five within three years, the rest late, short or none at all."""

import datetime

from apps.portal.demo.people.sketch import Books, Made, Worker, days_back
from apps.teachers.actions.derived import is_counted
from apps.teachers.enums import Funding, TrainingForm, TrainingKind
from apps.teachers.models import ObligatoryKind, Training

PROGRAMMES = [
    ("Современный урок по обновлённым ФГОС", "методика", 36),
    ("Функциональная грамотность: от теории к практике", "методика", 72),
    ("Цифровая образовательная среда", "ИКТ", 36),
    ("Работа с детьми с ограниченными возможностями здоровья", "инклюзия", 72),
    ("Воспитательная деятельность в образовательной организации", "воспитание", 24),
    ("Оценка образовательных результатов", "оценка качества", 18),
    ("Проектная и исследовательская деятельность обучающихся", "методика", 48),
    ("Развитие речи детей дошкольного возраста", "дошкольное образование", 72),
]
FOR_LEADERS = [
    ("Управление качеством образования", "управление", 72),
    ("Управление образовательной организацией в условиях изменений", "управление", 108),
]
RETRAINING = ("Педагогическое образование: теория и методика обучения", "методика", 520)
SEMINAR = ("Методический семинар городского объединения", "методика", 6)
WITHIN_THREE_YEARS = 0.9


def train(worker: Worker, books: Books, made: Made, today: datetime.date) -> None:
    """The last course, the ones before it, a seminar now and then, and what acts oblige to."""
    if worker.post.position.in_coverage:
        _professional(worker, books, made, today)
    for kind in books.obligatory:
        if _must(worker, kind) and (kind.valid_to is None or kind.valid_to >= today):
            _obligatory(worker, kind, books, made, today)


def _professional(worker: Worker, books: Books, made: Made, today: datetime.date) -> None:
    rng = worker.rng
    if worker.career < 0.7 and rng.random() < 0.6:
        return
    is_fresh = rng.random() < WITHIN_THREE_YEARS
    last = rng.uniform(0.05, 2.9) if is_fresh else rng.uniform(3.1, 5.5)
    ages = [last, *(last + at * rng.uniform(1.1, 2.6) for at in range(1, rng.randint(1, 4)))]
    for number, years in enumerate(ages):
        programme = rng.choice(PROGRAMMES if worker.is_pedagogical else FOR_LEADERS)
        kind = TrainingKind.ADVANCED
        if number and rng.random() < 0.1:
            programme, kind = RETRAINING, TrainingKind.RETRAINING
        made.add(_course(worker, kind, programme, days_back(today, years), books))
    if rng.random() < 0.35:
        made.add(_course(worker, TrainingKind.SEMINAR, SEMINAR, days_back(today, rng.uniform(0.1, 2)), books))


def _course(
    worker: Worker, kind: TrainingKind, programme: tuple[str, str, int], issued: datetime.date, books: Books
) -> Training:
    rng = worker.rng
    name, topic, hours = programme
    ended = issued - datetime.timedelta(days=rng.randint(0, 5))
    has_document = kind != TrainingKind.SEMINAR
    row = Training(
        person=worker.person,
        kind=kind,
        programme=name,
        topic=topic,
        provider=books.providers[rng.randint(0, 1)],
        hours=hours,
        form=rng.choice(list(TrainingForm)),
        is_distance=rng.random() < 0.5,
        started_on=ended - datetime.timedelta(days=max(1, hours // 5)),
        ended_on=ended,
        issued_on=issued if has_document else None,
        document_series="49" if has_document else "",
        document_number=f"{rng.randint(100000, 999999)}" if has_document else "",
        registration_number=f"{rng.randint(100, 9999)}-Д" if has_document else "",
        funding=rng.choice([Funding.BUDGET, Funding.BUDGET, Funding.FREE, Funding.OWN]),
    )
    row.is_counted = is_counted(row, books.training_rules)
    return row


def _must(worker: Worker, kind: ObligatoryKind) -> bool:
    duties = {one.code for one in kind.duties.all()}
    return worker.group in kind.groups or not worker.duties.isdisjoint(duties)


def _obligatory(worker: Worker, kind: ObligatoryKind, books: Books, made: Made, today: datetime.date) -> None:
    """Nine of ten are in time; some of the rest are overdue, some were never sent."""
    rng = worker.rng
    period = (kind.period_months or 36) / 12
    drawn = rng.random()
    if drawn < 0.04:
        return
    day = days_back(today, rng.uniform(0.02, 0.98) * period if drawn < 0.91 else period * 1.15)
    rule = _in_force(kind, day)
    made.add(
        Training(
            person=worker.person,
            kind=TrainingKind.OBLIGATORY,
            obligatory=rule,
            programme=rule.name[:1].upper() + rule.name[1:],
            provider=books.providers[2],
            hours=rng.choice([8, 16, 24, 36]),
            form=TrainingForm.FULL_TIME,
            started_on=day - datetime.timedelta(days=4),
            ended_on=day,
            issued_on=day,
            document_number=f"{rng.randint(100, 9999)}",
        )
    )


def _in_force(kind: ObligatoryKind, day: datetime.date) -> ObligatoryKind:
    """The kind itself, or what was in its place on the day."""
    if kind.predecessor and kind.valid_from and day < kind.valid_from:
        return kind.predecessor
    return kind
