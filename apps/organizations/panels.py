"""Parts of an organisation's card that the floors above have registered."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.core.registry import organization_panels
from apps.organizations.models import Organization


@dataclass(frozen=True)
class Panel:
    key: str
    title: str
    content: SafeString


def panels_for(user: Any, organization: Organization) -> list[Panel]:
    """The panels with something to show to the user, rendered, in the order of the registry."""
    panels = []
    for provider in organization_panels.allowed(user):
        context = provider.context(user, organization)
        if context is not None:
            content = render_to_string(provider.template, {**context, "organization": organization})
            panels.append(Panel(provider.key, provider.title, content))
    return panels
