"""The periods: our cases by either clock beside the published count, one panel each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator, PercentFormatter

from analysis.data.study import Span
from analysis.record.formats import decimal, percent, percent_range, plural
from analysis.record.headline import headline
from analysis.record.style import FILL, INK, MUTED, PALETTE, figure, mark
from analysis.timeline.periods import PUBLISHED

SMALL = 7.5
OURS: dict[str, Any] = {"facecolor": FILL["navy"], "edgecolor": PALETTE["navy"]}
THEIRS: dict[str, Any] = {"facecolor": "white", "edgecolor": PALETTE["slate"], "hatch": "...."}


def periods_chart(frame: pd.DataFrame, clocks: Mapping[str, str], periods: tuple[Span, ...], finding: str) -> Figure:
    """Share of cases per period, a panel per series on one scale; ours with Wilson intervals.

    Args:
        frame: As `period_frame` gives it.
        clocks: Clock to its label.
        periods: The periods, in order of time.
        finding: The title.
    """
    names = {**clocks, PUBLISHED: "The 2015 report"}
    series = list(dict.fromkeys(frame["series"]))
    most = float(frame[["share", "high"]].max().max())
    made, axes = figure(2.9, ncols=len(series), sharey=True, squeeze=False)
    for place, (panel, name) in enumerate(zip(axes[0], series, strict=True)):
        rows = frame[frame["series"] == name].set_index("period")
        _panel(panel, rows, name, names[name], periods)
        panel.set_xlim(0, most * 1.02 if most > 0 else 1)
        panel.tick_params(axis="y", length=0, labelleft=place == 0)
    axes[0][0].set_yticks(range(len(periods)), [period.label.replace(" ", "\n", 1) for period in periods])
    axes[0][0].set_ylim(len(periods) - 0.35, -0.55)
    headline(made, finding)
    return made


def _panel(axes: Axes, rows: pd.DataFrame, series: str, label: str, periods: tuple[Span, ...]) -> None:
    placed, total = int(rows["denominator"].iloc[0]), int(rows["cases"].iloc[0])
    columns = ["n", "share", "low", "high", "per_month"]
    in_order = rows.loc[[period.id for period in periods], columns]
    for y, (n, share, low, high, rate) in enumerate(in_order.itertuples(index=False)):
        period = periods[y]
        theirs = series == PUBLISHED
        bar = axes.barh(y, share, height=0.42, **(THEIRS if theirs else OURS))
        told = f"{label}, {period.label}: {percent(share)} ({n} of {placed})"
        if not theirs:
            axes.plot([low, high], [y, y], color=INK, linewidth=1.1)
            told += f", interval {percent_range(low, high)}"
        mark(bar[0], f"{series}-{period.id}".replace("_", "-"), f"{told}; {_rate(rate)} a month")
        said = f"{percent(share)} ({n}) · {_rate(rate)} a month"
        axes.text(0.012, y + 0.26, said, fontsize=SMALL, va="top", ha="left", color=INK)
    axes.set_title(label, fontsize=9, pad=14)
    counted = plural(placed, "case") if placed == total else f"{placed} of {total} cases dated well enough"
    axes.text(0, 1.01, counted, transform=axes.transAxes, fontsize=SMALL, color=MUTED)
    axes.xaxis.set_major_locator(MultipleLocator(0.2))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.tick_params(axis="x", labelsize=SMALL)


def _rate(per_month: float) -> str:
    """Cases per month with one decimal, halves up, as a reader rounds."""
    return decimal(per_month + 1e-9, 1)
