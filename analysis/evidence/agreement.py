"""Agreement of the coders on each narrative: four coefficients, each with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.data.dataset import Dataset
from analysis.evidence.coders import pools
from analysis.record.figure_text import FigureText
from analysis.record.formats import count, decimal, percent, plural
from analysis.record.headline import headline
from analysis.record.record import Cell
from analysis.record.style import FILL, INK, MUTED, PALETTE, figure, mark
from analysis.stats.agreement import COEFFICIENTS
from analysis.stats.bootstrap import DRAWS
from analysis.stats.uncertainty import LEVEL

MARKS = (0.667, 0.8)  # Krippendorff (2018, chapter 12): tentative conclusions from 0.667, reliance from 0.800
STEP = 1.7  # room between two variables, in rows
OFFSET: dict[str, Any] = {"textcoords": "offset points", "fontsize": 7.5, "va": "center"}
DOT: dict[str, Any] = {"color": PALETTE["navy"], "markersize": 5.5}
RING: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": PALETTE["rust"], "markersize": 3.6}


def show(cell: Cell, data: Dataset, agreed: dict[str, pd.DataFrame]) -> Figure:
    """Record and return the figure `agreement`; `agreed` as `coders.agreed` gives it."""
    labels = data.study.narrative_labels
    table, without = agreed["all"], agreed["unhinted"]
    text = words(table.loc[list(labels)], without.loc[list(labels)], labels)
    drawing = chart(table, without, labels, text.title)
    return cell.figure("agreement", drawing, text, data=pd.concat(agreed, names=["pool"]), cases=pools(data)["all"])


def words(table: pd.DataFrame, without: pd.DataFrame, labels: Mapping[str, str]) -> FigureText:
    """Title, caption and alternative text, from `coders.agreement_table` of all cases and `without` the hinted ones."""
    ranked = table.xs("kappa", level="coefficient")["value"].dropna().sort_values(ascending=False)
    title = "The codes do not vary enough to measure agreement beyond chance"
    if not ranked.empty:
        best, least = (labels[str(ranked.index[place])].lower() for place in (0, -1))
        title = f"The coders agree best on {best} (kappa {decimal(ranked.iloc[0])}) "
        title += f"and least on {least} ({decimal(ranked.iloc[-1])})"
    n, other = (
        " to ".join(count(number) for number in dict.fromkeys((frame["n"].min(), frame["n"].max())))
        for frame in (table, without)
    )
    caption = (
        f"Agreement of the two coders before adjudication, over the {n} candidates that both could code, "
        f"with {percent(LEVEL)} bootstrap intervals over cases ({count(DRAWS)} resamples). Diamonds: the "
        f"{other} of them whose earlier label did not name a narrative. Dotted lines: 0.667 and 0.8, which "
        "Krippendorff asks for before tentative and firm conclusions. Both coders were automated; no human has "
        "reviewed the codes yet."
    )
    values: Any = table["value"]
    names = {id_: name if name[0] in "CKG" else name.lower() for id_, (name, _) in COEFFICIENTS.items()}
    said = [
        f"{label}: " + ", ".join(f"{name} {defined(values[variable, id_])}" for id_, name in names.items())
        for variable, label in labels.items()
    ]
    return FigureText(title, caption, f"{title}. {'; '.join(said)}.")


def defined(coefficient: float) -> str:
    """A coefficient with two decimals, or that the data do not define it."""
    return "not defined" if pd.isna(coefficient) else decimal(coefficient)


def chart(table: pd.DataFrame, without: pd.DataFrame, labels: Mapping[str, str], title: str) -> Figure:
    """Per variable and coefficient: the value, its interval, and the value `without` the cases that were hinted at."""
    names = {id_: name for id_, (name, _) in COEFFICIENTS.items()}
    block = len(names) + STEP
    made, axes = figure(1.0 + 0.175 * len(labels) * block)
    least = min(0.0, float(table["low"].min()), float(without["value"].min()))
    for at, (variable, label) in enumerate(labels.items()):
        heading = f"{label}, {plural(int(table.xs(variable, level='variable')['n'].iloc[0]), 'case')}"
        axes.text(least, at * block, heading, fontsize=8.5, fontweight="bold", va="center", ha="left")
        for place, (id_, name) in enumerate(names.items(), start=1):
            mark_id, told = f"{variable}-{id_}".replace("_", "-"), f"{label}, {name}"
            _row(axes, at * block + place, mark_id, told, table.loc[(variable, id_)], without.loc[(variable, id_)])
    ticks = [at * block + place for at in range(len(labels)) for place in range(1, len(names) + 1)]
    axes.set_yticks(ticks, [*names.values()] * len(labels), fontsize=7.5)
    axes.set(xlim=(least, 1.0), ylim=(len(labels) * block - STEP + 1, -2.1))
    for edge in MARKS:
        axes.axvline(edge, color=MUTED, linewidth=0.7, linestyle=(0, (1, 2)), zorder=0)
        axes.annotate(decimal(edge, 3).rstrip("0"), (edge, -1.25), (3, 0), color=MUTED, ha="left", **OFFSET)
    axes.set_xlabel("Agreement (0 is chance for the last three, 1 is perfect)")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    key = {
        "all cases both could code": axes.plot([], [], "o", **DOT)[0],
        "95% bootstrap interval over cases": Patch(facecolor=FILL["navy"]),
        "without cases whose label named a code": axes.plot([], [], "D", **RING)[0],
    }
    look: dict[str, Any] = {"fontsize": 7.5, "handletextpad": 0.5, "columnspacing": 1.4}
    made.legend([*key.values()], [*key], loc="outside lower left", ncols=3, **look)
    headline(made, title)
    return made


def _row(axes: Axes, y: float, mark_id: str, name: str, row: Any, other: Any) -> None:
    limits = f"95% interval {defined(row.low)} to {defined(row.high)}"
    axes.plot([row.low, row.high], [y, y], color=FILL["navy"], linewidth=6, solid_capstyle="butt")
    (dot,) = axes.plot([row.value], [y], "o", **DOT)
    mark(dot, mark_id, f"{name}: {defined(row.value)} ({limits}, {count(row.n)} cases)")
    (ring,) = axes.plot([other.value], [y], "D", **RING)
    less = f"{name}, without the cases whose label named a code"
    mark(ring, f"{mark_id}-without", f"{less}: {defined(other.value)} ({count(other.n)} cases)")
    undefined = pd.isna(row.low)
    said = "not defined" if undefined else f"{defined(row.value)}  ({decimal(row.low)} to {decimal(row.high)})"
    axes.annotate(said, (1.0, y), (6, 0), color=INK, annotation_clip=False, **OFFSET)
