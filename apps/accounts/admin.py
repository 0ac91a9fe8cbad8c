"""Users, rights and invitations in the Django admin; every change goes through an action."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from apps.accounts import actions, permissions
from apps.accounts.actions.grants import period
from apps.accounts.models import Invitation, RoleGrant, User
from apps.core.access import Refused
from apps.core.admin import REFUSALS, PortalModelAdmin, ReadOnlyModelAdmin, told
from apps.core.mail import absolute
from apps.core.refusals import record_refusal
from apps.core.roles import ORGANIZATION_ROLES, Role

GRANT_FIELDS = ["user", "role", "organization", "starts_on", "ends_on"]
GRANT_FIELDS += ["is_acting", "basis", "order_number", "order_date"]
DETAILS = ["username", "last_name", "first_name", "middle_name", "position", "email"]


def run_each(modeladmin: Any, request: HttpRequest, rows: Any, act: Any, done: str) -> None:
    """Runs the action row by row; each refusal is told, the other rows are still done."""
    count = 0
    for row in rows:
        try:
            act(row)
        except REFUSALS as error:
            modeladmin.message_user(request, f"{row}: {told(error)}", messages.ERROR)
            if isinstance(error, Refused):
                record_refusal(request)
        else:
            count += 1
    if count:
        modeladmin.message_user(request, f"{done}: {count}.", messages.SUCCESS)


class RoleFilter(admin.SimpleListFilter):
    title = "роль сегодня"
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Role.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        return queryset.filter(
            pk__in=RoleGrant.objects.in_force().filter(role=self.value()).values("user_id")
        )


@admin.register(User)
class UserAdmin(PortalModelAdmin):
    reads_personal_data = True
    may_view = staticmethod(permissions.can_view_users)
    may_add = staticmethod(permissions.can_manage_users)
    may_change = staticmethod(permissions.can_manage_users)

    list_display = ["username", "full_name", "position", "roles_today", "email", "is_active", "last_login"]
    list_filter = [RoleFilter, "is_active", "is_demo"]
    search_fields = ["username", "last_name", "first_name", "email"]
    fields = [*DETAILS, "is_active", "is_demo", "last_login", "created_at", "all_grants"]
    readonly_fields = ["is_active", "is_demo", "last_login", "created_at", "all_grants"]
    actions = ["give_password_link", "drop_second_factor", "sign_out", "deactivate", "activate"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        in_force = RoleGrant.objects.in_force().select_related("organization")
        return (
            super().get_queryset(request).prefetch_related(Prefetch("grants", in_force, to_attr="now_held"))
        )

    @admin.display(description="ФИО", ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.full_name

    @admin.display(description="роли сегодня")
    def roles_today(self, user: User) -> str:
        return "; ".join(str(grant) for grant in user.now_held)  # type: ignore[attr-defined]

    @admin.display(description="права")
    def all_grants(self, user: User) -> str:
        """To look at; rights are given and ended on a page of their own."""
        rows = ((grant, period(grant)) for grant in user.grants.select_related("organization"))
        return format_html_join(mark_safe("<br>"), "{}, {}", rows) or "нет"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return DETAILS if obj is None else self.fields

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new account has no password: its owner sets one by the link of an action."""
        details = {name: form.cleaned_data[name] for name in DETAILS}
        if change:
            actions.change_user(by=request.user, user=obj, **details)
        else:
            obj.__dict__.update(actions.create_user(by=request.user, **details).__dict__)

    @admin.action(description="Выдать ссылку для нового пароля", permissions=["change"])
    def give_password_link(self, request: HttpRequest, queryset: QuerySet) -> None:
        def give(user: User) -> None:
            link = absolute(actions.password_link(by=request.user, user=user))
            text = f"{user}: {link} (передайте лично, действует сутки и один раз)"
            self.message_user(request, text, messages.WARNING)

        run_each(self, request, queryset, give, "Выдано ссылок")

    @admin.action(description="Отключить второй фактор (утерян телефон)", permissions=["change"])
    def drop_second_factor(self, request: HttpRequest, queryset: QuerySet) -> None:
        run_each(
            self,
            request,
            queryset.exclude(pk=request.user.pk),
            lambda user: actions.drop_second_factor(by=request.user, user=user),
            "Второй фактор отключён",
        )

    @admin.action(description="Завершить все сеансы", permissions=["change"])
    def sign_out(self, request: HttpRequest, queryset: QuerySet) -> None:
        run_each(
            self,
            request,
            queryset,
            lambda user: actions.sign_out_everywhere(by=request.user, user=user),
            "Завершены сеансы пользователей",
        )

    @admin.action(description="Закрыть учётную запись", permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet) -> None:
        run_each(
            self,
            request,
            queryset,
            lambda user: actions.deactivate_user(by=request.user, user=user),
            "Закрыто учётных записей",
        )

    @admin.action(description="Открыть учётную запись", permissions=["change"])
    def activate(self, request: HttpRequest, queryset: QuerySet) -> None:
        run_each(
            self,
            request,
            queryset,
            lambda user: actions.activate_user(by=request.user, user=user),
            "Открыто учётных записей",
        )


class RoleGrantForm(forms.ModelForm):
    """Says beside the field what the action would refuse."""

    by: Any  # set by RoleGrantAdmin.get_form

    class Meta:
        model = RoleGrant
        fields = GRANT_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "role" in self.fields:  # absent where a right is only looked at or its end is changed
            allowed = permissions.grantable_roles(self.by) | {Role.HEAD}
            choices = [(value, label) for value, label in Role.choices if value in allowed]
            self.fields["role"].choices = [("", "выберите роль"), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        user, role = cleaned.get("user"), cleaned.get("role")
        if user is not None and user.pk == self.by.pk:
            self.add_error("user", "Право самому себе выдать нельзя.")
        elif user is not None and role is not None and not self._allowed(cleaned):
            self.add_error("role", "Эту роль вы выдать не можете.")
        if role in ORGANIZATION_ROLES and not cleaned.get("organization") and "organization" in self.fields:
            self.add_error("organization", "Для этой роли укажите организацию.")
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and actions.same_rights(self.instance).exists():
            self.add_error(None, "Такое право в эти дни у пользователя уже есть.")

    def _allowed(self, cleaned: dict[str, Any]) -> bool:
        if cleaned.get("is_acting"):
            return permissions.can_appoint_acting_head(self.by, cleaned["user"])
        return permissions.can_grant(self.by, cleaned["role"], cleaned["user"])


@admin.register(RoleGrant)
class RoleGrantAdmin(PortalModelAdmin):
    """A right is given here, later only its last day changes; what has ended stays in the list."""

    reads_personal_data = True
    form = RoleGrantForm
    may_view = staticmethod(permissions.can_manage_grants)
    may_change = staticmethod(permissions.can_manage_grants)
    may_add = staticmethod(permissions.can_manage_grants)

    list_display = ["user", "role", "organization", "starts_on", "ends_on", "is_acting", "order_number"]
    list_filter = ["role", "is_acting", "starts_on", "ends_on"]
    list_select_related = ["user", "organization"]
    search_fields = ["user__last_name", "user__username", "organization__short_name", "order_number"]
    autocomplete_fields = ["user", "organization"]
    date_hierarchy = "starts_on"
    actions = ["end_now"]
    fields = [
        "user", "role", "organization", "starts_on", "ends_on",
        "is_acting", "basis", "order_number", "order_date", "granted_by", "created_at",
    ]  # fmt: skip
    fixed = [name for name in fields if name != "ends_on"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.can_manage_grants(request.user)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return type(
            "RoleGrantForm", (super().get_form(request, obj, change, **kwargs),), {"by": request.user}
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields[:-2] if obj is None else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is None else self.fixed

    def save_model(self, request: HttpRequest, obj: RoleGrant, form: Any, change: bool) -> None:
        if change:
            actions.set_grant_end(by=request.user, grant=obj, ends_on=form.cleaned_data["ends_on"])
            return
        given = {name: form.cleaned_data[name] for name in self.fields[:-2]}
        if given.pop("is_acting"):
            for name in ("role", "organization", "basis"):
                del given[name]
            grant = actions.grant_acting_head(by=request.user, **given)
        else:
            grant = actions.grant_role(by=request.user, **given)
        obj.__dict__.update(grant.__dict__)

    @admin.action(description="Прекратить сейчас", permissions=["change"])
    def end_now(self, request: HttpRequest, queryset: QuerySet) -> None:
        run_each(
            self,
            request,
            queryset,
            lambda grant: actions.end_grant(by=request.user, grant=grant),
            "Прекращено прав",
        )


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyModelAdmin):
    reads_personal_data = True
    may_view = staticmethod(permissions.can_see_invitations)

    list_display = ["role", "organization", "email", "invited_by", "created_at", "expires_at", "accepted_by"]
    list_filter = ["role", "created_at", "accepted_at", "revoked_at"]
    list_select_related = ["organization", "invited_by", "accepted_by"]
    search_fields = ["organization__short_name", "email", "invited_by__last_name"]
    exclude = ["token_hash"]
    actions = ["revoke"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in super().get_readonly_fields(request, obj) if name != "token_hash"]

    @admin.action(description="Отозвать", permissions=["view"])
    def revoke(self, request: HttpRequest, queryset: QuerySet) -> None:
        run_each(
            self,
            request,
            queryset,
            lambda one: actions.revoke_invitation(by=request.user, invitation=one),
            "Отозвано приглашений",
        )
