"""Whether a chart can be read: its words do not overlap or leave the page, are large enough, and stand out."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

import numpy as np
from coloraide import Color
from matplotlib.artist import Artist
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.record.style import POINTS, SMALLEST_TEXT, measured, svg_bytes

LEAST_CONTRAST = 4.5  # Web Content Accessibility Guidelines 2.2, success criterion 1.4.3
TOUCHING = 0.75  # points by which two boxes may meet: a box is a little larger than its letters

_CORNERS = 5  # of a rectangle's outline, the first of them twice


@dataclass(frozen=True)
class Word:
    """One text as it is drawn: its letters and their size in points.

    Attributes:
        box: Where it stands, in points from the lower left corner of the figure.
        contrast: With what lies below it, 1 to 21.
    """

    text: str
    size: float
    box: Bbox
    contrast: float

    def __str__(self) -> str:
        """The text on one line, shortened."""
        line = " ".join(self.text.split())
        return f"“{line[:40]}…”" if len(line) > 40 else f"“{line}”"


class _Reader(RendererSVG):
    """Writes a chart, and remembers the rectangles it fills and the texts that come: those of hidden ticks never do.

    A text of several lines comes line by line without its owner, so its lines are kept to know it by.
    """

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)  # type: ignore[no-untyped-call]
        self.grounds: list[tuple[Bbox, str]] = []  # the topmost last
        self.texts: list[Text] = []
        self.lines: set[str] = set()

    def get_text_width_height_descent(self, s, prop, ismath):  # type: ignore[no-untyped-def]
        return measured(s, prop, ismath)

    def draw_path(self, gc, path, transform, rgbFace=None) -> None:  # type: ignore[no-untyped-def]  # noqa: N803
        if len(path) == _CORNERS and rgbFace is not None:
            self.grounds.append((path.get_extents(transform), _over(to_rgba(rgbFace), "white")))
        super().draw_path(gc, path, transform, rgbFace)  # type: ignore[no-untyped-call]

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None) -> None:  # type: ignore[no-untyped-def]
        if mtext is None:
            self.lines.add(s)
        elif mtext not in self.texts and s.strip():
            self.texts.append(mtext)
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]

    def words(self, figure: Figure) -> Iterator[Word]:
        """Every text that was drawn, while the figure is as it was drawn."""
        found = [text for text in _texts(figure) if text.get_visible() and "\n" in text.get_text()]
        whole = [text for text in found if {*filter(str.strip, text.get_text().split("\n"))} <= self.lines]
        for text in (*self.texts, *whole):
            box = text.get_window_extent(self)
            middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
            ground = next((colour for below, colour in reversed(self.grounds) if below.contains(*middle)), "white")
            own = _over(to_rgba(text.get_color(), text.get_alpha()), ground)
            yield Word(text.get_text(), float(text.get_fontsize()), box, _contrast(own, ground))


class _Canvas(FigureCanvasSVG):
    """Draws a figure as SVG in one go with the reading of its words."""

    words: list[Word]

    def print_svg(self, filename: IO[bytes], *, metadata: Any = None, **_: Any) -> None:
        dpi = self.figure.dpi
        self.figure.set_dpi(POINTS)
        width, height = self.figure.get_size_inches() * POINTS
        reader = _Reader(width, height, codecs.getwriter("utf-8")(filename), image_dpi=dpi, metadata=metadata)
        self.figure.draw(reader)
        self.words = list(reader.words(self.figure))
        reader.finalize()  # type: ignore[no-untyped-call]


def words(figure: Figure) -> list[Word]:
    """Every text that a chart draws, in the order of drawing, texts of several lines last."""
    return _drawn(figure)[1]


def readable_svg(figure: Figure, name: str) -> bytes:
    """A chart as SVG, once it is known that it can be read; else a ValueError that names it and every fault."""
    svg, said = _drawn(figure)
    if found := list(_faults(said, *figure.get_size_inches() * POINTS)):
        raise ValueError("\n".join([f"{name}: the chart cannot be read.", *found]))
    return svg


def faults(figure: Figure) -> list[str]:
    """What keeps a chart from being read, one line each; empty when nothing does.

    Words overlap each other, reach beyond the figure, are smaller than the least of a chart, or have less than 4.5:1
    against the rectangle they stand on.
    """
    return list(_faults(words(figure), *figure.get_size_inches() * POINTS))


def _drawn(figure: Figure) -> tuple[bytes, list[Word]]:
    canvas = _Canvas(figure)
    return svg_bytes(figure), canvas.words


def _faults(said: list[Word], width: float, height: float) -> Iterator[str]:
    low = np.array([word.box.min for word in said]).reshape(-1, 2)
    high = np.array([word.box.max for word in said]).reshape(-1, 2)
    shared = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)  # points, across and up
    for one, other in np.argwhere(np.triu((shared > TOUCHING).all(axis=2), 1)):
        across, up = shared[one, other]
        yield f"{said[one]} and {said[other]} overlap by {across:.1f} by {up:.1f} pt."
    for word, beyond in zip(said, np.hstack([-low, high - (width, height)]).max(axis=1), strict=True):
        if beyond > TOUCHING:
            yield f"{word} reaches {beyond:.1f} pt beyond the figure."
        if word.size < SMALLEST_TEXT:
            yield f"{word} is {word.size:.1f} pt; the least is {SMALLEST_TEXT:g} pt."
        if word.contrast < LEAST_CONTRAST:
            yield f"{word} has a contrast of {word.contrast:.2f}:1; text needs {LEAST_CONTRAST}:1."


def _texts(artist: Artist) -> Iterator[Text]:
    """Every text of an artist, but of no axis that is switched off: asked for its ticks, it would make them."""
    for child in artist.get_children():
        if isinstance(child, Text):
            yield child
        elif not isinstance(child, Axis) or child.axes.axison:
            yield from _texts(child)


@cache
def _over(colour: tuple[float, ...], ground: str) -> str:
    """A colour (red, green, blue, opacity) laid on a ground, as `#rrggbb`."""
    laid = Color.layer([Color("srgb", colour[:3], colour[3]), Color(ground)], space="srgb")
    return str(laid.to_string(hex=True))


@cache
def _contrast(one: str, other: str) -> float:
    return Color(one).contrast(Color(other))
