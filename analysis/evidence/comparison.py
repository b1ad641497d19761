"""Two groups of accounts side by side: the share that voices each narrative, with intervals and exact tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from analysis.record.formats import FEW, out_of, p_value, percent, percent_range
from analysis.record.headline import headline
from analysis.record.record import Cell
from analysis.record.style import INK, PALETTE, figure, mark
from analysis.stats.uncertainty import Share

LOOKS: dict[str, dict[str, Any]] = {
    "in": {"color": PALETTE["rust"], "marker": "s", "markerfacecolor": "white", "linestyle": (0, (4, 1.5))},
    "out": {"color": PALETTE["navy"], "marker": "o", "markerfacecolor": PALETTE["navy"], "linestyle": "-"},
}
OFFSETS = {"out": -0.17, "in": 0.17}
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
            cell.share(f"{prefix}.{variable}.{name}", Share.of(row[f"{side}_n"], row[f"{side}_denominator"]), cases)
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
    return f"{percent(row[f'{side}_share'])} ({counts})" if row[f"{side}_denominator"] >= FEW else counts


def _limits(row: Any, side: str) -> str:
    few = row[f"{side}_denominator"] < FEW
    return "" if few else f" [{percent_range(row[f'{side}_low'], row[f'{side}_high'])}]"


def chart(table: pd.DataFrame, names: Mapping[str, str], title: str) -> Figure:
    """Per narrative, from `groups.compare`: both sides' shares with Wilson intervals, counts and the corrected p.

    A group under `FEW` cases has its counts alone.
    """
    made, axes = figure(1.35 + 0.62 * len(table))
    for y, (variable, row) in enumerate(table.iterrows()):
        for side in ("out", "in"):
            if row[f"{side}_denominator"]:
                _point(axes, y + OFFSETS[side], f"{variable}-{side}".replace("_", "-"), side, names[side], row)
        tested = f"{p_value(row['p'])}\nHolm: {p_value(row['p_holm'])}"
        axes.annotate(tested, (1.0, y), (8, 0), color=INK, **BESIDE)
    axes.set_yticks(range(len(table)), list(table["label"]), fontsize=9)
    axes.set(xlim=(0, 1), ylim=(len(table) - 0.5, -0.5))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Share of the accounts that give reasons")
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=8.5)
    axes.spines["left"].set_visible(False)
    handles = [axes.plot([], [], markersize=5.5, **LOOKS[side])[0] for side in ("out", "in")]
    made.legend(handles, [names["out"], names["in"]], loc="outside lower left", ncols=1, fontsize=8.5)
    headline(made, title)
    return made


def _point(axes: Axes, y: float, mark_id: str, side: str, name: str, row: Any) -> None:
    low, high, look, said = row[f"{side}_low"], row[f"{side}_high"], LOOKS[side], _counted(row, side)
    if row[f"{side}_denominator"] < FEW:
        mark(
            axes.annotate(said, (0, y), (4, 0), color=look["color"], **BESIDE),
            mark_id,
            f"{row['label']}, {name}: {said}",
        )
        return
    axes.plot([low, high], [y, y], color=look["color"], linewidth=1.3, linestyle=look["linestyle"])
    (dot,) = axes.plot([row[f"{side}_share"]], [y], markersize=5.5, **{**look, "linestyle": "none"})
    mark(dot, mark_id, f"{row['label']}, {name}: {said}, 95% interval{_limits(row, side)}")
    x, move, edge = (high, 4, "left") if high < 0.72 else (low, -4, "right")
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
    axes.annotate(said, (x, y), (move, 0), ha=edge, color=look["color"], bbox=box, **BESIDE)
