"""The chart of both clocks: one panel per clock, a tile per case, events numbered above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.record.formats import month as month_name
from analysis.record.formats import plural
from analysis.record.headline import headline
from analysis.record.style import INK, MUTED, PALETTE, RULE, figure, mark
from analysis.record.tiles import block, column, tiles
from analysis.timeline.months.counts import NO_DATE

SMALL = 8.5
ROW = 0.172  # inches of one tile
ABOVE = 3.2  # rows over the tallest column: its count, the panel's two lines of text
LEVEL = 1.25  # rows from one event number to the next above it
GAP = 1.4  # cells between the months and what has no month, and between the blocks of the latter
CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
OPEN: dict[str, Any] = {"facecolor": "white", "edgecolor": PALETTE["slate"], "linewidth": 0.8}
SOLID: dict[str, Any] = {"facecolor": PALETTE["navy"], "edgecolor": PALETTE["navy"], "linewidth": 0.8}
HATCHED: dict[str, Any] = {"facecolor": "white", "edgecolor": PALETTE["navy"], "linewidth": 0.8, "hatch": "/////"}
CIRCLE = {"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": MUTED, "linewidth": 0.7}
BELOW: dict[str, Any] = {"xytext": (0, -13), "textcoords": "offset points", "ha": "center", "va": "top"}


def chart(frame: pd.DataFrame, events: pd.DataFrame, clocks: Mapping[str, str], finding: str) -> Figure:
    """Cases by month on each of two clocks, from `month_counts`; those without a month stand apart, tile for tile."""
    monthly = frame[frame["known_to"] == "month"]
    months, height = list(dict.fromkeys(monthly["when"])), max(int(monthly["n"].max()), 1)
    slots = _slots(frame, height, len(months))
    depth = LEVEL * (int(events["level"].max()) + 1) if len(events) else 0
    lines = -(-len(events) // 2)
    rows = [height + ABOVE + depth, height + ABOVE, 1.05 * lines + 0.3]
    made, axes = figure(ROW * sum(rows) + 1.0, nrows=3, gridspec_kw={"height_ratios": rows})
    for clock, panel, top in zip(clocks, axes[:2], rows[:2], strict=True):
        for month in sorted(set(events["month"])):
            panel.axvline(months.index(month), color=RULE, linewidth=0.7, linestyle=(0, (2, 2)), zorder=0)
        _panel(panel, frame[frame["clock"] == clock].set_index("when"), clock, clocks[clock], months, slots, height)
        panel.set_ylim(0, top)
    _numbers(axes[0], events, months, height + ABOVE)
    _key(axes[2], events, lines)
    headline(made, finding)
    return made


def _slots(frame: pd.DataFrame, height: int, n_months: int) -> dict[str, float]:
    """Where the block of each group without a month begins, the same on every clock."""
    widest = frame[frame["known_to"] != "month"].groupby("when")["n"].max()
    slots, x = {}, n_months + GAP
    for when in sorted(widest.index):
        slots[str(when)] = x
        x += max(-(-int(widest[when]) // height), 2) + GAP - 0.4
    return slots


def _panel(
    axes: Axes, rows: pd.DataFrame, clock: str, label: str, months: list[str], slots: dict[str, float], height: int
) -> None:
    n, inferred = rows["n"], (rows["n"] - rows["stated"]).fillna(0)
    for x, when in enumerate(months):
        _bar(axes, x, when, int(n[when]), int(inferred[when]), clock, label)
    for when, start in slots.items():
        apart = int(n.get(when, 0))
        said = "no date" if when == NO_DATE else f"{when}, month not known"
        if apart:
            patch = tiles(axes, block(start, apart, height), **OPEN)
            mark(patch, f"{clock}-{when}".replace("_", "-"), f"{label}, {said}: {plural(apart, 'case')}")
        axes.text(start - 0.45, min(apart, height) + 0.15, str(apart), ha="left", va="bottom", fontsize=SMALL)
    _axis(axes, months, slots)
    guessed = int(inferred[months].sum())
    axes.text(-0.5, height + 2.1, label, fontsize=9, fontweight="bold", va="bottom", bbox=CLEAR)
    said = f"{n[months].sum()} of {n.sum()} cases known to the month"
    said += f" (hatched: {guessed} inferred)" if guessed else ""
    axes.text(-0.5, height + 1.1, said, fontsize=SMALL, color=MUTED, va="bottom", bbox=CLEAR)
    if slots:
        axes.text(min(slots.values()) - 0.45, height + 1.1, "Month not known", fontsize=SMALL, color=MUTED, va="bottom")


def _bar(axes: Axes, x: int, when: str, n: int, inferred: int, clock: str, label: str) -> None:
    if not n:
        return
    name = f"{clock}-{when}".replace("_", "-")
    told = f"{label}, {month_name(pd.Period(when, 'M'))}: {plural(n, 'case')}"
    if n - inferred:
        split = f", {n - inferred} of them stated in the source" if inferred else ""
        mark(tiles(axes, column(x, n - inferred), **SOLID), name, told + split)
    if inferred:
        hatched = tiles(axes, column(x, inferred, n - inferred), **HATCHED)
        mark(hatched, f"{name}-inferred", f"{told}, {inferred} of them inferred")
    axes.text(x, n + 0.15, str(n), ha="center", va="bottom", fontsize=SMALL, color=INK, bbox=CLEAR)


def _axis(axes: Axes, months: list[str], slots: dict[str, float]) -> None:
    periods = pd.PeriodIndex(months, freq="M")
    letters = [period.strftime("%b")[0] for period in periods]
    apart = ["No date" if when == NO_DATE else when for when in slots]
    places = [*range(len(months)), *[start - 0.45 for start in slots.values()]]
    axes.set_xticks(places, [*letters, *apart], fontsize=SMALL)
    for tick in axes.get_xticklabels()[len(months) :]:
        tick.set_horizontalalignment("left")
    axes.tick_params(axis="x", length=0, pad=2)
    axes.set_yticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.plot([-0.5, len(months) - 0.5], [0, 0], color=MUTED, linewidth=0.8)
    axes.set_xlim(-0.6, max([*slots.values(), len(months)]) + 4)
    for year in sorted(set(periods.year)):
        own = [place for place, period in enumerate(periods) if period.year == year]
        axes.annotate(str(year), ((own[0] + own[-1]) / 2, 0), fontsize=SMALL, color=MUTED, **BELOW)


def _numbers(axes: Axes, events: pd.DataFrame, months: list[str], base: float) -> None:
    for month, level, number in events[["month", "level", "number"]].itertuples(index=False):
        x, y = months.index(month), base + 0.5 + LEVEL * level
        axes.text(x, y, str(number), ha="center", va="center", fontsize=8.5, color=INK, bbox=CIRCLE)


def _key(axes: Axes, events: pd.DataFrame, lines: int) -> None:
    axes.set_axis_off()
    axes.set(xlim=(0, 2), ylim=(max(lines, 1), 0))
    for month, label, number in events[["month", "label", "number"]].itertuples(index=False):
        x, y = (number - 1) // lines, (number - 1) % lines + 0.5
        axes.text(x + 0.05, y, str(number), fontsize=SMALL, ha="right", va="center", fontweight="bold")
        when = pd.Period(month, "M").strftime("%b %Y")
        axes.text(x + 0.08, y, f"{when} · {label}", fontsize=SMALL, ha="left", va="center")
