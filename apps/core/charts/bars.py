"""Lying bars: names to the left, values at the ends."""

from apps.core.charts.shapes import (
    INK,
    LINE,
    SOFT,
    WIDTH,
    Drawing,
    Plot,
    Scale,
    box,
    line,
    scale_for,
    text,
    width_of,
    wrapped,
)

LABELS = 250.0
GAP = 10.0


def grouped(plot: Plot) -> Drawing:
    """The series of a category one under another."""
    values = [value for series in plot.values for value in series if value is not None]
    thick = 20.0 if len(plot.values) == 1 else 15.0
    return _drawn(plot, values, thick * len(plot.values), thick, False)


def stacked(plot: Plot) -> Drawing:
    """The series of a category one after another; negative values can't be stacked and count as nought."""
    sums = [sum(max(value or 0, 0) for value in category) for category in zip(*plot.values, strict=True)]
    return _drawn(plot, sums, 22.0, 22.0, True)


def _drawn(plot: Plot, values: list[float], band: float, thick: float, is_stacked: bool) -> Drawing:
    scale = scale_for(values)
    longest = max(width_of(name) for name in plot.categories)
    left = min(LABELS, longest) + 12
    right = WIDTH - 8 - max(width_of(plot.label(value)) for value in (*values, 0.0))
    place = Place(left, right, scale)
    pieces: list[str] = []
    y = 4.0
    for index, name in enumerate(plot.categories):
        lines = wrapped(name, LABELS, 3)
        taken = max(band, len(lines) * LINE)
        top = y + (taken - band) / 2
        middle = y + taken / 2 - (len(lines) - 1) * LINE / 2 + 4.5
        pieces += [text(left - 12, middle + i * LINE, words, "end") for i, words in enumerate(lines)]
        category = [series[index] for series in plot.values]
        pieces += (
            _stack(plot, category, place, top, thick)
            if is_stacked
            else _group(plot, category, place, top, thick)
        )
        y += taken + GAP
    return Drawing(y + LINE, [*_axis(plot, place, y), *pieces, line(place.x(0), 0, place.x(0), y, INK)])


class Place:
    """Where a value lies between the left and the right edge."""

    def __init__(self, left: float, right: float, scale: Scale) -> None:
        self.left, self.right, self.scale = left, right, scale

    def x(self, value: float) -> float:
        return self.left + self.scale.share(value) * (self.right - self.left)


def _axis(plot: Plot, place: Place, bottom: float) -> list[str]:
    pieces = []
    edge = -1.0
    for tick in place.scale.ticks:
        x, words = place.x(tick), plot.tick(tick)
        pieces.append(line(x, 0, x, bottom))
        if x - width_of(words) / 2 > edge:
            pieces.append(text(x, bottom + 14, words, "middle", SOFT))
            edge = x + width_of(words) / 2 + 6
    return pieces


def _group(plot: Plot, category: list[float | None], place: Place, top: float, thick: float) -> list[str]:
    pieces = []
    for index, value in enumerate(category):
        y = top + index * thick
        if value is None:
            pieces.append(text(place.x(0) + 6, y + thick / 2 + 4.5, "—", fill=SOFT))
            continue
        near, far = sorted((place.x(0), place.x(value)))
        pieces.append(box(near, y + 1, far - near, thick - 2, index))
        pieces.append(text(max(far, place.x(0)) + 6, y + thick / 2 + 4.5, plot.label(value)))
    return pieces


def _stack(plot: Plot, category: list[float | None], place: Place, top: float, thick: float) -> list[str]:
    pieces, reached = [], 0.0
    for index, value in enumerate(category):
        if not value or value < 0:
            continue
        start, end = place.x(reached), place.x(reached + value)
        pieces.append(box(start, top + 1, end - start, thick - 2, index))
        reached += value
    pieces.append(text(place.x(reached) + 6, top + thick / 2 + 4.5, plot.label(reached)))
    return pieces
