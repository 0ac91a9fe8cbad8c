"""Refusals: what isn't yours is not there (404), what your role may not do is refused in a sentence (403)."""

from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

M = TypeVar("M", bound=Model)


class Refused(PermissionDenied):
    """403 with a sentence for the user."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


class Conflict(Exception):
    """The act does not fit the present state; the sentence is shown to the user, nothing was changed."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


def require(allowed: bool, told: str = "У вашей роли нет права на это действие.") -> None:
    """Raises `Refused` unless allowed."""
    if not allowed:
        raise Refused(told)


def found(queryset: QuerySet[M], **lookup: object) -> M:
    """The one row of an already narrowed (`visible_to`) queryset, or 404."""
    try:
        return queryset.get(**lookup)
    except (ObjectDoesNotExist, ValueError, OverflowError) as error:
        raise Http404 from error
