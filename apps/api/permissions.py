"""Who may have a key and who takes one away. What a key reads is decided by `visible_to`, as on the pages."""

from typing import Any

from apps.api.models import AccessKey
from apps.core.roles import Role, has_role, reads_city, represented_ids


def can_make_keys(user: Any) -> bool:
    """Whoever reads something that the interface gives: the department, organisations, the administrator."""
    return reads_city(user) or has_role(user, Role.ADMIN) or bool(represented_ids(user))


def can_revoke_key(user: Any, key: AccessKey) -> bool:
    """The owner, and the administrator anybody's."""
    return key.owner_id == user.pk or has_role(user, Role.ADMIN)


def can_see_all_keys(user: Any, key: AccessKey | None = None) -> bool:
    """The list of everybody's keys is for the administrator."""
    return has_role(user, Role.ADMIN)


def can_list_responses(user: Any) -> bool:
    """Lists of responses are on the pages of the department and of those who answer for an organisation."""
    return reads_city(user) or has_role(user, Role.REPRESENTATIVE)
