"""What a methodist corrects of the recognition: of the form, and of each table by its key «sheet-number»."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

COMPUTED, CHECKED, LEFT_OUT = "computed", "checked", "left_out"
TYPES = ("integer", "decimal1", "decimal2", "text", "yes_no", "date", "ignored")
KINDS = ("", "total", "including", "of_which", "grand_total", "heading", "skipped")


@dataclass(frozen=True)
class TableCorrections:
    """None means: as recognised. Rows and columns are those of the sheet, 0 stands for none.

    `types` by the first column of a data column, `kinds` and `levels` by row, `x` the X cells as text.
    """

    include: bool | None = None
    title: str | None = None
    number: str | None = None
    unit: str | None = None
    header_top: int | None = None
    header_bottom: int | None = None
    numbers: int | None = None
    body_bottom: int | None = None
    name: int | None = None
    code: int | None = None
    is_open: bool | None = None
    x: str | None = None
    types: Mapping[int, str] = field(default_factory=dict)
    kinds: Mapping[int, str] = field(default_factory=dict)
    levels: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Corrections:
    """`formulas`: sums become computed cells, control relations, or stay out."""

    title: str | None = None
    code: str | None = None
    formulas: str = COMPUTED
    tables: Mapping[str, TableCorrections] = field(default_factory=dict)

    def of(self, key: str) -> TableCorrections:
        return self.tables.get(key) or TableCorrections()
