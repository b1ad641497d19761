"""What a date of stated precision says: the months it may mean, and whether it lies in a span."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.data.study import Span

PRECISIONS = ("month", "year", "none")


def precision(dates: pd.Series[str]) -> pd.Series[str]:
    """How well each date is known: `month` (or better), `year`, or `none`.

    Args:
        dates: Dates as given: YYYY, YYYY-MM, YYYY-MM-DD, or missing.
    """
    length = dates.astype("string").str.len().to_numpy(dtype=float, na_value=0)
    words = np.select([length >= len("YYYY-MM"), length == len("YYYY")], PRECISIONS[:2], PRECISIONS[2])
    return pd.Series(words, dates.index, name="precision", dtype=object)


def month(dates: pd.Series[str]) -> pd.Series[pd.Period]:
    """The month of each date as `Period[M]`; NaT where the date is not known to the month."""
    return _months(dates.astype("string").str.slice(0, 7).where(precision(dates) == "month"))


def year(dates: pd.Series[str]) -> pd.Series[int]:
    """The year of each date as Int64; NA where there is no date."""
    return pd.to_numeric(dates.astype("string").str.slice(0, 4)).astype("Int64")


def stated_range(dates: pd.Series[str]) -> pd.DataFrame:
    """The first and the last month that each date, as given, may mean; nothing is imputed.

    Args:
        dates: Dates as given: YYYY, YYYY-MM, YYYY-MM-DD, or missing.

    Returns:
        Columns `earliest` and `latest` (`Period[M]`; NaT where there is no date), index as given.
    """
    earliest = _months(dates.astype("string").str.slice(0, 7))  # of a year its January
    return pd.DataFrame({"earliest": earliest, "latest": earliest + 11 * precision(dates).eq("year").to_numpy()})


def lies_in(ranges: pd.DataFrame, span: Span) -> pd.Series[int]:
    """Whether each date lies in a span: 1 certainly, 0 certainly not, NA when its range leaves it open.

    Args:
        ranges: Columns `earliest` and `latest` (`Period[M]`, NaT for no limit).
        span: The run of months asked about.
    """
    inside = (ranges["earliest"] >= span.start) & (ranges["latest"] <= span.end)
    outside = (ranges["latest"] < span.start) | (ranges["earliest"] > span.end)
    return inside.astype("Int64").where(inside | outside)


def _months(texts: pd.Series[str]) -> pd.Series[pd.Period]:
    """Texts as months; numpy reads YYYY-MM and YYYY of any year, and NaT."""
    read = texts.fillna("NaT").to_numpy(dtype=object).astype("datetime64[s]")
    return pd.Series(read, index=texts.index).dt.to_period("M")
