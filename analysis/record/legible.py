"""Whether a chart can be read: its words do not overlap or leave the page, are large enough, and stand out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from coloraide import Color
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.record.style import SMALLEST_TEXT, svg_bytes

LEAST_CONTRAST = 4.5  # Web Content Accessibility Guidelines 2.2, success criterion 1.4.3
TOUCHING = 0.75  # points by which two boxes may meet: a box is a little larger than its letters
POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Word:
    """One text as it is drawn.

    Attributes:
        text: Its letters.
        size: Points.
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


class _Recorder(RendererSVG):
    """Draws as the paper's charts are drawn, and remembers the texts that came: those of hidden ticks never do.

    A text of several lines comes line by line without its owner, so its lines are kept to know it by.
    """

    def __init__(self, figure: Figure) -> None:
        width, height = figure.get_size_inches() * POINTS_PER_INCH
        super().__init__(width, height, io.StringIO())  # type: ignore[no-untyped-call]
        self.texts: list[Text] = []
        self.lines: set[str] = set()

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None) -> None:  # type: ignore[no-untyped-def]
        if mtext is None:
            self.lines.add(s)
        elif mtext not in self.texts and s.strip():
            self.texts.append(mtext)
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]


def words(figure: Figure) -> list[Word]:
    """Every text that a chart draws, in the order of drawing.

    Args:
        figure: The matplotlib figure; drawn once here at 72 dots per inch, then set back.
    """
    dpi = figure.dpi
    figure.set_dpi(POINTS_PER_INCH)
    try:
        recorder = _Recorder(figure)
        figure.draw(recorder)
        grounds = _grounds(figure)
        texts = [*recorder.texts, *_of_several_lines(figure, recorder.lines)]
        return [_word(text, recorder, grounds) for text in texts]
    finally:
        figure.set_dpi(dpi)


def _of_several_lines(figure: Figure, drawn: set[str]) -> list[Text]:
    """The texts of more than one line whose every line was drawn."""
    found = [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_visible()]
    several = [(text, text.get_text().split("\n")) for text in found if "\n" in text.get_text()]
    return [text for text, lines in several if {line for line in lines if line.strip()} <= drawn and any(lines)]


def _word(text: Text, recorder: _Recorder, grounds: list[tuple[Bbox, str]]) -> Word:
    box = text.get_window_extent(recorder)
    across, down = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    ground = next((colour for below, colour in grounds if below.contains(across, down)), "white")
    own = _over(text.get_color(), text.get_alpha(), ground)
    return Word(text.get_text(), float(text.get_fontsize()), box, Color(own).contrast(Color(ground)))


def _grounds(figure: Figure) -> list[tuple[Bbox, str]]:
    """The filled rectangles, the topmost first, with their colours on white."""
    patches = [
        patch
        for patch in figure.findobj(Rectangle)
        if isinstance(patch, Patch) and patch.get_visible() and patch.get_fill() and to_rgba(patch.get_facecolor())[3]
    ]
    patches.sort(key=lambda patch: patch.get_zorder(), reverse=True)
    own = figure.patch
    return [
        (patch.get_window_extent(), _over(patch.get_facecolor(), None, "white"))
        for patch in patches
        if patch is not own
    ]


def _over(colour: object, alpha: float | None, ground: str) -> str:
    """A colour laid on a ground, as `#rrggbb`."""
    red, green, blue, opacity = to_rgba(colour, alpha)  # type: ignore[arg-type]
    laid = Color.layer([Color("srgb", (red, green, blue), opacity), Color(ground)], space="srgb")
    return str(laid.to_string(hex=True))


def faults(figure: Figure) -> list[str]:
    """What keeps a chart from being read, one line each; empty when nothing does.

    Words overlap each other, reach beyond the figure, are smaller than the paper's least size, or have less than 4.5:1
    against the rectangle they stand on.

    Args:
        figure: The matplotlib figure.
    """
    found = words(figure)
    width, height = figure.get_size_inches() * POINTS_PER_INCH
    return [*_overlaps(found), *_outside(found, width, height), *_small(found), *_faint(found)]


def readable_svg(figure: Figure, name: str) -> bytes:
    """A chart as SVG, once it is known that it can be read.

    Args:
        figure: The matplotlib figure.
        name: What a message calls it.

    Raises:
        ValueError: It cannot; every fault is named.
    """
    made = svg_bytes(figure)
    if found := faults(figure):
        raise ValueError("\n".join([f"{name}: the chart cannot be read.", *found]))
    return made


def _overlaps(found: list[Word]) -> Iterator[str]:
    for one, other in combinations(found, 2):
        shared = Bbox.intersection(one.box, other.box)
        if shared is not None and min(shared.width, shared.height) > TOUCHING:
            yield f"{one} and {other} overlap by {shared.width:.1f} by {shared.height:.1f} pt."


def _outside(found: list[Word], width: float, height: float) -> Iterator[str]:
    for word in found:
        beyond = max(-word.box.x0, -word.box.y0, word.box.x1 - width, word.box.y1 - height)
        if beyond > TOUCHING:
            yield f"{word} reaches {beyond:.1f} pt beyond the figure."


def _small(found: list[Word]) -> Iterator[str]:
    for word in found:
        if word.size < SMALLEST_TEXT:
            yield f"{word} is {word.size:.1f} pt; the least is {SMALLEST_TEXT:.0f} pt."


def _faint(found: list[Word]) -> Iterator[str]:
    for word in found:
        if word.contrast < LEAST_CONTRAST:
            yield f"{word} has a contrast of {word.contrast:.2f}:1; text needs {LEAST_CONTRAST}:1."
