"""Persons and the rows about them in the Django admin, only looked at: the portal's pages write them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.core.admin import ReadOnlyModelAdmin
from apps.core.roles import Role, has_role
from apps.teachers import models, permissions
from apps.teachers.models.people import PRIVATE

NAMES = ["last_name", "first_name", "middle_name"]
OF_PERSON = [f"person__{name}" for name in NAMES]


class RegistryAdmin(ReadOnlyModelAdmin):
    """`left_out`: what no page of the admin shows (copies of values, what serves undoing)."""

    reads_personal_data = True
    left_out: tuple[str, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        hidden = {*self.left_out, *self.hidden_from(request.user), self.opts.pk.name}
        return [one.name for one in self.opts.fields if one.name not in hidden]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj)

    def hidden_from(self, user: Any) -> tuple[str, ...]:
        return ()


@admin.register(models.Person)
class PersonAdmin(RegistryAdmin):
    """СНИЛС is shown on its own journalled press in the card, never here."""

    list_display = [*NAMES, "gender", "user", "erased_on"]
    list_filter = ["gender", "erased_on"]
    list_select_related = ["user"]
    search_fields = NAMES
    left_out = ("snils", "surname_key", "first_key", "name_key")

    def hidden_from(self, user: Any) -> tuple[str, ...]:
        return () if permissions.can_see_private(user) else PRIVATE


@admin.register(models.Standing)
class StandingAdmin(RegistryAdmin):
    list_display = ["person", "is_working", "organization", "position", "category", "trained_on"]
    list_filter = ["is_working", "position_group", "category", "is_on_leave"]
    list_select_related = ["person", "organization", "position"]
    search_fields = OF_PERSON


@admin.register(models.Employment)
class EmploymentAdmin(RegistryAdmin):
    list_display = ["person", "organization", "position", "form", "started_on", "ended_on"]
    list_filter = ["form", "started_on"]
    list_select_related = ["person", "organization", "position"]
    search_fields = [*OF_PERSON, "organization__short_name", "position__name"]


@admin.register(models.Leave)
class LeaveAdmin(RegistryAdmin):
    list_display = ["employment", "kind", "started_on", "ended_on"]
    list_filter = ["kind"]
    list_select_related = ["employment__position", "employment__organization"]
    search_fields = ["employment__person__last_name", "employment__organization__short_name"]


@admin.register(models.Duty)
class DutyAdmin(RegistryAdmin):
    list_display = ["person", "organization", "kind", "started_on", "ended_on"]
    list_filter = ["kind"]
    list_select_related = ["person", "organization", "kind"]
    search_fields = [*OF_PERSON, "organization__short_name"]


@admin.register(models.Vacancy)
class VacancyAdmin(RegistryAdmin):
    reads_personal_data = False
    list_display = ["position", "organization", "subject", "rate", "started_on", "ended_on"]
    list_filter = ["started_on"]
    list_select_related = ["position", "organization", "subject"]
    search_fields = ["position__name", "organization__short_name", "note"]


class DocumentAdmin(RegistryAdmin):
    """A scan is given out by the page of its row alone."""

    left_out = ("scan",)
    list_select_related = ["person"]
    search_fields = OF_PERSON


@admin.register(models.Education)
class EducationAdmin(DocumentAdmin):
    list_display = ["person", "degree", "is_pedagogical", "institution", "issued_on"]
    list_filter = ["degree", "is_pedagogical"]


@admin.register(models.AcademicDegree)
class AcademicDegreeAdmin(DocumentAdmin):
    list_display = ["person", "degree", "science", "issued_on"]
    list_filter = ["degree"]


@admin.register(models.Award)
class AwardAdmin(DocumentAdmin):
    list_display = ["person", "title", "level", "awarded_on"]
    list_filter = ["level"]
    search_fields = [*OF_PERSON, "title"]


@admin.register(models.Category)
class CategoryAdmin(DocumentAdmin):
    list_display = ["person", "kind", "position", "set_on", "valid_until"]
    list_filter = ["kind"]
    list_select_related = ["person", "position"]


@admin.register(models.Training)
class TrainingAdmin(DocumentAdmin):
    list_display = ["person", "kind", "programme", "hours", "ended_on", "issued_on", "is_counted"]
    list_filter = ["kind", "is_counted", "funding"]
    search_fields = [*OF_PERSON, "programme"]


@admin.register(models.Consent)
class ConsentAdmin(DocumentAdmin):
    list_display = ["person", "kind", "form", "given_on", "valid_until", "withdrawn_on"]
    list_filter = ["kind", "form"]


@admin.register(models.Mentorship)
class MentorshipAdmin(RegistryAdmin):
    list_display = ["mentor", "mentee", "organization", "form", "started_on", "ended_on"]
    list_filter = ["form", "terminated_by"]
    list_select_related = ["mentor", "mentee", "organization"]
    search_fields = ["mentor__last_name", "mentee__last_name", "order_number"]


@admin.register(models.ChangeSet)
class ChangeSetAdmin(RegistryAdmin):
    list_display = ["title", "origin", "organization", "state", "created_by", "created_at"]
    list_filter = ["origin", "state"]
    list_select_related = ["organization", "created_by"]
    search_fields = ["title", "organization__short_name"]
    left_out = ("source", "mapping")


@admin.register(models.ChangeRow)
class ChangeRowAdmin(RegistryAdmin):
    """What a row of a table holds stands on the page of its set, narrowed there by the role."""

    list_display = ["changes_set", "number", "name", "state"]
    list_filter = ["state"]
    list_select_related = ["changes_set"]
    search_fields = ["name"]
    left_out = ("given", "details", "changes", "faults", "undo")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        sets = models.ChangeSet.objects.visible_to(request.user)
        return super().get_queryset(request).filter(changes_set__in=sets)


@admin.register(models.UpdateRound)
class UpdateRoundAdmin(RegistryAdmin):
    reads_personal_data = False
    list_display = ["school_year", "due_on", "started_by", "closed_at"]
    list_select_related = ["started_by"]
    search_fields = ["school_year"]


@admin.register(models.SavedFilter)
class SavedFilterAdmin(RegistryAdmin):
    """One's own alone."""

    reads_personal_data = False
    list_display = ["name", "user"]
    list_select_related = ["user"]
    search_fields = ["name"]


@admin.register(models.Merge)
class MergeAdmin(RegistryAdmin):
    list_display = ["kept", "gone", "merged_by", "merged_at", "undone_at"]
    list_select_related = ["kept", "gone", "merged_by"]
    search_fields = ["kept__last_name", "gone__last_name"]
    left_out = ("undo",)


@admin.register(models.NotSame)
class NotSameAdmin(RegistryAdmin):
    list_display = ["first", "second", "said_by", "said_at"]
    list_select_related = ["first", "second", "said_by"]
    search_fields = ["first__last_name", "second__last_name"]


def reads_acts(user: Any, obj: Any = None) -> bool:
    return has_role(user, Role.HEAD, Role.ADMIN)


@admin.register(models.Erasure)
class ErasureAdmin(RegistryAdmin):
    may_view = staticmethod(reads_acts)
    list_display = ["number", "basis", "erased_by", "erased_at"]
    list_select_related = ["erased_by"]
    search_fields = ["number", "basis"]
