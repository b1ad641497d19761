"""Two groups of accounts side by side: the share that voices each narrative, with intervals and exact tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from analysis.record.cell import Cell
from analysis.record.formats import FEW, p_value, percent, percent_range
from analysis.record.small_cells import out_of, too_few, withheld
from analysis.record.style import MUTED, PALETTE, POINTS, TEXT_WIDTH, figure, font, headline, mark, measured
from analysis.stats.uncertainty import Share

LOOKS: dict[str, dict[str, Any]] = {
    "in": {"color": PALETTE["rust"], "marker": "s", "markerfacecolor": "white", "linestyle": (0, (4, 1.5))},
    "out": {"color": PALETTE["navy"], "marker": "o", "markerfacecolor": PALETTE["navy"], "linestyle": "-"},
}
CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
OFFSETS = {"out": -0.07, "in": 0.21}
BESIDE: dict[str, Any] = {"textcoords": "offset points", "fontsize": 8.5, "va": "center", "annotation_clip": False}


def record_sides(
    cell: Cell, prefix: str, table: pd.DataFrame, names: Mapping[str, str], codes: pd.DataFrame, inside: pd.Series[bool]
) -> None:
    """Record each side's share of each narrative as `<prefix>.<narrative>.<name of side>`, and the smallest Holm p.

    `codes` (one column per narrative) and `inside` (NA in neither group) give the cases.
    """
    for variable, row in table.iterrows():
        for side, name in names.items():
            cases = codes.index[(codes[variable].eq(1) & inside.eq(side == "in")).fillna(False)]
            share = Share.of(row[f"{side}_n"], row[f"{side}_denominator"])
            cell.share(f"{prefix}.{variable}.{name}", share, cases, crossed=True)
    cell.value(f"{prefix}.smallest_p_holm", table["p_holm"].min(), unit="p")


def both_sides(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Both groups' shares per narrative with counts, intervals and corrected p, for the alternative text."""
    said = []
    for _, row in table.iterrows():
        sides = [
            f"{name.lower()} {_counted(row, side)}{_limits(row, side)}"
            for side, name in names.items()
            if row[f"{side}_denominator"]
        ]
        said.append(f"{row['label']}: {', '.join(sides)}, corrected {p_value(row['p_holm'])}")
    return f"{'; '.join(said)}."


def _counted(row: Any, side: str) -> str:
    counts = out_of(row[f"{side}_n"], row[f"{side}_denominator"])
    return counts if _in_words(row, side) else f"{percent(row[f'{side}_share'])} ({counts})"


def _limits(row: Any, side: str) -> str:
    few = _in_words(row, side)
    return "" if few else f" [{percent_range(row[f'{side}_low'], row[f'{side}_high'])}]"


def _in_words(row: Any, side: str) -> bool:
    """Whether a side has no share and no mark in print: its group is small, or the people in it are too few."""
    return bool(row[f"{side}_denominator"] < FEW) or too_few(row[f"{side}_n"])


def without_small_cells(table: pd.DataFrame) -> pd.DataFrame:
    """The table of `groups.compare` as it may be published, see `small_cells`; the difference goes with either side."""
    gap = ["difference", "difference_low", "difference_high"]
    sides = ([f"{side}_{part}" for part in ("n", "share", "low", "high")] + gap for side in ("in", "out"))
    return withheld(table, *sides)


def in_short(row: Any, side: str) -> str:
    """A side's share as a title says it: `27%`, or that its people are too few."""
    return (
        out_of(row[f"{side}_n"], row[f"{side}_denominator"])
        if too_few(row[f"{side}_n"])
        else percent(row[f"{side}_share"])
    )


def chart(table: pd.DataFrame, names: Mapping[str, str], title: str, width: float = TEXT_WIDTH) -> Figure:
    """Per narrative, from `groups.compare`: both sides' shares with Wilson intervals, counts and the corrected p.

    A group under `FEW` cases has its counts alone. `names` has a word for each side.
    """
    made, axes = figure(0.95 + 0.6 * max(len(table), 3), width)
    for y, (variable, row) in enumerate(table.iterrows()):
        axes.text(0, y - 0.34, row["label"], fontsize=9, fontweight="bold", va="center", bbox=CLEAR)
        tested = f"{p_value(row['p'])}, corrected {p_value(row['p_holm']).removeprefix('p = ')}"
        axes.text(1, y - 0.34, tested, va="center", ha="right", color=MUTED, bbox=CLEAR)
        for side in ("out", "in"):
            if row[f"{side}_denominator"]:
                _point(axes, y + OFFSETS[side], f"{variable}-{side}".replace("_", "-"), side, names[side], row, width)
    axes.set(xlim=(0, 1), ylim=(len(table) - 0.5, -0.55), yticks=[])
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    first, *_, last = axes.get_xticklabels()
    first.set_horizontalalignment("left")
    last.set_horizontalalignment("right")
    axes.set_xlabel("Share of the accounts that give reasons")
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    return headline(made, title)


def _point(axes: Axes, y: float, mark_id: str, side: str, name: str, row: Any, width: float) -> None:
    low, high, look, said = row[f"{side}_low"], row[f"{side}_high"], LOOKS[side], _counted(row, side)
    told = f"{name} {said}"
    if _in_words(row, side):
        told = f"{name}: {said}"
        words = axes.annotate(told, (0, y), (4, -2), color=look["color"], **BESIDE)
        mark(words, mark_id, f"{row['label']}, {name}: {said}")
        return
    axes.plot([low, high], [y, y], color=look["color"], linewidth=1.3, linestyle=look["linestyle"])
    (dot,) = axes.plot([row[f"{side}_share"]], [y], markersize=5.5, **{**look, "linestyle": "none"})
    mark(dot, mark_id, f"{row['label']}, {name}: {said}, 95% interval{_limits(row, side)}")
    needed = (measured(told, font(8.5))[0] + 5) / (width * POINTS)
    x, move, edge = (high, 4, "left") if high + needed < 1 else (low, -4, "right") if low > needed else (1, 0, "right")
    axes.annotate(told, (x, y), (move, 0), ha=edge, color=look["color"], bbox=CLEAR, **BESIDE)
