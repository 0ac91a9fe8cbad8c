"""Filters of the log of letters."""

import django_filters
from django import forms

from apps.notices.enums import DeliveryState
from apps.notices.models import Delivery


def day_field(label: str, lookup: str) -> django_filters.DateFilter:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return django_filters.DateFilter(label=label, field_name="created_at", lookup_expr=lookup, widget=widget)


class DeliveryFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label="Состояние", choices=DeliveryState.choices, empty_label="Любое")
    since = day_field("С даты", "date__gte")
    until = day_field("По дату", "date__lte")

    class Meta:
        model = Delivery
        fields = ["state", "since", "until"]
