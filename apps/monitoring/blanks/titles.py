"""Titles: of the form, and of each table with its number and unit, from the lines above the table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apps.monitoring.blanks import texts
from apps.monitoring.blanks.frames import Frame
from apps.monitoring.blanks.units import is_unit_line, unit_in, unit_named
from apps.monitoring.relations.layout import Unit

_SERVICE = re.compile(
    r"приложение|утвержд|к приказу|к письму|от\s+[«\"]?\d|форма\s*№|код формы|кому|куда|срок|\(?наименование|"
    r"продолжение|\(?полное наименование|отчитывающ|почтовый адрес|по состоянию на|на\s+\d|за\s+\d{4}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the lines above a table say; `row` is that of the title, 0 where there is none."""

    number: str = ""
    title: str = ""
    unit: Unit | None = None
    decimals: int = 0
    row: int = 0
    rows: frozenset[int] = frozenset()


def heading_of(frame: Frame) -> Heading:
    """The nearest «Раздел …», else the nearest line with words of its own."""
    lines = list(reversed(frame.above))
    told = [(row, line) for row, line in lines if not _is_told_by_others(line)]
    numbered = [(row, line) for row, line in told if texts.section_of(line)[0]]
    row, line = (numbered or told or [(0, "")])[0]
    near = [one for at, one in lines if at >= row] if row else [one for _, one in lines]
    number, title = texts.section_of(line)
    return Heading(
        number=number,
        title=_without_unit(title),
        unit=next(filter(None, map(unit_in, near)), None),
        decimals=max(map(texts.decimals_in_words, near), default=0),
        row=row,
        rows=frozenset({row} - {0} | {at for at, one in lines if at >= row and unit_in(one)}),
    )


def _without_unit(title: str) -> str:
    """«Работники, чел.» is told by its words; the unit stands in a place of its own."""
    match = re.fullmatch(
        r"(.{3,}?)\s*(?:,\s*(?P<tail>[^,()]{1,25})|[(\[](?P<brackets>[^()]{1,25})[)\]])\.?", title
    )
    named = match and unit_named(match["tail"] or match["brackets"])
    return match[1] if match and named else title


def form_title(frames: list[Frame]) -> str:
    """The title over the first table, above the line of its section; "" where there is none."""
    if not frames:
        return ""
    heading = heading_of(frames[0])
    over = [line for row, line in frames[0].above if not heading.row or row < heading.row]
    named = [line for line in over if not _is_told_by_others(line) and len(line) > 4]
    if named:
        return max(named, key=len)
    return "" if heading.number else heading.title


def _is_told_by_others(line: str) -> bool:
    return bool(
        (is_unit_line(line) and not texts.section_of(line)[0] and len(line) < 80 and not _has_words(line))
        or _SERVICE.match(line)
        or texts.is_signature(line)
        or texts.is_footnote(line)
        or line.endswith(":")
        or not re.search(r"[^\W\d_]{3}", line)
    )


def _has_words(line: str) -> bool:
    """Whether more is left than a unit and its code."""
    rest = re.sub(
        r"код\s+по\s+ОКЕИ.*|(?:единиц\w*\s+измерения|ед\.?\s*изм\.?).*", "", line, flags=re.IGNORECASE
    )
    return len(rest.split()) > 2
