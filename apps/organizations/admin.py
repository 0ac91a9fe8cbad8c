"""Organisations in the Django admin: the same rights, the same actions as on the pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.core.admin import PortalModelAdmin, PortalTabularInline
from apps.organizations import actions, permissions
from apps.organizations.forms import DepartmentForm, OrganizationForm
from apps.organizations.models import Contingent, Department, Organization


class ContingentInline(PortalTabularInline):
    """By years, to look at: numbers are entered on the card, where their day is checked."""

    model = Contingent
    fields = ("school_year", "pupils", "groups", "counted_on")
    readonly_fields = fields
    may_view = staticmethod(permissions.can_see_list)


@admin.register(Organization)
class OrganizationAdmin(PortalModelAdmin):
    form = OrganizationForm
    may_view = staticmethod(permissions.can_see_list)
    may_add = staticmethod(permissions.can_keep)
    may_change = staticmethod(permissions.can_keep)

    list_display = ["short_name", "kind", "type", "inn", "district", "status", "is_verified"]
    list_filter = ["kind", "type", "status", "is_verified"]
    search_fields = ["short_name", "full_name", "inn", "address"]
    autocomplete_fields = ["parent"]
    inlines = [ContingentInline]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form asks who fills it in; Django's admin makes it without arguments of ours."""
        made = super().get_form(request, obj, change, **kwargs)

        class FormOfUser(made):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, by=request.user, **kwargs)

        return FormOfUser

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.inlines if obj else []

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        details = {name: form.cleaned_data[name] for name in actions.DETAILS}
        if change:
            actions.change_organization(by=request.user, organization=obj, **details)
        else:
            made = actions.create_organization(by=request.user, **details)
            obj.__dict__.update(made.__dict__)


@admin.register(Contingent)
class ContingentAdmin(PortalModelAdmin):
    may_view = staticmethod(permissions.can_see_list)

    list_display = ["organization", "school_year", "pupils", "groups", "counted_on"]
    list_filter = ["school_year", "organization__kind"]
    list_select_related = ["organization"]
    search_fields = ["organization__short_name"]


@admin.register(Department)
class DepartmentAdmin(PortalModelAdmin):
    """One row, made at the first start; there is nothing to add or to delete."""

    form = DepartmentForm
    may_view = staticmethod(permissions.can_keep_department)
    may_change = staticmethod(permissions.can_keep_department)

    list_display = ["short_name", "imo_name", "city", "phone", "email"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(pk=1)

    def save_model(self, request: HttpRequest, obj: Department, form: Any, change: bool) -> None:
        details = {name: form.cleaned_data[name] for name in DepartmentForm.Meta.fields}
        actions.change_department(by=request.user, **details)
