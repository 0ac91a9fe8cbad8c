"""Reports on activity in the Django admin: to look at; they are written and approved on their pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.core.admin import ReadOnlyModelAdmin
from apps.reports import models


@admin.register(models.ActivityReport)
class ActivityReportAdmin(ReadOnlyModelAdmin):
    list_display = ["title", "kind", "first_day", "last_day", "state", "created_by"]
    list_filter = ["kind", "state", "last_day"]
    list_select_related = ["created_by"]
    search_fields = ["title"]
    date_hierarchy = "last_day"


@admin.register(models.ReportSection)
class ReportSectionAdmin(ReadOnlyModelAdmin):
    list_display = ["title", "kind", "report"]
    list_filter = ["kind"]
    list_select_related = ["report"]
    search_fields = ["title", "report__title"]


@admin.register(models.ReportFigure)
class ReportFigureAdmin(ReadOnlyModelAdmin):
    list_display = ["name", "section", "value", "before"]
    list_select_related = ["section"]
    search_fields = ["indicator", "section__title"]
    exclude = ["names"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Names are read on the page of the figure, where the right to them is asked."""
        return [one for one in super().get_readonly_fields(request, obj) if one != "names"]

    @admin.display(description="показатель", ordering="indicator")
    def name(self, figure: Any) -> str:
        return str(figure)
