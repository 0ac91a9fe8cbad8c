"""Vacant posts: the list and the form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.core.access import found, require
from apps.core.columns import Column
from apps.core.lists import ListPage
from apps.core.pages import ActingForm, FormPage, ObjectFormPage, pressed
from apps.teachers import actions, permissions
from apps.teachers.actions.vacancies import NOT_THEIR_VACANCY
from apps.teachers.models import Vacancy
from apps.teachers.records.lists import VacancyFilters, vacancy_columns
from apps.teachers.records.row_forms import VacancyForm
from apps.teachers.views.common import REGISTRY, Placed

VACANCIES = [*REGISTRY, ("Вакансии", "/teachers/vacancies/")]


def vacancies() -> str:
    return reverse("teachers:vacancy-list")


class VacancyList(ListPage):
    template_name = "teachers/records/list.html"
    queryset = Vacancy.objects.select_related("organization", "position", "subject")
    filterset_class = VacancyFilters
    search = ("position__name", "subject__name", "organization__short_name", "note")
    order = "-started_on"
    title = "Вакансии"
    lead = "Свободные ставки педагогов в организациях города."
    forms = "вакансия,вакансии,вакансий"
    empty_title = "Вакансий пока нет"
    empty_text = "Внесите свободную ставку: она войдёт в кадровый профиль города."
    refusal = "Вакансии видят департамент и ответственные от организаций."

    def is_allowed(self) -> bool:
        return permissions.can_see_registry(self.request.user)

    def get_columns(self) -> list[Column]:
        return vacancy_columns(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = permissions.can_keep(self.request.user)
        return super().get_context_data(
            breadcrumbs=REGISTRY,
            add_url=reverse("teachers:vacancy-create") if may else "",
            add_label="Внести вакансию",
            **kwargs,
        )


class VacancyCreate(Placed, ActingForm, FormPage):
    form_class = VacancyForm
    title = "Новая вакансия"
    button = "Создать"
    done = "Вакансия записана."
    walls = (Vacancy,)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(permissions.can_keep(request.user), NOT_THEIR_VACANCY)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def write(self, form: VacancyForm) -> Vacancy:
        return actions.save_vacancy(by=self.request.user, vacancy=form.fill())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"breadcrumbs": VACANCIES, **kwargs})

    def success_url(self) -> str:
        return vacancies()


class VacancyEdit(Placed, ActingForm, ObjectFormPage):
    template_name = "teachers/records/record_form.html"
    queryset = Vacancy.objects.select_related("organization")
    form_class = VacancyForm
    title = "Вакансия"
    lead = "Когда ставку заняли, укажите последний день: вакансия останется в истории."
    refusal = NOT_THEIR_VACANCY
    walls = (Vacancy,)

    def is_allowed(self) -> bool:
        return permissions.can_keep_for(self.request.user, self.object.organization)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user, "instance": self.get_object()}

    def write(self, form: VacancyForm) -> Vacancy:
        return actions.save_vacancy(by=self.request.user, vacancy=form.fill())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delete_url = reverse("teachers:vacancy-delete", args=[self.object.pk])
        given = {"delete_url": delete_url, "links": [], "scan_url": "", "breadcrumbs": VACANCIES}
        return super().get_context_data(**{**given, **kwargs})

    def success_url(self) -> str:
        return vacancies()


@require_POST
def vacancy_delete(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(Vacancy.objects.visible_to(request.user), pk=pk)
    require(permissions.can_keep_for(request.user, one.organization), NOT_THEIR_VACANCY)
    return pressed(request, actions.remove_vacancy, "Вакансия удалена.", vacancies(), vacancy=one)
