"""Where people came from: a row per country, a tile per case, regions at the left."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from analysis.people.reported import NOT_REPORTED
from analysis.record.formats import plural
from analysis.record.headline import headline
from analysis.record.style import INK, MUTED, PALETTE, RULE, figure, mark
from analysis.record.tiles import row, tiles

SMALL = 7.5
LINE = 0.165  # inches of one row
NAMES = 0.58  # room for the names at the left, as a part of the room at the right of them
COLUMN = 0.21  # room for the report's counts, as a part of the room for tiles


def origins_chart(
    table: pd.DataFrame, regions: Mapping[str, str], finding: str, published: Mapping[str, int] | None = None
) -> Figure:
    """Cases per country, in regions; one tile is one case.

    Args:
        table: As `by_country` gives it.
        regions: Region to its label.
        finding: The title.
        published: The 2015 report's count per country, where one was printed; None leaves the column out.
    """
    most = max(int(table["n"].max()), 1)
    right = most * (1 + COLUMN) if published is not None else most * 1.06
    start, step = -NAMES * right, right / 100
    made, axes = figure(
        LINE * (len(table) + 0.5 * table["region"].nunique()) + (0.9 if published is not None else 0.75)
    )
    y = 0.0
    if published is not None:
        axes.text(right, y + 0.5, "2015 report", fontsize=8, va="center", ha="right", fontweight="bold")
        y += 1
    for region, rows in table.groupby("region", sort=False):
        axes.axhline(y, color=RULE, linewidth=0.5)
        y += 0.25
        label, total = regions.get(str(region), "Not reported"), int(rows["region_n"].iloc[0])
        for place, (country, name, n) in enumerate(rows[["country", "name", "n"]].itertuples(index=False)):
            y += 1
            centre = y - 0.5
            if not place:
                axes.text(
                    start + 3.2 * step, centre, str(total), fontsize=8, va="center", ha="right", fontweight="bold"
                )
                axes.text(start + 4.8 * step, centre, label, fontsize=8, va="center", fontweight="bold")
            look = {"facecolor": "white", "edgecolor": PALETTE["slate"], "linewidth": 0.8}
            if country != NOT_REPORTED:
                look = {"facecolor": PALETTE["navy"]}
            shown = name if country != NOT_REPORTED else "–"
            axes.text(-2 * step, centre, shown, fontsize=8, va="center", ha="right", color=INK)
            told = f"{name}: {plural(n, 'case')}"
            if published is not None:
                theirs = published.get(str(country))
                axes.text(right, centre, "–" if theirs is None else str(theirs), fontsize=8, va="center", ha="right")
                told += "" if theirs is None else f"; the 2015 report: {theirs}"
            if n:
                mark(tiles(axes, row(centre, n), **look), f"origin-{country}".lower().replace("_", "-"), told)
            axes.text(n + step, centre, str(n), fontsize=SMALL, va="center", color=MUTED)
        y += 0.25
    axes.set_ylim(y + 0.1, -0.1)
    axes.set_xlim(start, right + step)
    axes.set_axis_off()
    headline(made, finding)
    return made
