"""Figures of the statute about informing the organisations: clause 3.2.7."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.models import RoleGrant
from apps.core.registry import Indicator, Scope, indicators
from apps.core.roles import Role
from apps.notices.models import Notice
from apps.notices.permissions import can_see_log
from apps.organizations.models import Organization


def _answering() -> QuerySet[RoleGrant]:
    """Within a query of notices: the recipient's grants for organisations in force when it was sent."""
    day = OuterRef("created_at__date")
    in_force = Q(ends_on=None) | Q(ends_on__gte=day)
    return RoleGrant.objects.filter(
        in_force, role=Role.REPRESENTATIVE, user=OuterRef("recipient"), starts_on__lte=day
    )


def to_organizations(user: Any, scope: Scope) -> Any:
    """Notices of the days to those who answered for an organisation when it was sent."""
    if not can_see_log(user):
        return Notice.objects.none()
    days = (scope.first, scope.last)
    return Notice.objects.filter(Exists(_answering()), created_at__date__range=days)


def opened(user: Any, scope: Scope) -> Any:
    return to_organizations(user, scope).exclude(read_at=None)


def readers(user: Any, scope: Scope) -> Any:
    """Organisations at least one notice to which was opened."""
    served = _answering().filter(organization=OuterRef(OuterRef("pk")))
    return Organization.objects.visible_to(user).filter(Exists(opened(user, scope).filter(Exists(served))))


def register() -> None:
    for order, (key, title, rows) in enumerate(
        [
            ("sent", "Уведомлений ответственным от организаций", to_organizations),
            ("opened", "Из них прочитано", opened),
            ("readers", "Организаций, где уведомления читали", readers),
        ]
    ):
        indicators.register(
            Indicator(f"notices-{key}", title, "3.2.7", rows, order=order, allowed=can_see_log)
        )
