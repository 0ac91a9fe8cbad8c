"""What a filled workbook would change in a response, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.monitoring.workbook.reading import ReadBook


@dataclass(frozen=True)
class Change:
    """A cell whose answer in the workbook is not the portal's. `is_contested`: the portal's was changed after
    the workbook had left, and so was the workbook's."""

    address: str
    sheet: str
    place: str
    was: str
    became: str
    is_contested: bool


@dataclass
class Difference:
    """`kept`: how many cells were changed on the portal meanwhile and not in the workbook: they stay."""

    changes: list[Change] = field(default_factory=list)
    kept: int = 0


def difference(book: ReadBook, values: Mapping[str, str]) -> Difference:
    """The workbook against the present `values` of the response (address → stored value).

    A cell nobody touched in the workbook changes nothing, whatever has been typed on the portal since.
    """
    found = Difference()
    for address, became in book.values.items():
        was, left = values.get(address, ""), book.left_with.get(address)
        if became == was:
            continue
        if left is not None and became == left:
            found.kept += 1
            continue
        sheet, place = book.places[address]
        contested = left is not None and was != left
        found.changes.append(Change(address, sheet, place, was, became, contested))
    return found
