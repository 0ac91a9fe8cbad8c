"""Reference books and rules of the registry: what an act changes is changed here."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import DateField, ManyToManyField
from django.http import HttpRequest

from apps.core.admin import PortalModelAdmin
from apps.core.forms import DayInput
from apps.core.russian import counted
from apps.teachers import actions, models, permissions
from apps.teachers.enums import PositionGroup

KEEPERS = staticmethod(permissions.can_keep_books)


class BookAdmin(PortalModelAdmin):
    """Everybody of the department looks; methodists and the head write, each time with a journal line.

    A name no longer used gets its last day instead of being deleted: records go on naming it.
    """

    may_add = may_change = KEEPERS
    formfield_overrides = {
        DateField: {"widget": DayInput},
        ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self._told(request, actions.book_saved(by=request.user, row=obj, is_new=not change))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._told(request, actions.book_removed(by=request.user, row=obj))

    def _told(self, request: HttpRequest, recounted: int) -> None:
        if recounted:
            cards = counted(recounted, "карточка", "карточки", "карточек")
            self.message_user(request, f"По новому правилу пересчитано: {cards}.", messages.INFO)


NAMED = ["name", "code", "synonyms", "predecessor", "valid_from", "valid_to", "act"]


class NamedAdmin(BookAdmin):
    list_display = ["name", "code", "valid_from", "valid_to", "predecessor"]
    list_filter = ["valid_to"]
    list_select_related = ["predecessor"]
    search_fields = ["name", "code", "synonyms"]
    autocomplete_fields = ["predecessor"]
    fields = NAMED


@admin.register(models.Position)
class PositionAdmin(NamedAdmin):
    list_display = ["name", "group", "in_coverage", "is_attested", "weekly_hours", "valid_from", "valid_to"]
    list_filter = ["group", "in_coverage", "counts_as_pedagogical", "is_attested", "valid_to"]
    fields = [NAMED[0], "group", "in_coverage", "counts_as_pedagogical", "is_attested", "weekly_hours"]
    fields += NAMED[1:]


@admin.register(models.Subject)
class SubjectAdmin(NamedAdmin):
    list_display = ["name", "area", "valid_from", "valid_to", "predecessor"]
    list_filter = ["area", "valid_to"]
    fields = [NAMED[0], "area", *NAMED[1:]]


@admin.register(models.AwardKind)
class AwardKindAdmin(NamedAdmin):
    list_display = ["name", "level", "valid_from", "valid_to"]
    list_filter = ["level", "valid_to"]
    fields = [NAMED[0], "level", *NAMED[1:]]


@admin.register(models.DutyKind)
class DutyKindAdmin(NamedAdmin):
    pass


class ObligatoryKindForm(forms.ModelForm):
    groups = forms.MultipleChoiceField(
        label="Группы должностей",
        choices=PositionGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@admin.register(models.ObligatoryKind)
class ObligatoryKindAdmin(NamedAdmin):
    form = ObligatoryKindForm
    list_display = ["name", "period_months", "first_term_months", "act", "valid_from", "valid_to"]
    fields = [NAMED[0], "period_months", "first_term_months", "groups", "positions", "duties", "warn_days"]
    fields += NAMED[1:]


@admin.register(models.Provider)
class ProviderAdmin(BookAdmin):
    may_delete = KEEPERS
    list_display = ["name", "short_name", "city", "licence_number", "licence_on"]
    list_filter = ["city"]
    search_fields = ["name", "short_name", "inn", "licence_number"]


class RuleAdmin(BookAdmin):
    """A changed rule is another row with later dates; one entered by mistake may be deleted."""

    may_delete = KEEPERS
    search_fields = ["act"]
    list_filter = ["valid_from"]


@admin.register(models.TrainingRule)
class TrainingRuleAdmin(RuleAdmin):
    list_display = ["kind", "min_hours", "valid_from", "valid_to", "act"]
    list_filter = ["kind"]


@admin.register(models.CategoryRule)
class CategoryRuleAdmin(RuleAdmin):
    list_display = ["kind", "months", "valid_from", "valid_to", "act"]
    list_filter = ["kind"]


@admin.register(models.CoverageRule)
class CoverageRuleAdmin(RuleAdmin):
    list_display = ["months", "by_document_date", "counts_external", "counts_on_leave", "valid_from"]
    list_display += ["valid_to", "act"]


@admin.register(models.YoungRule)
class YoungRuleAdmin(RuleAdmin):
    list_display = ["max_age", "is_inclusive", "max_experience_years", "valid_from", "valid_to", "act"]


@admin.register(models.RetentionRule)
class RetentionRuleAdmin(RuleAdmin):
    list_display = ["kind", "months", "valid_from", "valid_to", "act"]
    list_filter = ["kind"]


@admin.register(models.TermNotice)
class TermNoticeAdmin(BookAdmin):
    list_display = ["subject", "warn_days"]
    search_fields = ["subject"]
