"""Who may look at and keep the list of organisations. Rows are narrowed beforehand by `visible_to`."""

from typing import Any

from apps.core.roles import Role, has_role, reads_city, represented_ids
from apps.organizations.models import Organization

# The administrator keeps the list too: without it nobody can be given a right within an organisation.
KEEPERS = frozenset({Role.HEAD, Role.METHODIST, Role.ADMIN})


def can_see_list(user: Any, organization: Organization | None = None) -> bool:
    """The department, the administrator, and whoever answers for an organisation."""
    return reads_city(user) or has_role(user, Role.ADMIN) or bool(represented_ids(user))


def can_keep(user: Any, organization: Organization | None = None) -> bool:
    """All of an organisation's details are kept by the methodist, the head and the administrator."""
    return has_role(user, *KEEPERS)


def can_import(user: Any) -> bool:
    """A list from Excel may change every organisation: the same people as for one of them."""
    return can_keep(user)


def represents(user: Any, organization: Organization) -> bool:
    """Answers today for the organisation or for the one it is a branch of."""
    return not represented_ids(user).isdisjoint({organization.pk, organization.parent_id})


def can_change_contacts(user: Any, organization: Organization) -> bool:
    """Head, address and contacts: also by the organisation's own responsible; never its ИНН or kind."""
    return can_keep(user, organization) or represents(user, organization)


def can_enter_contingent(user: Any, organization: Organization) -> bool:
    """The organisation's responsible, or ИМО on its behalf."""
    return can_change_contacts(user, organization) or has_role(user, Role.ASSISTANT)


def can_keep_department(user: Any, department: Any = None) -> bool:
    """The names on every paper are kept by the head and the department's head."""
    return has_role(user, Role.HEAD, Role.DIRECTOR)
