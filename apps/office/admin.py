"""The staff in the Django admin: the same rights and the same actions as on the pages."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import DateField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.core.access import Conflict, Refused
from apps.core.admin import PortalModelAdmin, PortalTabularInline, ReadOnlyModelAdmin
from apps.core.forms import DayInput
from apps.office import actions, models, permissions
from apps.office.actions.staffing import MONEY

KEEPERS = staticmethod(permissions.can_keep_staff)


@admin.register(models.Position)
class PositionAdmin(PortalModelAdmin):
    may_add = may_change = KEEPERS

    list_display = ["title", "category", "direction", "service_kind", "is_closed"]
    list_filter = ["category", "direction", "is_closed"]
    search_fields = ["title"]
    fields = ["title", "category", "direction", "service_kind", "is_closed"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        details = {name: form.cleaned_data[name] for name in self.fields}
        made = actions.save_position(by=request.user, position=obj if change else None, **details)
        obj.__dict__.update(made.__dict__)


def shown_money(request: HttpRequest) -> list[str]:
    """The columns of money for those who may see them."""
    return list(MONEY) if permissions.can_see_money(request.user) else []


class StaffingLineInline(PortalTabularInline):
    model = models.StaffingLine
    can_delete = False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["position", "units", *shown_money(request), "note"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj)


class ApprovalForm(forms.ModelForm):
    """What the department's head enters to approve an edition or to return it."""

    by_order = forms.CharField(label="Номер приказа департамента", max_length=50, required=False)
    order_day = forms.DateField(label="Дата приказа", required=False, widget=DayInput)
    comment = forms.CharField(
        label="Что исправить", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    class Meta:
        model = models.StaffingEdition
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "_approve" in self.data:
            for name in ("by_order", "order_day"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "Утверждают приказом департамента: заполните это поле.")
        if "_return" in self.data and not (cleaned.get("comment") or "").strip():
            self.add_error("comment", "Напишите, что исправить.")
        return cleaned


@admin.register(models.StaffingEdition)
class StaffingEditionAdmin(PortalModelAdmin):
    """Approved or returned by the department's head; drafts are made on the portal's pages."""

    form = ApprovalForm
    change_form_template = "admin/office/staffingedition/change_form.html"
    may_change = staticmethod(permissions.can_approve_staffing)
    list_display = ["number", "state", "in_force_from", "order_number", "order_date", "approved_by"]
    list_filter = ["state"]
    list_select_related = ["approved_by"]
    search_fields = ["number", "note", "order_number"]
    inlines = [StaffingLineInline]
    told = ["number", "state", "in_force_from", "note"]
    approved = ["order_number", "order_date", "approved_by", "approved_at"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is not None and self.has_change_permission(request, obj):
            return [*self.told, "by_order", "order_day", "comment", "seen"]
        return [*self.told, *self.approved]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is not None and self.has_change_permission(request, obj):
            return self.told
        return [*self.told, *self.approved]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        context["may_approve"] = obj is not None and self.has_change_permission(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Only the two buttons of the page act; any other way of saving changes nothing."""
        given = form.cleaned_data
        try:
            if "_approve" in request.POST:
                actions.approve_edition(
                    by=request.user,
                    edition=obj,
                    order_number=given["by_order"],
                    order_date=given["order_day"],
                    seen=given["seen"],
                )
                self.message_user(request, "Штатное расписание утверждено.", messages.SUCCESS)
            elif "_return" in request.POST:
                actions.return_edition(by=request.user, edition=obj, comment=given["comment"])
                self.message_user(request, "Редакция возвращена на доработку.", messages.SUCCESS)
        except (Conflict, Refused, ValidationError) as error:
            told = "; ".join(error.messages) if isinstance(error, ValidationError) else error.told
            self.message_user(request, told, messages.ERROR)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return redirect(reverse("admin:office_staffingedition_change", args=[obj.pk]))


@admin.register(models.StaffingLine)
class StaffingLineAdmin(ReadOnlyModelAdmin):
    list_display = ["edition", "position", "units"]
    list_filter = ["edition"]
    list_select_related = ["edition", "position"]
    search_fields = ["position__title"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["edition", "position", "units", *shown_money(request), "note"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj)


@admin.register(models.Employee)
class EmployeeAdmin(PortalModelAdmin):
    """A card made by mistake may be deleted; one that anything rests on says what."""

    may_view = may_add = may_change = may_delete = KEEPERS
    reads_personal_data = True
    list_display = ["last_name", "first_name", "middle_name", "direction", "user"]
    list_filter = ["direction"]
    list_select_related = ["user"]
    search_fields = ["last_name", "first_name", "middle_name"]
    fields = ["last_name", "first_name", "middle_name", "gender", "genitive_name", "dative_name"]
    fields += ["user", "direction"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        details = {name: form.cleaned_data[name] for name in self.fields}
        made = actions.save_employee(by=request.user, employee=obj if change else None, **details)
        obj.__dict__.update(made.__dict__)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        obj = self.get_object(request, object_id)
        may = obj is not None and self.has_delete_permission(request, obj)
        if may and (told := actions.deletion_refusal(obj)):
            self.message_user(request, told, messages.ERROR)
            return redirect(reverse("admin:office_employee_change", args=[obj.pk]))
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.delete_employee(by=request.user, employee=obj)


class PersonalAdmin(ReadOnlyModelAdmin):
    """Rows about employees, for the heads, only looked at: acts are pages of the portal."""

    may_view = KEEPERS
    reads_personal_data = True


@admin.register(models.Appointment)
class AppointmentAdmin(PersonalAdmin):
    list_display = ["employee", "position", "units", "starts_on", "ends_on", "order_number"]
    list_filter = ["position__category", "starts_on"]
    list_select_related = ["employee", "position"]
    search_fields = ["employee__last_name", "position__title", "order_number"]


@admin.register(models.Service)
class ServiceAdmin(PersonalAdmin):
    list_display = ["employee", "place", "post", "kind", "starts_on", "ends_on"]
    list_filter = ["kind"]
    list_select_related = ["employee"]
    search_fields = ["employee__last_name", "place"]


@admin.register(models.ExperienceNorm)
class ExperienceNormAdmin(PortalModelAdmin):
    """The norm is replaced by another with later dates, so that an old check can be explained."""

    may_add = may_change = KEEPERS
    formfield_overrides = {DateField: {"widget": DayInput}}
    list_display = ["basis", "months", "in_force_from", "in_force_to"]
    search_fields = ["basis"]


class AcquaintanceInline(PortalTabularInline):
    model = models.Acquaintance
    fields = readonly_fields = ["employee", "read_on"]
    can_delete = False
    may_view = KEEPERS


@admin.register(models.Order)
class OrderAdmin(PersonalAdmin):
    list_display = ["title", "kind", "state", "number", "date", "employee"]
    list_filter = ["kind", "state", "date"]
    list_select_related = ["employee"]
    search_fields = ["title", "number", "employee__last_name"]
    inlines = [AcquaintanceInline]


@admin.register(models.Acquaintance)
class AcquaintanceAdmin(PersonalAdmin):
    list_display = ["order", "employee", "read_on"]
    list_select_related = ["order", "employee"]
    search_fields = ["employee__last_name", "order__number"]


@admin.register(models.Absence)
class AbsenceAdmin(PersonalAdmin):
    list_display = ["employee", "kind", "starts_on", "ends_on", "substitute"]
    list_filter = ["kind", "starts_on"]
    list_select_related = ["employee", "substitute"]
    search_fields = ["employee__last_name"]


@admin.register(models.LocalAct)
class LocalActAdmin(ReadOnlyModelAdmin):
    list_display = ["title", "kind", "edition", "in_force_from", "in_force_to", "consented_on"]
    list_filter = ["kind"]
    list_select_related = ["position", "employee"]
    search_fields = ["title", "number"]


@admin.register(models.ActProposal)
class ActProposalAdmin(PersonalAdmin):
    list_display = ["author", "act", "state", "created_at"]
    list_filter = ["state"]
    list_select_related = ["author", "act"]
    search_fields = ["author__last_name", "text"]


@admin.register(models.Encouragement)
class EncouragementAdmin(PersonalAdmin):
    list_display = ["employee", "kind", "reason", "given_on"]
    list_filter = ["kind"]
    list_select_related = ["employee"]
    search_fields = ["employee__last_name", "reason"]


@admin.register(models.SafetyBriefing)
class SafetyBriefingAdmin(PersonalAdmin):
    list_display = ["employee", "kind", "held_on", "next_on", "instructor"]
    list_filter = ["kind", "next_on"]
    list_select_related = ["employee"]
    search_fields = ["employee__last_name", "instructor"]


@admin.register(models.StaffTraining)
class StaffTrainingAdmin(PersonalAdmin):
    list_display = ["employee", "title", "provider", "hours", "ends_on"]
    list_select_related = ["employee"]
    search_fields = ["employee__last_name", "title"]


@admin.register(models.Appeal)
class AppealAdmin(PersonalAdmin):
    """Only those addressed to the reader's role: the rows pass through `visible_to`."""

    list_display = ["subject", "author", "addressee", "created_at", "answered_at"]
    list_filter = ["addressee"]
    list_select_related = ["author"]
    search_fields = ["subject"]
