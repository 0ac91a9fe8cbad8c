"""Groups of organisations × indicators, over one round or several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from apps.core.russian import round_half_up
from apps.monitoring.analysis.frame import Frame, Group, frame_of, groups_of
from apps.monitoring.analysis.spec import Measure, Wish
from apps.monitoring.models import Campaign
from apps.monitoring.queries import carried
from apps.monitoring.summaries.summary import Steps, earlier_of, per_hundred
from apps.monitoring.versions import GONE

TOTAL = Group(1000, "Всего")


@dataclass(frozen=True)
class PivotRow:
    """A group: how many organisations it has in the present round, and its values.

    `values[indicator][period]`, periods from the earliest to the present; None where nobody filled it in.
    """

    title: str
    organizations: int
    values: tuple[tuple[Decimal | None, ...], ...]


@dataclass(frozen=True)
class Pivot:
    """`places[indicator]`: decimals to show. The last row is of all the organisations taken together."""

    wish: Wish
    periods: tuple[str, ...]
    places: tuple[int, ...]
    rows: tuple[PivotRow, ...]


@dataclass(frozen=True)
class _Period:
    """A round: its frame, its groups, and the present addresses → those of its own form, GONE without one."""

    frame: Frame
    groups: Mapping[Group, list[int]]
    own: Mapping[str, str]


def pivot_of(campaign: Campaign, wish: Wish) -> Pivot:
    """The table; a query a round, whatever the number of groups and indicators."""
    chain: list[tuple[Campaign, Steps]] = [(campaign, []), *earlier_of(campaign, wish.rounds)]
    periods = [_period(one, steps, wish) for one, steps in reversed(chain)]
    present = periods[-1]
    groups = sorted({group for one in periods for group in one.groups})
    cells = present.frame.compiled.cells
    return Pivot(
        wish=wish,
        periods=tuple(one.frame.campaign.period_title for one in periods),
        places=tuple(_places(cells[address].decimals, wish.measure) for address in wish.indicators),
        rows=tuple(_row(group, periods, wish) for group in groups),
    )


def _period(campaign: Campaign, steps: Steps, wish: Wish) -> _Period:
    frame = frame_of(campaign, wish)
    groups = {**groups_of(frame.members, wish.by), TOTAL: list(range(len(frame.members)))}
    own = {carried(address, steps): address for address in frame.compiled.numeric}
    return _Period(frame, groups, {address: own.get(address, GONE) for address in wish.indicators})


def _places(decimals: int, measure: Measure) -> int:
    return decimals if measure == Measure.TOTAL else max(decimals, 2 if measure == Measure.PER_HUNDRED else 1)


def _row(group: Group, periods: Sequence[_Period], wish: Wish) -> PivotRow:
    by_period = [_values(one, one.groups.get(group, []), wish) for one in periods]
    return PivotRow(
        title=group.title,
        organizations=len(periods[-1].groups.get(group, [])),
        values=tuple(zip(*by_period, strict=True)),
    )


def _values(period: _Period, rows: Sequence[int], wish: Wish) -> list[Decimal | None]:
    """Of each indicator; one that the form of that round did not have is None."""
    frame, known = period.frame, period.frame.compiled.numeric_set
    if not rows:
        return [None for _ in period.own]
    if wish.measure in (Measure.MEAN, Measure.MEDIAN):
        return [
            _middle(frame.values(address), rows, wish.measure) if address in known else None
            for address in period.own.values()
        ]
    if wish.measure == Measure.TOTAL:
        totals = frame.totals(rows)
        return [totals.get(address) for address in period.own.values()]
    counted = [row for row in rows if frame.members[row].pupils]
    totals = frame.totals(counted)
    return [per_hundred(totals.get(address), frame.pupils(counted)) for address in period.own.values()]


def _middle(values: Sequence[Decimal | None], rows: Sequence[int], measure: Measure) -> Decimal | None:
    """Mean or median of those who filled the cell in, with six decimals at most."""
    known = [value for row in rows if (value := values[row]) is not None]
    if not known:
        return None
    middle = median(known) if measure == Measure.MEDIAN else sum(known, Decimal(0)) / len(known)
    return round_half_up(middle, 6)
