"""What the lists of plans are narrowed by."""

from typing import Any

import django_filters as filters

from apps.planning import enums
from apps.planning.models import Plan, Programme

ANY = "все"


def choice(label: str, choices: Any) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(label=label, choices=choices.choices, empty_label=ANY)


class PlanFilters(filters.FilterSet):
    owner = choice("Чей план", enums.PlanOwner)
    state = choice("Состояние", enums.PlanState)
    year_kind = choice("По какому году", enums.YearKind)

    class Meta:
        model = Plan
        fields: list[str] = []


class ProgrammeFilters(filters.FilterSet):
    level = choice("Чья", enums.ProgrammeLevel)

    class Meta:
        model = Programme
        fields: list[str] = []
