"""Columns and filters of the lists of mentoring and of vacancies."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from apps.core.columns import Column, Kind
from apps.organizations.models import Organization
from apps.teachers.enums import MentoringForm, Terminator
from apps.teachers.models import Mentorship, Position, Subject, Vacancy
from apps.teachers.permissions import can_keep_for

ANY = "все"


def _record_url(user: Any) -> Any:
    def url(row: Mentorship) -> str | None:
        may = can_keep_for(user, row.organization)
        return reverse("teachers:record-edit", args=["mentorship", row.pk]) if may else None

    return url


def mentorship_columns(user: Any) -> list[Column]:
    """A pair is linked for who keeps it."""
    return [
        Column(
            "mentee",
            "Наставляемый",
            "mentee.full_name",
            sort="mentee__name_key",
            url=_record_url(user),
            width=36,
        ),
        Column("mentor", "Наставник", "mentor.full_name", sort="mentor__name_key", width=36),
        Column("organization", "Организация", "organization.short_name", sort="organization__short_name"),
        Column("form", "Форма", "get_form_display", sort="form"),
        Column("started_on", "С", kind=Kind.DATE, sort="started_on"),
        Column("ended_on", "По", kind=Kind.DATE, sort="ended_on"),
        Column("order", "Приказ", _order, width=24),
        Column("consent_on", "Согласие", kind=Kind.DATE, sort="consent_on"),
        Column("is_paid", "С доплатой", kind=Kind.BOOLEAN, sort="is_paid"),
        Column("terminated", "Прекращено досрочно", "get_terminated_by_display", sort="terminated_by"),
        Column("outcome", "Итоги", on_page=False, width=50),
    ]


def _order(row: Mentorship) -> str:
    return f"№\u00a0{row.order_number} от {row.order_on:%d.%m.%Y}"


def vacancy_columns(user: Any) -> list[Column]:
    def url(row: Vacancy) -> str | None:
        may = can_keep_for(user, row.organization)
        return reverse("teachers:vacancy-edit", args=[row.pk]) if may else None

    return [
        Column("position", "Должность", "position.name", sort="position__name", url=url, width=36),
        Column("subject", "Предмет, направление", "subject.name", sort="subject__name"),
        Column("organization", "Организация", "organization.short_name", sort="organization__short_name"),
        Column("rate", "Ставок", kind=Kind.NUMBER, sort="rate", places=2),
        Column("started_on", "Открыта с", kind=Kind.DATE, sort="started_on"),
        Column("ended_on", "Закрыта", kind=Kind.DATE, sort="ended_on"),
        Column("note", "Примечание", width=40),
    ]


def chosen(model: type, label: str, **options: Any) -> filters.ModelChoiceFilter:
    """A choice among the rows of the model that the reader sees."""
    return filters.ModelChoiceFilter(
        label=label,
        empty_label=ANY,
        queryset=lambda request: model.objects.visible_to(request.user),  # type: ignore[attr-defined]
        **options,
    )


NOW = [("now", "сейчас"), ("ahead", "ещё не началось"), ("past", "закончилось")]
OPEN = [("now", "открыта"), ("past", "закрыта")]


def by_span(rows: QuerySet, name: str, value: str) -> QuerySet:
    today = timezone.localdate()
    if value == "ahead":
        return rows.filter(started_on__gt=today)
    if value == "past":
        return rows.filter(ended_on__lt=today)
    return rows.filter(Q(ended_on=None) | Q(ended_on__gte=today), started_on__lte=today)


class MentorshipFilters(filters.FilterSet):
    organization = chosen(Organization, "Организация")
    form = filters.ChoiceFilter(label="Форма", choices=MentoringForm.choices, empty_label=ANY)
    going = filters.ChoiceFilter(label="Идёт", choices=NOW, empty_label=ANY, method=by_span)
    terminated = filters.ChoiceFilter(
        label="Прекращено досрочно",
        choices=Terminator.choices,
        empty_label=ANY,
        field_name="terminated_by",
    )

    class Meta:
        model = Mentorship
        fields: list[str] = []


class VacancyFilters(filters.FilterSet):
    organization = chosen(Organization, "Организация")
    position = chosen(Position, "Должность")
    subject = chosen(Subject, "Предмет")
    going = filters.ChoiceFilter(label="Состояние", choices=OPEN, empty_label=ANY, method=by_span)

    class Meta:
        model = Vacancy
        fields: list[str] = []
