"""The base of every page of the Django admin: rights come from `permissions.py`, not from Django's own."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.core.access import Conflict, Refused
from apps.core.roles import reads_city

# What an action of the portal says instead of acting; a bare PermissionDenied stays a page 403.
REFUSALS = (Conflict, Refused, ValidationError)


def nobody(user: Any, obj: Any = None) -> bool:
    return False


def city_readers(user: Any, obj: Any = None) -> bool:
    return reads_city(user)


class PortalAdminRights:
    """Asks the functions named in the class; a model says what is allowed, silence means read-only.

    `may_view`, `may_change`, `may_delete` take (user, obj or None: "any at all?"), `may_add` takes (user).
    Give them as `staticmethod(permissions.can_…)` or as methods.
    """

    may_view: Callable[..., bool] = staticmethod(city_readers)
    may_add: Callable[..., bool] = staticmethod(nobody)
    may_change: Callable[..., bool] = staticmethod(nobody)
    may_delete: Callable[..., bool] = staticmethod(nobody)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_view(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_view(request.user, obj) or self.has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_add(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete(request.user, obj)


def narrowed(queryset: QuerySet, user: Any) -> QuerySet:
    """What of the queryset the user may see, when its model knows that."""
    visible_to = getattr(queryset, "visible_to", None)
    return visible_to(user) if visible_to else queryset


class VisibleChoices:
    """A foreign key offers, and accepts from a forged request, only rows the user may see."""

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet:
        queryset = super().get_field_queryset(db, db_field, request)  # type: ignore[misc]
        if queryset is None:
            queryset = db_field.remote_field.model._default_manager.all()
        return narrowed(queryset, request.user)


def told(error: Exception) -> str:
    """The sentence of a refusal (one of `REFUSALS`) for the person at the admin page."""
    return (
        "; ".join(error.messages)
        if isinstance(error, ValidationError)
        else getattr(error, "told", str(error))
    )


# The admin site imports this file before the models are loaded, so these three import when they are called.


def _viewed(**said: Any) -> None:
    from apps.core import journal

    journal.viewed(**said)


def _history_url(user: Any, obj: Any) -> str:
    from apps.core.history import history_url

    return history_url(user, obj)


def _journal_refusal(request: HttpRequest, error: Exception) -> None:
    from apps.core.refusals import record_refusal

    if isinstance(error, Refused):
        record_refusal(request)


class ToldRefusals:
    """A refusal of an action is told on the page it was asked from; nothing of the request is written."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """What was typed comes back with the sentence above it: the form is made anew as a faulty one."""
        given = (object_id, form_url, extra_context)
        try:
            return super().changeform_view(request, *given)  # type: ignore[misc]
        except REFUSALS as error:
            if request.method != "POST" or hasattr(request, "refusal"):
                raise
            _journal_refusal(request, error)
            request.refusal = told(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, *given)  # type: ignore[misc]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        refusal = getattr(request, "refusal", None)
        if refusal is None:
            return made

        class RefusedForm(made):  # type: ignore[misc, valid-type]
            def full_clean(self) -> None:
                super().full_clean()
                if self.is_bound:
                    self.add_error(None, refusal)

        return RefusedForm

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)  # type: ignore[misc]
        except REFUSALS as error:
            self._tell(request, error)
            opts = self.opts  # type: ignore[attr-defined]
            return redirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[object_id]))

    def response_action(self, request: HttpRequest, queryset: QuerySet, *args: Any) -> HttpResponse | None:
        """All or nothing: a refusal at one row takes the rows before it back."""
        try:
            with transaction.atomic():
                return super().response_action(request, queryset, *args)  # type: ignore[misc]
        except REFUSALS as error:
            self._tell(request, error)
            return redirect(request.get_full_path())

    def _tell(self, request: HttpRequest, error: Exception) -> None:
        _journal_refusal(request, error)
        messages.error(request, told(error))


class PortalModelAdmin(ToldRefusals, PortalAdminRights, VisibleChoices, admin.ModelAdmin):
    """Rows through `visible_to` (the list, a card, its history, autocomplete), no deletion in bulk.

    `reads_personal_data = True` for persons: opening the list or a card leaves a line in the journal.
    """

    reads_personal_data = False
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    empty_value_display = "—"
    actions_selection_counter = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return narrowed(super().get_queryset(request), request.user)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        if self._is_read(request, response):
            _viewed(by=request.user, title=str(self.opts.verbose_name_plural).capitalize())
        return response

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().change_view(request, object_id, *args, **kwargs)
        if self._is_read(request, response):
            _viewed(by=request.user, subject=self.get_object(request, unquote(object_id)))
        return response

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The history by the database's own events for who reads the journal; Django's for the others."""
        obj = self.get_object(request, unquote(object_id))
        url = _history_url(request.user, obj) if obj is not None else ""
        if url and self.has_view_permission(request, obj):
            return redirect(url)
        response = super().history_view(request, object_id, extra_context)
        if obj is not None and self._is_read(request, response):
            _viewed(by=request.user, subject=obj, note="история")
        return response

    def _is_read(self, request: HttpRequest, response: HttpResponse) -> bool:
        return self.reads_personal_data and request.method == "GET" and response.status_code == 200

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Django's deletion in bulk goes past the actions of the portal: it is offered nowhere."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_action_choices(
        self, request: HttpRequest, default_choices: list[tuple[str, str]] | None = None
    ) -> list[tuple[str, str]]:
        return super().get_action_choices(request, default_choices or [("", "выберите действие")])


class PortalTabularInline(PortalAdminRights, VisibleChoices, admin.TabularInline):
    """Rows of a parent; read-only unless the class says otherwise."""

    extra = 0
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return narrowed(super().get_queryset(request), request.user)


class ReadOnlyModelAdmin(PortalModelAdmin):
    """A log: looked at and searched, never edited by hand."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [field.name for field in self.opts.fields]
