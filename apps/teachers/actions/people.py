"""Changes of persons and of the rows about them; pages, admin, imports and tests go through here."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.declension import Case, decline_name, guess_gender
from apps.core.enums import Verb
from apps.teachers import permissions
from apps.teachers.actions.derived import derive
from apps.teachers.actions.standing import refresh
from apps.teachers.models import Employment, Leave, Mentorship, Person

DETAILS = (
    "last_name", "first_name", "middle_name", "gender", "genitive_name", "dative_name", "instrumental_name",
    "is_declined_by_hand", "birth_on", "phone", "email", "snils", "experience_on", "total_experience_days",
    "pedagogical_experience_days", "user",
)  # fmt: skip
NAMES = frozenset({"last_name", "first_name", "middle_name", "gender", "is_declined_by_hand"})
ONLY_KEEPERS = "Карточки педагогов ведут ответственный от организации и сотрудники ИМО."
NOT_THEIR_POST = "Организация принимает людей только к себе."
NOT_THEIRS = "Эту запись ведёт другая организация: здесь её можно только прочитать."
YOUNGEST = 14


@transaction.atomic
def create_person(*, by: Any, employment: dict[str, Any], **details: Any) -> Person:
    """A new card with the person's first post (`employment`: columns of `Employment`).

    `Refused`; `ValidationError` by field, of the post too.
    """
    require(permissions.can_keep(by), ONLY_KEEPERS)
    person = Person(**_known(details))
    _settle(person)
    person.full_clean()
    person.save(force_insert=True)
    post = Employment(person=person, **employment)
    post.full_clean()
    require(permissions.can_keep_for(by, post.organization), NOT_THEIR_POST)
    post.save(force_insert=True)
    refresh([person.pk])
    journal.record(by=by, verb=Verb.CREATED, subject=person, organization_id=post.organization_id)
    return person


@transaction.atomic
def change_person(*, by: Any, person: Person, **details: Any) -> Person:
    """Any details, those not named stay. `Refused`; `ValidationError` by field."""
    require(permissions.can_keep(by, person), ONLY_KEEPERS)
    row = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _require_open(row)
    different = [name for name, value in _known(details).items() if getattr(row, name) != value]
    if not different:
        return row
    for name in different:
        setattr(row, name, details[name])
    _settle(row)
    row.full_clean()
    row.save()
    refresh([row.pk])
    titles = ", ".join(str(Person._meta.get_field(name).verbose_name) for name in different)  # type: ignore[union-attr]
    journal.record(by=by, verb=Verb.CHANGED, subject=row, note=titles)
    return row


@transaction.atomic
def save_record(*, by: Any, record: Any) -> Any:
    """Writes a row about a person: a post, a leave, education, a category, training, a duty, a consent…

    What follows from the row itself is set here (`derived.derive`). `Refused`; `ValidationError` by field.
    """
    stored = _stored(record)
    before = persons_of(stored) if stored else []
    persons = persons_of(record)
    require_kept(by=by, record=record, stored=stored)
    _lock({*persons, *before})
    verb = Verb.CHANGED if stored else Verb.CREATED
    derive(record)
    record.full_clean()
    record.save()
    refresh([person.pk for person in {*persons, *before}])
    journal.record(by=by, verb=verb, subject=record, note=_titles(persons))
    return record


@transaction.atomic
def remove_record(*, by: Any, record: Any) -> None:
    """Removes a row entered by mistake; the history keeps it. `Refused`."""
    persons = persons_of(record)
    require(permissions.can_keep_record(by, _stored(record) or record), NOT_THEIRS)
    _lock(persons)
    journal.record(by=by, verb=Verb.DELETED, subject=record, note=_titles(persons))
    record.delete()
    refresh([person.pk for person in persons])


def persons_of(record: Any) -> list[Person]:
    """Whom the row is about: one person, of a pair both."""
    if isinstance(record, Mentorship):
        return [record.mentor, record.mentee]
    return [record.employment.person if isinstance(record, Leave) else record.person]


def require_kept(*, by: Any, record: Any, stored: Any = None) -> None:
    """Both what stood there and what will stand there is the actor's to keep; so is everybody it names anew.

    `Refused`.
    """
    known = {person.pk for person in persons_of(stored)} if stored else set()
    for person in persons_of(record):
        if person.pk not in known:
            require(permissions.can_keep(by, person), ONLY_KEEPERS)
    for row in filter(None, (stored, record)):
        require(permissions.can_keep_record(by, row), NOT_THEIRS)


def _stored(record: Any) -> Any:
    """The row as the database has it; None for a new one."""
    return type(record).objects.filter(pk=record.pk).first() if record.pk else None


def _known(details: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(details) - set(DETAILS):
        raise TypeError(f"not to be changed here: {sorted(unknown)}")
    return details


def _settle(person: Person) -> None:
    """What follows from the typed details: the gender, the cases of the name; impossible dates."""
    names = (person.last_name, person.first_name, person.middle_name)
    if not person.gender:
        person.gender = guess_gender(*names) or ""
    if not person.is_declined_by_hand:
        for case in (Case.GENITIVE, Case.DATIVE, Case.INSTRUMENTAL):
            setattr(person, f"{case.value}_name", decline_name(*names, case, person.gender or None))
    today = timezone.localdate()
    age = person.age_on(today)
    if person.birth_on and (age is None or age < YOUNGEST):
        raise ValidationError({"birth_on": "Дата рождения: педагогу не может быть меньше 14 лет."})
    if person.experience_on and person.experience_on > today:
        raise ValidationError({"experience_on": "Эта дата ещё не наступила."})


def _lock(persons: Iterable[Person]) -> None:
    """Two people at one card wait for each other; always in one order. `Conflict` at a closed card."""
    numbers = {person.pk for person in persons}
    for row in Person.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk"):
        _require_open(row)


def _require_open(person: Person) -> None:
    if person.erased_on is not None:
        raise Conflict("Карточка обезличена: записи в ней не меняются.")
    if person.merged_into_id is not None:
        raise Conflict("Карточка объединена с другой: записи вносятся в неё.")


def _titles(persons: Iterable[Person]) -> str:
    return ", ".join(str(person) for person in persons)
