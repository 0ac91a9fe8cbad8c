"""What stands behind a figure: the organisations and their values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BinaryField, F, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Substr

from apps.monitoring.compiled import compiled_for
from apps.monitoring.models import Campaign, Response
from apps.monitoring.summaries.moments import Moment, editions_at
from apps.monitoring.summaries.rollups import ALL, states_in
from apps.monitoring.vectors import BLANK, unscaled

WIDTH = 8


@dataclass(frozen=True)
class Behind:
    """One organisation's share of a figure; `value` is None where it left the cell blank."""

    response_id: int
    organization_id: int
    organization: str
    is_late: bool
    pupils: int | None
    value: Decimal | None
    text: str


def included(
    campaign: Campaign, *, key: str = ALL, with_submitted: bool = False, moment: Moment | None = None
) -> QuerySet[Any]:
    """The responses that make up a group of the summary; of a past moment, their editions of then."""
    rows: QuerySet[Any] = Response.objects.filter(campaign=campaign, state__in=states_in(with_submitted))
    if moment is not None:
        rows = editions_at(campaign, moment)
    scope, _, value = key.partition(":")
    if scope == "kind":
        return rows.filter(kind=value)
    if scope == "level":
        return rows.filter(levels__contains=[value])
    return rows


def behind(
    campaign: Campaign,
    address: str,
    *,
    key: str = ALL,
    with_submitted: bool = False,
    among: QuerySet[Any] | None = None,
    moment: Moment | None = None,
) -> list[Behind]:
    """The organisations behind a cell, by name. Raises KeyError for an address the form does not have.

    `among`: the responses to take instead of the whole group, for a figure over a part of it.
    Of a number only its eight bytes are read, not the whole document.
    """
    compiled = compiled_for(campaign.version_id)
    cell = compiled.cells[address]
    group = among
    if group is None:
        group = included(campaign, key=key, with_submitted=with_submitted, moment=moment)
    owner = "pk" if group.model is Response else "response_id"
    rows = group.order_by("organization__short_name")
    numeric = address in compiled.numeric_set
    if numeric:
        start = compiled.numeric.index(address) * WIDTH + 1
        rows = rows.annotate(cell=Substr(F("vector"), Value(start), Value(WIDTH), output_field=BinaryField()))
    else:
        rows = rows.annotate(cell=KeyTextTransform(address, "answers"))
    return [
        Behind(
            response_id=row[0],
            organization_id=row[1],
            organization=row[2],
            is_late=row[3],
            pupils=row[4],
            value=_number(row[5], cell.decimals) if numeric else None,
            text="" if numeric else compiled.format_value(address, row[5] or ""),
        )
        for row in rows.values_list(
            owner, "organization_id", "organization__short_name", "is_late", "pupils", "cell"
        )
    ]


def _number(raw: bytes | None, decimals: int) -> Decimal | None:
    if not raw:
        return None
    number = int.from_bytes(bytes(raw), "little", signed=True)
    return None if number == BLANK else unscaled(number, decimals)


@dataclass(frozen=True)
class Ranked:
    place: str
    row: Behind
    figure: Decimal


METHOD = (
    "Организации расположены по убыванию показателя; равные значения делят место. "
    "Не заполнившие показатель в ранжировании не участвуют."
)


def ranking(rows: Sequence[Behind], *, per_pupil: bool = False) -> list[Ranked]:
    """Places by the falling figure; equal ones share a place: «2–3». Blank ones take no part.

    `per_pupil`: the figure is taken per 100 pupils; those without a contingent take no part either.
    """
    figures = [(row, _figure(row, per_pupil)) for row in rows]
    known = sorted(
        ((row, figure) for row, figure in figures if figure is not None), key=lambda pair: -pair[1]
    )
    return [Ranked(_place(known, figure), row, figure) for row, figure in known]


def _figure(row: Behind, per_pupil: bool) -> Decimal | None:
    if row.value is None or not per_pupil:
        return row.value
    return row.value * 100 / row.pupils if row.pupils else None


def _place(known: list[tuple[Behind, Decimal]], figure: Decimal) -> str:
    better = sum(1 for _, other in known if other > figure)
    equal = sum(1 for _, other in known if other == figure)
    return str(better + 1) if equal == 1 else f"{better + 1}–{better + equal}"


def by_organization(
    campaign: Campaign, *, with_submitted: bool = False, moment: Moment | None = None
) -> Iterator[tuple]:
    """(organisation, kind, is_late, vector, answers) of every included response, streamed by name."""
    return (
        included(campaign, with_submitted=with_submitted, moment=moment)
        .order_by("organization__short_name")
        .values_list("organization__short_name", "kind", "is_late", "vector", "answers")
        .iterator(chunk_size=100)
    )
