"""What a line of the tables holds: the row the database must refuse, and its legal neighbour."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils import timezone

D = datetime.date


@dataclass(frozen=True)
class Case:
    """`wrong` breaks one constraint and nothing else; `right` differs from it as little as may be."""

    wrong: Model
    right: Model


Table = dict[str, Callable[[], Case]]


def pair(model: type[Model], given: dict[str, Any], wrong: dict[str, Any], right: dict[str, Any]) -> Case:
    """Two rows of the same values but for the named ones."""
    return Case(model(**given | wrong), model(**given | right))


def now() -> datetime.datetime:
    return timezone.now()
