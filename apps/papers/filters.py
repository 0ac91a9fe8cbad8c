from typing import Any

import django_filters
from django.http import HttpRequest

from apps.papers.enums import PaperKind, PaperState
from apps.papers.models import Paper


def years(request: HttpRequest) -> list[tuple[int, str]]:
    """The years in which the user sees papers, the latest first."""
    found = Paper.objects.visible_to(request.user).order_by("-year").values_list("year", flat=True).distinct()
    return [(year, str(year)) for year in found]


def signatories(request: HttpRequest) -> list[tuple[str, str]]:
    papers = Paper.objects.visible_to(request.user).order_by("signatory_name")
    return [(name, name) for name in papers.values_list("signatory_name", flat=True).distinct()]


class PaperFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="Вид", choices=PaperKind.choices, empty_label="Все виды")
    year = django_filters.ChoiceFilter(label="Год", empty_label="Все годы")
    state = django_filters.ChoiceFilter(label="Состояние", choices=PaperState.choices, empty_label="Все")
    signatory = django_filters.ChoiceFilter(
        label="Подписал", field_name="signatory_name", empty_label="Все подписавшие"
    )

    class Meta:
        model = Paper
        fields = ["kind", "year", "state", "signatory"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = years(self.request)
        self.filters["signatory"].extra["choices"] = signatories(self.request)
