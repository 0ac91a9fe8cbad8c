"""Charts: one definition gives the picture (SVG for page and PDF) and the table of the same data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils.safestring import SafeString

from apps.core.charts import bars, columns, lines, shapes
from apps.core.charts.shapes import Plot

Kind = Literal["bar", "column", "stacked_bar", "stacked_column", "line"]
Value = int | Decimal | float | None

NO_DATA = SafeString('<p class="hint">Нет данных для диаграммы.</p>')

DRAWERS: dict[str, Callable[[Plot], shapes.Drawing]] = {
    "bar": bars.grouped,
    "stacked_bar": bars.stacked,
    "column": columns.grouped,
    "stacked_column": columns.stacked,
    "line": lines.drawn,
}


@dataclass(frozen=True)
class Series:
    """One row of values, a value for each category; None where there is none."""

    title: str
    values: Sequence[Value]


@dataclass(frozen=True)
class ChartTable:
    """The data of a chart: header of texts, rows that begin with the category."""

    header: list[str]
    rows: list[list[Any]]


@dataclass(frozen=True)
class Chart:
    """`bar` lies (long names), `column` stands (periods), both may be stacked; `line` is a course in time.

    `description` says in a sentence what is seen, `unit` stands at the values, `places` are digits after the
    comma. The title is not drawn: page and paper print it as a caption. ValueError when a series has
    not as many values as there are categories.
    """

    kind: Kind
    title: str
    description: str
    categories: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    places: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in DRAWERS:
            raise ValueError(f"no such kind of chart: {self.kind}")
        if any(len(one.values) != len(self.categories) for one in self.series):
            raise ValueError("every series has a value for each category")

    @property
    def is_empty(self) -> bool:
        return all(value is None for one in self._plotted() for value in one)

    def svg(self) -> SafeString:
        """The picture, attributes only (no style), every text escaped; without data a sentence instead."""
        if self.is_empty:
            return NO_DATA
        plot = Plot(
            categories=[str(name) for name in self.categories],
            names=[one.title for one in self.series],
            values=self._plotted(),
            unit=self.unit,
            places=self.places,
        )
        return shapes.picture(DRAWERS[self.kind](plot), plot, self.title, self.description)

    def table(self) -> ChartTable:
        """Categories in rows, series in columns."""
        rows = [
            [name, *(one.values[index] for one in self.series)] for index, name in enumerate(self.categories)
        ]
        return ChartTable(["", *(one.title for one in self.series)], rows)

    def _plotted(self) -> list[list[float | None]]:
        return [[shapes.plottable(value) for value in one.values] for one in self.series]
