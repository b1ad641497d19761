"""The situation of people when their account was made public, grouped by who could be listening."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.people.reported import NOT_REPORTED
from analysis.record.formats import percent, percent_range, plural
from analysis.record.headline import headline
from analysis.record.style import MUTED, PALETTE, RULE, figure, mark
from analysis.record.tiles import row, tiles

LINE = 0.185  # inches of one row
NAMES, ROOM = 1.0, 0.75  # room for names at the left and numbers at the right, as parts of the longest row
FILLED: dict[str, Any] = {"facecolor": PALETTE["navy"]}
HATCHED: dict[str, Any] = {"facecolor": "white", "edgecolor": PALETTE["navy"], "linewidth": 0.8, "hatch": "/////"}
OPEN: dict[str, Any] = {"facecolor": "white", "edgecolor": PALETTE["slate"], "linewidth": 0.8}


def situation_chart(table: pd.DataFrame, labels: Mapping[str, str], groups: Mapping[str, str], finding: str) -> Figure:
    """Cases per situation, a tile per case, in groups told apart by fill.

    Args:
        table: Index `value` (a situation); `group`, `n`, `denominator`, `share`, `low`, `high`; rows in order.
        labels: Situation to its label.
        groups: Group to its label, in the order of fills; `not_reported` is always open.
        finding: The title.
    """
    made, axes = figure(LINE * (len(table) + 1.35 * table["group"].nunique()) + 0.7)
    fills = {**dict(zip(groups, (FILLED, HATCHED), strict=False)), NOT_REPORTED: OPEN}
    y, most = 0.0, max(int(table["n"].max()), 1)
    for group, rows in table.groupby("group", sort=False):
        axes.axhline(y, color=RULE, linewidth=0.5)
        y += 1.2
        total = int(rows["n"].sum())
        heading = f"{total} {groups.get(str(group), 'not reported')}"
        axes.text(-NAMES * most, y - 0.45, heading, fontsize=8.5, va="center", fontweight="bold")
        if group == NOT_REPORTED:
            y -= 1
        for situation, n, share, low, high in rows[["n", "share", "low", "high"]].itertuples(name=None):
            y += 1
            known = situation != NOT_REPORTED
            label = labels.get(situation, situation) if known else ""
            axes.text(-0.045 * most, y - 0.5, label, fontsize=8, va="center", ha="right")
            numbers = f"{n} · {percent(share)} ({percent_range(low, high)})" if known else str(n)
            axes.text(n + 0.03 * most, y - 0.5, numbers, fontsize=7.5, va="center", color=MUTED)
            if n:
                patch = tiles(axes, row(y - 0.5, n), **fills[str(group)])
                told = f"{label or 'not reported'}: {plural(n, 'case')}"
                told += f", {percent(share)} of those reported" if known else ""
                mark(patch, f"situation-{situation}".replace("_", "-"), told)
        y += 0.15
    axes.set_ylim(y + 0.1, -0.1)
    axes.set_xlim(-NAMES * most, (1 + ROOM) * most)
    axes.set_axis_off()
    headline(made, finding)
    return made
