"""Places of organisations by several weighted indicators, with the method in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.core.russian import number, round_half_up
from apps.monitoring.analysis.frame import Frame, frame_of
from apps.monitoring.analysis.spec import Wish
from apps.monitoring.models import Campaign


@dataclass(frozen=True)
class Scale:
    """An indicator over those who are ranked: its span, its weight, and which end is better."""

    address: str
    lowest: Decimal
    highest: Decimal
    weight: Decimal
    less_is_better: bool

    @property
    def tells_apart(self) -> bool:
        return self.lowest != self.highest

    def score(self, value: Decimal) -> Decimal:
        """0 at the worst value, 100 at the best, evenly between."""
        above = self.highest - value if self.less_is_better else value - self.lowest
        return above * 100 / (self.highest - self.lowest)


@dataclass(frozen=True)
class Ranked:
    """`place` is «2» or, where several share it, «2–3»; `score` from 0 to 100 with one decimal."""

    place: str
    response_id: int
    organization: str
    score: Decimal
    values: tuple[Decimal, ...]


@dataclass(frozen=True)
class Ranking:
    wish: Wish
    scales: tuple[Scale, ...]
    rows: tuple[Ranked, ...]
    unranked: tuple[str, ...]


def ranking_of(campaign: Campaign, wish: Wish) -> Ranking:
    """Organisations by the falling weighted mean of their scores.

    Who lacks one of the indicators (or, per pupil, the number of pupils) takes no part and is named.
    An indicator with one value for all tells nobody apart and is left out of the mean.
    """
    frame = frame_of(campaign, wish)
    columns = [_column(frame, address, wish) for address in wish.indicators]
    table = list(zip(*columns, strict=True)) if columns else []
    full = [row for row, values in enumerate(table) if None not in values]
    scales = tuple(
        _scale(address, [table[row][at] for row in full], wish)
        for at, address in enumerate(wish.indicators if full else ())
    )
    scored = [(_mean(scales, table[row]), row) for row in full]
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    means = [mean for mean, _ in scored]
    return Ranking(
        wish=wish,
        scales=scales,
        rows=tuple(_ranked(frame, row, mean, means, table[row]) for mean, row in scored),
        unranked=tuple(one.organization for row, one in enumerate(frame.members) if row not in set(full)),
    )


def _column(frame: Frame, address: str, wish: Wish) -> list[Decimal | None]:
    values = frame.values(address)
    if not wish.per_pupil:
        return values
    return [
        None if value is None or not member.pupils else round_half_up(value * 100 / member.pupils, 6)
        for value, member in zip(values, frame.members, strict=True)
    ]


def _scale(address: str, values: Sequence[Decimal], wish: Wish) -> Scale:
    return Scale(address, min(values), max(values), wish.weights[address], address in wish.less_is_better)


def _mean(scales: Sequence[Scale], values: Sequence[Decimal]) -> Decimal:
    """The weighted mean of the scores; 100 where no indicator tells anybody apart.

    Rounded to six decimals, so that equal organisations stay equal.
    """
    pairs = [(one, value) for one, value in zip(scales, values, strict=True) if one.tells_apart]
    weight = sum((one.weight for one, _ in pairs), Decimal(0))
    if not weight:
        return Decimal(100)
    return round_half_up(sum(one.weight * one.score(value) for one, value in pairs) / weight, 6)


def _ranked(
    frame: Frame, row: int, mean: Decimal, means: Sequence[Decimal], values: tuple[Decimal, ...]
) -> Ranked:
    first, last = means.index(mean) + 1, len(means) - list(reversed(means)).index(mean)
    member = frame.members[row]
    place = str(first) if first == last else f"{first}–{last}"
    return Ranked(place, member.response_id, member.organization, round_half_up(mean, 1), values)


def method_of(ranking: Ranking, titles: dict[str, str]) -> list[str]:
    """How the places came about, in sentences a reader can check by hand."""
    told = [
        "Значение каждого показателя переведено в баллы от 0 (худшее из значений организаций) до 100 "
        "(лучшее) пропорционально расстоянию между ними; итог — среднее баллов с учётом весов. Организации "
        "стоят по убыванию итога, равные делят место."
    ]
    if ranking.wish.per_pupil:
        told.append("Показатели взяты на 100 обучающихся.")
    for one in ranking.scales:
        better = "лучше меньшее" if one.less_is_better else "лучше большее"
        span = f"от {number(round_half_up(one.lowest, 2))} до {number(round_half_up(one.highest, 2))}"
        left_out = "" if one.tells_apart else "; у всех одно значение, поэтому в итог не входит"
        told.append(
            f"«{titles[one.address]}»: вес {number(one.weight)}, {better}, значения {span}{left_out}."
        )
    if ranking.unranked:
        told.append(f"Не участвуют, так как заполнили не все показатели: {', '.join(ranking.unranked)}.")
    return told
