"""The specification chart: each narrative's share under every variant, and under each choice taken alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from analysis.record.formats import count, percent_range
from analysis.record.headline import headline
from analysis.record.style import FILL, INK, MUTED, PALETTE, figure, mark

SMALL = 7.2  # points


def specification_chart(
    results: dict[str, pd.DataFrame], rows: dict[str, pd.DataFrame], labels: dict[str, str], title: str
) -> Figure:
    """Per narrative a column: above, all variants sorted by share; below, one row per choice that departs alone.

    Args:
        results: Variable to what `Grid.evaluate` gave; shares are 0-1.
        rows: Variable to what `specification.choice_rows` gave.
        labels: Variable to its name in print.
        title: The finding.
    """
    height = 1.9 + 0.25 * len(next(iter(rows.values())))
    made, panels = figure(height, nrows=2, ncols=len(labels), sharey="row", gridspec_kw={"height_ratios": [1.0, 3.0]})
    for column, (variable, label) in enumerate(labels.items()):
        above, below = panels[0][column], panels[1][column]
        _curve(above, variable, label, results[variable], first=column == 0)
        _rows(below, variable, label, rows[variable], first=column == 0)
    _key(made, panels[1][0])
    headline(made, title)
    return made


def _curve(axes: Axes, variable: str, label: str, results: pd.DataFrame, *, first: bool) -> None:
    """All variants sorted by share, drawn at 200 points of their order so that the file stays small."""
    shares = np.sort(results["share"].dropna().to_numpy())
    order = np.linspace(0, 1, 201)
    axes.set_title(label, fontsize=8.5)
    axes.set_ylim(0, 1)
    _scale(axes)
    if not shares.size:
        return
    low, high = np.quantile(shares, [0.05, 0.95])
    axes.axvspan(low, high, color=FILL["slate"], linewidth=0)
    (line,) = axes.plot(np.quantile(shares, order), order, color=PALETTE["navy"])
    told = f"{label}: {percent_range(float(shares[0]), float(shares[-1]))} over {count(len(shares))} variants"
    mark(
        line,
        f"{variable}-curve".replace("_", "-"),
        f"{told}, the middle 90% of them {percent_range(float(low), float(high))}",
    )
    _own(axes, results)
    axes.set_title(f"{label}\n{percent_range(float(low), float(high))}", fontsize=8.5)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.tick_params(axis="x", labelbottom=False)
    if first:
        axes.set_ylabel("variants with\nat most this share", fontsize=SMALL)


def _rows(axes: Axes, variable: str, label: str, rows: pd.DataFrame, *, first: bool) -> None:
    _own(axes, rows)
    listed: list[Any] = list(rows.itertuples())
    for y, row in enumerate(listed):
        if row.spread_low < row.spread_high:
            axes.plot([row.spread_low, row.spread_high], [y, y], color=FILL["navy"], linewidth=5, solid_capstyle="butt")
        else:
            axes.plot([row.low, row.high], [y, y], color=MUTED, linewidth=0.8)
        look: dict[str, Any] = (
            {"marker": "D", "color": PALETTE["rust"]} if row.outside else {"marker": "o", "color": PALETTE["navy"]}
        )
        (dot,) = axes.plot([row.share], [y], linestyle="none", markersize=3.8, **look)
        mark(dot, f"{variable}-{row.Index}".replace("_", "-"), f"{label}, {row.label}: {row.told}")
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [row.label for row in listed], fontsize=SMALL)
    axes.tick_params(axis="y", length=0, labelleft=first)
    axes.spines["left"].set_visible(False)
    _scale(axes)


def _key(made: Figure, axes: Axes) -> None:
    handles = [
        axes.plot([], [], "o-", color=PALETTE["navy"], markersize=3.8, linewidth=0.8)[0],
        axes.plot([], [], "D", color=PALETTE["rust"], markersize=3.8)[0],
        Patch(facecolor=FILL["navy"]),
        Patch(facecolor=FILL["slate"]),
    ]
    labels = [
        "share of accounts that give reasons, 95% interval",
        "share outside the interval of our own",
        "range over the countries",
        "middle 90% of all variants",
    ]
    made.legend(
        handles, labels, loc="outside lower left", ncols=2, fontsize=SMALL, handletextpad=0.5, columnspacing=1.3
    )


def _own(axes: Axes, results: Any) -> None:
    axes.axvline(float(results["share"].iloc[0]), color=INK, linewidth=0.7, linestyle=(0, (1, 2)), zorder=1.5)


def _scale(axes: Axes) -> None:
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.5, 1], ["0", "50", "100%"])
    axes.tick_params(axis="x", labelsize=SMALL)
    first, *_, last = axes.get_xticklabels()
    first.set_horizontalalignment("left")  # inside the panel, apart from its neighbour's
    last.set_horizontalalignment("right")
