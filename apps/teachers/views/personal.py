"""Personal data: consents, what is due for erasure, the data of a subject as a file, and erasing it."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from apps.core import journal
from apps.core.access import found, require
from apps.core.columns import Column, Kind
from apps.core.enums import Verb
from apps.core.files import made_response
from apps.core.lists import ListPage
from apps.core.pages import ActingForm, ObjectFormPage
from apps.teachers import actions, permissions
from apps.teachers.actions.erasing import ONLY_HEAD
from apps.teachers.consents import ConsentStanding, due_cards, due_consents, with_standing, without
from apps.teachers.enums import ConsentKind
from apps.teachers.models import Consent, Erasure, Person, RetentionRule
from apps.teachers.subject_data import archive

LIST = [("Педагоги", "/teachers/")]
REFUSAL = "Реестр согласий открыт ИМО и ответственным от организаций."
OF_A_SUBJECT = "Данные одним файлом получают сам человек и заведующий ИМО."
BASES = [
    ("Требование субъекта", "требование субъекта персональных данных"),
    ("Отзыв согласия", "отзыв согласия"),
    ("Цель обработки достигнута", "цель обработки достигнута, срок хранения истёк"),
    ("Данные получены незаконно", "данные получены незаконно"),
]


class ConsentFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="Вид согласия", choices=ConsentKind, empty_label="любой")
    standing = django_filters.ChoiceFilter(label="Состояние", choices=ConsentStanding, empty_label="любое")

    class Meta:
        model = Consent
        fields: tuple[str, ...] = ()


class ConsentList(ListPage):
    template_name = "teachers/personal/consents.html"
    queryset = Consent.objects
    filterset_class = ConsentFilters
    search = ("person__name_key",)
    order = "-given"
    title = "Согласия"
    lead = "Кто, когда и на что дал согласие. Без действующего согласия ничего о человеке не публикуется."
    forms = "согласие,согласия,согласий"
    empty_title = "Согласий пока нет"
    empty_text = "Согласие вносят в карточке педагога."
    refusal = REFUSAL
    reads_personal_data = True
    columns = [
        Column(
            "person",
            "Педагог",
            value="person.full_name",
            sort="person__name_key",
            url=lambda one: one.person.get_absolute_url(),
        ),
        Column("organization", "Организация", value="person.standing.organization"),
        Column("kind", "Вид согласия", value=lambda one: one.get_kind_display(), sort="kind"),
        Column("given", "Дано", value="given_on", kind=Kind.DATE, sort="given_on"),
        Column("until", "Действует до", value="valid_until", kind=Kind.DATE, sort="valid_until"),
        Column("withdrawn", "Отозвано", value="withdrawn_on", kind=Kind.DATE, sort="withdrawn_on"),
        Column("form", "Форма", value=lambda one: one.get_form_display()),
        Column("standing", "Состояние", value=lambda one: ConsentStanding(one.standing), kind=Kind.STATE),
    ]

    def is_allowed(self) -> bool:
        return permissions.can_see_registry(self.request.user)

    def get_queryset(self) -> QuerySet[Consent]:
        rows = super().get_queryset().filter(person__merged_into=None)
        return with_standing(rows.select_related("person__standing__organization"), timezone.localdate())


class AbsentFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        label="Какого согласия нет", choices=ConsentKind, empty_label="на обработку", method="pass_over"
    )

    class Meta:
        model = Person
        fields: tuple[str, ...] = ()

    def pass_over(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows


class AbsentList(ListPage):
    template_name = "teachers/personal/consents.html"
    queryset = Person.objects
    filterset_class = AbsentFilters
    search = ("name_key",)
    order = "person"
    title = "Нет согласия"
    lead = "Работающие педагоги, у которых сегодня нет действующего согласия выбранного вида."
    forms = "педагог,педагога,педагогов"
    empty_title = "Согласие есть у всех"
    refusal = REFUSAL
    reads_personal_data = True
    columns = [
        Column(
            "person", "Педагог", value="full_name", sort="name_key", url=lambda one: one.get_absolute_url()
        ),
        Column(
            "organization",
            "Организация",
            value="standing.organization",
            sort="standing__organization__short_name",
        ),
        Column("position", "Должность", value="standing.position"),
    ]

    def is_allowed(self) -> bool:
        return permissions.can_see_registry(self.request.user)

    def get_queryset(self) -> QuerySet[Person]:
        asked = self.request.GET.get("kind", "")
        kind = asked if asked in ConsentKind.values else ConsentKind.PROCESSING
        rows = super().get_queryset().select_related("standing__organization", "standing__position")
        return without(rows, kind, timezone.localdate())


class DueList(TemplateView):
    """What is kept longer than the rules allow."""

    template_name = "teachers/personal/due.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(permissions.can_erase(request.user), ONLY_HEAD)
        response = super().get(request, *args, **kwargs)
        journal.viewed(by=request.user, title="К уничтожению")
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, user = timezone.localdate(), self.request.user
        return super().get_context_data(
            title="К уничтожению",
            breadcrumbs=LIST,
            cards=due_cards(today),
            consents=due_consents(today),
            rules=RetentionRule.objects.visible_to(user).valid_on(today),
            acts=Erasure.objects.visible_to(user).select_related("person", "erased_by")[:25],
            **kwargs,
        )


@require_GET
def person_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The subject's data as one file: for himself and for the head."""
    person = found(Person.objects.visible_to(request.user), pk=pk)
    allowed = permissions.can_erase(request.user) or permissions.is_own(request.user, person)
    require(allowed, OF_A_SUBJECT)
    content = archive(person)
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=person, note="данные субъекта одним файлом")
    name = f"Персональные данные, карточка {person.pk}, {timezone.localdate():%d.%m.%Y}.zip"
    return made_response(content, name, "application/zip")


class ErasureForm(forms.Form):
    reason = forms.ChoiceField(label="Основание", choices=[("", "выберите"), *BASES])
    details = forms.CharField(
        label="Реквизиты", max_length=200, help_text="Дата и номер заявления или решения."
    )
    is_sure = forms.BooleanField(label="Данные будут уничтожены без возможности восстановления")


class PersonErase(ActingForm, ObjectFormPage):
    queryset = Person.objects
    form_class = ErasureForm
    title = "Уничтожение персональных данных"
    lead = (
        "ФИО, контакты, номера документов, сканы и история изменений исчезнут; останутся год рождения, "
        "места работы и обучение без имени, чтобы показатели не изменились. Портал выдаст акт с номером."
    )
    button = "Уничтожить данные"
    done = "Данные уничтожены, акт выдан и внесён в реестр документов."
    refusal = ONLY_HEAD

    def is_allowed(self) -> bool:
        return permissions.can_erase(self.request.user, self.object)

    def act(self, form: ErasureForm) -> Erasure:
        reason = dict(BASES)[form.cleaned_data["reason"]]
        basis = f"{reason}: {form.cleaned_data['details']}"
        return actions.erase(by=self.request.user, person=self.object, basis=basis)

    def success_url(self) -> str:
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"breadcrumbs": [*LIST, (str(self.object), self.object.get_absolute_url())], **kwargs}
        )
