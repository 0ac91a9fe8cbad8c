"""Reports on activity in the Django admin: to look at; they are written and approved on their pages."""

from typing import Any

from django.contrib import admin

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

    @admin.display(description="показатель", ordering="indicator")
    def name(self, figure: Any) -> str:
        return str(figure)
