"""What this app offers to the floors above."""

from apps.accounts import indicators
from apps.accounts.permissions import can_see_invitations
from apps.core.registry import NavItem, navigation


def register() -> None:
    indicators.register()
    navigation.register(
        NavItem(
            key="accounts.invitations",
            title="Приглашения",
            url_name="accounts:invitation-list",
            icon="person",
            group="Управление",
            order=70,
            allowed=can_see_invitations,
        )
    )
