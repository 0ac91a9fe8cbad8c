"""The data of a chart as a table of the report."""

from decimal import Decimal
from typing import Any

from apps.core.charts import Chart
from apps.papers.reports.blocks import Align, Cell, Column, DataTable, Head, Row

# With no more categories than this they stand in columns: a table of years is then two lines high.
MOST_COLUMNS = 6


def data_table(chart: Chart, note: str = "") -> DataTable:
    """The values with the places the chart has; a missing one is a dash."""
    table = chart.table()
    lines = [["Показатель", *table.header[1:]], *table.rows]
    if len(chart.series) < len(chart.categories) <= MOST_COLUMNS:
        lines = [list(line) for line in zip(*lines, strict=True)]
    header, *rows = lines
    return DataTable(
        "",
        (tuple(Head(str(title)) for title in header),),
        tuple(Row((Cell(str(name)), *(_cell(value, chart.places) for value in row))) for name, *row in rows),
        columns=(Column(2), *(Column(1),) * (len(header) - 1)),
        note=note,
    )


def _cell(value: Any, places: int | None) -> Cell:
    if value is None:
        return Cell("—", align=Align.RIGHT)
    return Cell(value if isinstance(value, int) else Decimal(str(value)), decimals=places)
