"""The narratives by groups of people: a dot and its interval, small groups in grey."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.narratives.subgroups import SMALL
from analysis.record.formats import percent, percent_range
from analysis.record.headline import headline
from analysis.record.style import FILL, MUTED, PALETTE, RULE, figure, mark


def subgroups_chart(table: pd.DataFrame, dimensions: dict[str, str], narratives: dict[str, str], title: str) -> Figure:
    """A column per narrative, a row per group; hollow and grey where fewer than the least number of cases.

    Args:
        table: From `subgroups.subgroup_table`.
        dimensions: Dimension id to its name in print, in the order of print.
        narratives: Narrative variable to its name in print, in the order of the columns.
        title: The finding.
    """
    rows = _rows(table, dimensions)
    made, columns = figure(1.0 + 0.205 * len(rows), ncols=len(narratives), sharey=True, squeeze=False)
    for axes, (name, label) in zip(columns[0], narratives.items(), strict=True):
        overall = table[(table["narrative"] == name) & (table["dimension"] == next(iter(dimensions)))]
        known = int(overall["denominator"].sum())
        axes.axvline(overall["n"].sum() / known if known else 0, color=MUTED, linewidth=0.8, linestyle=":")
        axes.set_title(label, fontsize=9, pad=4)
        for y, (dimension, group) in enumerate(rows):
            if group:
                chosen = (table["dimension"] == dimension) & (table["group"] == group) & (table["narrative"] == name)
                _point(axes, y, table[chosen].iloc[0], label)
        axes.set(xlim=(-0.04, 1.04), ylim=(len(rows) - 0.4, -0.8), xticks=[0, 0.5, 1])
        first, _, last = axes.set_xticklabels(["0", "50", "100%"])
        first.set_horizontalalignment("left")  # inside the panel, apart from its neighbour's
        last.set_horizontalalignment("right")
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
    _names(columns[0][0], table, rows, dimensions)
    _key(made)
    headline(made, title)
    return made


def _key(made: Figure) -> None:
    known = Line2D([], [], color=FILL["navy"], linewidth=4, marker="o", markersize=3.6, markerfacecolor=PALETTE["navy"])
    few = Line2D([], [], color=RULE, linewidth=1.2, marker="o", markersize=3.6, markerfacecolor="white")
    known.set_markeredgecolor(PALETTE["navy"])
    few.set_markeredgecolor(MUTED)
    overall = Line2D([], [], color=MUTED, linewidth=0.8, linestyle=":")
    labels = ["share and 95% interval", f"the same, fewer than {SMALL} accounts", "all accounts"]
    made.legend([known, few, overall], labels, loc="outside lower left", ncols=3, fontsize=7.5)


def _rows(table: pd.DataFrame, dimensions: dict[str, str]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for dimension in dimensions:
        groups = table.loc[table["dimension"] == dimension, "group"].drop_duplicates()
        rows += [(dimension, ""), *((dimension, str(group)) for group in groups)]
    return rows


def _names(axes: Axes, table: pd.DataFrame, rows: list[tuple[str, str]], dimensions: dict[str, str]) -> None:
    known = table.groupby(["dimension", "group"], sort=False)["denominator"].max()
    names = [f"{group}, {known[dimension, group]}" if group else dimensions[dimension] for dimension, group in rows]
    axes.set_yticks(range(len(rows)), names, fontsize=7.6)
    for (_, group), text in zip(rows, axes.get_yticklabels(), strict=True):
        if not group:
            text.set_fontweight("bold")


def _point(axes: Axes, y: int, row: pd.Series, narrative: str) -> None:
    if not row["denominator"]:
        return
    line, fill = (RULE, "white") if row["small"] else (FILL["navy"], PALETTE["navy"])
    edge = MUTED if row["small"] else PALETTE["navy"]
    axes.plot(
        [row["low"], row["high"]], [y, y], color=line, linewidth=1.2 if row["small"] else 4, solid_capstyle="butt"
    )
    (dot,) = axes.plot([row["share"]], [y], "o", markersize=3.6, markerfacecolor=fill, markeredgecolor=edge)
    name = f"{row['dimension']}-{row['group']}-{row['narrative']}".lower().replace(" ", "-").replace("_", "-")
    counts = f"{row['n']} of {row['denominator']}, {percent(row['share'])}"
    mark(dot, name, f"{narrative}, {row['group']}: {counts}, interval {percent_range(row['low'], row['high'])}")
