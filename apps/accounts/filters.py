"""Filters of the lists of accounts."""

import django_filters
from django.db.models import QuerySet

from apps.accounts.enums import InvitationState
from apps.accounts.models import Invitation
from apps.core.roles import Role


class InvitationFilter(django_filters.FilterSet):
    role = django_filters.ChoiceFilter(label="Роль", choices=Role.choices, empty_label="Любая")
    state = django_filters.ChoiceFilter(
        label="Состояние", choices=InvitationState.choices, empty_label="Любое", method="in_state"
    )

    class Meta:
        model = Invitation
        fields = ["role", "state"]

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.in_state(value)
