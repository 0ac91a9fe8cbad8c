"""Figures of the statute about the organisations of the city: clause 1.1."""

from typing import Any

from apps.core.registry import Indicator, Scope, indicators
from apps.organizations.models import Organization
from apps.organizations.permissions import can_see_list


def active(user: Any, scope: Scope) -> Any:
    """Legal persons that work on the last day."""
    return Organization.objects.visible_to(user).heads().active_on(scope.last)


def with_head(user: Any, scope: Scope) -> Any:
    """Those of them whose head is known."""
    return active(user, scope).exclude(head_name="")


def register() -> None:
    for order, (key, title, rows) in enumerate(
        [
            ("active", "Организаций, с которыми работает ИМО", active),
            ("with-head", "Из них известен руководитель", with_head),
        ]
    ):
        indicators.register(
            Indicator(f"organizations-{key}", title, "1.1", rows, order=order, allowed=can_see_list)
        )
