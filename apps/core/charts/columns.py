"""Standing columns: for periods and short names; with long names the chart lies down."""

from apps.core.charts import bars
from apps.core.charts.grid import Grid, grid_for
from apps.core.charts.shapes import SOFT, Drawing, Plot, box, text, width_of


def grouped(plot: Plot) -> Drawing:
    """The series of a category side by side."""
    values = [value for series in plot.values for value in series if value is not None]
    grid = grid_for(plot, values)
    if grid is None:
        return bars.grouped(plot)
    thick = min(56.0, grid.slot * 0.72 / len(plot.values))
    pieces = grid.pieces()
    with_values = max(width_of(plot.label(value)) for value in values) <= max(
        thick + 10, grid.slot * 0.9 / len(plot.values)
    )
    for number, series in enumerate(plot.values):
        for index, value in enumerate(series):
            x = grid.middle(index) + (number - len(plot.values) / 2) * thick
            pieces += _column(plot, grid, x, thick, value, number, with_values)
    return Drawing(grid.height, pieces)


def stacked(plot: Plot) -> Drawing:
    """The series of a category one upon another; negative values count as nought."""
    sums = [sum(max(value or 0, 0) for value in category) for category in zip(*plot.values, strict=True)]
    grid = grid_for(plot, sums)
    if grid is None:
        return bars.stacked(plot)
    thick = min(64.0, grid.slot * 0.66)
    pieces = grid.pieces()
    for index, total in enumerate(sums):
        x, reached = grid.middle(index) - thick / 2, 0.0
        for number, series in enumerate(plot.values):
            value = max(series[index] or 0, 0)
            if value:
                top = grid.y(reached + value)
                pieces.append(box(x, top, thick, grid.y(reached) - top, number))
                reached += value
        pieces.append(text(grid.middle(index), grid.y(total) - 5, plot.label(total), "middle"))
    return Drawing(grid.height, pieces)


def _column(
    plot: Plot, grid: Grid, x: float, thick: float, value: float | None, number: int, with_value: bool
) -> list[str]:
    if value is None:
        return [text(x + thick / 2, grid.y(0) - 5, "—", "middle", SOFT)]
    top, bottom = sorted((grid.y(value), grid.y(0)))
    pieces = [box(x + 1, top, thick - 2, bottom - top, number)]
    if with_value:
        pieces.append(
            text(x + thick / 2, top - 5 if value >= 0 else bottom + 14, plot.label(value), "middle")
        )
    return pieces
