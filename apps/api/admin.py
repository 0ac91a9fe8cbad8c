"""Everybody's keys for the administrator: who has which, when it was last used, and the way to end one."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.api import permissions
from apps.api.actions import revoke_key
from apps.api.models import AccessKey
from apps.core.admin import ReadOnlyModelAdmin


@admin.register(AccessKey)
class AccessKeyAdmin(ReadOnlyModelAdmin):
    may_view = staticmethod(permissions.can_see_all_keys)
    list_display = ["name", "owner", "scope", "created_at", "expires_at", "last_used_at", "state_word"]
    list_filter = ["role", "created_at", "expires_at", "revoked_at"]
    list_select_related = ["owner", "organization"]
    search_fields = ["name", "owner__last_name", "owner__username"]
    exclude = ["token_hash"]
    actions = ["revoke"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in super().get_readonly_fields(request, obj) if name != "token_hash"]

    @admin.display(description="что видит", ordering="role")
    def scope(self, key: AccessKey) -> str:
        return key.scope_title

    @admin.display(description="состояние")
    def state_word(self, key: AccessKey) -> str:
        return key.state.label

    @admin.action(description="Отозвать выбранные ключи")
    def revoke(self, request: HttpRequest, queryset: QuerySet) -> None:
        for key in queryset:
            revoke_key(key=key, by=request.user)
        self.message_user(request, f"Отозвано ключей: {len(queryset)}.", messages.SUCCESS)
