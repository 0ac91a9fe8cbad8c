"""The directory of programmes."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.core.access import Conflict, found
from apps.core.lists import ListPage
from apps.planning import columns, filters, forms, permissions
from apps.planning.actions.programmes import delete_programme, save_programme
from apps.planning.models import Programme
from apps.planning.views.common import HOME, NO_PLANS, PlanningCreate, PlanningForm, address

PROGRAMMES = [*HOME, ("Программы", "/plans/programmes/")]


class ProgrammeList(ListPage):
    template_name = "planning/programme_list.html"
    queryset = Programme.objects
    columns = columns.PROGRAMMES
    filterset_class = filters.ProgrammeFilters
    search = ("title", "basis")
    order = "title"
    title = "Программы"
    lead = "Муниципальные, региональные и федеральные программы, в исполнении которых участвует ИМО (п. 2.2)."
    forms = "программа,программы,программ"
    empty_title = "Программ пока нет"
    empty_text = "Внесите программу, чтобы указывать её в мероприятиях планов."
    refusal = NO_PLANS

    def is_allowed(self) -> bool:
        return permissions.can_read(self.request.user)

    def get_queryset(self) -> Any:
        return super().get_queryset().annotate(items_count=Count("items"))

    def get_columns(self) -> Any:
        return columns.programmes(permissions.can_write_plans(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_write = permissions.can_write_plans(self.request.user)
        return super().get_context_data(breadcrumbs=HOME, may_write=may_write, **kwargs)


class ProgrammeCreate(PlanningCreate):
    form_class = forms.ProgrammeForm
    title = "Новая программа"
    done = "Программа внесена."

    def act(self, form: Any) -> Programme:
        return save_programme(by=self.request.user, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**kwargs, "breadcrumbs": PROGRAMMES})

    def success_url(self) -> str:
        return address("programme-list")


class ProgrammeEdit(PlanningForm):
    template_name = "planning/programme_form.html"
    queryset = Programme.objects
    form_class = forms.ProgrammeForm
    title = "Программа"

    def is_allowed(self) -> bool:
        return permissions.can_write_plans(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**kwargs, "breadcrumbs": PROGRAMMES})

    def act(self, form: Any) -> Programme:
        return save_programme(by=self.request.user, programme=self.object, **form.cleaned_data)

    def success_url(self) -> str:
        return address("programme-list")


@require_POST
def programme_delete(request: HttpRequest, pk: int) -> HttpResponse:
    programme = found(Programme.objects.visible_to(request.user), pk=pk)
    try:
        delete_programme(by=request.user, programme=programme)
    except Conflict as refused:
        messages.error(request, refused.told)
        return redirect("planning:programme-edit", pk)
    messages.success(request, "Программа удалена.")
    return redirect("planning:programme-list")
