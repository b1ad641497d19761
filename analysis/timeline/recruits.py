"""How many foreign fighters had gone, month by month, between the published estimates and nowhere else."""

from __future__ import annotations

import pandas as pd

from analysis.data.clocks import precision, stated_range
from analysis.data.problems import Lacking

CUMULATIVE = "cumulative_travelled"


def published_points(recruits: pd.DataFrame) -> pd.DataFrame:
    """The published estimates of people who had gone by month; several of a month are joined to their outer limits.

    Estimates have `date` (text, precision kept), `what`, `low`, `high`; those known only to the year, and of another
    quantity, are left out. Index `month` (`Period[M]`, sorted); `low`, `high` (people), `n_estimates`. `Lacking` when
    none is dated to the month.
    """
    dates = recruits["date"].astype("string").astype(object)
    wanted = recruits[(recruits["what"] == CUMULATIVE) & (precision(dates) == "month")]
    if wanted.empty:
        raise Lacking("data/recruits.csv", f"no estimate of {CUMULATIVE} is dated to the month")
    month = stated_range(dates[wanted.index])["earliest"]
    grouped = wanted.groupby(month)
    points = pd.DataFrame({"low": grouped["low"].min(), "high": grouped["high"].max(), "n_estimates": grouped.size()})
    return points.astype(int).rename_axis("month").sort_index()


def between(points: pd.DataFrame, months: pd.PeriodIndex) -> pd.DataFrame:
    """The lower and the upper line through the `published_points`, read off in each month.

    Straight lines between neighbouring points; nothing is extended beyond the first or the last: a ValueError. The
    lines carry no chance error: the estimates are statements of officials and researchers, most of them "at least" or
    "up to". Index `month`; `low`, `high` (people), `published` (whether a point lies in the month).
    """
    outside = [str(month) for month in months if not points.index[0] <= month <= points.index[-1]]
    if outside:
        raise ValueError(f"{outside[0]} lies outside the published estimates. Ask for months between them.")
    every = pd.period_range(points.index[0], points.index[-1], freq="M")
    lines = points[["low", "high"]].reindex(every).astype(float).interpolate(method="linear")
    return lines.assign(published=lines.index.isin(points.index)).loc[months].rename_axis("month")
