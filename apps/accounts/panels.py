"""Parts of the account page that the floors above register."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.core.registry import Registry


@dataclass(frozen=True)
class AccountPanel:
    """A card of `/account/`: its heading, its template, and what the template needs for a user."""

    key: str
    title: str
    template: str
    context: Callable[[Any], dict[str, Any]]


account_panels: Registry[AccountPanel] = Registry("account panels")
