"""Figures of the statute about the staff: clauses 1.3, 5.1, 5.3–5.6, 6.1–6.5, 7.1."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from apps.accounts.models import RoleGrant
from apps.accounts.queries import head_on
from apps.core.registry import CountedRow, Indicator, Scope, indicators
from apps.core.russian import counted, date_short, number
from apps.office.enums import ActKind, PostCategory
from apps.office.models import (
    ActProposal,
    Appeal,
    Appointment,
    Employee,
    Encouragement,
    LocalAct,
    SafetyBriefing,
    StaffingEdition,
    StaffTraining,
)
from apps.office.models.staffing import order_words
from apps.office.permissions import can_keep_staff, can_see_staff
from apps.office.queries import Vacancy, missing_acts, units_by_category, vacancies_on

Rows = Callable[[Any, Scope], Iterable[Any]]
Figure = Callable[[Any, Scope], int | Decimal | None]


def _posts(scope: Scope) -> list[Vacancy]:
    return scope.once("office.posts", lambda: vacancies_on(scope.last))


def waiting_for_director(user: Any, scope: Scope) -> Iterable[Any]:
    return StaffingEdition.objects.visible_to(user).waiting()


def heads_by_order(user: Any, scope: Scope) -> Iterable[Any]:
    """Who heads ИМО on the last day, and by which order (5.1)."""
    held = Appointment.objects.in_force(scope.last).filter(position__category=PostCategory.HEAD)
    return [
        CountedRow(f"{one}: {one.order_text}", one.employee.get_absolute_url())
        for one in held.select_related("employee", "position")
    ]


def directions_with_posts(user: Any, scope: Scope) -> Iterable[Any]:
    """Each direction of work with its units by the staffing table (5.3)."""
    units: dict[str, Decimal] = defaultdict(Decimal)
    for one in _posts(scope):
        if one.position.direction:
            units[one.direction] += one.units
    return [CountedRow(f"{direction}: {_units(units[direction])}") for direction in sorted(units)]


def _units(value: Decimal) -> str:
    return counted(value.normalize(), "ставка", "ставки", "ставок")


def employees(user: Any, scope: Scope) -> Iterable[Any]:
    return Employee.objects.visible_to(user).employed_on(scope.last)


def with_description(user: Any, scope: Scope) -> Iterable[Any]:
    """Employees on whose post a job description is in force."""
    described = LocalAct.objects.in_force(scope.last).filter(kind=ActKind.JOB_DESCRIPTION)
    held = Appointment.objects.in_force(scope.last).filter(position__in=described.values("position_id"))
    return Employee.objects.filter(pk__in=held.values("employee_id"))


def proposals(user: Any, scope: Scope) -> Iterable[Any]:
    found = ActProposal.objects.visible_to(user).filter(created_at__date__range=(scope.first, scope.last))
    return found.select_related("act")


def encouragements(user: Any, scope: Scope) -> Iterable[Any]:
    found = Encouragement.objects.visible_to(user).filter(given_on__range=(scope.first, scope.last))
    return found.select_related("employee")


def briefed(user: Any, scope: Scope) -> Iterable[Any]:
    """Employees of the last day who have a briefing whose next day has not come."""
    held = SafetyBriefing.objects.visible_to(user).filter(held_on__lte=scope.last)
    valid = held.exclude(next_on__lte=scope.last)
    return Employee.objects.employed_on(scope.last).filter(pk__in=valid.values("employee_id"))


def trained(user: Any, scope: Scope) -> Iterable[Any]:
    found = StaffTraining.objects.visible_to(user).filter(ends_on__range=(scope.first, scope.last))
    return found.select_related("employee")


def appeals(user: Any, scope: Scope) -> Iterable[Any]:
    return Appeal.objects.visible_to(user).filter(created_at__date__range=(scope.first, scope.last))


def acts_in_force(user: Any, scope: Scope) -> Iterable[Any]:
    """Local acts but for contracts, which are not everybody's to read."""
    return LocalAct.objects.visible_to(user).in_force(scope.last).exclude(kind=ActKind.CONTRACT)


def contracts_in_force(user: Any, scope: Scope) -> Iterable[Any]:
    return LocalAct.objects.visible_to(user).in_force(scope.last).filter(kind=ActKind.CONTRACT)


def acts_missing(user: Any, scope: Scope) -> Iterable[Any]:
    return [one.title for one in missing_acts(scope.last)]


def editions_in_force(user: Any, scope: Scope) -> Iterable[Any]:
    """The staffing table of the last day and the order it was approved by (6.1)."""
    found = StaffingEdition.objects.visible_to(user).in_force(scope.last)
    return [CountedRow(f"{one}: {one.order_text}", one.get_absolute_url()) for one in found]


def edition_in_force(user: Any, scope: Scope) -> int | None:
    edition = StaffingEdition.objects.visible_to(user).in_force(scope.last).first()
    return edition.number if edition else None


def leaders(user: Any, scope: Scope) -> Iterable[Any]:
    """Who has the head's rights on the last day: one grant or none."""
    grant = head_on(scope.last)
    return [_by_name(grant)] if grant else []


def appointed_by_order(user: Any, scope: Scope) -> Iterable[Any]:
    held = Appointment.objects.in_force(scope.last)
    return Employee.objects.filter(pk__in=held.values("employee_id"))


def acting_now(user: Any, scope: Scope) -> Iterable[Any]:
    found = RoleGrant.objects.in_force(scope.last).filter(is_acting=True).select_related("user")
    return [_by_name(one) for one in found]


def acting_periods(user: Any, scope: Scope) -> Iterable[Any]:
    found = RoleGrant.objects.filter(is_acting=True, starts_on__lte=scope.last, ends_on__gte=scope.first)
    return [_by_name(one) for one in found.select_related("user").order_by("starts_on", "pk")]


def _by_name(grant: RoleGrant) -> CountedRow:
    """«М. И. Ясенева: исполняющий обязанности с 09.11.2026 по 13.11.2026, приказ от 09.11.2026 № 12-к»."""
    role = "исполняющий обязанности" if grant.is_acting else "заведующий"
    days = f"с {date_short(grant.starts_on)}"
    days += f" по {date_short(grant.ends_on)}" if grant.ends_on else ""
    order = order_words(grant.order_number, grant.order_date)
    return CountedRow(", ".join(part for part in (f"{grant.user}: {role} {days}", order) if part))


def statutes_in_force(user: Any, scope: Scope) -> Iterable[Any]:
    return LocalAct.objects.in_force(scope.last).filter(kind=ActKind.IMO_STATUTE)


def statute_in_force(user: Any, scope: Scope) -> int | None:
    act = LocalAct.objects.in_force(scope.last).filter(kind=ActKind.IMO_STATUTE).first()
    return act.edition if act else None


def awaiting_consent(user: Any, scope: Scope) -> Iterable[Any]:
    return LocalAct.objects.visible_to(user).awaiting_consent()


def posts_of(category: str) -> Rows:
    """Lines of the staffing table in force that belong to the category."""

    def rows(user: Any, scope: Scope) -> Iterable[Any]:
        return [_post(one) for one in _posts(scope) if one.position.category == category]

    return rows


def _post(one: Vacancy) -> CountedRow:
    given, occupied, vacant = (number(value, 2) for value in (one.units, one.occupied, one.vacant))
    return CountedRow(f"{one.position}: по штату {given}, занято {occupied}, вакантно {vacant}")


def units(category: str, part: int) -> Figure:
    """Units by the staffing table (0), occupied (1), vacant (2) of a category."""

    def figure(user: Any, scope: Scope) -> Decimal:
        known = scope.once("office.units", lambda: units_by_category(_posts(scope)))
        given, occupied = known.get(category, (Decimal(0), Decimal(0)))
        return (given, occupied, given - occupied)[part]

    return figure


# key, clause, title, what is counted
COUNTED: list[tuple[str, str, str, Rows]] = [
    ("waiting", "1.3", "Штатных расписаний ждут утверждения", waiting_for_director),
    ("head", "5.1", "Заведующих, назначенных приказом", heads_by_order),
    ("directions", "5.3", "Направлений работы, у которых есть ставки", directions_with_posts),
    ("described", "5.4", "Сотрудников с действующей инструкцией", with_description),
    ("employees", "5.4", "Сотрудников всего", employees),
    ("proposals", "5.5", "Предложений к локальным актам", proposals),
    ("encouragements", "5.5", "Случаев поддержки и поощрения", encouragements),
    ("briefed", "5.5", "Сотрудников с действующим инструктажем", briefed),
    ("trained", "5.5", "Обучений сотрудников", trained),
    ("appeals", "5.5", "Обращений (видимых вам)", appeals),
    ("acts", "5.6", "Локальных актов действует", acts_in_force),
    ("contracts", "5.6", "Трудовых договоров действует", contracts_in_force),
    ("acts-missing", "5.6", "Необходимых актов не хватает", acts_missing),
    ("edition", "6.1", "Действующая редакция штатного расписания, №", editions_in_force),
    ("leader", "6.3", "Руководит заведующий или исполняющий обязанности", leaders),
    ("by-order", "6.4", "Сотрудников, назначенных приказом", appointed_by_order),
    ("acting", "6.5", "Исполняют обязанности в последний день", acting_now),
    ("acting-year", "6.5", "Периодов исполнения обязанностей", acting_periods),
    ("statute", "7.1", "Действующая редакция Положения об ИМО, №", statutes_in_force),
    ("consent", "7.1", "Изменений Положения ждут согласия", awaiting_consent),
]
# Where the number is not how many rows there are.
OWN_FIGURES: dict[str, Figure] = {"edition": edition_in_force, "statute": statute_in_force}
# Records of persons, read whole by the heads alone: another would count his own and call it all.
BY_HEADS = {"waiting", "proposals", "encouragements", "briefed", "trained", "contracts"}
# What differs even between the heads.
ONES_OWN = {"appeals"}
PARTS = [("ставок по штату", 0), ("занято", 1), ("вакантно", 2)]


def register() -> None:
    for order, (key, clause, title, rows) in enumerate(COUNTED):
        indicators.register(
            Indicator(
                f"office-{key}",
                title,
                clause,
                rows,
                OWN_FIGURES.get(key),
                order=order,
                allowed=can_keep_staff if key in BY_HEADS else can_see_staff,
                in_reports=key not in ONES_OWN,
            )
        )
    for place, category in enumerate(PostCategory):
        for word, part in PARTS:
            indicators.register(
                Indicator(
                    f"office-{category}-{part}",
                    f"{category.label}: {word}",
                    "6.2",
                    posts_of(category),
                    units(category, part),
                    decimals=2,
                    order=3 * place + part,
                    allowed=can_see_staff,
                )
            )
