"""Questionnaires in the admin, to be looked at. Answers and who took part are not there: one would show."""

from typing import Any

from django.contrib import admin

from apps.core import journal
from apps.core.admin import PortalModelAdmin, ReadOnlyModelAdmin
from apps.core.enums import Verb
from apps.questionnaires import models
from apps.questionnaires.permissions import can_set_threshold


@admin.register(models.Questionnaire)
class QuestionnaireAdmin(ReadOnlyModelAdmin):
    list_display = ["title", "state", "mode", "opens_on", "closes_on"]
    list_filter = ["state", "mode", "clause"]
    search_fields = ["title"]


@admin.register(models.Question)
class QuestionAdmin(ReadOnlyModelAdmin):
    list_display = ["text", "questionnaire", "kind", "is_required"]
    list_filter = ["kind"]
    list_select_related = ["questionnaire"]
    search_fields = ["text", "questionnaire__title"]


@admin.register(models.Recipient)
class RecipientAdmin(ReadOnlyModelAdmin):
    list_display = ["organization", "questionnaire"]
    list_select_related = ["organization", "questionnaire"]
    search_fields = ["organization__short_name", "questionnaire__title"]


@admin.register(models.Invitee)
class InviteeAdmin(ReadOnlyModelAdmin):
    list_display = ["email", "organization", "questionnaire", "is_sent", "has_answered"]
    list_filter = ["is_sent", "has_answered"]
    list_select_related = ["organization", "questionnaire"]
    search_fields = ["email", "organization__short_name", "questionnaire__title"]
    exclude = ["token_hash"]


@admin.register(models.TextGroup)
class TextGroupAdmin(ReadOnlyModelAdmin):
    list_display = ["title", "question"]
    list_select_related = ["question"]
    search_fields = ["title", "question__text"]


@admin.register(models.Direction)
class DirectionAdmin(ReadOnlyModelAdmin):
    list_display = ["title", "questionnaire", "created_at", "done_on"]
    list_select_related = ["questionnaire"]
    search_fields = ["title", "questionnaire__title"]


@admin.register(models.GroupThreshold)
class GroupThresholdAdmin(PortalModelAdmin):
    """The head sets the threshold of questionnaires that begin from a day on; never less than five."""

    list_display = ["value", "starts_on"]
    search_fields = ["value"]
    may_add = staticmethod(can_set_threshold)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        journal.record(by=request.user, verb=Verb.CREATED, subject=obj)
