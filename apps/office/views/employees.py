"""The staff list, a card, earlier service and appointments."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.core.access import found, require
from apps.core.columns import Column
from apps.core.experience import total
from apps.core.pages import DetailPage, pressed
from apps.core.russian import date_short
from apps.office import actions, columns, filters, forms, permissions
from apps.office.actions.common import ONLY_KEEPERS
from apps.office.models import Absence, Appointment, Employee, ExperienceNorm, LocalAct, Order, Service
from apps.office.queries import counted_spans, head_check, with_posts
from apps.office.views.common import HOME, StaffCreate, StaffList, StaffObjectForm, address

NOT_YOURS = "Карточку сотрудника открывают он сам, заведующий и руководитель департамента."


class EmployeeList(StaffList):
    queryset = Employee.objects
    filterset_class = filters.EmployeeFilters
    search = ("last_name", "first_name", "middle_name")
    order = "name"
    title = "Сотрудники ИМО"
    lead = "Кто какую должность занимает и по какому приказу."
    forms = "сотрудник,сотрудника,сотрудников"
    empty_title = "Сотрудников пока нет"
    empty_text = "Внесите карточки сотрудников, затем назначения по приказам."
    add_name, add_label = "employee-create", "Внести сотрудника"

    def get_queryset(self) -> QuerySet[Employee]:
        return with_posts(super().get_queryset())

    def get_columns(self) -> list[Column]:
        user = self.request.user
        return columns.employee_columns(permissions.can_keep_staff(user), user.pk)


class EmployeePage(DetailPage):
    template_name = "office/employee_detail.html"
    queryset = Employee.objects.select_related("user")
    reads_personal_data = True
    refusal = NOT_YOURS

    def is_allowed(self) -> bool:
        return permissions.can_read_card(self.request.user, self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, one, today = self.request.user, self.object, timezone.localdate()
        return super().get_context_data(
            title=one.full_name,
            breadcrumbs=HOME,
            details=self.details(one),
            appointments=Appointment.objects.visible_to(user).filter(employee=one).select_related("position"),
            appointment_columns=columns.APPOINTMENTS,
            services=Service.objects.visible_to(user).filter(employee=one),
            service_columns=columns.editable(
                columns.SERVICES, "place", "service-edit", permissions.can_keep_staff(user)
            ),
            experience=total(counted_spans(one, today)),
            check=head_check(one, today),
            absences=Absence.objects.visible_to(user)
            .filter(employee=one)
            .select_related("employee", "substitute")[:10],
            absence_columns=columns.ABSENCES[1:],
            orders=Order.objects.visible_to(user).filter(employee=one).select_related("employee")[:10],
            order_columns=[column for column in columns.ORDERS if column.key != "employee"],
            acts=LocalAct.objects.visible_to(user).filter(employee=one),
            act_columns=columns.ACTS,
            may_keep=permissions.can_keep_staff(user),
            **kwargs,
        )

    def details(self, one: Employee) -> list[tuple[str, Any]]:
        return [
            ("Направление работы", one.get_direction_display()),
            ("Пользователь портала", one.user.username if one.user else ""),
            ("Внесён", date_short(timezone.localdate(one.created_at))),
        ]


class EmployeeCreate(StaffCreate):
    form_class = forms.EmployeeForm
    title = "Новый сотрудник"
    lead = "Карточка нужна, чтобы внести назначение по приказу, отсутствия и договор."
    list_name = "employee-list"
    done = "Карточка создана."

    def act(self, form: Any) -> Employee:
        return actions.save_employee(by=self.request.user, **form.cleaned_data)

    def success_url(self) -> str:
        made = getattr(self, "made", None)
        return made.get_absolute_url() if made else super().success_url()


class EmployeeEdit(StaffObjectForm):
    queryset = Employee.objects
    form_class = forms.EmployeeForm
    title = "Карточка сотрудника"

    def act(self, form: Any) -> Employee:
        return actions.save_employee(by=self.request.user, employee=self.object, **form.cleaned_data)


@require_POST
def employee_delete(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(Employee.objects.visible_to(request.user), pk=pk)
    require(permissions.can_keep_staff(request.user), ONLY_KEEPERS)
    if actions.deletion_refusal(one):
        return pressed(request, actions.delete_employee, "", one.get_absolute_url(), employee=one)
    return pressed(
        request, actions.delete_employee, "Карточка удалена.", address("employee-list"), employee=one
    )


class OfEmployee(StaffObjectForm):
    """A row that is added to a card."""

    queryset = Employee.objects

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        del kwargs["instance"]
        return kwargs


class ServiceCreate(OfEmployee):
    form_class = forms.ServiceForm
    title = "Прежняя работа"
    lead = "Периоды, которые накладываются друг на друга, в стаж входят один раз."

    def act(self, form: Any) -> Service:
        return actions.save_service(by=self.request.user, employee=self.object, **form.cleaned_data)


class ServiceEdit(StaffObjectForm):
    template_name = "office/service_form.html"
    queryset = Service.objects.select_related("employee")
    form_class = forms.ServiceForm
    title = "Прежняя работа"

    def act(self, form: Any) -> Service:
        return actions.save_service(
            by=self.request.user, employee=self.object.employee, service=self.object, **form.cleaned_data
        )

    def success_url(self) -> str:
        return self.object.employee.get_absolute_url()


@require_POST
def service_delete(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(Service.objects.visible_to(request.user).select_related("employee"), pk=pk)
    to = one.employee.get_absolute_url()
    return pressed(request, actions.remove_service, "Запись удалена.", to, service=one)


class AppointmentCreate(OfEmployee):
    form_class = forms.AppointmentForm
    title = "Назначение по приказу"
    lead = (
        "Так вносят назначения, приказы о которых изданы до портала. "
        "Новое назначение оформляется приказом в разделе «Приказы»."
    )

    def act(self, form: Any) -> Appointment:
        return actions.appoint(by=self.request.user, employee=self.object, **form.cleaned_data)


class AppointmentEnd(StaffObjectForm):
    queryset = Appointment.objects.select_related("employee", "position")
    form_class = forms.AppointmentEndForm
    title = "Последний день в должности"

    def act(self, form: Any) -> Appointment:
        return actions.end_appointment(
            by=self.request.user, appointment=self.object, ends_on=form.cleaned_data["ends_on"]
        )

    def success_url(self) -> str:
        return self.object.employee.get_absolute_url()


class NormList(StaffList):
    queryset = ExperienceNorm.objects
    columns = columns.NORMS
    filterset_class = filters.NormFilters
    search = ("basis",)
    order = "-in_force_from"
    title = "Стаж заведующего"
    lead = (
        "Какой стаж руководящей или педагогической работы нужен заведующему (п. 5.1 Положения). "
        "По норме, действующей в день назначения, портал проверяет приказ."
    )
    forms = "норма,нормы,норм"
    empty_title = "Норм пока нет"
    empty_text = "Без нормы стаж при назначении заведующего не проверяется."
    add_name, add_label = "norm-create", "Внести норму"


class NormCreate(StaffCreate):
    form_class = forms.NormForm
    title = "Новая норма стажа"
    lead = "Прежние нормы остаются: по ним объясняются прежние назначения."
    list_name = "norm-list"
    button = "Внести"
    done = "Норма внесена."

    def act(self, form: Any) -> ExperienceNorm:
        return actions.add_norm(by=self.request.user, **form.cleaned_data)
