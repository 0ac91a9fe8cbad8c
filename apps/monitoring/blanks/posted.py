"""Corrections as the page of the preview posts them; whatever can't be read counts as not corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apps.core.text import printable
from apps.monitoring.blanks.corrections import (
    CHECKED,
    COMPUTED,
    KINDS,
    LEFT_OUT,
    TYPES,
    Corrections,
    TableCorrections,
)
from apps.monitoring.blanks.places import column_number

_FIELD = re.compile(r"t([0-9]{1,3}-[0-9]{1,3})-([a-z_]+)(?:-([0-9]{1,5}))?")
_NUMBERS = ("header_top", "header_bottom", "numbers", "body_bottom")
MAX_FIELDS = 9_000


def corrections_of(posted: Mapping[str, str]) -> Corrections:
    """`posted` as `request.POST.dict()` or as it was kept. A ticked box posts «on», its mark «was» always."""
    tables: dict[str, dict[str, str]] = {}
    for name, value in list(posted.items())[:MAX_FIELDS]:
        match = _FIELD.fullmatch(name)
        if match:
            field = match[2] if match[3] is None else f"{match[2]}-{match[3]}"
            tables.setdefault(match[1], {})[field] = printable(str(value))
    formulas = posted.get("formulas", COMPUTED)
    return Corrections(
        title=_line(posted.get("title"), 500) or None,
        code=_line(posted.get("code"), 50) or None,
        formulas=formulas if formulas in (COMPUTED, CHECKED, LEFT_OUT) else COMPUTED,
        tables={key: _table(fields) for key, fields in tables.items()},
    )


def kept(posted: Mapping[str, str]) -> dict[str, str]:
    """What of a request is worth keeping for the next look at the page."""
    names = ("title", "code", "formulas")
    return {
        name: str(value)[:20_000]
        for name, value in list(posted.items())[:MAX_FIELDS]
        if name in names or _FIELD.fullmatch(name)
    }


def _line(value: str | None, length: int) -> str | None:
    return None if value is None else " ".join(printable(str(value)).split())[:length]


def _table(fields: dict[str, str]) -> TableCorrections:
    by_place: dict[str, dict[int, str]] = {"type": {}, "kind": {}, "level": {}}
    for name, value in fields.items():
        word, _, place = name.partition("-")
        if place and word in by_place:
            by_place[word][int(place)] = value
    numbers = {name: _number(fields.get(name)) for name in _NUMBERS}
    return TableCorrections(
        include="include" in fields if "was" in fields else None,
        is_open="is_open" in fields if "was" in fields else None,
        title=_line(fields.get("title"), 500),
        number=_line(fields.get("number"), 40),
        unit=_line(fields.get("unit"), 100),
        name=_column(fields.get("name")),
        code=_column(fields.get("code")),
        x=fields.get("x"),
        types={place: value for place, value in by_place["type"].items() if value in TYPES},
        kinds={place: value for place, value in by_place["kind"].items() if value in KINDS},
        levels={place: int(one) for place, one in by_place["level"].items() if re.fullmatch("[0-9]", one)},
        **numbers,
    )


def _number(value: str | None) -> int | None:
    """0 for a field left empty: there is no such row."""
    text = (value or "").strip()
    if value is None or (text and not (text.isascii() and text.isdecimal() and len(text) < 8)):
        return None
    return int(text or 0)


def _column(value: str | None) -> int | None:
    text = (value or "").strip()
    if value is None or (text and not column_number(text)):
        return None
    return column_number(text) if len(text) < 4 else None
