"""The base of every page of the Django admin: rights come from `permissions.py`, not from Django's own."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.core.roles import reads_city


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


# The admin site imports this file before the models are loaded, so these two import when they are called.


def _viewed(**said: Any) -> None:
    from apps.core import journal

    journal.viewed(**said)


def _history_url(user: Any, obj: Any) -> str:
    from apps.core.history import history_url

    return history_url(user, obj)


class PortalModelAdmin(PortalAdminRights, VisibleChoices, admin.ModelAdmin):
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
