"""The pages of the top floor in the navigation."""

from apps.core.registry import NavItem, navigation
from apps.portal.permissions import can_read_journal


def register() -> None:
    navigation.register(NavItem("portal.home", "Главная", "portal:home", "house", "", order=0))
    navigation.register(
        NavItem(
            "portal.journal",
            "Журнал",
            "portal:journal-list",
            "journal-text",
            "Управление",
            order=90,
            allowed=can_read_journal,
        )
    )
    navigation.register(
        NavItem("portal.help", "Помощь", "portal:help", "question-circle", "Справка", order=99)
    )
