"""What stands in a cell of a workbook as a person would type it on the page."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from apps.core.spreadsheets import Cell as Value
from apps.monitoring.relations.layout import Cell

PERCENT = "744"
"""Code of the per cent in ОКЕИ."""
_GROUPED = re.compile(
    r"([+\-−–]?\d{1,3})((?:,\d{3})+)\.(\d+)|([+\-−–]?\d{1,3})((?:\.\d{3})+),(\d+)", re.ASCII
)


def typed_text(value: Value) -> str:
    """A value of a cell as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return f"{value:%d.%m.%Y}" if value.time() == datetime.time() else f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%d.%m.%Y}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def answer_text(cell: Cell, value: Value) -> str:
    """The same for the answer to `cell`: a number typed as a text in another locale becomes one of ours."""
    text = typed_text(value)
    return localized(cell, text) if isinstance(value, str) else text


def localized(cell: Cell, text: str) -> str:
    """A number typed as a text in another locale as one of ours; any other text as it is.

    «1,234.5» and «1.234,5» are read: both marks stand, so it is plain which of them parts the fraction.
    «1,234» alone is left as it is. «12 %» is twelve only where the cell counts in per cent.
    """
    if not cell.is_number:
        return text
    if text.endswith("%") and _counts_in_percent(cell):
        text = text.removesuffix("%").rstrip()
    return _ungrouped(text)


def _counts_in_percent(cell: Cell) -> bool:
    return cell.unit is not None and (cell.unit.code == PERCENT or cell.unit.name == "%")


def _ungrouped(text: str) -> str:
    match = _GROUPED.fullmatch(text.strip())
    if match is None:
        return text
    whole, groups, fraction = match.groups()[:3] if match[1] else match.groups()[3:]
    return f"{whole}{groups.replace(',', '').replace('.', '')},{fraction}"
