"""What the lists of the staff are narrowed by."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.office import enums, queries
from apps.office.models import (
    Absence,
    ActProposal,
    Appeal,
    Employee,
    Encouragement,
    ExperienceNorm,
    LocalAct,
    Order,
    Position,
    SafetyBriefing,
    StaffingEdition,
)

ANY = "все"


def choice(label: str, choices: Any, **options: Any) -> filters.ChoiceFilter:
    members = getattr(choices, "choices", choices)
    return filters.ChoiceFilter(label=label, choices=members, empty_label=ANY, **options)


class EmployeeFilters(filters.FilterSet):
    category = choice("Категория", enums.PostCategory, method="with_category")
    direction = choice("Направление", enums.DIRECTIONS)
    works = choice(
        "Работает", [("now", "сейчас"), ("away", "сейчас отсутствует"), ("past", "уволены")], method="working"
    )

    class Meta:
        model = Employee
        fields: list[str] = []

    def with_category(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return queries.in_category(rows, value)

    def working(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return queries.working(rows, value)


class EditionFilters(filters.FilterSet):
    state = choice("Состояние", enums.EditionState)

    class Meta:
        model = StaffingEdition
        fields: list[str] = []


class NormFilters(filters.FilterSet):
    force = choice(
        "Действует", [("now", "сегодня"), ("past", "раньше"), ("ahead", "ещё нет")], method="by_day"
    )

    class Meta:
        model = ExperienceNorm
        fields: list[str] = []

    def by_day(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        if value == "now":
            return rows.in_force(today)
        return rows.filter(in_force_to__lt=today) if value == "past" else rows.filter(in_force_from__gt=today)


class PositionFilters(filters.FilterSet):
    category = choice("Категория", enums.PostCategory)
    direction = choice("Направление", enums.DIRECTIONS)

    class Meta:
        model = Position
        fields: list[str] = []


class OrderFilters(filters.FilterSet):
    kind = choice("Вид", enums.OrderKind)
    state = choice("Состояние", enums.OrderState)

    class Meta:
        model = Order
        fields: list[str] = []


class AbsenceFilters(filters.FilterSet):
    kind = choice("Вид", enums.AbsenceKind)
    when = choice("Когда", [("now", "сейчас"), ("ahead", "предстоит"), ("past", "прошло")], method="at_time")

    class Meta:
        model = Absence
        fields: list[str] = []

    def at_time(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        if value == "now":
            return rows.on(today)
        return rows.filter(starts_on__gt=today) if value == "ahead" else rows.filter(ends_on__lt=today)


class ActFilters(filters.FilterSet):
    kind = choice("Вид", enums.ActKind)
    force = choice("Сила", enums.ActForce, method="with_force")

    class Meta:
        model = LocalAct
        fields: list[str] = []

    def with_force(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        wanted = {
            "draft": Q(in_force_from=None),
            "ahead": Q(in_force_from__gt=today),
            "ended": Q(in_force_to__lt=today),
        }
        return rows.filter(wanted[value]) if value in wanted else rows.in_force(today)


class ProposalFilters(filters.FilterSet):
    state = choice("Состояние", enums.ProposalState)

    class Meta:
        model = ActProposal
        fields: list[str] = []


class EncouragementFilters(filters.FilterSet):
    kind = choice("Вид", enums.EncouragementKind)

    class Meta:
        model = Encouragement
        fields: list[str] = []


class BriefingFilters(filters.FilterSet):
    kind = choice("Вид", enums.BriefingKind)
    due = choice("Срок", [("due", "пора проводить")], method="is_due")

    class Meta:
        model = SafetyBriefing
        fields: list[str] = []

    def is_due(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.due()


class AppealFilters(filters.FilterSet):
    answered = choice("Ответ", [("no", "ждёт ответа"), ("yes", "дан")], method="is_answered")

    class Meta:
        model = Appeal
        fields: list[str] = []

    def is_answered(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(answered_at__isnull=value == "no")
