"""Agreement of the coders: four coefficients per variable, each with its interval."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.evidence.evidence_text import defined
from analysis.record.formats import decimal, plural
from analysis.record.headline import headline
from analysis.record.style import FILL, INK, MUTED, PALETTE, figure, mark
from analysis.stats.agreement import COEFFICIENTS

SMALL = 7.5  # points
MARKS = (0.667, 0.8)  # Krippendorff (2018, chapter 12): tentative conclusions from 0.667, reliance from 0.800
STEP = 1.7  # room between two variables, in rows


def agreement_chart(table: pd.DataFrame, without: pd.DataFrame, labels: dict[str, str], title: str) -> Figure:
    """Per variable and coefficient: the value, its interval, and the value without the cases whose label named a code.

    Args:
        table: From `coders.agreement_table`.
        without: The same over the cases whose label named no code.
        labels: Variable to its name in print, in the order wanted.
        title: The finding.
    """
    rows = list(COEFFICIENTS)
    made, axes = figure(1.0 + 0.175 * len(labels) * (len(rows) + STEP))
    least = min(0.0, float(table["low"].min()), float(without["value"].min()))
    for block, (variable, label) in enumerate(labels.items()):
        top = block * (len(rows) + STEP)
        n = int(table.xs(variable, level="variable")["n"].iloc[0])
        axes.text(least, top, f"{label}, {plural(n, 'case')}", fontsize=8.5, fontweight="bold", va="center", ha="left")
        for place, name in enumerate(rows, start=1):
            _row(axes, top + place, variable, label, name, table.loc[(variable, name)], without.loc[(variable, name)])
    height = len(labels) * (len(rows) + STEP) - STEP + 1
    ticks = [block * (len(rows) + STEP) + place for block in range(len(labels)) for place in range(1, len(rows) + 1)]
    axes.set_yticks(ticks, [COEFFICIENTS[name][0] for name in rows] * len(labels), fontsize=SMALL)
    axes.set(xlim=(least, 1.0), ylim=(height, -2.1))
    for edge in MARKS:
        axes.axvline(edge, color=MUTED, linewidth=0.7, linestyle=(0, (1, 2)), zorder=0)
        axes.annotate(
            decimal(edge, 3).rstrip("0"),
            (edge, -1.25),
            (3, 0),
            textcoords="offset points",
            fontsize=SMALL,
            color=MUTED,
            ha="left",
            va="center",
        )
    axes.set_xlabel("Agreement (0 is chance for the last three, 1 is perfect)")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    _key(made, axes)
    headline(made, title)
    return made


def _row(axes: Axes, y: float, variable: str, label: str, name: str, row: Any, other: Any) -> None:
    coefficient = COEFFICIENTS[name][0]
    limits = f"95% interval {defined(row.low)} to {defined(row.high)}"
    shown = f"{label}, {coefficient}: {defined(row.value)} ({limits}, {row.n:.0f} cases)"
    axes.plot([row.low, row.high], [y, y], color=FILL["navy"], linewidth=6, solid_capstyle="butt")
    (dot,) = axes.plot([row.value], [y], "o", color=PALETTE["navy"], markersize=5.5)
    mark(dot, f"{variable}-{name}".replace("_", "-"), shown)
    (ring,) = axes.plot(
        [other.value], [y], "D", markerfacecolor="white", markeredgecolor=PALETTE["rust"], markersize=3.6
    )
    less = "without the cases whose label named a code"
    also = f"{label}, {coefficient}, {less}: {defined(other.value)} ({other.n:.0f} cases)"
    mark(ring, f"{variable}-{name}-without".replace("_", "-"), also)
    said = f"{defined(row.value)}  ({decimal(row.low)} to {decimal(row.high)})" if row.low == row.low else "not defined"
    axes.annotate(
        said,
        (1.0, y),
        (6, 0),
        textcoords="offset points",
        fontsize=SMALL,
        va="center",
        color=INK,
        annotation_clip=False,
    )


def _key(made: Figure, axes: Axes) -> None:
    ring: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": PALETTE["rust"], "markersize": 3.6}
    handles = [
        axes.plot([], [], "o", color=PALETTE["navy"], markersize=5.5)[0],
        Patch(facecolor=FILL["navy"]),
        axes.plot([], [], "D", **ring)[0],
    ]
    labels = [
        "all cases both could code",
        "95% bootstrap interval over cases",
        "without cases whose label named a code",
    ]
    made.legend(
        handles, labels, loc="outside lower left", ncols=3, fontsize=SMALL, handletextpad=0.5, columnspacing=1.4
    )
