"""The ground of charts whose values stand upwards: ticks, lines, names of categories under the axis."""

from dataclasses import dataclass

from apps.core.charts.shapes import (
    INK,
    LETTER,
    LINE,
    SIZE,
    SOFT,
    WIDTH,
    Plot,
    Scale,
    line,
    scale_for,
    text,
    width_of,
    wrapped,
)

TOP = 22.0
PLOT_HEIGHT = 230.0
MOST_LINES = 3


@dataclass(frozen=True)
class Grid:
    plot: Plot
    scale: Scale
    left: float
    labels: list[list[str]]
    step: int = 1

    @property
    def slot(self) -> float:
        """Width of one category."""
        return (WIDTH - self.left) / len(self.plot.categories)

    @property
    def bottom(self) -> float:
        return TOP + PLOT_HEIGHT

    @property
    def height(self) -> float:
        return self.bottom + max(len(lines) for lines in self.labels) * LINE + 10

    def middle(self, index: int) -> float:
        return self.left + (index + 0.5) * self.slot

    def y(self, value: float) -> float:
        return self.bottom - self.scale.share(value) * PLOT_HEIGHT

    def pieces(self) -> list[str]:
        made = []
        for tick in self.scale.ticks:
            made.append(line(self.left, self.y(tick), WIDTH, self.y(tick), INK if tick == 0 else "#d9e0e7"))
            made.append(text(self.left - 8, self.y(tick) + 4.5, self.plot.tick(tick), "end", SOFT))
        for index, lines in enumerate(self.labels):
            if index % self.step == 0:
                made += [
                    text(self.middle(index), self.bottom + 18 + number * LINE, words, "middle")
                    for number, words in enumerate(lines)
                ]
        return made


def grid_for(plot: Plot, values: list[float], *, thin: bool = False) -> Grid | None:
    """None when the names do not fit under their categories; with `thin` only every n-th name is written."""
    scale = scale_for(values)
    left = max(width_of(plot.tick(tick)) for tick in scale.ticks) + 12
    slot = (WIDTH - left) / len(plot.categories)
    longest = max(len(word) for name in plot.categories for word in (name.split() or [""]))
    step = 1
    if thin:
        step = max(1, -(-int(longest * SIZE * LETTER + 8) // max(int(slot), 1)))
    room = slot * step - 6
    labels = [wrapped(name, room, MOST_LINES) for name in plot.categories]
    is_cut = any(words.endswith("…") for lines in labels for words in lines)
    if is_cut and not thin:
        return None
    return Grid(plot, scale, left, labels, step)
