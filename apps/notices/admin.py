"""Notices and letters in the Django admin: to look at and to search."""

from typing import Any

from django.contrib import admin

from apps.core.admin import ReadOnlyModelAdmin
from apps.core.roles import ADMIN_SITE_ROLES, Role, has_role
from apps.notices.models import Delivery, Notice, Preference
from apps.notices.permissions import can_see_log


def admin_people(user: Any, obj: Any = None) -> bool:
    return has_role(user, *ADMIN_SITE_ROLES)


def administrators(user: Any, obj: Any = None) -> bool:
    return has_role(user, Role.ADMIN)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyModelAdmin):
    """One's own only, as everywhere."""

    may_view = staticmethod(admin_people)
    list_display = ["title", "kind", "created_at", "read_at"]
    list_filter = ["kind", "created_at", "read_at"]
    search_fields = ["title", "text"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyModelAdmin):
    """The notices a letter carried are their recipient's: the log shows the subject alone."""

    reads_personal_data = True
    may_view = staticmethod(can_see_log)
    list_display = ["subject", "recipient", "address", "state", "attempts", "created_at", "sent_at"]
    list_filter = ["state", "created_at"]
    list_select_related = ["recipient"]
    search_fields = ["subject", "address", "recipient__last_name"]
    exclude = ["notices"]


@admin.register(Preference)
class PreferenceAdmin(ReadOnlyModelAdmin):
    may_view = staticmethod(administrators)
    list_display = ["user", "frequency"]
    list_filter = ["frequency"]
    list_select_related = ["user"]
    search_fields = ["user__last_name", "user__username"]
