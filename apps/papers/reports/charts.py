"""The data of a chart as a table of the report."""

from decimal import Decimal
from typing import Any

from apps.core.charts import Chart
from apps.papers.reports.blocks import Cell, DataTable, Head, Row


def data_table(chart: Chart, note: str = "") -> DataTable:
    """Categories in rows, series in columns, with the places the chart has; a missing value is a dash."""
    table = chart.table()
    rows = tuple(
        Row((Cell(str(name)), *(_cell(value, chart.places) for value in values)))
        for name, *values in table.rows
    )
    return DataTable("", (tuple(Head(str(title)) for title in table.header),), rows, note=note)


def _cell(value: Any, places: int | None) -> Cell:
    if value is None or isinstance(value, str):
        return Cell(value or "—")
    return Cell(value if isinstance(value, int) else Decimal(str(value)), decimals=places)
