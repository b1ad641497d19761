"""Charts that cannot be read are found out: known-bad charts, each with its good twin."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from analysis.record.legible import faults, readable_svg, words
from analysis.record.style import FILL, INK, PALETTE, family, figure, font, svg_bytes


def chart() -> tuple[Figure, object]:
    """A chart with two bars and direct labels, as the paper's are."""
    made, axes = figure(2)
    axes.barh([0, 1], [30, 12], color=[PALETTE["navy"], FILL["teal"]])
    axes.set_yticks([0, 1], ["One", "Two"])
    axes.text(31, 0, "30 of 59")
    axes.set_title("The first is voiced more often than the second")
    return made, axes


def test_a_good_chart_has_no_fault():
    """The style's own sizes and colours pass, with every text seen; the figure's resolution is set back."""
    made, _ = chart()
    before = made.dpi
    assert faults(made) == []
    assert {"One", "Two", "30 of 59", "The first is voiced more often than the second"} <= {w.text for w in words(made)}
    assert made.dpi == before


def test_a_colour_that_the_palette_lacks_is_named():
    """With those that there are, not by a bare key."""
    with pytest.raises(ValueError, match=r"nvy is no colour of theme/palette\.yml\. Take one of .*navy"):
        PALETTE["nvy"]


@pytest.mark.parametrize(
    ("x", "y", "text", "look", "found"),
    [
        (31.5, 0.05, "51%", {}, "“30 of 59” and “51%” overlap by"),
        (38, 0.5, "beyond the edge of the figure", {}, "“beyond the edge of the figure” reaches"),
        (20, 0.5, "small", {"size": 8.5}, None),
        (20, 0.5, "tiny", {"size": 8.4}, "“tiny” is 8.4 pt; the least is 8.5 pt."),
        (25, 0.5, "faint", {"color": "black", "alpha": 0.4}, "“faint” has a contrast of 2.85:1; text needs 4.5:1."),
        (31, 0.5, "one line\nunder the other", {}, None),
    ],
)
def test_a_text_that_cannot_be_read_is_found(x, y, text, look, found):
    """Over another (once, together), beyond the edge, under 8.5 points, or as faint as #999999 on white: one fault."""
    made, axes = chart()
    axes.text(x, y, text, **look)
    assert [fault.startswith(found or "") for fault in faults(made)] == ([True] if found else [])


def test_the_last_bit_of_a_place_changes_no_byte():
    """The layout's solver gives places that differ in the last bit from one drawing to the next."""
    drawings = []
    for height in (0.6, np.nextafter(0.6, 1)):
        made, axes = chart()
        made.set_layout_engine("none")
        axes.set_position((0.2, 0.2, 0.6, height))
        drawings.append(readable_svg(made, "bars"))
    assert b"<clipPath" in drawings[0]
    assert drawings[0] == drawings[1]


@pytest.mark.parametrize(
    ("colour", "bar", "passes"),
    [("white", 0, True), (INK, 0, False), (INK, 1, True), ("white", 1, False), ("#8a8a8a", None, False)],
)
def test_text_must_stand_out_from_the_bar_below_it(colour, bar, passes):
    """White on navy and ink on a pale bar pass; ink on navy, white on pale and grey on white do not."""
    made, axes = chart()
    axes.text(5 if bar is not None else 25, bar if bar is not None else 0.5, "label", color=colour, va="center")
    assert (not faults(made)) is passes


def test_a_chart_that_cannot_be_read_is_not_made():
    """The SVG of a good chart is given as it is; for a bad one an error names the chart and all its faults."""
    made, axes = chart()
    assert readable_svg(made, "good") == svg_bytes(chart()[0])
    axes.text(31.5, 0.05, "51%", size=6)
    with pytest.raises(ValueError, match=r"(?s)bad: the chart cannot be read\..*overlap.*“51%” is 6\.0 pt"):
        readable_svg(made, "bad")


def test_text_is_measured_in_the_font_that_it_is_drawn_in(root: Path) -> None:
    """Whatever matplotlib's settings are when a module is imported; only the style makes fonts."""
    mpl.rcdefaults()
    assert font(8.5).get_family() == [family()]
    makers = [file for file in (root / "analysis").rglob("*.py") if "FontProperties(" in file.read_text("utf-8")]
    assert [file.name for file in makers] == ["style.py"]
