"""Tables of the ground floor in the admin: what the portal keeps about its own work."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.core import journal
from apps.core.admin import PortalModelAdmin, ReadOnlyModelAdmin
from apps.core.enums import Verb
from apps.core.kinds import KindFilter, kind_title
from apps.core.models import Job, JournalRecord, PortalState, StoredFile, UsedKey, WorkdayException
from apps.portal import permissions
from apps.portal.queries import journal_for


@admin.register(WorkdayException)
class WorkdayExceptionAdmin(PortalModelAdmin):
    """Days that differ from the state's calendar; reminders go out by it."""

    may_view = staticmethod(permissions.can_keep_calendar)
    may_add = staticmethod(permissions.can_keep_calendar)
    may_change = staticmethod(permissions.can_keep_calendar)
    may_delete = staticmethod(permissions.can_keep_calendar)

    list_display = ["date", "is_working", "note"]
    list_filter = ["is_working"]
    search_fields = ["note"]
    date_hierarchy = "date"

    def save_model(self, request: HttpRequest, obj: WorkdayException, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        journal.record(by=request.user, verb=Verb.CHANGED if change else Verb.CREATED, subject=obj)

    def delete_model(self, request: HttpRequest, obj: WorkdayException) -> None:
        journal.record(by=request.user, verb=Verb.DELETED, subject=obj)
        super().delete_model(request, obj)


@admin.register(JournalRecord)
class JournalRecordAdmin(ReadOnlyModelAdmin):
    may_view = staticmethod(permissions.can_read_journal)

    list_display = ["at", "user", "verb", "kind", "subject_title", "note"]
    list_filter = ["verb", KindFilter, "at"]
    list_select_related = ["user"]
    search_fields = ["subject_title", "note", "user__last_name", "user__username"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return journal_for(request.user)

    @admin.display(description="вид предмета", ordering="subject_type")
    def kind(self, record: JournalRecord) -> str:
        return kind_title(record.subject_type)


@admin.register(Job)
class JobAdmin(ReadOnlyModelAdmin):
    """One's own jobs: what a job is about belongs to its owner."""

    may_view = staticmethod(permissions.can_see_service_tables)

    list_display = ["title", "kind", "state", "done", "total", "created_at", "finished_at"]
    list_filter = ["state", "kind", "created_at"]
    search_fields = ["title"]


class ServiceAdmin(ReadOnlyModelAdmin):
    may_view = staticmethod(permissions.can_see_service_tables)


@admin.register(StoredFile)
class StoredFileAdmin(ServiceAdmin):
    """That a file is there, by whom and of what size; its content is given out by its holder's page only."""

    list_display = ["name", "content_type", "size", "uploaded_by", "created_at"]
    list_filter = ["content_type", "created_at"]
    list_select_related = ["uploaded_by"]
    search_fields = ["name", "sha256"]
    exclude = ["content"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in super().get_readonly_fields(request, obj) if name != "content"]


@admin.register(UsedKey)
class UsedKeyAdmin(ServiceAdmin):
    list_display = ["action", "user", "at"]
    list_filter = ["action"]
    list_select_related = ["user"]
    search_fields = ["key", "user__last_name"]


@admin.register(PortalState)
class PortalStateAdmin(ServiceAdmin):
    list_display = ["__str__", "is_demo", "set_up_at"]
