"""What making two cards one would do: rows that go over, details put in, clashes that wait for a choice."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.db.models.functions import Coalesce

from apps.core.russian import date_short
from apps.teachers.enums import EmploymentForm
from apps.teachers.merging.links import moved_links
from apps.teachers.merging.snapshots import content
from apps.teachers.models import Duty, Employment, Mentorship, Person

FILLED = (
    "gender", "birth_on", "phone", "email", "snils", "experience_on", "total_experience_days",
    "pedagogical_experience_days",
)  # fmt: skip
# The stated service is one statement: its three columns go together or not at all.
SERVICE = ("experience_on", "total_experience_days", "pedagogical_experience_days")
KEPT, GONE, PART_TIME = "kept", "gone", "part_time"


@dataclass(frozen=True)
class Clash:
    """Two rows of which only one may stay; `options` are (value, words), the first is proposed."""

    key: str
    title: str
    options: list[tuple[str, str]]
    gone: Any = None
    kept: list[Any] = field(default_factory=list)


@dataclass
class Preview:
    kept: Person
    gone: Person
    moved: list[tuple[str, Model]] = field(default_factory=list)  # name of the key, row
    same: list[Model] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    refusal: str = ""

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many rows of each kind go over."""
        numbers: dict[str, int] = {}
        for _, row in self.moved:
            title = str(row._meta.verbose_name_plural)
            numbers[title] = numbers.get(title, 0) + 1
        return sorted(numbers.items())


def preview(kept: Person, gone: Person) -> Preview:
    """Reads everything the merge would touch; changes nothing."""
    found = Preview(kept, gone, filled=_filled(kept, gone))
    for link in moved_links():
        own = {content(row) for row in _rows(link, kept)} if link.name == "person" else set()
        for row in _rows(link, gone):
            if _is_entered_twice(row, own):
                found.same.append(row)
            else:
                found.moved.append((link.name, row))
    found.clashes = [*_posts(kept, gone), *_duties(kept, gone), *_users(kept, gone)]
    if Mentorship.objects.filter(mentor__in=(kept, gone), mentee__in=(kept, gone)).exists():
        found.refusal = "Один из них записан наставником другого: это разные люди, или запись ошибочна."
    return found


def _is_entered_twice(row: Model, own: set[tuple[Any, ...]]) -> bool:
    """A post is never taken for another: its leaves hang on it; nor is a row with a scan of its own."""
    return content(row) in own and not isinstance(row, Employment) and not getattr(row, "scan_id", None)


def _rows(link: Any, person: Person) -> list[Model]:
    return list(link.model._base_manager.filter(**{link.name: person.pk}).order_by("pk"))


def _filled(kept: Person, gone: Person) -> list[str]:
    names = [
        name for name in FILLED if getattr(kept, name) in (None, "") and getattr(gone, name) not in (None, "")
    ]
    if kept.experience_on is not None:
        names = [name for name in names if name not in SERVICE]
    return names


def _overlapping(model: Any, row: Any, person: Person, **same: Any) -> list[Any]:
    rows = model.objects.filter(person=person, **same)
    if row.ended_on is not None:
        rows = rows.filter(started_on__lte=row.ended_on)
    return list(rows.alias(last=Coalesce("ended_on", row.started_on)).filter(last__gte=row.started_on))


def _posts(kept: Person, gone: Person) -> list[Clash]:
    clashes = []
    for row in Employment.objects.filter(person=gone, form=EmploymentForm.MAIN).order_by("pk"):
        against = _overlapping(Employment, row, kept, form=EmploymentForm.MAIN)
        if against:
            options = [
                (PART_TIME, "оставить обе, из второй карточки — совместительство"),
                (KEPT, f"оставить только: {_told(against[0])}"),
                (GONE, f"оставить только: {_told(row)}"),
            ]
            if against[0].organization_id == row.organization_id:
                options = [*options[1:], options[0]]
            clashes.append(Clash(f"post-{row.pk}", "Два основных места работы", options, row, against))
    return clashes


def _duties(kept: Person, gone: Person) -> list[Clash]:
    clashes = []
    for row in Duty.objects.filter(person=gone).order_by("pk"):
        against = _overlapping(Duty, row, kept, kind=row.kind_id, organization=row.organization_id)
        if against and content(row) not in {content(one) for one in against}:
            options = [
                (KEPT, f"оставить только: {_told(against[0])}"),
                (GONE, f"оставить только: {_told(row)}"),
            ]
            clashes.append(Clash(f"duty-{row.pk}", "Одна обязанность дважды", options, row, against))
    return clashes


def _users(kept: Person, gone: Person) -> list[Clash]:
    if kept.user is None or gone.user is None:
        return []
    options = [(KEPT, f"вход {kept.user.username}"), (GONE, f"вход {gone.user.username}")]
    return [Clash("user", "Две учётные записи портала", options)]


def _told(row: Any) -> str:
    last = f" по {date_short(row.ended_on)}" if row.ended_on else ""
    return f"{row}, с {date_short(row.started_on)}{last}"
