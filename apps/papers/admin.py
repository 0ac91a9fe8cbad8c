from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.core.admin import ReadOnlyModelAdmin, nobody
from apps.papers.models import NumberSequence, Paper, PaperAttachment
from apps.papers.permissions import can_see_papers


@admin.register(Paper)
class PaperAdmin(ReadOnlyModelAdmin):
    """Looked at only: issuing, revoking and registering have actions of their own on the portal's pages."""

    may_view = staticmethod(can_see_papers)
    may_add = may_change = may_delete = staticmethod(nobody)
    list_display = ["number", "kind", "title", "issued_on", "signatory_name", "state"]
    list_filter = ["kind", "year", "state"]
    search_fields = ["number", "title", "code", "signatory_name", "department_number"]
    list_select_related = ["issued_by"]
    date_hierarchy = "issued_on"
    exclude = ["snapshot"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What was frozen is read on the page of its subject, name by name as far as one may."""
        return [one for one in super().get_readonly_fields(request, obj) if one != "snapshot"]


@admin.register(NumberSequence)
class NumberSequenceAdmin(ReadOnlyModelAdmin):
    """The counters; a number is taken by issuing only."""

    may_view = staticmethod(can_see_papers)
    may_add = may_change = may_delete = staticmethod(nobody)
    list_display = ["register", "year", "last"]
    list_filter = ["register", "year"]
    search_fields = ["register"]


@admin.register(PaperAttachment)
class PaperAttachmentAdmin(ReadOnlyModelAdmin):
    """Looked at only: files are put on and taken off on the paper's page."""

    may_view = staticmethod(can_see_papers)
    may_add = may_change = may_delete = staticmethod(nobody)
    list_display = ["paper", "kind", "file", "added_at", "added_by", "removed_at"]
    list_filter = ["kind"]
    search_fields = ["paper__number", "paper__title", "file__name"]
    list_select_related = ["paper", "file", "added_by"]
    date_hierarchy = "added_at"
