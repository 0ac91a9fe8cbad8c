"""The school year: from the first of September to the thirty-first of August, by the clock of Magadan."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from apps.core.magadan import in_magadan, magadan_today

FIRST_MONTH = 9  # 273-ФЗ leaves the start to a school; the city's schools begin on 1 September
EARLIEST, LATEST = 1900, 2199
_WRITTEN = re.compile(
    r"\s*(\d{4})\s*[/–—-]\s*(\d{4}|\d{2})(?:\s*(?:уч\.|учебный)\s*(?:г\.|год))?\s*", re.ASCII
)


@dataclass(frozen=True, order=True)
class SchoolYear:
    """Named by the calendar year it starts in; ordered by it. ValueError outside of 1900–2199."""

    start: int

    def __post_init__(self) -> None:
        if not EARLIEST <= self.start <= LATEST:
            raise ValueError(f"school year {self.start} is out of range")

    @classmethod
    def of(cls, day: date) -> Self:
        """The year that the day belongs to; a moment with a time zone counts by the clock of Magadan."""
        if isinstance(day, datetime):
            day = in_magadan(day).date()
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @classmethod
    def current(cls) -> Self:
        """The year that goes on in Magadan now."""
        return cls.of(magadan_today())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads «2026/2027», also with a dash or as «2026/27»; ValueError with a Russian message."""
        match = _WRITTEN.fullmatch(text)
        if match:
            start, end = int(match[1]), int(match[2])
            if EARLIEST <= start <= LATEST and end in (start + 1, (start + 1) % 100):
                return cls(start)
        raise ValueError("Учебный год записывается так: 2026/2027.")

    def __str__(self) -> str:
        return self.short

    @property
    def short(self) -> str:
        """«2026/2027»."""
        return f"{self.start}/{self.start + 1}"

    @property
    def title(self) -> str:
        """«2026/2027 учебный год»."""
        return f"{self.short} учебный год"

    @property
    def first_day(self) -> date:
        return date(self.start, FIRST_MONTH, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, FIRST_MONTH - 1, 31)

    @property
    def previous(self) -> Self:
        return type(self)(self.start - 1)

    @property
    def next(self) -> Self:
        return type(self)(self.start + 1)

    def __contains__(self, day: date) -> bool:
        return type(self).of(day) == self
