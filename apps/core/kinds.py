"""Russian names of what the logs keep as codes: the kind of a subject, its states."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.http import HttpRequest


def kind_title(subject_type: str) -> str:
    """«monitoring.campaign» → «мониторинг»; the code itself for a model that is no more."""
    model = _model_of(subject_type)
    return str(model._meta.verbose_name) if model else subject_type


def state_title(subject_type: str, code: str) -> str:
    """The word of a state by the choices of the subject's `state`; the code itself when it is unknown."""
    model = _model_of(subject_type)
    try:
        choices: dict[Any, Any] = dict(model._meta.get_field("state").flatchoices) if model else {}  # type: ignore[union-attr]
    except FieldDoesNotExist:
        choices = {}
    return str(choices.get(code, code))


def _model_of(subject_type: str) -> type[Model] | None:
    try:
        return apps.get_model(subject_type) if subject_type else None
    except (LookupError, ValueError):
        return None


class KindFilter(admin.SimpleListFilter):
    """The kinds a log holds, by their Russian names; for a table with `subject_type`."""

    title = "вид предмета"
    parameter_name = "subject_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        rows = model_admin.get_queryset(request).order_by()
        kinds = rows.values_list("subject_type", flat=True).distinct()
        return sorted(((kind, kind_title(kind)) for kind in kinds if kind), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(subject_type=self.value()) if self.value() else queryset
