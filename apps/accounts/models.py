"""Users, what they may do and since when, and how they are invited."""

import datetime
import uuid
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.fields.ranges import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower, Now
from django.utils import timezone

from apps.accounts.enums import InvitationState
from apps.core.history import tracked
from apps.core.roles import ADMIN_SITE_ROLES, ORGANIZATION_ROLES, Role, has_role, reads_city, represented_ids
from apps.organizations.models import Organization


class UserQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The administrator and ИМО see everybody, an organisation its own people, anyone himself."""
        if has_role(user, Role.ADMIN) or reads_city(user):
            return self
        return self.filter(Q(pk=user.pk) | Q(grants__organization__in=represented_ids(user))).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(username__iexact=username)


@tracked(exclude=["password", "last_login", "session_salt"])
class User(AbstractBaseUser):
    """Somebody who signs in. Rights come from dated grants only: there are no superusers."""

    username = models.CharField(
        "имя для входа", max_length=150, unique=True, validators=[UnicodeUsernameValidator()]
    )
    last_name = models.CharField("фамилия", max_length=100)
    first_name = models.CharField("имя", max_length=100)
    middle_name = models.CharField("отчество", max_length=100, blank=True)
    position = models.CharField("должность", max_length=200, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    is_active = models.BooleanField("может входить", default=True)
    is_demo = models.BooleanField("демонстрационный", default=False, editable=False)
    session_salt = models.CharField(max_length=32, default="", blank=True, editable=False)
    created_at = models.DateTimeField("создан", db_default=Now())

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["last_name", "first_name"]

    class Meta:
        verbose_name = "пользователь"
        verbose_name_plural = "пользователи"
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_any_case",
                violation_error_message="Такое имя для входа уже занято.",
            )
        ]

    def __str__(self) -> str:
        return self.short_name or self.username

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, [self.last_name, self.first_name, self.middle_name]))

    @property
    def short_name(self) -> str:
        """«Фамилия И. О.»"""
        initials = [f"{name[0]}." for name in (self.first_name, self.middle_name) if name]
        return "\u00a0".join([self.last_name, *initials])

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.short_name

    def get_session_auth_hash(self) -> str:
        """Changes with the password and with «выйти везде»: every open session ends."""
        return f"{super().get_session_auth_hash()}{self.session_salt}"

    @cached_property
    def grants_today(self) -> list["RoleGrant"]:
        """The grants in force today, read once for a user object (that is once a request)."""
        if not self.is_active:
            return []
        return list(self.grants.in_force().select_related("organization"))

    def hold(self, grants: "list[RoleGrant]") -> None:
        """For this object alone the rights are these: those of a key, those of another day."""
        self.grants_today = grants
        self.__dict__.pop("roles", None)
        self.__dict__.pop("represented_ids", None)

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants_today)

    @cached_property
    def represented_ids(self) -> frozenset[int]:
        return frozenset(
            grant.organization_id
            for grant in self.grants_today
            if grant.role == Role.REPRESENTATIVE and grant.organization_id is not None
        )

    @property
    def is_acting_head(self) -> bool:
        return any(grant.role == Role.HEAD and grant.is_acting for grant in self.grants_today)

    # What the Django admin asks; its pages then ask permissions of their own.
    @property
    def is_staff(self) -> bool:
        return not self.roles.isdisjoint(ADMIN_SITE_ROLES)

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        """Django's model permissions decide nothing here."""
        return False

    def has_perms(self, permissions: Any, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class RoleGrantQuerySet(models.QuerySet):
    def in_force(self, date: datetime.date | None = None) -> Self:
        """In force on the day (today in Magadan): from the first to the last day, both included."""
        day = date or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def visible_to(self, user: Any) -> Self:
        return self.filter(user__in=User.objects.visible_to(user))


class GrantDates(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


@tracked()
class RoleGrant(models.Model):
    """A role of a user between two dates, with the order it rests on (statute 6.4, 6.5)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name="пользователь")
    role = models.CharField("роль", max_length=20, choices=Role)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name="организация",
        help_text="Только для ответственного от организации и педагога.",
    )
    starts_on = models.DateField("с", default=timezone.localdate)
    ends_on = models.DateField("по", null=True, blank=True, help_text="Последний день, включительно.")
    is_acting = models.BooleanField("исполняющий обязанности", default=False)
    basis = models.CharField("основание", max_length=200, blank=True)
    order_number = models.CharField("номер приказа", max_length=50, blank=True)
    order_date = models.DateField("дата приказа", null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="выдал"
    )
    created_at = models.DateTimeField("создано", db_default=Now())

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "право"
        verbose_name_plural = "права"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="grant_ends_after_start",
                violation_error_message="Право заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(ORGANIZATION_ROLES), organization__isnull=False)
                | (~Q(role__in=sorted(ORGANIZATION_ROLES)) & Q(organization__isnull=True)),
                name="grant_organization_fits_role",
                violation_error_message=(
                    "Организация указывается у ответственного от организации и у педагога, "
                    "у других ролей её нет."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_acting=False)
                | (Q(role=Role.HEAD) & Q(ends_on__isnull=False) & ~Q(order_number="")),
                name="grant_acting_rests_on_order",
                violation_error_message=(
                    "Исполнять обязанности можно только заведующего, на срок и по приказу."
                ),
            ),
            ExclusionConstraint(
                name="grant_one_acting_head",
                expressions=[
                    (GrantDates(F("starts_on"), F("ends_on"), Value("[]")), RangeOperators.OVERLAPS)
                ],
                condition=Q(is_acting=True),
                violation_error_message="В эти дни обязанности заведующего уже возложены на другого.",
            ),
        ]
        indexes = [models.Index(fields=["user", "starts_on"], name="grant_user")]

    def __str__(self) -> str:
        where = f", {self.organization}" if self.organization_id else ""
        return f"{self.get_role_display()}{where}"


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """ИМО and the administrator see all, an organisation its own."""
        if has_role(user, Role.ADMIN) or reads_city(user):
            return self
        return self.filter(organization__in=represented_ids(user))

    def waiting(self) -> Self:
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def in_state(self, state: str) -> Self:
        """Those whose `state` it is now."""
        unused = self.filter(accepted_at=None, revoked_at=None)
        return {
            InvitationState.WAITING: self.waiting(),
            InvitationState.EXPIRED: unused.filter(expires_at__lte=timezone.now()),
            InvitationState.ACCEPTED: self.exclude(accepted_at=None),
            InvitationState.REVOKED: self.filter(accepted_at=None).exclude(revoked_at=None),
        }[InvitationState(state)]


@tracked(exclude=["token_hash"])
class Invitation(models.Model):
    """A one-time link that makes its reader a user with a role; the token itself is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    role = models.CharField("роль", max_length=20, choices=Role)
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="организация"
    )
    email = models.EmailField("электронная почта", blank=True)
    replaces = models.ForeignKey(
        RoleGrant,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="вместо",
        help_text="Право, которое закончится, когда преемник примет приглашение.",
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="пригласил"
    )
    created_at = models.DateTimeField("создано", db_default=Now())
    expires_at = models.DateTimeField("действует до")
    accepted_at = models.DateTimeField("принято", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="принял",
    )
    revoked_at = models.DateTimeField("отозвано", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(accepted_by__isnull=False),
                name="invitation_accepted_by_someone",
                violation_error_message="Принятое приглашение должно иметь принявшего.",
            )
        ]

    def __str__(self) -> str:
        return f"Приглашение: {self.get_role_display()}"

    @property
    def state(self) -> InvitationState:
        """From the moments and the clock; nothing is stored."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        return InvitationState.WAITING if self.expires_at > timezone.now() else InvitationState.EXPIRED

    @property
    def is_waiting(self) -> bool:
        return self.state == InvitationState.WAITING
