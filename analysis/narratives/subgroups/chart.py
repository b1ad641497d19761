"""The chart of the groups: a column per narrative, counts in words where a group is small."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.record.formats import percent, percent_range
from analysis.record.small_cells import FEWER
from analysis.record.style import FILL, MUTED, PALETTE, TEXT_WIDTH, figure, headline, mark
from analysis.stats.uncertainty import Share

BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}


def chart(
    table: pd.DataFrame, shares: Mapping[str, Share], study: Mapping[str, str], title: str, width: float
) -> Figure:
    """A column per narrative, a row per group of each division; counts in words where a group is small.

    From the `subgroup_table`, the share of all accounts that voices each narrative, and the names in print of divisions
    and narratives. On a phone the name of a group stands above its row.
    """
    sizes = table.groupby(["dimension", "group"], sort=False)["denominator"].max()
    dimensions = list(dict.fromkeys(table["dimension"]))
    rows = [row for name in dimensions for row in [(name, ""), *(key for key in sizes.index if key[0] == name)]]
    phone = width < TEXT_WIDTH
    height = 1.0 + (0.4 if phone else 0.205) * max(len(rows), 5)
    made, columns = figure(height, width, ncols=len(shares), sharey=True, squeeze=False)
    place = {row: y + (0.22 if phone else 0.0) for y, row in enumerate(rows)}
    for axes, (name, share) in zip(columns[0], shares.items(), strict=True):
        axes.axvline(share.share if share.denominator else 0, color=MUTED, linewidth=0.8, linestyle=":")
        axes.set_title(study[name], x=0.04 / 1.08, fontsize=9, pad=4)  # over the 0 of its axis
        for _, row in table[(table["narrative"] == name) & (table["denominator"] > 0)].iterrows():
            _group(axes, place[row["dimension"], row["group"]], row, study[name])
        axes.set(xlim=(-0.04, 1.04), ylim=(len(rows) - 0.4, -0.8), xticks=[0, 1])
        first, last = axes.set_xticklabels(["0", "100%"])
        first.set_horizontalalignment("left")  # inside the panel, apart from its neighbour's
        last.set_horizontalalignment("right")
        axes.spines["left"].set_visible(False)
        axes.patch.set_visible(False)  # on a phone a name reaches over the next panel
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
    names = [f"{group}, {sizes[name, group]}" if group else study[name] for name, group in rows]
    if phone:
        columns[0][0].set_yticks([])
        for y, (said, (_, group)) in enumerate(zip(names, rows, strict=True)):
            weight = "normal" if group else "bold"
            columns[0][0].text(0, y - 0.27, said, va="center", fontweight=weight, bbox=BEHIND, in_layout=False)
    else:
        ticks = columns[0][0].set_yticks(range(len(rows)), names)
        for (_, group), tick in zip(rows, ticks, strict=True):
            tick.label1.set_fontweight("normal" if group else "bold")
    _key(made, ncols=1 if phone else 3)
    return headline(made, title)


def _key(made: Figure, ncols: int) -> None:
    known = Line2D([], [], color=FILL["navy"], linewidth=4, marker="o", markersize=3.6, markerfacecolor=PALETTE["navy"])
    known.set_markeredgecolor(PALETTE["navy"])
    towards = Line2D([], [], color=PALETTE["rust"], marker="|", markersize=6, linewidth=0)
    overall = Line2D([], [], color=MUTED, linewidth=0.8, linestyle=":")
    labels = ["share and 95% interval", "drawn towards all", "all accounts"]
    made.legend([known, towards, overall], labels, loc="outside lower left", ncols=ncols, borderpad=0)


def _group(axes: Axes, y: float, row: pd.Series, narrative: str) -> None:
    counts = FEWER if pd.isna(row["n"]) else f"{row['n']} of {row['denominator']}"
    if pd.isna(row["n"]) or row["small"]:
        axes.text(0.5, y, counts, color=MUTED, ha="center", va="center", bbox=BEHIND)
        return
    axes.plot([row["low"], row["high"]], [y, y], color=FILL["navy"], linewidth=4.0, solid_capstyle="butt")
    axes.plot([row["pooled"]], [y], "|", color=PALETTE["rust"], markersize=6)
    (dot,) = axes.plot([row["share"]], [y], "o", markersize=3.6, color=PALETTE["navy"])
    name = f"{row['dimension']}-{row['group']}-{row['narrative']}".lower().replace(" ", "-").replace("_", "-")
    interval = percent_range(row["low"], row["high"])
    mark(dot, name, f"{narrative}, {row['group']}: {counts}, {percent(row['share'])}, interval {interval}")
