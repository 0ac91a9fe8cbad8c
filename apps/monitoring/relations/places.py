"""Where a relation is applied, and the bound on how many places may be tried."""

from __future__ import annotations

from dataclasses import dataclass

from apps.monitoring.relations.nodes import Ref

Address = tuple[str, str]
"""Source of values ("" is the form itself) and address in it."""


class Skip(Exception):
    """The relation does not concern this place (an X cell, a text column…).

    `crossed` is the reference that means nothing but X cells there, None where the cause is another one.
    """

    def __init__(self, crossed: Ref | None = None) -> None:
        super().__init__()
        self.crossed = crossed


class Budget:
    """Bounds the work of expanding hostile relations: cells looked up and places tried both count."""

    def __init__(self, left: int = 100_000) -> None:
        self.left = left

    @property
    def is_spent(self) -> bool:
        return self.left < 0


@dataclass(frozen=True, slots=True)
class Place:
    """What the scope, or running over all that fits, has put in for what the text leaves out.

    `index` counts the step of a walk («по гр.3, 5, 7»), from 0.
    """

    section: str = ""
    copy: str = ""
    row: str | None = None
    column: str | None = None
    index: int | None = None

    @property
    def key(self) -> str:
        """Stable part of an instance's key."""
        index = "" if self.index is None else str(self.index + 1)
        return ":".join((self.copy, self.row or "", self.column or "", index))

    def walked(self, codes: list[str]) -> str:
        """The code among those of a walk at which this place stands."""
        return codes[self.index or 0]
