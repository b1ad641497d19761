"""Cases by month on two clocks, each counted and never mixed, with what has no month apart."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.data.study import Span

NO_DATE = "none"
STATED = "stated"


def month_counts(cases: pd.DataFrame, clocks: Iterable[str], window: Span) -> pd.DataFrame:
    """Cases by clock and month, and apart from them those whose month is not known.

    The cases have each clock's dates as given, `<clock>_month` (`Period[M]`, NaT unless known to the month) and
    `left_basis`. The months shown are the window's own, and any before or after it that a case needs.

    Returns:
        Columns `clock`; `known_to` (month, year, none); `when` (YYYY-MM, YYYY, `none`); `n` cases; `stated`, those of
        them whose date is stated in the source as such (missing on a clock that records no basis). On each clock `n`
        sums to the cases.
    """
    clocks = list(clocks)
    dates = pd.concat([cases[f"{clock}_month"].dropna() for clock in clocks])
    months = pd.period_range(min([window.start, *dates]), max([window.end, *dates]), freq="M").astype(str)
    frame = pd.concat([_on_clock(cases, clock, months) for clock in clocks], ignore_index=True)
    return frame[["clock", "known_to", "when", "n", "stated"]]


def _on_clock(cases: pd.DataFrame, clock: str, months: pd.Index[str]) -> pd.DataFrame:
    given = cases[clock].str.slice(0, len("YYYY-MM"))
    years = sorted(given[given.str.len() == len("YYYY")].unique())
    rows = pd.Index([*months, *years, NO_DATE], name="when")
    n = given.fillna(NO_DATE).value_counts().reindex(rows, fill_value=0).astype(int)
    stated = pd.Series(pd.NA, index=rows, dtype="Int64")
    if f"{clock}_basis" in cases:
        stated = given[cases[f"{clock}_basis"] == STATED].value_counts().reindex(rows, fill_value=0).astype("Int64")
    known_to = ["month"] * len(months) + ["year"] * len(years) + ["none"]
    return pd.DataFrame({"n": n, "stated": stated, "clock": clock, "known_to": known_to}, index=rows).reset_index()


def months_of(frame: pd.DataFrame, clock: str) -> pd.Series[int]:
    """The monthly counts of one clock, index `month` (`Period[M]`)."""
    rows = frame[(frame["clock"] == clock) & (frame["known_to"] == "month")]
    return rows.set_index(pd.PeriodIndex(rows["when"], freq="M", name="month"))["n"]
