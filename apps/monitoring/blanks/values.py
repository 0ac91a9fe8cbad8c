"""What a column asks for: whole numbers, decimals, words, yes or no, dates."""

from __future__ import annotations

import re
from typing import Any

from apps.monitoring.blanks import texts
from apps.monitoring.blanks.columns import Slot
from apps.monitoring.blanks.sheets import Cell, Sheet
from apps.monitoring.relations.layout import Unit

_WORDS = re.compile(
    r"наименован|назван|ф\.?\s*и\.?\s*о|фамилия|адрес|примечан|комментари|пояснен|тема\b|ссылк|реквизит|описан|указать|"
    r"должност|перечень|e-?mail|сайт|кем\s|где\s|телефон",
    re.IGNORECASE,
)
_YES_NO = re.compile(r"\(?\s*да\s*(?:–|—|-|=)?\s*1?\s*[,;/]\s*нет", re.IGNORECASE)
_DATE = re.compile(r"^дата\b|\(дата\)|дд\.мм", re.IGNORECASE)
_SHARE = re.compile(r"%|процент|\bдоля\b|удельный вес|\bсредн(?:ий|яя|ее|его)\b", re.IGNORECASE)
_MONEY = {"383": 2, "384": 1, "385": 1, "744": 1, "055": 1, "059": 1, "113": 1}


def type_of(sheet: Sheet, slot: Slot, body: list[int], unit: Unit | None, decimals: int) -> str:
    """One of `corrections.TYPES` by heading, formats and what last year's copy holds."""
    cells = [sheet.shown(row, slot.left) for row in body]
    filled = [cell for cell in cells if cell.text and not texts.is_x(cell) and not cell.formula]
    heading = slot.full_heading
    if _YES_NO.search(heading):
        return "yes_no"
    if _DATE.search(slot.heading) or _share(cells, _is_date_format) > 0.6:
        return "date"
    wordy = [cell for cell in filled if cell.number is None]
    if _WORDS.search(slot.heading) or (filled and len(wordy) * 2 > len(filled)):
        return "text"
    places = max(decimals, _decimals(cells), _MONEY.get(unit.code, 0) if unit else 0)
    if not places and _SHARE.search(slot.heading):
        places = 1
    return "integer" if not places else "decimal1" if places == 1 else "decimal2"


def _decimals(cells: list[Cell]) -> int:
    by_format = max((texts.decimals_in_format(cell.number_format) for cell in cells), default=0)
    by_value = max((_places(cell) for cell in cells if not cell.formula), default=0)
    return max(by_format, by_value)


def _places(cell: Cell) -> int:
    if cell.number is None:
        return 0
    exponent = cell.number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _is_date_format(cell: Cell) -> bool:
    return bool(re.search(r"d{1,2}[./-]m|yy", cell.number_format, re.IGNORECASE))


def _share(cells: list[Cell], fits: Any) -> float:
    return sum(bool(fits(cell)) for cell in cells) / len(cells) if cells else 0


def value_of_type(name: str) -> dict[str, Any]:
    """The `value` of a definition for a type of the preview."""
    if name.startswith("decimal"):
        return {"type": "decimal", "decimals": int(name[-1])}
    return {"type": name}


def row_type(title: str) -> str:
    """What a row asks for where its name tells it; "" as its columns do."""
    if _YES_NO.search(title):
        return "yes_no"
    return (
        "decimal1"
        if re.search(r"\(?%\)?\s*$|^(?:доля|удельный вес|средн(?:ий|яя|ее)\b)", title.strip(), re.IGNORECASE)
        else ""
    )
