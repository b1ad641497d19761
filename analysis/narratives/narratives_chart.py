"""The narratives with everything that is uncertain about them: chance, coders, missing accounts."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from analysis.record.formats import of, percent, percent_range
from analysis.record.headline import headline
from analysis.record.style import FILL, INK, MUTED, PALETTE, figure, mark

LANES = {"interval": 0.0, "coders": 0.28, "bounds": 0.5}  # distance below the middle of a row
SMALL = 7.2  # points


def narratives_chart(table: pd.DataFrame, title: str) -> Figure:
    """Per narrative: the share with its interval, the range between coders, and the bounds.

    Args:
        table: From `narratives.narrative_table`; shares are 0-1.
        title: The finding.
    """
    rows = table.sort_values(["rank", "label"])
    made, axes = figure(1.15 + 0.66 * len(rows))
    for y, (name, row) in enumerate(rows.iterrows()):
        _row(axes, y, str(name).replace("_", "-"), row)
    labels = [f"{row['label']}\n{of(int(row['n']), int(row['denominator']))}" for _, row in rows.iterrows()]
    axes.set_yticks([y + 0.16 for y in range(len(rows))], labels, fontsize=9)
    axes.set(xlim=(-0.06, 1.06), ylim=(len(rows) - 0.22, -0.34))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Share of the accounts that give reasons")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    _key(made, axes)
    headline(made, title)
    return made


def _row(axes: Axes, y: int, name: str, row: Any) -> None:
    if row.denominator:
        _known(axes, y, name, row)
    edge = y + LANES["bounds"]
    (rule,) = axes.plot([row.bounds_low, row.bounds_high], [edge, edge], color=MUTED, linewidth=0.9, linestyle="--")
    limits = f"all {row.all_cases} accounts, undetermined ones none or all"
    mark(rule, f"{name}-bounds", f"{row.label}: {percent_range(row.bounds_low, row.bounds_high)} ({limits})")
    _ends(axes, edge, row.bounds_low, row.bounds_high, MUTED)


def _known(axes: Axes, y: int, name: str, row: Any) -> None:
    shown = f"{row.label}: {percent(row.share)} ({row.n} of {row.denominator})"
    (band,) = axes.plot([row.low, row.high], [y, y], color=FILL["navy"], linewidth=9, solid_capstyle="butt")
    mark(band, f"{name}-interval", f"{row.label}: 95% interval {percent_range(row.low, row.high)}")
    (dot,) = axes.plot([row.share], [y], "o", color=PALETTE["navy"], markersize=6.5)
    mark(dot, name, shown)
    coders = y + LANES["coders"]
    (line,) = axes.plot([row.strict, row.broad], [coders, coders], color=PALETTE["rust"], marker="|", markersize=6)
    both = f"both coders {percent(row.strict)} ({row.strict_n} of {row.denominator})"
    either = f"at least one coder {percent(row.broad)} ({row.broad_n} of {row.denominator})"
    mark(line, f"{name}-coders", f"{row.label}: {both}, {either}")
    _ends(axes, y, row.low, row.high, INK)
    _ends(axes, coders, row.strict, row.broad, PALETTE["rust"])


def _ends(axes: Axes, lane: float, low: float, high: float, colour: str) -> None:
    style: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": SMALL, "color": colour}
    style["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    axes.annotate(percent(low), (low, lane), (-4, 0), ha="right", **style)
    axes.annotate(percent(high), (high, lane), (4, 0), ha="left", **style)


def _key(made: Figure, axes: Axes) -> None:
    handles = [
        axes.plot([], [], "o", color=PALETTE["navy"], markersize=6.5)[0],
        Patch(facecolor=FILL["navy"]),
        axes.plot([], [], color=PALETTE["rust"], marker="|", markersize=6)[0],
        axes.plot([], [], color=MUTED, linewidth=0.9, linestyle="--")[0],
    ]
    labels = [
        "decided code",
        "95% interval",
        "both coders to either coder",
        "undetermined accounts: none to all voice it",
    ]
    made.legend(handles, labels, loc="outside lower left", ncols=4, fontsize=7.5, handletextpad=0.6, columnspacing=1.3)
