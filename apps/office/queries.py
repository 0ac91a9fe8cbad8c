"""Questions about the staff."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from apps.core.experience import Length, Span, merged, missing, total
from apps.office.enums import ActKind, PostCategory, ServiceKind
from apps.office.models import (
    Absence,
    Appointment,
    Employee,
    ExperienceNorm,
    LocalAct,
    Position,
    StaffingEdition,
    StaffingLine,
)

ZERO = Decimal(0)
ONE_DAY = datetime.timedelta(days=1)
# What the head must have served as (statute 5.1).
COUNTED = frozenset({ServiceKind.LEADING, ServiceKind.TEACHING})


@dataclass(frozen=True)
class Vacancy:
    """A line of the edition in force with what is occupied on the day."""

    line: StaffingLine
    position: Position
    units: Decimal
    occupied: Decimal

    @property
    def vacant(self) -> Decimal:
        """Less than nought when more is occupied than the edition gives."""
        return self.units - self.occupied

    @property
    def category(self) -> str:
        return PostCategory(self.position.category).label

    @property
    def direction(self) -> str:
        return self.position.direction_title


def occupied_on(day: datetime.date) -> dict[int, Decimal]:
    """Occupied units by post on the day."""
    rows = Appointment.objects.in_force(day).values_list("position_id").annotate(Sum("units"))
    return dict(rows)


def vacancies_of(edition: StaffingEdition, day: datetime.date) -> list[Vacancy]:
    """Each line of the edition with what is occupied on the day."""
    occupied = occupied_on(day)
    lines = edition.lines.select_related("position").order_by("pk")
    return [Vacancy(line, line.position, line.units, occupied.get(line.position_id, ZERO)) for line in lines]


def vacancies_on(day: datetime.date | None = None) -> list[Vacancy]:
    """Lines of the edition in force on the day (today in Magadan); nothing before the first edition."""
    day = day or timezone.localdate()
    edition = StaffingEdition.objects.in_force(day).first()
    return vacancies_of(edition, day) if edition else []


@dataclass(frozen=True)
class Shortage:
    """A day on which an appointment would not fit into the units of its post."""

    day: datetime.date
    units: Decimal
    occupied: Decimal


def shortage(
    position: Position,
    units: Decimal,
    first: datetime.date,
    last: datetime.date | None,
    except_for: Appointment | None = None,
) -> Shortage | None:
    """The first day of the span on which the post lacks so many free units; None when they always suffice.

    Units change only when an edition comes into force and occupation only when an appointment begins:
    those days are looked at.
    """
    rows = Appointment.objects.filter(position=position).within(first, last)
    others = list(rows.exclude(pk=except_for.pk) if except_for and except_for.pk else rows)
    editions = list(
        StaffingEdition.objects.approved().order_by("in_force_from").values_list("in_force_from", "pk")
    )
    given = dict(StaffingLine.objects.filter(position=position).values_list("edition_id", "units"))
    starts = {one.starts_on for one in others} | {since for since, _ in editions}
    for day in sorted({first, *(one for one in starts if one > first and (last is None or one <= last))}):
        edition = next((pk for since, pk in reversed(editions) if since <= day), None)
        present = given.get(edition, ZERO) if edition else ZERO
        taken = sum(
            (one.units for one in others if one.starts_on <= day and (not one.ends_on or one.ends_on >= day)),
            ZERO,
        )
        if taken + units > present:
            return Shortage(day, present, taken)
    return None


def counted_spans(employee: Employee, until: datetime.date) -> list[Span]:
    """Periods of headship and teaching that ended, or went on, before the day; overlaps are joined."""
    earlier = employee.services.filter(kind__in=COUNTED, starts_on__lt=until)
    spans = [(one.starts_on, min(one.ends_on, until - ONE_DAY)) for one in earlier]
    own = employee.appointments.filter(position__service_kind__in=COUNTED, starts_on__lt=until)
    spans += [(one.starts_on, min(one.ends_on or until, until - ONE_DAY)) for one in own]
    return merged(spans)


@dataclass(frozen=True)
class HeadCheck:
    """Whether the experience suffices for the head of ИМО (statute 5.1)."""

    norm: ExperienceNorm
    present: Length
    missing: Length | None


def head_check(employee: Employee, day: datetime.date) -> HeadCheck | None:
    """The experience by the day against the norm in force on it; None where no norm is in force."""
    norm = ExperienceNorm.objects.in_force(day).first()
    if norm is None:
        return None
    present = total(counted_spans(employee, day))
    return HeadCheck(norm, present, missing(norm.months, present))


def with_posts(employees: QuerySet[Employee], day: datetime.date | None = None) -> QuerySet[Employee]:
    """Each employee with the post he holds on the day (`post`, `category`, `post_units`, `post_since`)."""
    held = Appointment.objects.in_force(day).filter(employee=OuterRef("pk")).order_by("-units", "pk")
    absence = Absence.objects.on(day).filter(employee=OuterRef("pk"))
    return employees.annotate(
        post=Subquery(held.values("position__title")[:1]),
        category=Subquery(held.values("position__category")[:1]),
        post_units=Subquery(held.values("units")[:1]),
        post_since=Subquery(held.values("starts_on")[:1]),
        order_number=Subquery(held.values("order_number")[:1]),
        order_date=Subquery(held.values("order_date")[:1]),
        away_until=Subquery(absence.values("ends_on")[:1]),
    )


def in_category(employees: QuerySet[Employee], category: str) -> QuerySet[Employee]:
    """Those who hold a post of the category today."""
    held = Appointment.objects.in_force().filter(position__category=category)
    return employees.filter(pk__in=held.values("employee_id"))


def working(employees: QuerySet[Employee], word: str) -> QuerySet[Employee]:
    """«now»: with a post today; «past»: without one; «away»: absent today."""
    if word == "away":
        return employees.filter(pk__in=Absence.objects.on().values("employee_id"))
    held = Appointment.objects.in_force().values("employee_id")
    return employees.filter(pk__in=held) if word == "now" else employees.exclude(pk__in=held)


def own_employee(user: Any) -> Employee | None:
    """The employee who the user is."""
    return Employee.objects.filter(user=user.pk).first() if user.is_authenticated else None


@dataclass(frozen=True)
class MissingAct:
    """A local act of 5.6 that is not in force on the day."""

    kind: ActKind
    title: str


def missing_acts(day: datetime.date | None = None) -> list[MissingAct]:
    """Necessary acts without an edition in force: both statutes, a description for each occupied post,
    a contract for each employee."""
    day = day or timezone.localdate()
    present = LocalAct.objects.in_force(day)
    kinds = set(present.values_list("kind", flat=True))
    found = [
        MissingAct(kind, str(kind.label))
        for kind in (ActKind.DEPARTMENT_STATUTE, ActKind.IMO_STATUTE)
        if kind not in kinds
    ]
    held = Appointment.objects.in_force(day)
    described = present.filter(kind=ActKind.JOB_DESCRIPTION).values("position_id")
    posts = Position.objects.filter(pk__in=held.values("position_id")).exclude(pk__in=described)
    found += [MissingAct(ActKind.JOB_DESCRIPTION, f"Должностная инструкция: {one}") for one in posts]
    signed = present.filter(kind=ActKind.CONTRACT).values("employee_id")
    people = Employee.objects.employed_on(day).exclude(pk__in=signed)
    return found + [MissingAct(ActKind.CONTRACT, f"Трудовой договор: {one}") for one in people]


def units_by_category(posts: list[Vacancy]) -> dict[str, tuple[Decimal, Decimal]]:
    """Category → units by the edition in force and occupied ones (statute 6.2)."""
    found: dict[str, tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    for one in posts:
        units, occupied = found[one.position.category]
        found[one.position.category] = (units + one.units, occupied + one.occupied)
    return dict(found)
