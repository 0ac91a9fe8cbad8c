from django.contrib import admin

from apps.core.admin import ReadOnlyModelAdmin
from apps.workflow.models import TransitionRecord


@admin.register(TransitionRecord)
class TransitionRecordAdmin(ReadOnlyModelAdmin):
    """The log of transitions of every subject, for the department."""

    list_display = ["at", "title", "subject_type", "subject_id", "source", "target", "by", "was_acting"]
    list_filter = ["subject_type", "name", "was_acting", "at"]
    list_select_related = ["by"]
    search_fields = ["subject_id", "title", "by__last_name"]
