"""The finding, written as the title of a chart and broken where the page is full."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from analysis.record.style import INK, measured

POINTS = 72.0


def headline(figure: Figure, text: str) -> None:
    """Write the finding over the chart, in as many lines as its width needs, about equally long.

    Args:
        figure: The figure.
        text: One sentence, no full stop.
    """
    width = float(figure.get_figwidth()) * POINTS
    lines = wrapped(text, width)
    while width > 0 and len(narrower := wrapped(text, width := width - 6)) == len(lines):
        lines = narrower
    figure.suptitle("\n".join(lines), x=0.0, ha="left", color=INK, linespacing=0.9)


def wrapped(text: str, width: float, size: float = 10.5, weight: str = "bold") -> list[str]:
    """A text in lines that fit, measured in the chart's own font.

    Args:
        text: Words separated by blanks.
        width: Room, in points.
        size: Size of the letters, in points.
        weight: Weight of the font.
    """
    font = FontProperties(weight=weight, size=size)
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measured(longer, font)[0] <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
