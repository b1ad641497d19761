"""The numbers of the timeline in one table: a row per mark of the chart."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.data.study import Span
from analysis.timeline.timeline import by_month, months_shown, not_by_month

STATED = "stated"


def timeline_frame(cases: pd.DataFrame, clocks: Iterable[str], window: Span) -> pd.DataFrame:
    """Cases by clock and month, and apart from them those whose month is not known.

    Args:
        cases: Cases with each clock's dates as given, `<clock>_month`, and `left_basis`.
        clocks: The clocks, such as `left` and `first_public`.
        window: The window of the list.

    Returns:
        Columns `clock`; `known_to` (month, year, none); `when` (YYYY-MM, YYYY, `none`); `n` cases; `stated`, those of
        them whose date is stated in the source as such (missing on a clock that records no basis); `cumulative`, cases
        up to that month (missing but for months). On each clock `n` sums to the cases.
    """
    clocks = list(clocks)
    months = months_shown(cases, clocks, window)
    parts = []
    for clock in clocks:
        counts = by_month(cases, clock, months)
        monthly = counts.set_axis(counts.index.astype(str)).assign(known_to="month")
        apart = not_by_month(cases, clock).to_frame().assign(known_to="year")
        apart.loc["none", "known_to"] = "none"
        part = pd.concat([monthly, apart]).rename_axis("when").reset_index().assign(clock=clock)
        parts.append(part.assign(stated=_stated(cases, clock, part)))
    frame = pd.concat(parts, ignore_index=True)
    frame["cumulative"] = frame["cumulative"].astype("Int64")
    return frame[["clock", "known_to", "when", "n", "stated", "cumulative"]]


def _stated(cases: pd.DataFrame, clock: str, part: pd.DataFrame) -> pd.Series[int]:
    if f"{clock}_basis" not in cases:
        return pd.Series(pd.NA, index=part.index, dtype="Int64")
    dates = cases.loc[cases[f"{clock}_basis"] == STATED, clock].str.slice(0, 7)
    return part["when"].map(dates.value_counts()).fillna(0).astype("Int64")
