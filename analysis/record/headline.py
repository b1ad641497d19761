"""The finding, written as the title of a chart and broken where the page is full."""

from __future__ import annotations

from bisect import bisect

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.record.style import INK, figure, font, measured

POINTS = 72.0


def headline(figure: Figure, text: str) -> Text:
    """Write the finding (no full stop) over the chart, in as many lines as its width needs, about equally long."""
    width = float(figure.get_figwidth()) * POINTS
    widths = [width - 6 * step for step in range(int(width / 6) + 1)]
    lines = wrapped(text, width)
    last = bisect(widths, len(lines), key=lambda one: len(wrapped(text, one)))  # the narrower, the more lines
    lines = wrapped(text, widths[last - 1])
    return figure.suptitle("\n".join(lines), x=0.0, ha="left", color=INK, linespacing=0.9)


def sheet(height: float, text: str, width: float) -> tuple[Figure, Axes]:
    """A figure for a chart that places its own parts: one unit is one point, down from the top, under the finding.

    It is so many points high without the title, and so many inches wide.
    """
    above = 12.5 * len(wrapped(text, width * POINTS)) + 12
    made, axes = figure((height + above) / POINTS, width=width)
    made.set_layout_engine("none")
    axes.set_position((0, 0, 1, height / (height + above)))
    axes.set(xlim=(0, width * POINTS), ylim=(height, 0))
    axes.set_axis_off()
    headline(made, text).set_y(1 - 2 / (height + above))
    return made, axes


def wrapped(text: str, width: float, size: float = 10.5, weight: str = "bold") -> list[str]:
    """A text in lines that fit into so many points, measured in the chart's own font."""
    letters = font(size, weight)
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measured(longer, letters)[0] <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
