"""Why people joined against why they left: a table whose cells are bars."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.record.formats import percent
from analysis.record.headline import headline
from analysis.record.style import INK, PALETTE, RULE, figure, mark

WIDTH, HEIGHT = 0.9, 0.74  # of a cell
BAR = 0.24  # of a cell, along its foot: the numbers stand above it


def joining_chart(cells: pd.DataFrame, motives: dict[str, str], narratives: dict[str, str], title: str) -> Figure:
    """Per joining motive, the share of people who voice each narrative; claimed mirrors are framed.

    Args:
        cells: From `joining.joining_leaving`.
        motives: Motive variable to its name in print, in the order of the rows.
        narratives: Narrative variable to its name in print, in the order of the columns.
        title: The finding.
    """
    made, axes = figure(1.0 + 0.48 * len(motives))
    rows, columns = list(motives), list(narratives)
    for _, cell in cells.iterrows():
        _cell(axes, columns.index(cell["narrative"]), rows.index(cell["motive"]), cell, motives, narratives)
    stated = cells.drop_duplicates("motive").set_index("motive")["motive_n"]
    voiced = cells.drop_duplicates("narrative").set_index("narrative")["narrative_n"]
    axes.set_yticks(range(len(rows)), [f"{motives[name]}\nstated by {stated[name]}" for name in rows], fontsize=8.5)
    axes.set_xticks(
        range(len(columns)), [f"{narratives[name]}\nvoiced by {voiced[name]}" for name in columns], fontsize=8.5
    )
    axes.xaxis.tick_top()
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    key = Rectangle((0, 0), 1, 1, facecolor="none", edgecolor=INK, linewidth=1.6)
    bar = Rectangle((0, 0), 1, 1, facecolor=PALETTE["navy"], edgecolor="none")
    labels = [
        "of those who stated the motive, the share who voice the narrative",
        "link that is claimed",
    ]
    made.legend([bar, key], labels, loc="outside lower left", ncols=2, fontsize=7.5)
    headline(made, title)
    return made


def _cell(axes: Axes, x: int, y: int, cell: pd.Series, motives: dict[str, str], narratives: dict[str, str]) -> None:
    left, low = x - WIDTH / 2, y - HEIGHT / 2
    share = 0.0 if not cell["motive_n"] else float(cell["share"])
    axes.add_patch(Rectangle((left, low), WIDTH, HEIGHT, facecolor="none", edgecolor=RULE, linewidth=0.6))
    foot = (left, low + HEIGHT - BAR)
    bar = axes.add_patch(Rectangle(foot, WIDTH * share, BAR, facecolor=PALETTE["navy"], linewidth=0))
    counts = f"{cell['both']} of {cell['motive_n']}"
    shown = f"{motives[cell['motive']]}, {narratives[cell['narrative']]}"
    name = f"{cell['motive']}-{cell['narrative']}".replace("_", "-")
    mark(bar, name, f"{shown}: {counts}" + (f", {percent(share)}" if cell["motive_n"] else ""))
    if cell["mirror"]:
        axes.add_patch(Rectangle((left, low), WIDTH, HEIGHT, facecolor="none", edgecolor=INK, linewidth=1.6))
    weight = "bold" if cell["mirror"] else "normal"
    written = low + (HEIGHT - BAR) / 2
    axes.text(
        left + 0.04, written, percent(share) if cell["motive_n"] else "–", va="center", fontsize=9.5, weight=weight
    )
    axes.text(left + WIDTH - 0.04, written, counts, va="center", ha="right", fontsize=7.5, color=INK)
