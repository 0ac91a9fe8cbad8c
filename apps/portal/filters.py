"""What the journal is narrowed by."""

from typing import Any

import django_filters as filters
from django import forms
from django.apps import apps
from django.db.models import Q, QuerySet

from apps.core.enums import Verb
from apps.core.models import JournalRecord

DAY = {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}


def subject_choices() -> list[tuple[str, str]]:
    """The kinds of subjects: every model of the portal's own apps."""
    models = [
        one
        for config in apps.get_app_configs()
        if config.name.startswith("apps.")
        for one in config.get_models()
    ]
    named = [(one._meta.label_lower, str(one._meta.verbose_name)) for one in models if not _is_event(one)]
    return sorted(named, key=lambda pair: pair[1])


def _is_event(model: Any) -> bool:
    """Tables of change history are no subjects of the journal."""
    return hasattr(model, "pgh_tracked_model")


class JournalFilters(filters.FilterSet):
    who = filters.CharFilter(label="Кто", method="by_name", max_length=100)
    verb = filters.ChoiceFilter(label="Действие", choices=Verb.choices, empty_label="все")
    kind = filters.ChoiceFilter(
        label="Вид предмета", field_name="subject_type", choices=subject_choices, empty_label="все"
    )
    subject = filters.CharFilter(label="Номер предмета", field_name="subject_id", max_length=40)
    since = filters.DateFilter(label="С", field_name="at", lookup_expr="date__gte", **DAY)
    until = filters.DateFilter(label="По", field_name="at", lookup_expr="date__lte", **DAY)

    class Meta:
        model = JournalRecord
        fields: list[str] = []

    def by_name(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(Q(user__last_name__icontains=value) | Q(user__username__icontains=value))
