"""The list of organisations, a card, and the forms around it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from apps.core.access import require
from apps.core.forms import add_errors
from apps.core.lists import ListPage
from apps.core.pages import DetailPage, FormPage, ObjectFormPage
from apps.core.phones import show_phone
from apps.core.russian import date_short
from apps.organizations import actions, permissions
from apps.organizations.columns import COLUMNS, CONTINGENT_COLUMNS, OWN_CONTINGENT_COLUMNS
from apps.organizations.filters import OrganizationFilters
from apps.organizations.forms import ContactsForm, ContingentForm, OrganizationForm
from apps.organizations.models import Organization
from apps.organizations.panels import panels_for
from apps.organizations.queries import SEARCHED, contingents_of, with_contingent

LIST = [("Организации", "/organizations/")]


def requisites(one: Organization) -> list[tuple[str, Any]]:
    """Names with values for the card."""
    return [
        ("Вид", one.get_kind_display()),
        ("Тип учреждения", one.get_type_display()),
        ("Уровни образования", ", ".join(one.level_titles)),
        ("ИНН", one.inn),
        ("КПП", one.kpp),
        ("ОГРН", one.ogrn),
        ("Юридический адрес", one.legal_address),
        ("Открыта", date_short(one.opened_on)),
        ("Закрыта", date_short(one.closed_on)),
    ]


class OrganizationList(ListPage):
    template_name = "organizations/organization_list.html"
    queryset = Organization.objects
    columns = COLUMNS
    filterset_class = OrganizationFilters
    search = SEARCHED
    order = "name"
    title = "Организации"
    lead = "Образовательные организации города: реквизиты, контакты, контингент. Нажмите на название."
    forms = "организация,организации,организаций"
    empty_title = "Организаций пока нет"

    def is_allowed(self) -> bool:
        return permissions.can_see_list(self.request.user)

    def get_queryset(self) -> QuerySet[Organization]:
        return with_contingent(super().get_queryset())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rights = {"may_add": permissions.can_keep(user), "may_import": permissions.can_import(user)}
        return super().get_context_data(**rights, **kwargs)


class OrganizationPage(DetailPage):
    template_name = "organizations/organization_detail.html"
    reads_personal_data = True
    queryset = Organization.objects

    def get_queryset(self) -> QuerySet[Organization]:
        return super().get_queryset().select_related("parent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, one = self.request.user, self.object
        may_enter = permissions.can_enter_contingent(user, one)
        return super().get_context_data(
            title=one.short_name,
            breadcrumbs=LIST,
            branches=Organization.objects.visible_to(user).filter(parent=one),
            contingents=contingents_of(user, one),
            contingent_columns=OWN_CONTINGENT_COLUMNS if may_enter else CONTINGENT_COLUMNS,
            requisites=requisites(one),
            phone=show_phone(one.phone),
            phone_link=f"tel:{one.phone.partition(';')[0]}",
            panels=panels_for(user, one),
            may_change=permissions.can_keep(user, one),
            may_change_contacts=permissions.can_change_contacts(user, one),
            may_enter_contingent=may_enter,
            **kwargs,
        )


class OrganizationCreatePage(FormPage):
    template_name = "organizations/organization_form.html"
    form_class = OrganizationForm
    title = "Новая организация"
    lead = "Поля без отметки «обязательно» можно заполнить позже."
    button = "Создать"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(permissions.can_keep(request.user), actions.ONLY_KEEPERS)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            breadcrumbs=LIST, cancel_url=reverse("organizations:organization-list"), **kwargs
        )

    def form_valid(self, form: OrganizationForm) -> HttpResponse:
        try:
            organization = actions.create_organization(by=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            return self.refused(form, error)
        messages.success(self.request, "Организация создана.")
        return redirect(organization)

    def refused(self, form: OrganizationForm, error: ValidationError) -> HttpResponse:
        add_errors(form, error)
        return self.form_invalid(form)


class CardForm(ObjectFormPage):
    """A form that is reached from the card and goes back to it."""

    queryset = Organization.objects
    done = "Изменения сохранены."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        card = self.object.get_absolute_url()
        crumbs = [*LIST, (self.object.short_name, card)]
        return super().get_context_data(breadcrumbs=crumbs, cancel_url=card, **kwargs)

    def act(self, form: Any) -> None:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.object.get_absolute_url())


class ContactsPage(CardForm):
    form_class = ContactsForm
    title = "Контакты и руководитель"
    lead = "Эти сведения видят сотрудники ИМО; из них заполняются отчёты. ИНН, вид и название меняет ИМО."
    refusal = "Контакты организации меняют её ответственный и сотрудники ИМО."

    def is_allowed(self) -> bool:
        return permissions.can_change_contacts(self.request.user, self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        """A second copy: the form writes into it what was typed, the page must not show that as saved."""
        return {**super().get_form_kwargs(), "instance": self.get_object()}

    def act(self, form: ContactsForm) -> None:
        actions.change_contacts(by=self.request.user, organization=self.object, **form.cleaned_data)


class OrganizationEditPage(ContactsPage):
    template_name = "organizations/organization_form.html"
    form_class = OrganizationForm
    title = "Сведения об организации"
    lead = "Изменения сохраняются в истории: кто, когда и что изменил."
    refusal = actions.ONLY_KEEPERS

    def is_allowed(self) -> bool:
        return permissions.can_keep(self.request.user, self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def act(self, form: ContactsForm) -> None:
        actions.change_organization(by=self.request.user, organization=self.object, **form.cleaned_data)


class ContingentPage(CardForm):
    form_class = ContingentForm
    title = "Контингент"
    lead = "Числа за учебный год на выбранную дату. Повторный ввод за тот же год заменяет прежние числа."
    done = "Контингент сохранён."
    refusal = "Контингент вносят ответственный от организации и сотрудники ИМО."

    def is_allowed(self) -> bool:
        return permissions.can_enter_contingent(self.request.user, self.object)

    def get_initial(self) -> dict[str, Any]:
        """The numbers of the year named in the address, when they are known."""
        year = self.request.GET.get("year", "")
        rows = contingents_of(self.request.user, self.object)
        row = rows.filter(school_year=int(year)).first() if year.isdecimal() and len(year) == 4 else None
        names = ("school_year", "pupils", "groups", "counted_on")
        return {name: getattr(row, name) for name in names} if row else {}

    def act(self, form: ContingentForm) -> None:
        actions.set_contingent(by=self.request.user, organization=self.object, **form.cleaned_data)
