"""The specification figure: each narrative's share under every variant, and under each choice taken alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from analysis.data.dataset import Dataset
from analysis.narratives.codes import reached
from analysis.record.figure_text import FigureText
from analysis.record.formats import count, join_words, percent, percent_range
from analysis.record.headline import headline
from analysis.record.record import Cell
from analysis.record.style import FILL, INK, MUTED, PALETTE, figure, mark
from analysis.sensitivity.choices import decapitalised, in_words
from analysis.sensitivity.grid import MIDDLE, Grid, share_range
from analysis.sensitivity.holding import apart, part_of, upper_half
from analysis.stats.uncertainty import LEVEL

EACH_COUNTRY = "Each country left out in turn"
SMALL = 7.2  # points

Results = Mapping[str, pd.DataFrame]  # variable to what `Grid.evaluate` gave


def show(cell: Cell, grid: Grid) -> Figure:
    """Record and return the figure; its numbers are the rows below the curves."""
    study = grid.dataset.study
    labels = study.narrative_labels
    rows = {variable: choice_rows(results, grid.dataset) for variable, results in grid.narratives.items()}
    text = words(grid.narratives, labels)
    numbers = pd.concat(rows, names=["variable"]).drop(columns="told")
    drawn = chart(grid.narratives, rows, labels, text.title)
    return cell.figure("specification", drawn, text, data=numbers, cases=reached(grid.own[study.narrative_variables]))


def choice_rows(results: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """One row for the paper's own choices, one per choice that departs alone, one for the countries left out in turn.

    The confidence level has no row, since it moves no share.

    Returns:
        Index: an id; `label`; `n`, `denominator`, `share`, `low`, `high` (of the countries: the one that moves the
        share most); `spread_low`, `spread_high` (equal to `share` but for the countries); `outside`: the share lies
        outside the interval of the paper's own; `told`: the numbers in words.
    """
    own, choices = results.iloc[0], list(results.columns)
    countries = results[results["changed"] == "without"]
    single = results[(results["departures"] == 1) & ~results["changed"].isin(["level", "without"])]
    rows = [_row("own", "The paper’s own choices", own, own)]
    for _, row in single.sort_values("changed", key=lambda names: names.map(choices.index), kind="stable").iterrows():
        choice, option = row["changed"], row[row["changed"]]
        rows.append(_row(f"{choice}-{option}".lower(), in_words(choice, option, dataset), row, own))
    if not countries.empty:
        furthest = countries.loc[(countries["share"] - own["share"]).abs().fillna(-1).idxmax()]
        low, high = countries["share"].min(), countries["share"].max()
        spread = "no case" if math.isnan(low) else percent_range(low, high)
        most = decapitalised(in_words("without", furthest["without"], dataset))
        last = _row("without-each", EACH_COUNTRY, furthest, own)
        told = f"{spread}, most moved {most}: {last['told']}"
        rows.append({**last, "spread_low": low, "spread_high": high, "told": told})
    return pd.DataFrame(rows).set_index("id")


def _row(id_: str, label: str, row: pd.Series, own: pd.Series) -> dict[str, object]:
    told = f"{percent(row['share'])} ({row['n']} of {row['denominator']})" if row["denominator"] else "no case"
    kept = {name: row[name] for name in ("n", "denominator", "share", "low", "high")}
    spread = {"spread_low": row["share"], "spread_high": row["share"]}
    outside = not own["low"] <= row["share"] <= own["high"]
    return {"id": id_, "label": label, **kept, **spread, "outside": outside, "told": told}


def words(results: Results, labels: Mapping[str, str]) -> FigureText:
    """Title, caption and alternative text; labels are the variables' names in print."""
    n = len(next(iter(results.values())))
    title = _title(results, labels, n)
    least = min(int(frame["denominator"].min()) for frame in results.values())
    caption = (
        "Share that voices each narrative under every combination of choices that an author could defend "
        f"({count(n)} variants: whose codes, which clock, which cases, which country left out, which confidence "
        "level). Above: all variants sorted by share, the middle 90% in grey and in figures. Below: our own "
        f"choices, then each choice departing alone, with {percent(LEVEL)} Wilson intervals; dotted line: our own "
        "share. The confidence level moves no share and has no row. The variants are not equally likely, nor "
        f"independent, and the narrowest rests on {least} accounts."
    )
    said = [f"{labels[name]}: {_ranges(frame)}" for name, frame in results.items()]
    return FigureText(title, caption, f"{title}. {'; '.join(said)}.")


def _title(results: Results, labels: Mapping[str, str], n: int) -> str:
    own = {name: float(frame["share"].iloc[0]) for name, frame in results.items()}
    if any(math.isnan(share) for share in own.values()):
        return f"No account gives reasons, so {count(n)} variants have nothing to compare"
    leader = max(own, key=lambda name: own[name])
    upper = upper_half(results)
    lower = [labels[name].lower() for name in results if name not in upper]
    title = (
        f"{join_words(labels[name].lower() for name in upper).capitalize()} {'is' if len(upper) == 1 else 'are'} "
        f"voiced more often than {'all others' if len(lower) > 2 else join_words(lower)} in "
        f"{_most(apart(results, upper))} of {count(n)} variants"
    )
    leading = f"; {labels[leader].lower()} leads in {_most(apart(results, [leader]))}"
    return title if upper == [leader] else title + leading


def _most(answers: Any) -> str:
    return "all" if answers.all() else part_of(int(answers.sum()), len(answers))


def _ranges(frame: pd.DataFrame) -> str:
    if frame["share"].isna().any():
        return "no case in some variants"
    alone, middle = share_range(frame, alone=True), share_range(frame, middle=MIDDLE)
    return (
        f"{percent(float(frame['share'].iloc[0]))} under our own choices, {percent_range(*alone)} with one choice "
        f"changed, {percent_range(*middle)} in the middle {percent(MIDDLE)} of all variants"
    )


def chart(results: Results, rows: Mapping[str, pd.DataFrame], labels: Mapping[str, str], title: str) -> Figure:
    """Per narrative a column: above, all variants sorted by share; below, the rows of `choice_rows`."""
    height = 1.9 + 0.25 * len(next(iter(rows.values())))
    made, panels = figure(height, nrows=2, ncols=len(labels), sharey="row", gridspec_kw={"height_ratios": [1.0, 3.0]})
    for column, (variable, label) in enumerate(labels.items()):
        _curve(panels[0][column], variable, label, results[variable], first=column == 0)
        _rows(panels[1][column], variable, label, rows[variable], first=column == 0)
    _key(made, panels[1][0])
    headline(made, title)
    return made


def _curve(axes: Axes, variable: str, label: str, results: pd.DataFrame, *, first: bool) -> None:
    """All variants sorted by share, drawn at 200 points of their order so that the file stays small."""
    shares = np.sort(results["share"].dropna().to_numpy())
    order = np.linspace(0, 1, 201)
    axes.set_title(label, fontsize=8.5)
    axes.set_ylim(0, 1)
    _scale(axes)
    if not shares.size:
        return
    low, high = np.quantile(shares, [0.05, 0.95])
    middle = percent_range(float(low), float(high))
    axes.axvspan(low, high, color=FILL["slate"], linewidth=0)
    (line,) = axes.plot(np.quantile(shares, order), order, color=PALETTE["navy"])
    told = f"{label}: {percent_range(float(shares[0]), float(shares[-1]))} over {count(len(shares))} variants"
    mark(line, f"{variable}-curve".replace("_", "-"), f"{told}, the middle 90% of them {middle}")
    _own(axes, results)
    axes.set_title(f"{label}\n{middle}", fontsize=8.5)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.tick_params(axis="x", labelbottom=False)
    if first:
        axes.set_ylabel("variants with\nat most this share", fontsize=SMALL)


def _rows(axes: Axes, variable: str, label: str, rows: pd.DataFrame, *, first: bool) -> None:
    _own(axes, rows)
    listed: list[Any] = list(rows.itertuples())
    for y, row in enumerate(listed):
        if row.spread_low < row.spread_high:
            axes.plot([row.spread_low, row.spread_high], [y, y], color=FILL["navy"], linewidth=5, solid_capstyle="butt")
        else:
            axes.plot([row.low, row.high], [y, y], color=MUTED, linewidth=0.8)
        look: dict[str, Any] = {
            "marker": "D" if row.outside else "o",
            "color": PALETTE["rust" if row.outside else "navy"],
        }
        (dot,) = axes.plot([row.share], [y], linestyle="none", markersize=3.8, **look)
        mark(dot, f"{variable}-{row.Index}".replace("_", "-"), f"{label}, {row.label}: {row.told}")
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [row.label for row in listed], fontsize=SMALL)
    axes.tick_params(axis="y", length=0, labelleft=first)
    axes.spines["left"].set_visible(False)
    _scale(axes)


def _key(made: Figure, axes: Axes) -> None:
    (inside,) = axes.plot([], [], "o-", color=PALETTE["navy"], markersize=3.8, linewidth=0.8)
    (outside,) = axes.plot([], [], "D", color=PALETTE["rust"], markersize=3.8)
    handles = {
        "share of accounts that give reasons, 95% interval": inside,
        "share outside the interval of our own": outside,
        "range over the countries": Patch(facecolor=FILL["navy"]),
        "middle 90% of all variants": Patch(facecolor=FILL["slate"]),
    }
    look: dict[str, Any] = {"ncols": 2, "fontsize": SMALL, "handletextpad": 0.5, "columnspacing": 1.3}
    made.legend(list(handles.values()), list(handles), loc="outside lower left", **look)


def _own(axes: Axes, results: pd.DataFrame) -> None:
    axes.axvline(float(results["share"].iloc[0]), color=INK, linewidth=0.7, linestyle=(0, (1, 2)), zorder=1.5)


def _scale(axes: Axes) -> None:
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.5, 1], ["0", "50", "100%"])
    axes.tick_params(axis="x", labelsize=SMALL)
    first, *_, last = axes.get_xticklabels()
    first.set_horizontalalignment("left")  # inside the panel, apart from its neighbour's
    last.set_horizontalalignment("right")
