"""One style for every chart: fonts, colours, sizes, the finding as its title, and how a figure becomes bytes."""

from __future__ import annotations

import hashlib
import io
import re
from bisect import bisect
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import yaml
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from analysis.data.dataset import project_root

_TEXT = TextToPath()
_PATH = re.compile(rb' d="[^"]*"')
_CLIP = re.compile(rb'<clipPath id="(\w+)">\s*(<[^>]+>)')
_PLACES = (project_root() / "theme", Path(__file__).resolve().parents[2] / "theme")
THEME = next(folder for folder in _PLACES if folder.is_dir())  # a study may have a look of its own
FONTS = THEME / "fonts"


class _Colours(dict[str, str]):
    """Colours by their names; one that has none is named, with those that there are."""

    def __missing__(self, name: str) -> str:
        raise ValueError(f"{name} is no colour of theme/palette.yml. Take one of {', '.join(self)}.")


_PALETTE = yaml.safe_load((THEME / "palette.yml").read_text(encoding="utf-8"))
FAMILY: str = _PALETTE["fonts"]["sans"]
POINTS = 72.0  # of an inch
TEXT_WIDTH = 6.3  # inches: the text column of the page, so that a point on the chart is a point in print
NARROW_WIDTH = 3.75  # inches: 360 pixels, the column of a phone
SMALLEST_TEXT: float = _PALETTE["size"]["chart"]  # points

INK: str = _PALETTE["text"]["ink"]
MUTED: str = _PALETTE["text"]["muted"]
RULE: str = _PALETTE["surface"]["rule"]
PALETTE: dict[str, str] = _Colours(_PALETTE["series"])  # navy, plum, teal, rust, slate: dark enough for text
FILL: dict[str, str] = _Colours(_PALETTE["fill"])  # the same hues, pale: areas behind labels and intervals, never text
SETTINGS: dict[str, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": MUTED,
    "axes.grid": False,
    "axes.labelcolor": INK,
    "axes.labelsize": 8.5,
    "axes.linewidth": 0.6,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.w_pad": 0,  # a chart begins where its title and the text do
    "figure.titlesize": 10.5,
    "figure.titleweight": "bold",
    "font.size": 8.5,
    "grid.color": RULE,
    "grid.linewidth": 0.5,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "lines.linewidth": 1.4,
    "svg.fonttype": "none",  # text stays text: small files, and words that a reader can search
    "svg.hashsalt": "open-defector-narratives",
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "xtick.labelsize": 8.5,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
    "ytick.labelsize": 8.5,
}


@cache
def family() -> str:
    """The chart font, shipped in `theme/fonts` so that no chart depends on the machine."""
    for file in sorted([*FONTS.rglob("*.ttf"), *FONTS.rglob("*.otf")]):
        font_manager.fontManager.addfont(file)
    known = {font.name for font in font_manager.fontManager.ttflist}
    return FAMILY if FAMILY in known else "DejaVu Sans"


def font(size: float, weight: str = "normal") -> FontProperties:
    """The chart font at a size in points, whatever matplotlib's own settings are at the moment."""
    return FontProperties(family=family(), weight=weight, size=size)


class Drawing(Figure):
    """A figure that a notebook shows as the SVG which the paper prints: `recorded`, once it is on record."""

    recorded: bytes | None = None

    def _repr_svg_(self) -> str:
        return (self.recorded or svg_bytes(self)).decode()


def figure(height: float, width: float = TEXT_WIDTH, **subplots: Any) -> tuple[Figure, Any]:
    """A figure in the paper's style, so many inches high and wide, made without pyplot's global state.

    Returns:
        The figure, and one axes or an array of them, as `Figure.subplots` gives them (nrows, ncols, sharex, ...).
    """
    mpl.rcdefaults()  # whatever the machine's own are
    mpl.rcParams.update(SETTINGS | {"font.family": [family()]})  # type: ignore[arg-type]  # matplotlib checks the keys
    made = Drawing(figsize=(width, height))
    FigureCanvasSVG(made)
    return made, made.subplots(**subplots)


@cache
def measured(text: str, font: FontProperties, ismath: bool = False) -> tuple[float, float, float]:
    """Width, height and descent of a line of text, in points; each is measured once while the process lives."""
    width, height, descent = _TEXT.get_text_width_height_descent(text, font, ismath)
    return width, height, descent


def headline(figure: Figure, text: str, **place: float) -> Figure:
    """Write the finding (no full stop) over the chart, in as many lines as its width needs, about equally long."""
    width = float(figure.get_figwidth()) * POINTS
    widths = [width - 6 * step for step in range(int(width / 6) + 1)]
    lines = wrapped(text, width)
    last = bisect(widths, len(lines), key=lambda one: len(wrapped(text, one)))  # the narrower, the more lines
    lines = wrapped(text, widths[last - 1])
    figure.suptitle("\n".join(lines), x=0.0, ha="left", color=INK, linespacing=0.9, **place)
    return figure


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
    return headline(made, text, y=1 - 2 / (height + above)), axes


def wrapped(text: str, width: float, size: float = 10.5, weight: str = "bold") -> list[str]:
    """A text in lines that fit into so many points, measured in the chart's own font."""
    letters, words, lines = font(size, weight), text.split(), list[str]()

    def long(n: int) -> float:
        return measured(" ".join(words[:n]), letters)[0]

    of_letter = long(len(words)) / max(len(text), 1)
    while words:
        n = max(" ".join(words)[: int(width / of_letter)].count(" "), 1)  # about; then as measured
        while n < len(words) and long(n + 1) <= width:
            n += 1
        while n > 1 and long(n) > width:
            n -= 1
        lines.append(" ".join(words[:n]))
        del words[:n]
    return lines


def mark(artist: Artist, name: str, label: str) -> None:
    """Name a bar, point or line that is on a figure, so that the page can show its numbers on hover and focus.

    The name is unique in the figure, in lower case and hyphens; the label says what it stands for, with its numbers:
    `Brutality: 61% (36 of 59)`.
    """
    artist.set_gid(f"mark-{name}")
    owner = artist.get_figure(root=True)
    if owner is None:
        raise ValueError(f"{name}: add the artist to a figure before naming it.")
    marks_of(owner)[f"mark-{name}"] = label


def marks_of(figure: Any) -> dict[str, str]:
    """The named marks of a figure: id to label."""
    if not hasattr(figure, "odn_marks"):
        figure.odn_marks = {}
    marks: dict[str, str] = figure.odn_marks
    return marks


def svg_bytes(figure: Figure) -> bytes:
    """The figure as SVG, the same bytes on every machine: no date, fixed ids; words stay words, a path is one line.

    It is written by the canvas itself: `savefig` would draw it once more before, for the layout alone.
    """
    buffer, dpi = io.BytesIO(), figure.dpi
    canvas = figure.canvas if isinstance(figure.canvas, FigureCanvasSVG) else FigureCanvasSVG(figure)
    with mpl.rc_context({"svg.hashsalt": SETTINGS["svg.hashsalt"], "svg.fonttype": SETTINGS["svg.fonttype"]}):
        canvas.print_svg(buffer, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    figure.set_dpi(dpi)
    svg = _PATH.sub(lambda path: path[0].replace(b"\n", b""), buffer.getvalue())
    for name, place in _CLIP.findall(svg):  # its own name is of the unrounded place, whose last bits the layout moves
        svg = svg.replace(name, b"p" + hashlib.sha256(place).hexdigest()[:10].encode())
    return svg
