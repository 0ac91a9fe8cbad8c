"""The responses an analysis looks at, read once with their numbers, and their groups."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from apps.monitoring.analysis.spec import Attribute, Wish
from apps.monitoring.compiled import compiled_for
from apps.monitoring.definition import CompiledForm
from apps.monitoring.models import Campaign
from apps.monitoring.summaries.behind import included
from apps.monitoring.summaries.rollups import Slice
from apps.monitoring.summaries.summary import city_values
from apps.monitoring.vectors import BLANK, column_sums, matrix_of, unscaled
from apps.organizations.enums import EducationLevel, OrganizationKind, OrganizationType

# Upper bounds of the groups by the number of pupils, both ends belong to the group.
SIZES = (100, 300, 600)


@dataclass(frozen=True)
class Member:
    """One organisation of the campaign as it was when it sent; type and district are of its card now."""

    response_id: int
    organization: str
    kind: str
    levels: tuple[str, ...]
    pupils: int | None
    is_late: bool
    type: str
    district: str


@dataclass(frozen=True)
class Frame:
    """Members by name and, in the same order, the rows of `matrix` (cells of `CompiledForm.numeric`)."""

    campaign: Campaign
    compiled: CompiledForm
    members: list[Member]
    matrix: NDArray[np.int64]

    def values(self, address: str) -> list[Decimal | None]:
        """Of each member, None where it left the cell blank; the cell must be a number of the form."""
        column = self.matrix[:, self.compiled.numeric.index(address)]
        decimals = self.compiled.cells[address].decimals
        return [None if raw == BLANK else unscaled(int(raw), decimals) for raw in column]

    def totals(self, rows: Sequence[int]) -> dict[str, Decimal]:
        """The values of a group as the summary makes them: its share is the share of its totals."""
        sums, filled = column_sums(self.matrix[np.array(rows, dtype=int)])
        return city_values(self.compiled, Slice(organizations=len(rows), sums=sums, filled=filled))

    def pupils(self, rows: Sequence[int]) -> int:
        return sum(self.members[row].pupils or 0 for row in rows)


def frame_of(campaign: Campaign, wish: Wish) -> Frame:
    """The campaign's included responses of the wished kinds and levels; one query."""
    compiled = compiled_for(campaign.version_id)
    rows = included(campaign, with_submitted=wish.with_submitted)
    if wish.kinds:
        rows = rows.filter(kind__in=wish.kinds)
    if wish.levels:
        rows = rows.filter(levels__overlap=list(wish.levels))
    found = list(
        rows.order_by("organization__short_name", "pk").values_list(
            "pk",
            "organization__short_name",
            "kind",
            "levels",
            "pupils",
            "is_late",
            "organization__type",
            "organization__district",
            "vector",
        )
    )
    members = [Member(*row[:3], tuple(row[3]), *row[4:8]) for row in found]
    return Frame(campaign, compiled, members, matrix_of((row[8] for row in found), len(compiled.numeric)))


class Group(NamedTuple):
    """Where a group stands among the others, and its title."""

    order: int
    title: str


def groups_of(members: Sequence[Member], by: Attribute) -> dict[Group, list[int]]:
    """Groups → places of their members. An organisation with several levels stands in each of them."""
    groups: dict[Group, list[int]] = defaultdict(list)
    for place, member in enumerate(members):
        for group in _groups(member, by):
            groups[group].append(place)
    return groups


def _groups(member: Member, by: Attribute) -> list[Group]:
    match by:
        case Attribute.KIND:
            return [_choice(OrganizationKind, member.kind, lambda one: one.plural_title)]
        case Attribute.LEVEL:
            return [_choice(EducationLevel, one, _capital) for one in member.levels] or [NOT_GIVEN]
        case Attribute.TYPE:
            return [_choice(OrganizationType, member.type, _capital)]
        case Attribute.DISTRICT:
            return [Group(0, member.district) if member.district else NOT_GIVEN]
        case Attribute.SIZE:
            return [_size(member.pupils)]
        case Attribute.TIMELINESS:
            return [Group(1, "С нарушением срока") if member.is_late else Group(0, "В срок")]
    return [Group(0, member.organization)]


def _choice(choices: Any, value: str, title: Any) -> Group:
    if value not in choices.values:
        return NOT_GIVEN
    return Group(choices.values.index(value), title(choices(value)))


def _capital(choice: Any) -> str:
    return f"{choice.label[:1].upper()}{choice.label[1:]}"


def _size(pupils: int | None) -> Group:
    if pupils is None:
        return NOT_GIVEN
    for order, bound in enumerate(SIZES):
        if pupils <= bound:
            return Group(
                order, f"{SIZES[order - 1] + 1}–{bound} обучающихся" if order else f"До {bound} обучающихся"
            )
    return Group(len(SIZES), f"Более {SIZES[-1]} обучающихся")


NOT_GIVEN = Group(99, "Не указано")
