"""How many foreign fighters had gone, month by month, between the published estimates and nowhere else."""

from __future__ import annotations

import pandas as pd

from analysis.data.clocks import precision, stated_range

CUMULATIVE = "cumulative_travelled"


def published_points(recruits: pd.DataFrame, what: str = CUMULATIVE) -> pd.DataFrame:
    """The published estimates of one quantity by month; several of a month are joined to their outer limits.

    Args:
        recruits: Estimates with `date` (text, precision kept), `what`, `low`, `high`. Those known only to the year
            are left out.
        what: The quantity.

    Returns:
        Index `month` (`Period[M]`, sorted); `low`, `high` (people), `n_estimates`.

    Raises:
        ValueError: When no estimate of the quantity is dated to the month.
    """
    dates = recruits["date"].astype("string").astype(object)
    wanted = recruits[(recruits["what"] == what) & (precision(dates) == "month")]
    if wanted.empty:
        raise ValueError(
            f"No estimate of {what} is dated to the month. Add one to data/recruits.csv, or ask for another quantity."
        )
    month = stated_range(dates[wanted.index])["earliest"]
    grouped = wanted.groupby(month)
    points = pd.DataFrame({"low": grouped["low"].min(), "high": grouped["high"].max(), "n_estimates": grouped.size()})
    return points.astype(int).rename_axis("month").sort_index()


def between(points: pd.DataFrame, months: pd.PeriodIndex) -> pd.DataFrame:
    """The lower and the upper line through the published points, read off in each month.

    Straight lines between neighbouring points; nothing is extended beyond the first or the last. The lines carry no
    chance error: the estimates are statements of officials and researchers, most of them "at least" or "up to".

    Args:
        points: As `published_points` gives them.
        months: The months wanted.

    Returns:
        Index `month`; `low`, `high` (people), `published` (whether a point lies in the month).

    Raises:
        ValueError: When a month lies outside the published points.
    """
    outside = [str(month) for month in months if not points.index[0] <= month <= points.index[-1]]
    if outside:
        raise ValueError(
            f"{outside[0]} lies outside the published estimates. Ask for months between the first and the last."
        )
    every = pd.period_range(points.index[0], points.index[-1], freq="M")
    lines = points[["low", "high"]].reindex(every).astype(float).interpolate(method="linear")
    return lines.assign(published=lines.index.isin(points.index)).loc[months].rename_axis("month")
