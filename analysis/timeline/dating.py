"""How well the cases are dated on each clock, and how many of them fall in the window's last year."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.data.clocks import PRECISIONS, lies_in, precision, stated_range
from analysis.data.dataset import Dataset
from analysis.data.study import Span
from analysis.record.cell import Cell
from analysis.stats.uncertainty import share_of


def years_of(window: Span) -> tuple[Span, ...]:
    """The calendar years of a window, the first and the last cut where the window ends."""
    months = window.months
    own = {year: months[months.year == year] for year in sorted(set(months.year))}
    return tuple(Span(f"y{year}", str(year), of_year[0], of_year[-1]) for year, of_year in own.items())


def dated(cases: pd.DataFrame, clock: str, window: Span) -> pd.DataFrame:
    """The first and last month that each date may mean, cut at the month by which every account was public.

    The definition of the list decides the cut: a case was public by the window's end and left before it was public, so
    a bare last year means January to the end of the window. No date is filled in. Columns `earliest` and `latest`
    (`Period[M]`, NaT where there is no date), index `case_id`.
    """
    ranges = stated_range(cases[clock])
    return ranges.assign(latest=ranges["latest"].mask(ranges["latest"] > window.end, window.end))


def in_last_year(cases: pd.DataFrame, clock: str, window: Span) -> pd.Series[int]:
    """Whether each case falls in the year in which the window ends: 1 or 0, NA where the clock has no date."""
    return lies_in(dated(cases, clock, window), years_of(window)[-1])


def by_precision(cases: pd.DataFrame, clocks: Iterable[str]) -> pd.DataFrame:
    """How well each date is known: a row per clock, columns `month`, `year`, `none`; each row sums to the cases."""
    known = {clock: precision(cases[clock]).value_counts() for clock in clocks}
    return pd.DataFrame(known).T.reindex(columns=list(PRECISIONS)).fillna(0).astype(int).rename_axis("clock")


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record what is dated on each clock, the last year, and the later cases that had left inside the window.

    The last are what a list that ends with the window cannot hold: people who left near its end and spoke after it.
    Returns what `by_precision` gives.
    """
    study, core = data.study, data.core
    table = by_precision(core, study.clocks)
    for clock in study.clocks:
        known, inside = precision(core[clock]) == "month", in_last_year(core, clock, study.window)
        cell.share(f"timeline.{clock}.month_known", share_of(known.astype("Int64")), core.index[known])
        cell.share(f"timeline.{clock}.last_year", share_of(inside), core.index[inside == 1])
        for name, kind in (("undated", "none"), ("year_only.all", "year")):
            cases = core.index[precision(core[clock]) == kind]
            cell.value(f"timeline.{clock}.{name}", table.at[clock, kind], unit="count", cases=cases)
    if "left" in study.clocks:
        left = data.later["left"]
        before = lies_in(stated_range(left), study.window).where(precision(left) == "month")
        cell.share("timeline.later.left_in_window", share_of(before), left.index[before == 1])
    return table
