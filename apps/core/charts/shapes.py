"""What charts are drawn of: texts, rectangles, patterns that differ without colour, the scale."""

import math
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from apps.core.russian import number

WIDTH = 720.0
FONT = "PT Sans, sans-serif"
SIZE = 13
LINE = 16.0
INK = "#1c2733"
SOFT = "#526070"
GRID = "#d9e0e7"
# Mean width of a letter of PT Sans in parts of the size; figures are a little wider than that.
LETTER = 0.55
HUGE = 1e12

# Colour of a series and the lines over it: told apart in black and white too.
FILLS = (
    ("#174a7c", ""),
    ("#a9c6e0", '<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="#174a7c" stroke-width="1.4"/>'),
    (
        "#d9952b",
        '<path d="M1 1h2.6v2.6H1zM5 5h2.6v2.6H5z" fill="#5c3a00"/>',
    ),
    ("#dfe6ec", '<path d="M0 2h8M0 6h8" stroke="#475464" stroke-width="1.2"/>'),
    ("#4d8062", '<path d="M2 0v8M6 0v8" stroke="#fff" stroke-width="1.2"/>'),
    ("#fff", '<path d="M0 0l8 8M8 0l-8 8" stroke="#174a7c" stroke-width="1"/>'),
)


@dataclass(frozen=True)
class Plot:
    """Data to draw; `values` per series, None where there is none."""

    categories: list[str]
    names: list[str]
    values: list[list[float | None]]
    unit: str = ""
    places: int | None = None

    def label(self, value: float) -> str:
        """The value as it is printed; beyond a million of millions as a power of ten."""
        if abs(value) >= HUGE:
            return f"{value:.2e}".replace(".", ",")
        return self._with_unit(number(value if self.places is not None else _exact(value), self.places))

    def tick(self, value: float) -> str:
        """A round value at the axis: no more digits than it has."""
        return self.label(value) if abs(value) >= HUGE else self._with_unit(number(_exact(value)))

    def _with_unit(self, text: str) -> str:
        return f"{text}\u00a0{self.unit}" if self.unit else text


@dataclass
class Drawing:
    """Pieces of SVG and how high they are together; the legend of `sample`s is put above by `picture`."""

    height: float
    pieces: list[str] = field(default_factory=list)
    sample: Callable[[float, float, int], str] | None = None


@dataclass(frozen=True)
class Scale:
    """From values to places: a round lowest and highest value and the ticks between, 0 always included."""

    low: float
    high: float
    ticks: list[float]

    def share(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)


def plottable(value: Any) -> float | None:
    """A finite number, None for everything that can't be drawn."""
    if value is None:
        return None
    try:
        made = float(value)
    except (OverflowError, ValueError):
        return None
    return made if math.isfinite(made) else None


def scale_for(values: Sequence[float], wish: int = 5) -> Scale:
    """About `wish` ticks at 1, 2 or 5 times a power of ten; whole ones where all the values are whole."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    if low == high:
        high = 1.0
    rough = (high - low) / wish
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * many for many in (1, 2, 5, 10) if power * many >= rough)
    if all(float(value).is_integer() for value in values):
        step = max(step, 1.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = [float(f"{one * step:.12g}") for one in range(first, last + 1)]
    return Scale(ticks[0], ticks[-1], ticks)


def width_of(words: str, size: float = SIZE) -> float:
    return len(words) * size * LETTER


def wrapped(words: str, width: float, most: int = 3) -> list[str]:
    """The text in lines of the width; what goes beyond `most` lines ends in «…»."""
    room = max(int(width / (SIZE * LETTER)), 3)
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    lines = [line if len(line) <= room else line[: room - 1] + "…" for line in lines] or [""]
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: room - 1].rstrip(" ,;") + "…"]
    return lines


def text(x: float, y: float, words: str, anchor: str = "start", fill: str = INK, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="{SIZE}" '
        f'text-anchor="{anchor}" fill="{fill}"{weight}>{escape(words)}</text>'
    )


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = GRID) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}"/>'


def box(x: float, y: float, width: float, height: float, series: int) -> str:
    """A rectangle with the fill of the series; `{0}` in it is the picture's own prefix of pattern names."""
    edge = ' stroke="#174a7c" stroke-width="0.6"' if series % len(FILLS) else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{max(height, 0.5):.1f}" '
        f'fill="{fill_of(series)}"{edge}/>'
    )


def fill_of(series: int) -> str:
    colour, pattern = FILLS[series % len(FILLS)]
    return f"url(#PREFIX-{series % len(FILLS)})" if pattern else colour


def picture(drawing: Drawing, plot: Plot, title: str, description: str) -> SafeString:
    """The whole SVG: names for screen readers, patterns, a legend where there are several series."""
    legend, top = _legend(plot.names, drawing.sample or _filled) if len(plot.names) > 1 else ("", 0.0)
    body = legend + f'<g transform="translate(0 {top:.1f})">{"".join(drawing.pieces)}</g>'
    # Names of patterns are global on a page: the data give each picture its own prefix.
    prefix = f"c{zlib.crc32(repr((title, plot)).encode('utf-8', 'replace')):08x}"
    height = drawing.height + top
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img" '
        f'aria-labelledby="PREFIX-t PREFIX-d"><title id="PREFIX-t">{escape(title)}</title>'
        f'<desc id="PREFIX-d">{escape(description)}</desc>{_patterns(body)}{body}</svg>'
    )
    return mark_safe(_named(svg, prefix))  # noqa: S308 - every text is escaped above


def _named(svg: str, prefix: str) -> str:
    for mark in ('id="', "url(#", 'aria-labelledby="'):
        svg = svg.replace(f"{mark}PREFIX-", f"{mark}{prefix}-")
    return svg.replace(f'{prefix}-t PREFIX-d"', f'{prefix}-t {prefix}-d"', 1)


def _patterns(body: str) -> str:
    used = [
        f'<pattern id="PREFIX-{index}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{colour}"/>{pattern}</pattern>'
        for index, (colour, pattern) in enumerate(FILLS)
        if pattern and f"url(#PREFIX-{index})" in body
    ]
    return f"<defs>{''.join(used)}</defs>" if used else ""


def _filled(x: float, y: float, series: int) -> str:
    return box(x, y, 24, 12, series)


def _legend(names: Sequence[str], sample: Callable[[float, float, int], str]) -> tuple[str, float]:
    """Names of the series with their fills, in as many lines as needed; and the height taken."""
    pieces, x, y = [], 0.0, 4.0
    for index, name in enumerate(names):
        shown = wrapped(name, WIDTH - 60, 1)[0]
        taken = 30 + width_of(shown) + 18
        if x and x + taken > WIDTH:
            x, y = 0.0, y + 20
        pieces.append(sample(x, y, index) + text(x + 30, y + 11, shown))
        x += taken
    return "".join(pieces), y + 28


def _exact(value: float) -> Decimal:
    return Decimal(f"{value:.12g}")
