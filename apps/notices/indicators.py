"""Figures of the statute about informing the organisations: clause 3.2.7."""

from typing import Any

from apps.accounts.models import RoleGrant
from apps.core.registry import Indicator, Scope, indicators
from apps.core.roles import Role
from apps.notices.models import Notice
from apps.notices.permissions import can_see_log


def to_organizations(user: Any, scope: Scope) -> Any:
    """Notices of the days to those who answer for organisations on the last of them."""
    if not can_see_log(user):
        return Notice.objects.none()
    answering = RoleGrant.objects.in_force(scope.last).filter(role=Role.REPRESENTATIVE)
    return Notice.objects.filter(
        recipient__in=answering.values("user_id"), created_at__date__range=(scope.first, scope.last)
    )


def opened(user: Any, scope: Scope) -> Any:
    return to_organizations(user, scope).exclude(read_at=None)


def register() -> None:
    for order, (key, title, rows) in enumerate(
        [
            ("sent", "Уведомлений ответственным от организаций", to_organizations),
            ("opened", "Из них прочитано", opened),
        ]
    ):
        indicators.register(
            Indicator(f"notices-{key}", title, "3.2.7", rows, order=order, allowed=can_see_log)
        )
