"""Absences and substitution."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from apps.core.access import found
from apps.core.columns import Column
from apps.core.pages import pressed
from apps.office import actions, columns, filters, forms, permissions
from apps.office.models import Absence
from apps.office.views.common import StaffCreate, StaffList, StaffObjectForm, address


class AbsenceList(StaffList):
    queryset = Absence.objects.select_related("employee", "substitute")
    filterset_class = filters.AbsenceFilters
    search = ("employee__last_name", "substitute__last_name")
    order = "-starts_on"
    title = "Отсутствия"
    lead = "Кого нет на месте. Открытые задачи видит замещающий; по возвращении они возвращаются сами."
    forms = "отсутствие,отсутствия,отсутствий"
    empty_title = "Отсутствий не записано"
    add_name, add_label = "absence-create", "Записать отсутствие"

    def get_columns(self) -> list[Column]:
        may = permissions.can_keep_staff(self.request.user)
        return columns.editable(columns.ABSENCES, "employee", "absence-edit", may)


class AbsenceCreate(StaffCreate):
    form_class = forms.AbsenceForm
    title = "Отсутствие"
    lead = "Отпуск и командировка по приказу записываются сами, когда приказ зарегистрирован."
    list_name = "absence-list"
    done = "Отсутствие записано."

    def act(self, form: Any) -> Absence:
        return actions.save_absence(by=self.request.user, **form.cleaned_data)


class AbsenceEdit(StaffObjectForm):
    template_name = "office/absence_form.html"
    queryset = Absence.objects.select_related("employee")
    form_class = forms.AbsenceForm
    title = "Отсутствие"

    def act(self, form: Any) -> Absence:
        return actions.save_absence(by=self.request.user, absence=self.object, **form.cleaned_data)

    def success_url(self) -> str:
        return address("absence-list")


@require_POST
def absence_delete(request: HttpRequest, pk: int) -> HttpResponse:
    absence = found(Absence.objects.visible_to(request.user), pk=pk)
    to = address("absence-list")
    return pressed(request, actions.remove_absence, "Запись удалена.", to, absence=absence)
