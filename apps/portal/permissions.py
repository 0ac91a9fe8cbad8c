"""Who opens the pages of the top floor."""

from typing import Any

from apps.core.roles import Role, has_role


def can_read_journal(user: Any, obj: Any = None) -> bool:
    """Who did what and when: the head and the administrator."""
    return has_role(user, Role.HEAD, Role.ADMIN)


def can_finish_set_up(user: Any) -> bool:
    """The first steps after the start of an empty portal are shown to the administrator."""
    return has_role(user, Role.ADMIN)


def can_see_service_tables(user: Any, obj: Any = None) -> bool:
    """What the portal keeps about its own work, without content, is for the administrator."""
    return has_role(user, Role.ADMIN)


def can_keep_calendar(user: Any, obj: Any = None) -> bool:
    """Days off that the state's calendar does not know are entered by ИМО and the administrator."""
    return has_role(user, Role.HEAD, Role.METHODIST, Role.ADMIN)
