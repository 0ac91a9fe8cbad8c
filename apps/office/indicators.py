"""Figures of the statute about the staff: clauses 1.3, 5.1, 5.3–5.6, 6.1–6.5, 7.1."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from apps.accounts.models import RoleGrant
from apps.accounts.queries import head_on
from apps.core.registry import Indicator, indicators
from apps.core.school_year import SchoolYear
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
from apps.office.permissions import can_keep_staff, can_see_staff
from apps.office.queries import missing_acts, units_by_category, vacancies_on

Figure = Callable[[Any, datetime.date], int | Decimal | None]


def _year(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The school year up to the day."""
    return SchoolYear.of(day).first_day, day


def waiting_for_director(user: Any, day: datetime.date) -> int:
    return StaffingEdition.objects.visible_to(user).waiting().count()


def heads_by_order(user: Any, day: datetime.date) -> int:
    return Appointment.objects.in_force(day).filter(position__category=PostCategory.HEAD).count()


def directions_with_posts(user: Any, day: datetime.date) -> int:
    return len({one.position.direction for one in vacancies_on(day) if one.position.direction})


def employees(user: Any, day: datetime.date) -> int:
    return Employee.objects.visible_to(user).employed_on(day).count()


def with_description(user: Any, day: datetime.date) -> int:
    described = LocalAct.objects.in_force(day).filter(kind=ActKind.JOB_DESCRIPTION)
    held = Appointment.objects.in_force(day).filter(position__in=described.values("position_id"))
    return held.values("employee_id").distinct().count()


def proposals(user: Any, day: datetime.date) -> int:
    return ActProposal.objects.visible_to(user).filter(created_at__date__range=_year(day)).count()


def encouragements(user: Any, day: datetime.date) -> int:
    return Encouragement.objects.visible_to(user).filter(given_on__range=_year(day)).count()


def briefed(user: Any, day: datetime.date) -> int:
    """Employees of the day who have a briefing whose next day has not come."""
    valid = SafetyBriefing.objects.visible_to(user).filter(held_on__lte=day).exclude(next_on__lte=day)
    return Employee.objects.employed_on(day).filter(pk__in=valid.values("employee_id")).count()


def trained(user: Any, day: datetime.date) -> int:
    return StaffTraining.objects.visible_to(user).filter(ends_on__range=_year(day)).count()


def appeals(user: Any, day: datetime.date) -> int:
    return Appeal.objects.visible_to(user).filter(created_at__date__range=_year(day)).count()


def acts_in_force(user: Any, day: datetime.date) -> int:
    return LocalAct.objects.visible_to(user).in_force(day).count()


def acts_missing(user: Any, day: datetime.date) -> int:
    return len(missing_acts(day))


def edition_in_force(user: Any, day: datetime.date) -> int | None:
    edition = StaffingEdition.objects.visible_to(user).in_force(day).first()
    return edition.number if edition else None


def head_today(user: Any, day: datetime.date) -> int:
    return 1 if head_on(day) else 0


def appointed_by_order(user: Any, day: datetime.date) -> int:
    return Appointment.objects.in_force(day).values("employee_id").distinct().count()


def acting_today(user: Any, day: datetime.date) -> int:
    return RoleGrant.objects.in_force(day).filter(is_acting=True).count()


def acting_periods(user: Any, day: datetime.date) -> int:
    first, last = _year(day)
    return RoleGrant.objects.filter(is_acting=True, starts_on__lte=last, ends_on__gte=first).count()


def statute_in_force(user: Any, day: datetime.date) -> int | None:
    act = LocalAct.objects.in_force(day).filter(kind=ActKind.IMO_STATUTE).first()
    return act.edition if act else None


def awaiting_consent(user: Any, day: datetime.date) -> int:
    return LocalAct.objects.visible_to(user).awaiting_consent().count()


def units(category: str, part: int) -> Figure:
    """Units by the staffing table (0), occupied (1), vacant (2) of a category."""

    def figure(user: Any, day: datetime.date) -> Decimal:
        given, occupied = units_by_category(day).get(category, (Decimal(0), Decimal(0)))
        return (given, occupied, given - occupied)[part]

    return figure


# key, clause, title, figure, list behind it
FIGURES: list[tuple[str, str, str, Figure, str]] = [
    ("waiting", "1.3", "Штатных расписаний ждут утверждения", waiting_for_director, "edition-list"),
    ("head", "5.1", "Заведующих, назначенных приказом", heads_by_order, "employee-list"),
    ("directions", "5.3", "Направлений работы, у которых есть ставки", directions_with_posts, "vacancy-list"),
    ("described", "5.4", "Сотрудников с действующей инструкцией", with_description, "act-list"),
    ("employees", "5.4", "Сотрудников всего", employees, "employee-list"),
    ("proposals", "5.5", "Предложений к локальным актам за год", proposals, "proposal-list"),
    ("encouragements", "5.5", "Случаев поддержки и поощрения за год", encouragements, "encouragement-list"),
    ("briefed", "5.5", "Сотрудников с действующим инструктажем", briefed, "briefing-list"),
    ("trained", "5.5", "Обучений сотрудников за год", trained, "training-list"),
    ("appeals", "5.5", "Обращений за год (видимых вам)", appeals, "appeal-list"),
    ("acts", "5.6", "Локальных актов действует", acts_in_force, "act-list"),
    ("acts-missing", "5.6", "Необходимых актов не хватает", acts_missing, "act-list"),
    ("edition", "6.1", "Действующая редакция штатного расписания, №", edition_in_force, "edition-list"),
    ("leader", "6.3", "Руководит заведующий или исполняющий обязанности", head_today, "employee-list"),
    ("by-order", "6.4", "Сотрудников, назначенных приказом", appointed_by_order, "employee-list"),
    ("acting", "6.5", "Исполняют обязанности сегодня", acting_today, "order-list"),
    ("acting-year", "6.5", "Периодов исполнения обязанностей за год", acting_periods, "order-list"),
    ("statute", "7.1", "Действующая редакция Положения об ИМО, №", statute_in_force, "act-list"),
    ("consent", "7.1", "Изменений Положения ждут согласия", awaiting_consent, "act-list"),
]
PARTS = [("ставок по штату", 0), ("занято", 1), ("вакантно", 2)]


def register() -> None:
    for order, (key, clause, title, figure, name) in enumerate(FIGURES):
        _register(key, clause, title, figure, name, order)
    for category in PostCategory:
        for word, part in PARTS:
            title = f"{category.label}: {word}"
            _register(f"{category}-{part}", "6.2", title, units(category, part), "vacancy-list", part)


def _register(key: str, clause: str, title: str, figure: Figure, name: str, order: int) -> None:
    allowed = can_keep_staff if key == "waiting" else can_see_staff
    indicators.register(
        Indicator(f"office-{key}", title, clause, figure, f"office:{name}", order=order, allowed=allowed)
    )
