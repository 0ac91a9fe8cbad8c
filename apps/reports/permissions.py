"""Who reads the map of the statute."""

from typing import Any

from apps.core.roles import reads_city


def can_see_map(user: Any, obj: Any = None) -> bool:
    """What is reported for the whole city is read by ИМО and the head of the department (statute 1.3)."""
    return reads_city(user)
