"""What every page of the layout needs, found out only if the page asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from apps.core import registry
from apps.core.models import PortalState
from apps.core.roles import ADMIN_SITE_ROLES, Role, has_role, roles_of

ACTING = "исполняющий обязанности заведующего ИМО"


@dataclass(frozen=True)
class NavLink:
    title: str
    url: str
    icon: str
    active: bool
    current: str
    badge: int | None


@dataclass(frozen=True)
class NavGroup:
    title: str
    items: list[NavLink]


@dataclass(frozen=True)
class CounterSign:
    title: str
    url: str
    icon: str
    count: int

    @property
    def text(self) -> str:
        return "99+" if self.count > 99 else str(self.count)


class Portal:
    """The portal as the layout shows it to the user of the request."""

    title = "Портал ИМО"
    version = settings.PORTAL_VERSION

    def __init__(self, user: Any) -> None:
        self._user = user

    @cached_property
    def demo(self) -> bool:
        return PortalState.objects.filter(pk=1, is_demo=True).exists()

    @cached_property
    def department_short(self) -> str:
        sign = registry.signboards.get("department")
        return sign.text() if sign else ""

    @property
    def role(self) -> str:
        """The roles in the order of the enum; the acting head is called so."""
        names = {Role.HEAD.value: ACTING} if getattr(self._user, "is_acting_head", False) else {}
        roles = roles_of(self._user)
        return (
            ", ".join(names.get(role.value, str(role.label)) for role in Role if role in roles)
            or "роль не назначена"
        )

    @property
    def has_admin_site(self) -> bool:
        return has_role(self._user, *ADMIN_SITE_ROLES)


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context processor. `title`, `lead`, `breadcrumbs` are empty until the view gives its own."""
    user = getattr(request, "user", None)
    return {
        "portal": Portal(user),
        "navigation": _lazily(lambda: groups_for(user, request.path)),
        "counters": _lazily(lambda: counters_for(user)),
        "current_organization": getattr(request, "current_organization", None),
        "title": "",
        "lead": "",
        "breadcrumbs": [],
    }


def groups_for(user: Any, path: str) -> list[NavGroup]:
    """The navigation of the user; the longest address that begins the path is where he is."""
    if not _is_known(user):
        return []
    items = [(item, reverse(item.url_name)) for item in registry.navigation.allowed(user)]
    here = max((url for _, url in items if _leads_to(url, path)), key=len, default=None)
    groups: dict[str, list[NavLink]] = {}
    for item, url in items:
        badge = item.badge(user) if item.badge else None
        current = "page" if url == path else "true"
        link = NavLink(item.title, url, item.icon, url == here, current, badge)
        groups.setdefault(item.group, []).append(link)
    return [NavGroup(title, links) for title, links in groups.items()]


def counters_for(user: Any) -> list[CounterSign]:
    if not _is_known(user):
        return []
    return [
        CounterSign(entry.title, reverse(entry.url_name), entry.icon, entry.count(user))
        for entry in registry.header_counters.allowed(user)
    ]


def _is_known(user: Any) -> bool:
    return bool(user is not None and user.is_authenticated)


def _leads_to(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _lazily(question: Callable[[], Any]) -> Any:
    return SimpleLazyObject(question)
