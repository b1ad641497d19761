"""How long it took from leaving to the first public account, where both are known to the month."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.data.dataset import Dataset
from analysis.data.problems import Lacking
from analysis.data.study import Span
from analysis.record.cell import MINIMUM, Cell, FigureText
from analysis.record.formats import month, percent, plural
from analysis.record.style import FILL, INK, MUTED, PALETTE, TEXT_WIDTH, figure, headline, mark
from analysis.record.tiles import column, tiles

ROW = 0.172  # inches of one tile


def lags(cases: pd.DataFrame) -> pd.Series[int]:
    """Months from leaving to the first public account, for the cases in which both are known to the month.

    Index: the ids of these cases; a lag of 0 is the same month.
    """
    months = cases[["left_month", "first_public_month"]].dropna()
    left, public = (pd.PeriodIndex(months[clock], freq="M").asi8 for clock in months)
    return pd.Series(public - left, index=months.index, name="lag", dtype=int)


def quartiles(months: pd.Series[int]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile of lags in months, interpolated (Hyndman and Fan 1996, type 7).

    `Lacking` when there is no lag.
    """
    if months.empty:
        raise Lacking("data/cases.csv", "no core case has `left` and `first_public` to the month")
    lower, median, upper = months.quantile([0.25, 0.5, 0.75])
    return float(lower), float(median), float(upper)


def by_lag(months: pd.Series[int]) -> pd.DataFrame:
    """Cases per lag from 0 to the longest: index `months`, column `n`."""
    every = pd.RangeIndex(0, int(months.max()) + 1, name="months")
    return months.value_counts().reindex(every, fill_value=0).rename("n").to_frame()


def show(cell: Cell, data: Dataset) -> Figure:
    """Record and return the figure `lag`; `Lacking` when no case is known to the month on both."""
    months = lags(data.core)
    _, median, upper = quartiles(months)
    cell.value("timeline.lag.n", len(months), unit="count", cases=months.index)
    cell.value("timeline.lag.median", median, unit="number", text=in_months(median))
    cell.value("timeline.lag.upper", upper, unit="number", text=in_months(upper))
    text = words(months, len(data.core), data.study.window)
    return cell.figure("lag", text, chart, months, data=by_lag(months), cases=months.index)


def in_months(number: float) -> str:
    """A number of months as it is said: `1 month`, `1.5 months`."""
    return f"{number:g} {'month' if number == 1 else 'months'}"


def words(months: pd.Series[int], total: int, window: Span) -> FigureText:
    """Title, caption and alternative text from the lags, the number of core cases and the window of the list."""
    (lower, median, upper), longest = quartiles(months), in_months(months.max())
    cases = plural(len(months), "case")
    title = (
        f"At least half of the {cases} dated on both clocks were public within {in_months(median)} of leaving; "
        f"the slowest took {longest}"
    )
    caption = (
        f"Months from leaving to the first public account, for the {len(months)} of {total} core cases in which both "
        "are known to the month; 0 is the same month. One tile is one case. The line marks the median, the band the "
        f"middle half. Whoever left shortly before the window closed in {month(window.end)} can only show a short lag. "
        f"{MINIMUM}"
    )
    same, three = (f"{within.sum()} ({percent(within.mean())})" for within in (months == 0, months <= 3))
    alt = (
        f"Median {in_months(median)}, middle half from {lower:g} to {in_months(upper)}, over {cases}. "
        f"Public in the month of leaving: {same}; within three months: {three}. The longest lag is {longest}."
    )
    return FigureText(title, caption, alt)


def chart(months: pd.Series[int], finding: str, width: float = TEXT_WIDTH) -> Figure:
    """A tile per case, months from left to right, with the median as a line and the middle half as a band."""
    (lower, median, upper), longest = quartiles(months), int(months.max())
    counts = by_lag(months)["n"]
    highest = int(counts.max())
    made, axes = figure(ROW * (highest + 3.0) + 0.95, width)
    axes.axvspan(lower, upper, ymax=(highest + 1) / (highest + 3.0), color=FILL["slate"], linewidth=0, zorder=0)
    over = int(counts.reindex([int(median), -int(-median // 1)], fill_value=0).max()) + 1.2  # the line begins there
    axes.plot([median, median], [over, highest + 2.6], color=PALETTE["rust"], linewidth=1.4, zorder=0.5)
    for lag, n in zip(counts.index, counts, strict=True):
        if n:
            patch = tiles(axes, column(lag, n), facecolor=PALETTE["navy"], zorder=2)
            mark(patch, f"lag-{lag}", f"{in_months(lag)}: {plural(n, 'case')}")
            axes.text(lag, n + 0.12, str(n), ha="center", va="bottom", fontsize=8.5, color=INK)
    said = f"median {in_months(median)}; middle half {lower:g} to {in_months(upper)}; n = {len(months)}"
    x, side = (median + 0.2, "left") if median < longest / 2 else (longest + 0.6, "right")
    written = axes.text(x, highest + 2.1, said, va="center", ha=side, fontsize=8.5, color=INK)
    if side == "right":  # the line of the median runs behind it
        written.set(in_layout=False, bbox={"facecolor": "white", "edgecolor": "none"})
    axes.set(xlim=(-0.6, longest + 0.6), ylim=(0, highest + 3.0), xticks=range(longest + 1), yticks=[])
    axes.set_xlabel("Months from leaving to the first public account (0: the same month)", loc="left")
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_color(MUTED)
    axes.spines["bottom"].set_bounds(-0.5, longest + 0.5)
    return headline(made, finding)
