"""Filters of the list of reports."""

import django_filters

from apps.reports.enums import ReportKind, ReportState
from apps.reports.models import ActivityReport


class ReportFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="Вид", choices=ReportKind, empty_label="Все")
    state = django_filters.ChoiceFilter(label="Состояние", choices=ReportState, empty_label="Все")

    class Meta:
        model = ActivityReport
        fields = ["kind", "state"]
