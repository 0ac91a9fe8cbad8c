"""What the list of organisations is narrowed by."""

import django_filters as filters
from django.db.models import QuerySet

from apps.organizations.enums import EducationLevel, OrganizationKind, OrganizationStatus, OrganizationType
from apps.organizations.models import Organization

YES_NO = [("", "все"), ("true", "да"), ("false", "нет")]
ANY = "все"


class OrganizationFilters(filters.FilterSet):
    kind = filters.ChoiceFilter(label="Вид", choices=OrganizationKind.choices, empty_label=ANY)
    type = filters.ChoiceFilter(label="Тип", choices=OrganizationType.choices, empty_label=ANY)
    level = filters.ChoiceFilter(
        label="Уровень", choices=EducationLevel.choices, method="with_level", empty_label=ANY
    )
    status = filters.ChoiceFilter(label="Состояние", choices=OrganizationStatus.choices, empty_label=ANY)
    verified = filters.TypedChoiceFilter(
        label="Сверена",
        field_name="is_verified",
        choices=YES_NO,
        coerce=lambda value: value == "true",
    )

    class Meta:
        model = Organization
        fields: list[str] = []

    def with_level(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(levels__contains=[value])
