"""What the registry is narrowed by: stored columns only, so that a million cards answer at once."""

import datetime
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.core.calendar import months_later
from apps.organizations.enums import OrganizationKind
from apps.organizations.models import Organization
from apps.teachers.enums import CategoryKind, PositionGroup
from apps.teachers.models import Person, Position, Subject
from apps.teachers.permissions import can_see_private
from apps.teachers.queries import coverage_period, working_in, young_by_age, young_specialist

ANY = "все"
AGES = {"min_value": 14, "max_value": 100}
YEARS = {"min_value": 0, "max_value": 80}
TRAINED = [
    ("in_term", "обучен, срок не истёк"),
    ("soon", "истекает за полгода"),
    ("overdue", "срок истёк"),
    ("never", "сведений нет"),
]
WORKING = [("", "работают"), ("left", "не работают"), ("all", "все")]


def _of_reader(model: Any) -> Any:
    """The choices the reader of the page may see."""
    return lambda request: model.objects.visible_to(request.user) if request else model.objects.none()


class PersonFilters(filters.FilterSet):
    organization = filters.ModelChoiceFilter(
        label="Организация", queryset=_of_reader(Organization), method="employed_in", empty_label=ANY
    )
    kind = filters.ChoiceFilter(
        label="Вид организации",
        field_name="standing__organization_kind",
        choices=OrganizationKind.choices,
        empty_label=ANY,
    )
    group = filters.ChoiceFilter(
        label="Группа должностей",
        field_name="standing__position_group",
        choices=PositionGroup.choices,
        empty_label=ANY,
    )
    position = filters.ModelChoiceFilter(
        label="Должность", field_name="standing__position", queryset=_of_reader(Position), empty_label=ANY
    )
    subject = filters.ModelChoiceFilter(
        label="Предмет, направление",
        field_name="standing__subject",
        queryset=_of_reader(Subject),
        empty_label=ANY,
    )
    category = filters.ChoiceFilter(
        label="Категория", field_name="standing__category", choices=CategoryKind.choices, empty_label=ANY
    )
    age_from = filters.NumberFilter(label="Возраст от", method="of_age", **AGES)
    age_to = filters.NumberFilter(label="Возраст до", method="of_age", **AGES)
    service_from = filters.NumberFilter(label="Пед. стаж от, лет", method="of_service", **YEARS)
    service_to = filters.NumberFilter(label="Пед. стаж до, лет", method="of_service", **YEARS)
    young = filters.ChoiceFilter(
        label="Молодые",
        choices=[("age", "по возрасту"), ("specialist", "молодые специалисты")],
        method="of_young",
        empty_label=ANY,
    )
    mentor = filters.ChoiceFilter(
        label="Наставничество",
        choices=[("mentor", "наставники"), ("mentee", "есть наставник"), ("without", "без наставника")],
        method="of_mentoring",
        empty_label=ANY,
    )
    trained = filters.ChoiceFilter(
        label="Повышение квалификации", choices=TRAINED, method="of_training", empty_label=ANY
    )
    working = filters.ChoiceFilter(
        label="Работа", choices=WORKING[1:], method="of_work", empty_label=WORKING[0][1]
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.request is not None and not can_see_private(self.request.user):
            del self.filters["age_from"], self.filters["age_to"]

    @property
    def qs(self) -> QuerySet:
        """Those who work now, unless asked otherwise."""
        rows = super().qs
        asked = self.form.cleaned_data.get("working") if self.form.is_valid() else ""
        return rows if asked else rows.filter(standing__is_working=True)

    def employed_in(self, rows: QuerySet, name: str, value: Organization) -> QuerySet:
        """Part-timers too; of those who left, the ones whose last post was there."""
        posts = working_in(value.pk).values("person")
        return rows.filter(Q(pk__in=posts) | Q(standing__organization=value))

    def of_age(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        day, years = timezone.localdate(), int(value)
        if name == "age_from":
            return rows.filter(birth_on__lte=months_later(day, -12 * years))
        return rows.filter(birth_on__gt=months_later(day, -12 * (years + 1)))

    def of_service(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        after, years = timezone.localdate() + datetime.timedelta(days=1), int(value)
        if name == "service_from":
            return rows.filter(standing__pedagogical_since__lte=months_later(after, -12 * years))
        return rows.filter(standing__pedagogical_since__gt=months_later(after, -12 * (years + 1)))

    def of_young(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        condition = young_by_age if value == "age" else young_specialist
        return rows.filter(condition(timezone.localdate()))

    def of_mentoring(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == "mentor":
            return rows.filter(standing__is_mentor=True)
        return rows.filter(standing__has_mentor=value == "mentee")

    def of_training(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        day = timezone.localdate()
        edge = months_later(day, -coverage_period(day))
        soon = months_later(months_later(day, 6), -coverage_period(day))
        conditions = {
            "in_term": Q(standing__trained_on__gt=edge),
            "soon": Q(standing__trained_on__gt=edge, standing__trained_on__lte=soon),
            "overdue": Q(standing__trained_on__lte=edge),
            "never": Q(standing__trained_on=None),
        }
        return rows.filter(conditions[value])

    def of_work(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows if value == "all" else rows.filter(standing__is_working=False)
