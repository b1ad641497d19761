"""Two groups of accounts side by side: the share that voices each narrative, with intervals and exact tests."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from analysis.record.formats import p_value, percent, percent_range
from analysis.record.headline import headline
from analysis.record.style import INK, MUTED, PALETTE, figure, mark

SMALL = 7.5  # points
LOOKS: dict[str, dict[str, Any]] = {
    "in": {"color": PALETTE["rust"], "marker": "s", "markerfacecolor": "white", "linestyle": (0, (4, 1.5))},
    "out": {"color": PALETTE["navy"], "marker": "o", "markerfacecolor": PALETTE["navy"], "linestyle": "-"},
}
OFFSETS = {"out": -0.17, "in": 0.17}


def comparison_chart(table: pd.DataFrame, names: dict[str, str], title: str) -> Figure:
    """Per narrative: both groups' shares with Wilson intervals, counts and the corrected p-value.

    Args:
        table: From `access.compare`; shares are 0-1.
        names: `in` and `out` to the groups' names in print.
        title: The finding.
    """
    made, axes = figure(1.1 + 0.62 * len(table))
    for y, (variable, row) in enumerate(table.iterrows()):
        for side in ("out", "in"):
            if row[f"{side}_denominator"]:
                _point(axes, y + OFFSETS[side], str(variable), side, names[side], row)
        tested = f"{p_value(row.p)}\nHolm: {p_value(row.p_holm)}"
        axes.annotate(
            tested,
            (1.0, y),
            (8, 0),
            textcoords="offset points",
            fontsize=SMALL,
            va="center",
            color=INK,
            annotation_clip=False,
        )
    axes.set_yticks(range(len(table)), list(table["label"]), fontsize=9)
    axes.set(xlim=(0, 1), ylim=(len(table) - 0.5, -0.5))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Share of the accounts that give reasons")
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    handles = [axes.plot([], [], markersize=5.5, **LOOKS[side])[0] for side in ("out", "in")]
    made.legend(handles, [names["out"], names["in"]], loc="outside lower left", ncols=2, fontsize=8)
    headline(made, title)
    return made


def _point(axes: Axes, y: float, variable: str, side: str, name: str, row: Any) -> None:
    n, total, share = int(row[f"{side}_n"]), int(row[f"{side}_denominator"]), row[f"{side}_share"]
    low, high = row[f"{side}_low"], row[f"{side}_high"]
    look = LOOKS[side]
    axes.plot([low, high], [y, y], color=look["color"], linewidth=1.3, linestyle=look["linestyle"])
    (dot,) = axes.plot([share], [y], markersize=5.5, **{**look, "linestyle": "none"})
    mark(
        dot,
        f"{variable}-{side}".replace("_", "-"),
        f"{row.label}, {name}: {percent(share)} ({n} of {total}), 95% interval {percent_range(low, high)}",
    )
    said = f"{percent(share)} ({n} of {total})"
    right = high < 0.8
    axes.annotate(
        said,
        (high if right else low, y),
        (4 if right else -4, 0),
        textcoords="offset points",
        fontsize=SMALL,
        ha="left" if right else "right",
        va="center",
        color=look["color"] if look["color"] != MUTED else INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
    )
