"""What a date of stated precision says: the months it may mean, and whether it lies in a span."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.data.study import Span

PRECISIONS = ("month", "year", "none")


def precision(dates: pd.Series[str]) -> pd.Series[str]:
    """How well each date is known: `month` (or better), `year`, or `none`.

    Args:
        dates: Dates as given: YYYY, YYYY-MM, YYYY-MM-DD, or missing.
    """
    place, different = pd.factorize(dates)
    words = [*(_precision(len(date)) for date in different), "none"]  # the last is taken where there is no date
    return pd.Series(np.array(words, dtype=object)[place], index=dates.index, name="precision")


def _precision(length: int) -> str:
    if length >= len("YYYY-MM"):
        return "month"
    return "year" if length == len("YYYY") else "none"


def stated_range(dates: pd.Series[str]) -> pd.DataFrame:
    """The first and the last month that each date, as given, may mean; nothing is imputed.

    Args:
        dates: Dates as given: YYYY, YYYY-MM, YYYY-MM-DD, or missing.

    Returns:
        Columns `earliest` and `latest` (`Period[M]`; NaT where there is no date), index as given.
    """
    place, different = pd.factorize(dates)
    texts = pd.Series(different, dtype=object)
    known, year, month = precision(texts), texts.str.slice(0, 4), texts.str.slice(0, 7)
    earliest = month.where(known != "year", year + "-01").where(known != "none")
    latest = month.where(known != "year", year + "-12").where(known != "none")
    spread = {"earliest": spread_months(earliest, place), "latest": spread_months(latest, place)}
    return pd.DataFrame(spread, index=dates.index)


def possible_range(cases: pd.DataFrame, clock: str, window: Span) -> pd.DataFrame:
    """The months that remain possible for each case when its other dates are taken into account.

    Nobody leaves before joining, no account is public before the person left, and an account on the core list is
    first public inside the window. These limits follow from the definitions; they narrow a date and never fill it.

    Args:
        cases: Cases of the core list with `joined`, `left` and `first_public` as given.
        clock: `left` or `first_public`.
        window: The window of the core list.

    Returns:
        Columns `earliest` and `latest` (`Period[M]`; NaT where nothing limits the date), index as given.
    """
    own, joined = stated_range(cases[clock]), stated_range(cases["joined"])
    public = stated_range(cases["first_public"])
    public_from = _later(public["earliest"], pd.Series(window.start, index=cases.index))
    public_to = _earlier(public["latest"], pd.Series(window.end, index=cases.index))
    earliest = _later(own["earliest"], joined["earliest"])
    if clock == "first_public":
        left = stated_range(cases["left"])
        earliest = _later(_later(earliest, left["earliest"]), public_from)
    return pd.DataFrame({"earliest": earliest, "latest": _earlier(own["latest"], public_to)})


def lies_in(ranges: pd.DataFrame, span: Span) -> pd.Series[int]:
    """Whether each date lies in a span: 1 certainly, 0 certainly not, NA when its range leaves it open.

    Args:
        ranges: Columns `earliest` and `latest` (`Period[M]`, NaT for no limit).
        span: The run of months asked about.
    """
    inside = (ranges["earliest"] >= span.start) & (ranges["latest"] <= span.end)
    outside = (ranges["latest"] < span.start) | (ranges["earliest"] > span.end)
    answer = pd.Series(pd.NA, index=ranges.index, dtype="Int64")
    return answer.mask(inside, 1).mask(outside, 0)


def spread_months(texts: pd.Series[str], place: NDArray[np.intp]) -> pd.PeriodIndex:
    """The month of one text per row, each different text being read once.

    Args:
        texts: The different texts, YYYY-MM or missing.
        place: Row to the position of its text; -1 for NaT.
    """
    return pd.PeriodIndex(pd.PeriodIndex(texts, freq="M").array.take(place, allow_fill=True))


def _later(first: pd.Series[pd.Period], second: pd.Series[pd.Period]) -> pd.Series[pd.Period]:
    """The later of two months, or the one that is known."""
    return first.where(second.isna() | (first >= second), second)


def _earlier(first: pd.Series[pd.Period], second: pd.Series[pd.Period]) -> pd.Series[pd.Period]:
    """The earlier of two months, or the one that is known."""
    return first.where(second.isna() | (first <= second), second)
