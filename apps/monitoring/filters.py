"""Filters of the lists of monitoring."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from apps.monitoring.enums import EDITABLE_STATES, CampaignState, PeriodKind, ResponseState
from apps.monitoring.models import Campaign, Form, Response
from apps.organizations.enums import EducationLevel, OrganizationKind

# An unset filter reads «все», as those of choices do.
YES_NO = [("", "все"), ("true", "да"), ("false", "нет")]


class FormFilter(django_filters.FilterSet):
    is_archived = django_filters.BooleanFilter(label="В архиве", widget=forms.Select(choices=YES_NO))

    class Meta:
        model = Form
        fields = ["is_archived"]


class CampaignFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label="Состояние", choices=CampaignState.choices)
    period_kind = django_filters.ChoiceFilter(label="Период", choices=PeriodKind.choices)
    form = django_filters.ModelChoiceFilter(
        label="Форма",
        field_name="version__form",
        queryset=lambda request: Form.objects.visible_to(request.user),
    )

    class Meta:
        model = Campaign
        fields = ["state", "period_kind", "form"]


WAITING = "waiting"
LATE = "late"
UNOPENED = "unopened"


class ProgressFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label="Состояние", choices=ResponseState.choices)
    kind = django_filters.ChoiceFilter(
        label="Вид организации", field_name="organization__kind", choices=OrganizationKind.choices
    )
    level = django_filters.ChoiceFilter(
        label="Уровень", choices=EducationLevel.choices, method="filter_level"
    )
    show = django_filters.ChoiceFilter(
        label="Показать",
        choices=[(WAITING, "кто не ответил"), (LATE, "кто опоздал"), (UNOPENED, "кто не открывал")],
        method="filter_show",
    )

    class Meta:
        model = Response
        fields = ["state", "kind", "level", "show"]

    def filter_level(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(organization__levels__contains=[value])

    def filter_show(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        unanswered = queryset.filter(state__in=EDITABLE_STATES)
        if value == UNOPENED:
            return unanswered.filter(opened_at=None)
        if value == LATE:
            return queryset.filter(is_late=True) | unanswered.past_due(timezone.now())
        return unanswered


class OwnResponseFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label="Состояние", choices=ResponseState.choices)

    class Meta:
        model = Response
        fields = ["state"]
