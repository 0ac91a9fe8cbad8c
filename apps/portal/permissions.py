"""Who opens the pages of the top floor."""

from typing import Any

from apps.core.roles import Role, has_role


def can_read_journal(user: Any) -> bool:
    """Who did what and when: the head and the administrator."""
    return has_role(user, Role.HEAD, Role.ADMIN)


def can_finish_set_up(user: Any) -> bool:
    """The first steps after the start of an empty portal are shown to the administrator."""
    return has_role(user, Role.ADMIN)
