"""Who opens the pages of the top floor."""

from typing import Any

from apps.core.roles import ADMIN_SITE_ROLES, JOURNAL_READERS, Role, has_role


def can_read_journal(user: Any, obj: Any = None) -> bool:
    """Who did what and when: the head and the administrator."""
    return has_role(user, *JOURNAL_READERS)


def can_read_values(user: Any, app_label: str) -> bool:
    """What stood in a row: the head; the administrator only of users and their rights, which he keeps."""
    return has_role(user, Role.HEAD) or (has_role(user, Role.ADMIN) and app_label == "accounts")


def can_follow_history(user: Any, subject_type: str) -> bool:
    """The journal leads to the history of rows its reader may see: the administrator sees no reporting."""
    is_directory = subject_type.partition(".")[0] in ("accounts", "organizations")
    return has_role(user, Role.HEAD) or (has_role(user, Role.ADMIN) and is_directory)


def can_finish_set_up(user: Any) -> bool:
    """The first steps after the start of an empty portal are shown to the administrator."""
    return has_role(user, Role.ADMIN)


def can_see_service_tables(user: Any, obj: Any = None) -> bool:
    """What the portal keeps about its own work, without content, is for the administrator."""
    return has_role(user, Role.ADMIN)


def enters_admin_site(user: Any, obj: Any = None) -> bool:
    """The tables are entered by the head, methodists, the director and the administrator."""
    return has_role(user, *ADMIN_SITE_ROLES)


def can_keep_calendar(user: Any, obj: Any = None) -> bool:
    """Days off that the state's calendar does not know are entered by ИМО and the administrator."""
    return has_role(user, Role.HEAD, Role.METHODIST, Role.ADMIN)
