"""How long it took from one date of a case to the next, where both are known to the month."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Lag:
    """The lag of a set of cases, in months.

    Attributes:
        n: Cases in which both months are known: the denominator of everything here.
        median: Half of the lags are at most this.
        lower: First quartile.
        upper: Third quartile.
        longest: Longest lag.
        same_month: Cases with both dates in one month.
        within_three: Cases with a lag of three months at most.
    """

    n: int
    median: float
    lower: float
    upper: float
    longest: int
    same_month: int
    within_three: int


def lags(cases: pd.DataFrame, start: str = "left", end: str = "first_public") -> pd.Series[int]:
    """Months from one date to the next, for the cases in which both are known to the month.

    Args:
        cases: Cases with `<start>_month` and `<end>_month` (`Period[M]`, NaT unless known to the month).
        start: `joined` or `left`.
        end: `left` or `first_public`.

    Returns:
        Index: the ids of the cases known on both; a lag of 0 is the same month.
    """
    months = cases[[f"{start}_month", f"{end}_month"]].dropna()
    earlier, later = (pd.PeriodIndex(months[f"{clock}_month"], freq="M") for clock in (start, end))
    return pd.Series(later.asi8 - earlier.asi8, index=months.index, name="lag", dtype=int)


def lag_summary(months: pd.Series[int]) -> Lag:
    """Median, quartiles and range of the lags.

    Args:
        months: Lags in whole months, at least one. Quartiles interpolate linearly (Hyndman and Fan 1996, type 7).

    Raises:
        ValueError: When there is no lag to summarise.
    """
    if months.empty:
        raise ValueError("No case is known to the month on both clocks, so there is no lag to summarise.")
    lower, median, upper = (float(months.quantile(q)) for q in (0.25, 0.5, 0.75))
    return Lag(
        n=len(months),
        median=median,
        lower=lower,
        upper=upper,
        longest=int(months.max()),
        same_month=int((months == 0).sum()),
        within_three=int((months <= 3).sum()),
    )


def by_lag(months: pd.Series[int]) -> pd.DataFrame:
    """Cases per lag from 0 to the longest: index `months`, column `n`."""
    every = pd.RangeIndex(0, int(months.max()) + 1, name="months")
    return months.value_counts().reindex(every, fill_value=0).astype(int).rename("n").to_frame()
