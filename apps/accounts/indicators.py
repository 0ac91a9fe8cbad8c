"""Figures of the statute about who works with ИМО through the portal: clauses 1.1 and 4.1."""

from typing import Any

from apps.accounts.models import RoleGrant, User
from apps.core.registry import Indicator, Scope, indicators
from apps.core.roles import Role, reads_city
from apps.organizations.models import Organization


def teachers(user: Any, scope: Scope) -> Any:
    """Teachers who may sign in on the last day."""
    granted = RoleGrant.objects.in_force(scope.last).filter(role=Role.TEACHER)
    found = User.objects.filter(pk__in=granted.values("user_id"), is_active=True)
    return found.order_by("last_name", "first_name", "pk")


def connected(user: Any, scope: Scope) -> Any:
    """Organisations for which somebody answers in the portal on the last day."""
    granted = RoleGrant.objects.in_force(scope.last).filter(role=Role.REPRESENTATIVE, user__is_active=True)
    return Organization.objects.visible_to(user).filter(pk__in=granted.values("organization_id"))


def register() -> None:
    for key, clause, title, rows in (
        ("teachers", "1.1", "Педагогов с доступом в портал", teachers),
        ("connected", "4.1", "Организаций, с которыми работают через портал", connected),
    ):
        indicators.register(Indicator(f"accounts-{key}", title, clause, rows, order=10, allowed=reads_city))
