"""Monitoring in the admin: looked at, searched, never moved along; acts are pages of the portal."""

from django.contrib import admin

from apps.core.admin import PortalModelAdmin, PortalTabularInline, ReadOnlyModelAdmin
from apps.monitoring import models
from apps.monitoring.permissions import can_edit_forms


class FormVersionInline(PortalTabularInline):
    model = models.FormVersion
    fields = readonly_fields = ["number", "state", "note", "created_by", "published_at"]
    can_delete = False


@admin.register(models.Form)
class FormAdmin(PortalModelAdmin):
    """Title, clause and archive mark may be corrected; what is asked is edited by versions on the pages."""

    list_display = ["title", "code", "clause", "is_archived"]
    list_filter = ["is_archived", "clause"]
    search_fields = ["title", "code"]
    fields = ["code", "title", "clause", "is_archived", "created_by", "created_at"]
    readonly_fields = ["code", "title", "created_by", "created_at"]
    inlines = [FormVersionInline]
    may_change = staticmethod(lambda user, obj=None: can_edit_forms(user))


@admin.register(models.FormVersion)
class FormVersionAdmin(ReadOnlyModelAdmin):
    list_display = ["form", "number", "state", "published_at"]
    list_filter = ["state"]
    list_select_related = ["form"]
    search_fields = ["form__title", "form__code"]
    exclude = ["definition"]


@admin.register(models.DataElement)
class DataElementAdmin(ReadOnlyModelAdmin):
    list_display = ["title", "code", "type", "unit", "is_archived"]
    list_filter = ["type", "is_archived"]
    search_fields = ["title", "code"]


@admin.register(models.DraftEdit)
class DraftEditAdmin(ReadOnlyModelAdmin):
    list_display = ["version", "number", "by", "at", "is_undone"]
    list_select_related = ["version__form", "by"]
    search_fields = ["version__form__title", "version__form__code"]
    exclude = ["patches"]


class ReminderInline(PortalTabularInline):
    model = models.Reminder
    fields = readonly_fields = ["day", "sent_at", "sent_by", "recipients"]
    can_delete = False


@admin.register(models.Campaign)
class CampaignAdmin(ReadOnlyModelAdmin):
    list_display = ["title", "period", "state", "due_at", "created_by"]
    list_filter = ["state", "period_kind"]
    list_select_related = ["created_by"]
    search_fields = ["title", "version__form__title"]
    date_hierarchy = "due_at"
    inlines = [ReminderInline]

    @admin.display(description="период", ordering="period_start")
    def period(self, campaign: models.Campaign) -> str:
        return campaign.period_title


@admin.register(models.Response)
class ResponseAdmin(ReadOnlyModelAdmin):
    list_display = ["organization", "campaign", "state", "submitted_at", "is_late"]
    list_filter = ["state", "is_late", "organization__kind"]
    list_select_related = ["organization", "campaign"]
    search_fields = ["organization__short_name", "campaign__title"]
    exclude = ["values", "open_rows", "vector", "answers"]

    def get_queryset(self, request):
        return super().get_queryset(request).without_documents()


@admin.register(models.CellChange)
class CellChangeAdmin(ReadOnlyModelAdmin):
    list_display = ["response", "address", "source", "by", "at"]
    list_filter = ["source"]
    list_select_related = ["response__organization", "response__campaign", "by"]
    search_fields = ["address", "response__organization__short_name"]


@admin.register(models.Submission)
class SubmissionAdmin(ReadOnlyModelAdmin):
    list_display = ["response", "number", "at", "by", "is_late"]
    list_filter = ["is_late"]
    list_select_related = ["response__organization", "response__campaign", "by"]
    search_fields = ["response__organization__short_name", "response__campaign__title"]
    exclude = ["values"]


class RemarkMessageInline(PortalTabularInline):
    model = models.RemarkMessage
    fields = readonly_fields = ["text", "by", "at"]
    can_delete = False


@admin.register(models.Remark)
class RemarkAdmin(ReadOnlyModelAdmin):
    list_display = ["response", "address", "state", "created_at"]
    list_filter = ["state"]
    list_select_related = ["response__organization", "response__campaign"]
    search_fields = ["address", "response__organization__short_name"]
    inlines = [RemarkMessageInline]


@admin.register(models.Explanation)
class ExplanationAdmin(ReadOnlyModelAdmin):
    list_display = ["response", "relation", "text", "at"]
    list_select_related = ["response__organization", "response__campaign"]
    search_fields = ["relation", "text", "response__organization__short_name"]


@admin.register(models.Extension)
class ExtensionAdmin(ReadOnlyModelAdmin):
    list_display = ["response", "due_at", "reason", "by", "at"]
    list_select_related = ["response__organization", "response__campaign", "by"]
    search_fields = ["reason", "response__organization__short_name"]


@admin.register(models.Attachment)
class AttachmentAdmin(ReadOnlyModelAdmin):
    list_display = ["file", "response", "kind", "removed_at"]
    list_filter = ["kind"]
    list_select_related = ["file", "response__organization", "response__campaign"]
    search_fields = ["file__name", "response__organization__short_name"]


@admin.register(models.ForeignBlank)
class ForeignBlankAdmin(ReadOnlyModelAdmin):
    list_display = ["title", "form", "created_by", "created_at"]
    search_fields = ["title", "form__title"]
    list_select_related = ["form", "created_by"]


@admin.register(models.BlankPlace)
class BlankPlaceAdmin(ReadOnlyModelAdmin):
    list_display = ["blank", "address", "sheet", "place"]
    search_fields = ["address", "sheet", "blank__title"]
    list_select_related = ["blank"]


@admin.register(models.SavedAnalysis)
class SavedAnalysisAdmin(ReadOnlyModelAdmin):
    list_display = ["title", "campaign", "in_report", "created_by", "created_at"]
    list_filter = ["in_report"]
    search_fields = ["title", "campaign__title"]
    list_select_related = ["campaign", "created_by"]


@admin.register(models.MonitoringReport)
class MonitoringReportAdmin(ReadOnlyModelAdmin):
    list_display = ["campaign", "state", "paper", "edited_by", "edited_at"]
    list_filter = ["state"]
    list_select_related = ["campaign", "paper", "edited_by"]
    search_fields = ["campaign__title"]
    exclude = ["figures"]


@admin.register(models.Part)
class PartAdmin(ReadOnlyModelAdmin):
    list_display = ["name", "response", "created_by", "created_at", "done_at", "withdrawn_at"]
    list_select_related = ["response__organization", "response__campaign", "created_by"]
    search_fields = ["name", "response__organization__short_name"]
    exclude = ["token_hash"]


@admin.register(models.PhoneCall)
class PhoneCallAdmin(ReadOnlyModelAdmin):
    list_display = ["response", "told_by", "entered_by", "sent_at", "confirmed_at", "objected_at"]
    list_select_related = ["response__organization", "response__campaign", "entered_by"]
    search_fields = ["told_by", "response__organization__short_name"]
    exclude = ["token_hash"]


@admin.register(models.Amendment)
class AmendmentAdmin(ReadOnlyModelAdmin):
    list_display = ["response", "state", "sent_at", "decided_at", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["response__organization", "response__campaign", "decided_by"]
    search_fields = ["response__organization__short_name", "reason"]
    exclude = ["values", "was"]


@admin.register(models.ResponseEdition)
class ResponseEditionAdmin(ReadOnlyModelAdmin):
    list_display = ["response", "valid_from", "valid_to", "is_late"]
    list_select_related = ["response__organization", "response__campaign"]
    search_fields = ["response__organization__short_name", "response__campaign__title"]
    exclude = ["values", "vector", "answers", "explanations"]
