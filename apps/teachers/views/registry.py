"""The registry of persons and the card of one of them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.core.access import found, require
from apps.core.columns import Column
from apps.core.forms import day_field
from apps.core.lists import ListPage
from apps.core.pages import DetailPage, pressed
from apps.core.phones import show_phone
from apps.core.russian import date_short
from apps.teachers import actions, permissions
from apps.teachers.card import card_of, shown, terms
from apps.teachers.columns import registry_columns
from apps.teachers.experience import service_on
from apps.teachers.filters import PersonFilters
from apps.teachers.models import Person, SavedFilter
from apps.teachers.queries import SHOWN, persons_like

LIST = [("Педагоги", "/teachers/")]
REFUSAL = "Реестр педагогов открыт ИМО и ответственным от организаций."
MOST = 10_000


class PersonList(ListPage):
    template_name = "teachers/registry/list.html"
    queryset = Person.objects
    filterset_class = PersonFilters
    search = ("name_key",)
    order = "name"
    title = "Педагоги"
    lead = "Ищите по началу фамилии; «ив мар» найдёт Иванову Марию."
    forms = "педагог,педагога,педагогов"
    empty_title = "Педагогов пока нет"
    empty_text = "Внесите людей по одному или загрузите таблицу."
    refusal = REFUSAL
    reads_personal_data = True
    most = MOST

    def is_allowed(self) -> bool:
        return permissions.can_see_registry(self.request.user)

    def get_queryset(self) -> QuerySet[Person]:
        return super().get_queryset().present().select_related(*SHOWN)

    def found(self, rows: QuerySet) -> QuerySet:
        return persons_like(rows, self.q)

    def get_columns(self) -> list[Column]:
        return registry_columns(permissions.can_see_private(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            may_keep=permissions.can_keep(user),
            may_merge=permissions.can_merge(user),
            may_erase=permissions.can_erase(user),
            saved=SavedFilter.objects.visible_to(user),
            asked=self.request.GET.urlencode(),
            **kwargs,
        )


class DayForm(forms.Form):
    """The day a card is read at."""

    on = day_field("На дату", required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["on"].widget.attrs["class"] = "form-control"


class PersonPage(DetailPage):
    template_name = "teachers/registry/card.html"
    queryset = Person.objects
    reads_personal_data = True
    refusal = REFUSAL

    def get_object(self) -> Person:
        rows = self.get_queryset().select_related(*SHOWN, "merged_into")
        try:
            person, self.chapters = card_of(rows, pk=self.kwargs["pk"])
        except Person.DoesNotExist as error:
            raise Http404 from error
        return person

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The address of a merged card leads to the card it was merged into."""
        if self.object.merged_into is not None:
            return redirect(self.object.merged_into)
        return super().get(request, *args, **kwargs)

    def is_allowed(self) -> bool:
        return permissions.can_see_card(self.request.user, self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, one, today = self.request.user, self.object, timezone.localdate()
        form = DayForm(self.request.GET)
        day = (form.is_valid() and form.cleaned_data["on"]) or today
        return super().get_context_data(
            title=one.full_name,
            breadcrumbs=LIST if permissions.can_see_registry(user) else [],
            day=day,
            day_form=form,
            service=service_on(one.pk, day),
            chapters=list(shown(self.chapters)),
            terms=terms(self.chapters, today),
            details=self.details(permissions.can_see_private(user, one)),
            may_keep=permissions.can_keep(user, one),
            may_export=permissions.can_erase(user) or permissions.is_own(user, one),
            may_erase=permissions.can_erase(user) and one.erased_on is None,
            **kwargs,
        )

    def details(self, is_private_shown: bool) -> list[tuple[str, Any]]:
        one = self.object
        age = one.age_on(timezone.localdate())
        private = [
            ("Дата рождения", f"{date_short(one.birth_on)}, полных лет: {age}" if age is not None else ""),
            ("Телефон", show_phone(one.phone)),
            ("Электронная почта", one.email),
        ]
        common = [
            ("Родительный падеж", one.genitive_name),
            ("Дательный падеж", one.dative_name),
            ("Творительный падеж", one.instrumental_name),
        ]
        return [*(private if is_private_shown else []), *common]


@require_POST
def filter_save(request: HttpRequest) -> HttpResponse:
    """Keeps the filters of the page under a name; a filter of the same name is replaced."""
    require(permissions.can_see_registry(request.user), REFUSAL)
    query = request.POST.get("query", "")
    to = f"{reverse('teachers:person-list')}?{query}"
    given = {"name": request.POST.get("name", ""), "query": query}
    return pressed(request, actions.save_filter, "Фильтр сохранён.", to, **given)


@require_POST
def filter_delete(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(SavedFilter.objects.visible_to(request.user), pk=pk)
    actions.delete_filter(by=request.user, saved=one)
    return redirect("teachers:person-list")
