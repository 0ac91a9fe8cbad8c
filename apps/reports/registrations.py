"""What the app gives to the registries."""

from apps.core.registry import NavItem, navigation
from apps.reports.permissions import can_see_map


def register() -> None:
    navigation.register(
        NavItem(
            "reports.statute",
            "Карта Положения",
            "reports:statute-map",
            "book",
            "Управление",
            order=60,
            allowed=can_see_map,
        )
    )
