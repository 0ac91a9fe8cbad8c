from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.core.admin import ReadOnlyModelAdmin
from apps.core.kinds import KindFilter, kind_title, state_title
from apps.workflow.models import TransitionRecord

SHOWN: Any = ["at", "title", "kind", "subject_id", "from_state", "to_state", "comment", "by", "was_acting"]


@admin.register(TransitionRecord)
class TransitionRecordAdmin(ReadOnlyModelAdmin):
    """The log of transitions of every subject, for the department, in words instead of codes."""

    list_display = ["at", "title", "kind", "subject_id", "from_state", "to_state", "by", "was_acting"]
    list_filter = [KindFilter, "title", "was_acting", "at"]
    list_select_related = ["by"]
    search_fields = ["subject_id", "title", "by__last_name"]
    fields = SHOWN

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return SHOWN

    @admin.display(description="вид предмета", ordering="subject_type")
    def kind(self, record: TransitionRecord) -> str:
        return kind_title(record.subject_type)

    @admin.display(description="из состояния", ordering="source")
    def from_state(self, record: TransitionRecord) -> str:
        return state_title(record.subject_type, record.source)

    @admin.display(description="в состояние", ordering="target")
    def to_state(self, record: TransitionRecord) -> str:
        return state_title(record.subject_type, record.target)
