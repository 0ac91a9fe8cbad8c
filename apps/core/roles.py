"""The roles of the portal and what every actor answers about himself."""

from typing import Any, Protocol

from django.db.models import TextChoices


class Role(TextChoices):
    HEAD = "head", "заведующий ИМО"
    METHODIST = "methodist", "методист"
    ASSISTANT = "assistant", "вспомогательный персонал"
    DIRECTOR = "director", "руководитель департамента"
    REPRESENTATIVE = "representative", "ответственный от организации"
    TEACHER = "teacher", "педагог"
    JUROR = "juror", "член жюри"
    EXPERT = "expert", "эксперт"
    ADMIN = "admin", "администратор"


# Granted within one organisation; the others are granted for the whole department.
ORGANIZATION_ROLES = frozenset({Role.REPRESENTATIVE, Role.TEACHER})
# Those who do ИМО's work and see every organisation.
IMO_ROLES = frozenset({Role.HEAD, Role.METHODIST, Role.ASSISTANT})
# Those who read what is reported for the whole city.
CITY_READERS = IMO_ROLES | {Role.DIRECTOR}
# Those who read the journal and the history of a row.
JOURNAL_READERS = frozenset({Role.HEAD, Role.ADMIN})
# Those who may enter the Django admin at all; each page there asks its own permission.
ADMIN_SITE_ROLES = frozenset({Role.HEAD, Role.METHODIST, Role.DIRECTOR, Role.ADMIN})


class Actor(Protocol):
    """Whoever acts: a user, as the lower floors know him."""

    pk: Any
    is_authenticated: bool
    roles: frozenset[str]
    represented_ids: frozenset[int]


def roles_of(actor: Any) -> frozenset[str]:
    """The roles in force today; nobody's are empty."""
    return getattr(actor, "roles", frozenset())


def has_role(actor: Any, *roles: str) -> bool:
    return not roles_of(actor).isdisjoint(roles)


def represented_ids(actor: Any) -> frozenset[int]:
    """Ids of the organisations the actor answers for today."""
    return getattr(actor, "represented_ids", frozenset())


def reads_city(actor: Any) -> bool:
    """Sees what every organisation has reported: ИМО and the department's head."""
    return has_role(actor, *CITY_READERS)
