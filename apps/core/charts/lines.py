"""Lines: the course of a figure over periods; a missing value interrupts its line."""

from apps.core.charts.grid import Grid, grid_for
from apps.core.charts.shapes import Drawing, Plot, text

STROKES = ("#174a7c", "#b26a00", "#2c6e49", "#526070", "#8c1d40", "#4b3f8f")
DASHES = ("", "7 4", "2 4", "10 3 2 3", "4 2", "1 3")
MOST_VALUES = 14


def drawn(plot: Plot) -> Drawing:
    values = [value for series in plot.values for value in series if value is not None]
    grid = grid_for(plot, values, thin=True)
    assert grid is not None  # a thinned grid always fits
    pieces = grid.pieces()
    with_values = len(values) <= MOST_VALUES
    for number, series in enumerate(plot.values):
        points = [
            (grid.middle(index), grid.y(value), value)
            for index, value in enumerate(series)
            if value is not None
        ]
        pieces += [_path(run, number) for run in _runs(series, grid)]
        pieces += [_marker(x, y, number) for x, y, _ in points]
        if with_values:
            pieces += [text(x, y - 9, plot.label(value), "middle") for x, y, value in points]
    return Drawing(grid.height, pieces, _sample)


def _sample(x: float, y: float, series: int) -> str:
    return _path([(x, y + 6), (x + 26, y + 6)], series) + _marker(x + 13, y + 6, series)


def _runs(series: list[float | None], grid: Grid) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(series):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((grid.middle(index), grid.y(value)))
    return [run for run in runs if len(run) > 1]


def _path(run: list[tuple[float, float]], series: int) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
    dash = DASHES[series % len(DASHES)]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<polyline points="{points}" fill="none" stroke="{_stroke(series)}" stroke-width="2.2"{dashes}/>'


def _marker(x: float, y: float, series: int) -> str:
    shape = series % 3
    if shape == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{_stroke(series)}"/>'
    if shape == 1:
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{_stroke(series)}"/>'
    return f'<path d="M{x:.1f} {y - 5:.1f}l5 9h-10z" fill="{_stroke(series)}"/>'


def _stroke(series: int) -> str:
    return STROKES[series % len(STROKES)]
