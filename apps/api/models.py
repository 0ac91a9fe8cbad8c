"""Keys by which a program reads what its owner may read."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from apps.accounts.models import RoleGrant
from apps.api.enums import KeyState
from apps.core.history import tracked
from apps.core.roles import ORGANIZATION_ROLES, Role, has_role
from apps.organizations.models import Organization


class AccessKeyQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own; the administrator sees everybody's, never a secret: none is kept."""
        return self if has_role(user, Role.ADMIN) else self.filter(owner_id=user.pk)

    def working(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


@tracked(exclude=["token_hash", "last_used_at"])
class AccessKey(models.Model):
    """Acts as its owner, or as one of his roles. Of the secret only the hash is kept.

    It gives no right: at every call the owner's grants in force that day are looked up (decision 0013).
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_keys", verbose_name="чей"
    )
    name = models.CharField("для чего", max_length=100)
    role = models.CharField("только роль", max_length=20, choices=Role, blank=True)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="только организация",
    )
    token_hash = models.CharField("отпечаток ключа", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("создан", db_default=Now(), editable=False)
    expires_at = models.DateTimeField("действует до")
    last_used_at = models.DateTimeField("последнее обращение", null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField("отозван", null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто отозвал",
        editable=False,
    )

    objects = AccessKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "ключ доступа"
        verbose_name_plural = "ключи доступа"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="access_key_expires_after_creation",
                violation_error_message="Срок ключа должен быть позже его создания.",
            ),
            models.CheckConstraint(
                condition=Q(organization=None) | Q(role__in=sorted(ORGANIZATION_ROLES)),
                name="access_key_organization_fits_role",
                violation_error_message="Организацией сужается только роль в организации.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="access_key_revoked_by_somebody",
                violation_error_message="У отозванного ключа указано, когда и кем он отозван.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> KeyState:
        if self.revoked_at is not None:
            return KeyState.REVOKED
        return KeyState.WORKING if timezone.now() < self.expires_at else KeyState.EXPIRED

    @property
    def scope_title(self) -> str:
        """«все мои права», «методист», «ответственный от организации, Школа № 1»"""
        parts = [self.get_role_display() if self.role else "", str(self.organization or "")]
        return ", ".join(filter(None, parts)) or "все права владельца"

    def covers(self, grant: RoleGrant) -> bool:
        """Whether a right of the owner is among those the key was narrowed to."""
        if self.role and grant.role != self.role:
            return False
        return self.organization_id is None or grant.organization_id == self.organization_id
