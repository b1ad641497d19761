"""The lag from leaving to the first public account: a tile per case, months from left to right."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.record.formats import plural
from analysis.record.headline import headline
from analysis.record.style import FILL, INK, MUTED, PALETTE, figure, mark
from analysis.record.tiles import column, tiles
from analysis.timeline.lag import Lag
from analysis.timeline.timeline_text import months_words

SMALL = 7.5
ROW = 0.172  # inches of one tile
WIDEST = 17.5  # months that the axis always has room for, so that tiles stay near to square


def lag_chart(counts: pd.DataFrame, lag: Lag, finding: str) -> Figure:
    """Cases per lag in months, with the median as a line and the middle half as a band.

    Args:
        counts: Index `months` from 0, column `n`, as `by_lag` gives it.
        lag: The summary of the same lags.
        finding: The title.
    """
    highest = int(counts["n"].max())
    made, axes = figure(ROW * (highest + 2.6) + 0.95)
    axes.axvspan(lag.lower, lag.upper, ymax=(highest + 1) / (highest + 2.6), color=FILL["slate"], linewidth=0, zorder=0)
    axes.axvline(lag.median, ymax=(highest + 2.2) / (highest + 2.6), color=PALETTE["rust"], linewidth=1.4, zorder=0.5)
    for months, n in counts["n"].items():
        if n:
            patch = tiles(axes, column(float(str(months)), int(n)), facecolor=PALETTE["navy"], zorder=2)
            mark(patch, f"lag-{months}", f"{months_words(float(str(months)))}: {plural(int(n), 'case')}")
            axes.text(float(str(months)), n + 0.12, str(n), ha="center", va="bottom", fontsize=SMALL, color=INK)
    said = f"median {months_words(lag.median)}; middle half {lag.lower:g} to {months_words(lag.upper)}; n = {lag.n}"
    axes.text(lag.median + 0.2, highest + 1.7, said, va="center", fontsize=8, color=INK)
    axes.set_ylim(0, highest + 2.6)
    axes.set_xlim(-0.6, max(int(counts.index.max()) + 0.6, WIDEST))
    axes.set_xticks(range(int(counts.index.max()) + 1))
    axes.set_xlabel("Months from leaving to the first public account (0: the same month)", loc="left")
    axes.tick_params(length=0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(MUTED)
    axes.spines["bottom"].set_bounds(-0.5, int(counts.index.max()) + 0.5)
    headline(made, finding)
    return made
