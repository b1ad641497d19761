"""The periods: our cases by either clock beside the 2015 report's count, one panel each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator, PercentFormatter

from analysis.data.clocks import lies_in, stated_range
from analysis.data.dataset import Dataset
from analysis.data.published import published_counts
from analysis.data.study import Span
from analysis.record.figure_text import MINIMUM, FigureText
from analysis.record.formats import count, decimal, join_words, percent, percent_range, plural
from analysis.record.headline import headline
from analysis.record.record import Cell
from analysis.record.style import FILL, INK, MUTED, PALETTE, figure, mark
from analysis.stats.uncertainty import wilson

OUTSIDE = BEFORE, AFTER, UNKNOWN, UNDATED = "before", "after", "unknown", "undated"
PUBLISHED = "published"
BY = {"left": "by month of leaving", "first_public": "by month made public"}
OURS: dict[str, Any] = {"facecolor": FILL["navy"], "edgecolor": PALETTE["navy"]}
THEIRS: dict[str, Any] = {"facecolor": "white", "edgecolor": PALETTE["slate"], "hatch": "...."}


def period_of(dates: pd.Series[str], periods: tuple[Span, ...]) -> pd.Series[str]:
    """The period that each date as given falls in: its id, `before` or `after` them all, `unknown`, or `undated`.

    A date known only to the year is `unknown` unless its whole year lies in one period. Periods do not overlap.
    """
    ranges = stated_range(dates)
    place = pd.Series(UNKNOWN, index=dates.index, name="period").mask(ranges["latest"].isna(), UNDATED)
    place = place.mask(ranges["latest"] < periods[0].start, BEFORE)
    place = place.mask(ranges["earliest"] > periods[-1].end, AFTER)
    for period in periods:
        place = place.mask((lies_in(ranges, period) == 1).fillna(False), period.id)
    return place


def by_period(cases: pd.DataFrame, clocks: Iterable[str], periods: tuple[Span, ...]) -> pd.DataFrame:
    """Cases per period, a column per clock that sums to the cases; after the periods what could not be placed."""
    rows = [*(period.id for period in periods), *OUTSIDE]
    counted = {clock: period_of(cases[clock], periods).value_counts() for clock in clocks}
    return pd.DataFrame(counted).reindex(rows).fillna(0).astype(int).rename_axis("period")


def period_frame(counts: pd.DataFrame, periods: tuple[Span, ...], published: pd.Series[int]) -> pd.DataFrame:
    """Counts and shares by period, a row per series and period.

    The 2015 report's own count per period (index: period id) is of another list of cases: it is set beside ours
    (`by_period`) and never added to it.

    Returns:
        Columns `series` (a clock or `published`), `period`, `months` (length), `n`, `denominator` (cases of the series
        dated well enough to say, those before and after the periods included), `cases` (all of them), `share` (0-1),
        `low` and `high` (Wilson 95%; missing for the published series, which its authors counted in full), `per_month`
        (`n` over the length).

    Raises:
        ValueError: When the published counts do not name the same periods.
    """
    if set(published.index) != {period.id for period in periods}:
        raise ValueError("The published counts and the study name different periods. Make them agree.")
    rows = []
    for series, n in [*counts.items(), (PUBLISHED, published)]:
        total = int(n.sum())
        dated = total - int(n.get(UNKNOWN, 0) + n.get(UNDATED, 0))
        for period in periods:
            cases, length = int(n[period.id]), len(period.months)
            low, high = (float("nan"),) * 2 if series == PUBLISHED else wilson(cases, dated)
            share = cases / dated if dated else float("nan")
            rows.append((series, period.id, length, cases, dated, total, share, low, high, cases / length))
    columns = ["series", "period", "months", "n", "denominator", "cases", "share", "low", "high", "per_month"]
    return pd.DataFrame(rows, columns=columns)


def frame_of(data: Dataset) -> pd.DataFrame:
    """The core list by period on both clocks, beside the published counts: as `period_frame` gives it."""
    study = data.study
    counts = by_period(data.core, study.clocks, study.periods)
    return period_frame(counts, study.periods, published_counts(data.published, "period")["n"])


def show(cell: Cell, data: Dataset) -> Figure:
    """Record cases per month and period, made public and published, and the figure `periods`; return the figure."""
    study, frame = data.study, frame_of(data)
    for series in ("first_public", PUBLISHED):
        rates = frame[frame["series"] == series].set_index("period")["per_month"]
        cases = () if series == PUBLISHED else data.core.index
        for period, rate in rates.items():
            name, written = f"timeline.{series}.period.{period}.per_month", decimal(rate, 1)
            cell.value(name, rate, unit="number", text=written, cases=cases)
    text = words(frame, study.clocks, study.periods)
    drawing = chart(frame, study.clocks, study.periods, text.title)
    return cell.figure("periods", drawing, text, data=frame, cases=data.core.index)


def words(frame: pd.DataFrame, clocks: Mapping[str, str], periods: tuple[Span, ...]) -> FigureText:
    """Title, caption and alternative text, from `period_frame`."""
    last = frame[(frame["period"] == periods[-1].id) & (frame["denominator"] > 0)].set_index("series")["share"]
    ours = join_words(f"{percent(last[clock])} {said}" for clock, said in BY.items() if clock in last)
    title = f"{periods[-1].label}: {percent(last[PUBLISHED])} of the 2015 report’s cases; of ours {ours}"
    each = frame.groupby("series", sort=False)
    dated, total = each["denominator"].first(), each["cases"].first()
    placed = join_words(f"by {label.lower()} ({dated[clock]} of {total[clock]})" for clock, label in clocks.items())
    parts = [f"Share of core cases in each period {placed}, of those dated well enough to say."]
    if outside := int((dated - each["n"].sum())[list(clocks)].sum()):
        parts.append(f"{plural(outside, 'of these lies', 'of these lie')} outside the periods.")
    parts += [
        "Lines are Wilson 95% intervals.",
        f"The 2015 report counted {dated[PUBLISHED]} cases; its list is not ours, and press reports differ on its "
        "clock.",
        "Periods differ in length, so the cases per month are given too.",
        MINIMUM,
    ]
    names = {**clocks, PUBLISHED: "2015 report"}
    alt = " ".join(_alt(names[str(series)], rows.set_index("period"), periods) for series, rows in each)
    return FigureText(title, " ".join(parts), alt)


def _alt(name: str, rows: pd.DataFrame, periods: tuple[Span, ...]) -> str:
    dated, total = int(rows["denominator"].iloc[0]), plural(int(rows["cases"].iloc[0]), "case")
    said = [f"{counted(rows.loc[period.id, 'n'], dated)} in {period.label}" for period in periods]
    of = f"{dated} of {total} dated well enough" if dated < rows["cases"].iloc[0] else total
    return f"{name}, {of}: {join_words(said)}."


def counted(n: Any, dated: int) -> str:
    """A count with its share of the dated cases, `7 (12%)`; the count alone where no case is dated."""
    return f"{n} ({percent(n / dated)})" if dated else f"{n}"


def chart(frame: pd.DataFrame, clocks: Mapping[str, str], periods: tuple[Span, ...], finding: str) -> Figure:
    """Share of cases per period, from `period_frame`: a panel per series on one scale, ours with Wilson intervals."""
    names = {**clocks, PUBLISHED: "The 2015 report"}
    most = float(frame[["share", "high"]].max().max())
    made, axes = figure(2.9, ncols=len(names), sharey=True, squeeze=False)
    for place, (panel, series) in enumerate(zip(axes[0], names, strict=True)):
        _panel(panel, frame[frame["series"] == series].set_index("period"), series, names[series], periods)
        panel.set_xlim(0, most * 1.02 if most > 0 else 1)
        panel.tick_params(axis="y", length=0, labelleft=place == 0)
    axes[0][0].set_yticks(range(len(periods)), [period.label.replace(" ", "\n", 1) for period in periods])
    axes[0][0].set_ylim(len(periods) - 0.35, -0.55)
    headline(made, finding)
    return made


def _panel(axes: Axes, rows: pd.DataFrame, series: str, label: str, periods: tuple[Span, ...]) -> None:
    placed, total = int(rows["denominator"].iloc[0]), int(rows["cases"].iloc[0])
    ours = series != PUBLISHED
    for y, period in enumerate(periods):
        row: Any = rows.loc[period.id]
        bar = axes.barh(y, row.share, height=0.42, **(OURS if ours else THEIRS))
        told = f"{label}, {period.label}: {percent(row.share)} ({count(row.n)} of {placed})"
        if ours:
            axes.plot([row.low, row.high], [y, y], color=INK, linewidth=1.1)
            told += f", interval {percent_range(row.low, row.high)}"
        rate = f"{decimal(row.per_month, 1)} a month"
        mark(bar[0], f"{series}-{period.id}".replace("_", "-"), f"{told}; {rate}")
        said = f"{percent(row.share)} ({count(row.n)}) · {rate}"
        axes.text(0.012, y + 0.26, said, fontsize=8.5, va="top", ha="left", color=INK)
    axes.set_title(label, fontsize=9, pad=14)
    said = plural(placed, "case") if placed == total else f"{placed} of {total} cases dated well enough"
    axes.text(0, 1.01, said, transform=axes.transAxes, fontsize=8.5, color=MUTED)
    axes.xaxis.set_major_locator(MultipleLocator(0.2))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.tick_params(axis="x", labelsize=8.5)
