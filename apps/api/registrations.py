"""What this app offers to the floors below."""

from typing import Any

from apps.accounts.panels import AccountPanel, account_panels
from apps.api.models import AccessKey
from apps.api.permissions import can_make_keys


def keys_in_force(user: Any) -> dict[str, Any]:
    allowed = can_make_keys(user)
    count = AccessKey.objects.filter(owner_id=user.pk).working().count() if allowed else 0
    return {"allowed": allowed, "count": count}


def register() -> None:
    account_panels.register(
        AccountPanel(
            key="api-keys",
            title="Ключи доступа",
            template="api/account_panel.html",
            context=keys_in_force,
        )
    )
