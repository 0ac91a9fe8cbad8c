"""Questions about numbers far from the organisation's last round or from similar organisations.

Pure: Decimals in, questions out. What the bounds mean is told in docs/form-definition.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

import numpy as np
from numpy.typing import NDArray

from apps.core.russian import difference, number, percent
from apps.monitoring.definition import CompiledForm, Violation
from apps.monitoring.definition.model import Outlier
from apps.monitoring.vectors import BLANK, unscaled

# Fewer organisations than this say nothing about what is usual.
FEWEST = 5
# Makes the MAD of a normal sample comparable with its standard deviation (Iglewicz, Hoaglin, 1993).
NORMAL = Decimal("0.6745")
LAST, SIMILAR = "сравнение с прошлым периодом", "сравнение с похожими организациями"
MARK = "?"
READY_ANSWERS = ("Открыт новый корпус.", "Ошибка прошлого периода.", "Значение верно: ")


@dataclass(frozen=True)
class Peers:
    """Similar organisations in the last accepted round.

    `columns`: cell address → (column of `matrix`, decimals of the cell); `matrix`: organisations × cells,
    whole numbers as vectors keep them; `pupils` of each organisation, None where they are not known.
    """

    columns: Mapping[str, tuple[int, int]]
    matrix: NDArray[np.int64]
    pupils: Sequence[int | None]

    def values(self, address: str, *, per_pupil: bool = False) -> list[Decimal]:
        """The exact values of those who filled the cell, per pupil of those whose pupils are known."""
        if address not in self.columns:
            return []
        column, decimals = self.columns[address]
        numbers = zip(self.matrix[:, column].tolist(), self.pupils, strict=True)
        known = [(unscaled(one, decimals), heads) for one, heads in numbers if one != BLANK]
        return [one / heads for one, heads in known if heads] if per_pupil else [one for one, _ in known]


@dataclass(frozen=True)
class Usual:
    """The usual value and the usual distance from it."""

    median: Decimal
    mad: Decimal


def spread_of(values: Sequence[Decimal]) -> Usual | None:
    """Median and median absolute deviation; None for too few values or where most are equal (MAD = 0)."""
    if len(values) < FEWEST:
        return None
    middle = median(values)
    mad = median([abs(value - middle) for value in values])
    return Usual(middle, mad) if mad else None


def changed_too_much(now: Decimal, before: Decimal, bound: int) -> bool:
    """Whether the change is above `bound` per cent of the last value; from nothing, any change is."""
    return abs(now - before) * 100 > abs(before) * bound


def is_far(value: Decimal, usual: Usual, bound: Decimal) -> bool:
    """Whether the modified z-score of the value is above the bound."""
    return NORMAL * abs(value - usual.median) > bound * usual.mad


def suspects(
    bounds: Mapping[str, Outlier], values: Mapping[str, str], peers: Peers, pupils: int | None
) -> set[str]:
    """The cells that may be far from the usual: in floats over the whole form at once, nothing left out.

    The few that remain are looked at exactly.
    """
    asked = [
        (address, one)
        for address, one in bounds.items()
        if one.similar is not None and address in peers.columns and values.get(address)
    ]
    found: set[str] = set()
    for by_pupil in (False, True):
        group = [(address, one) for address, one in asked if one.per_pupil is by_pupil]
        if group and (pupils or not by_pupil):
            found |= _suspects(group, values, peers, pupils if by_pupil else None)
    return found


def _suspects(
    group: list[tuple[str, Outlier]], values: Mapping[str, str], peers: Peers, pupils: int | None
) -> set[str]:
    places = [peers.columns[address] for address, _ in group]
    taken = peers.matrix[:, [column for column, _ in places]]
    known = np.where(taken == BLANK, np.nan, taken / [10.0**decimals for _, decimals in places])
    own = np.array([float(values[address]) for address, _ in group])
    if pupils is not None:
        known = known / np.array([[float(heads) if heads else np.nan] for heads in peers.pupils])
        own = own / pupils
    counts = np.count_nonzero(~np.isnan(known), axis=0)
    middle = _middles(known, counts)
    distance = np.abs(own - middle)
    bound = np.array([float(one.similar or 0) for _, one in group]) * _middles(np.abs(known - middle), counts)
    far = (counts >= FEWEST) & (float(NORMAL) * distance >= bound * 0.999999) & (distance > 0)
    return {address for (address, _), is_suspect in zip(group, far.tolist(), strict=True) if is_suspect}


def _middles(table: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """The median of each column over what is known; blanks are sorted last."""
    ordered, columns = np.sort(table, axis=0), np.arange(table.shape[1])
    low, high = np.maximum(counts - 1, 0) // 2, np.minimum(counts // 2, max(len(table) - 1, 0))
    middle: NDArray[np.float64] = (ordered[low, columns] + ordered[high, columns]) / 2
    return middle


def outliers_of(
    compiled: CompiledForm,
    values: Mapping[str, str],
    *,
    last: Mapping[str, str] | None = None,
    peers: Peers | None = None,
    pupils: int | None = None,
) -> list[Violation]:
    """The questions to ask, in the order of the form: each a warning whose `instance` is a stable key.

    Args: stored texts by address, now and in the last accepted round (None where there is none), the
    similar organisations (None where they are not to be compared with), the organisation's own pupils.
    """
    found: list[Violation] = []
    suspected = suspects(compiled.laid.outliers, values, peers, pupils) if peers is not None else set()
    for address, bounds in compiled.laid.outliers.items():
        if not values.get(address):
            continue
        now = Decimal(values[address])
        if bounds.last is not None and last and last.get(address):
            found.extend(_against_last(compiled, address, now, Decimal(last[address]), bounds.last))
        if address in suspected and peers is not None:
            found.extend(_against_peers(compiled, address, now, bounds, peers, pupils))
    return found


def _against_last(
    compiled: CompiledForm, address: str, now: Decimal, before: Decimal, bound: int
) -> Iterable[Violation]:
    if not changed_too_much(now, before, bound):
        return
    places = compiled.cells[address].decimals
    change = difference(now, before, places)
    if before:
        change += f", {percent((now - before) * 100 / abs(before))}"
    message = f"Сейчас {number(now, places)}, в прошлом периоде было {number(before, places)} ({change})."
    yield _question("last", LAST, address, message)


def _against_peers(
    compiled: CompiledForm, address: str, now: Decimal, bounds: Outlier, peers: Peers, pupils: int | None
) -> Iterable[Violation]:
    if bounds.per_pupil and not pupils:
        return
    value = now / pupils if bounds.per_pupil and pupils else now
    others = peers.values(address, per_pupil=bounds.per_pupil)
    usual = spread_of(others)
    if usual is None or not is_far(value, usual, Decimal(bounds.similar or 0)):
        return
    places = compiled.cells[address].decimals
    times, shown, unit = (100, max(places, 1), " на 100 обучающихся") if bounds.per_pupil else (1, places, "")
    message = (
        f"Сейчас {number(value * times, shown)}{unit}, у похожих организаций в прошлом периоде обычно "
        f"{number(usual.median * times, shown)} (по {len(others)} организациям)."
    )
    yield _question("similar", SIMILAR, address, message)


def _question(kind: str, relation: str, address: str, message: str) -> Violation:
    return Violation(relation, "warning", message, (address,), f"{MARK}{kind}:{address}")


def is_question(instance: str) -> bool:
    """Whether the key is that of an outlier question; no code of a relation begins with the mark."""
    return instance.startswith(MARK)


def ready_answers(compiled: CompiledForm) -> tuple[str, ...]:
    """Answers offered at each question: the form's own, otherwise the usual ones."""
    return compiled.form.outliers.answers or READY_ANSWERS
