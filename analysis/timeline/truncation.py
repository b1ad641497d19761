"""What the dated departures would look like if everybody who left had spoken: the clock of leaving, mended."""

from __future__ import annotations

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.problems import Lacking
from analysis.data.study import Span
from analysis.record.cell import Cell
from analysis.stats.bootstrap import percentile_interval, resampled_counts
from analysis.stats.truncation import untruncated
from analysis.stats.uncertainty import Counts, Numbers, divide


def delays(cases: pd.DataFrame, end: pd.Period) -> pd.DataFrame:
    """Cases whose months of leaving and of first account are known, the latter no later than `end`.

    Index `case_id`; `left`, `public` (`Period[M]`); `delay` (months, 0: the same month); `room`, the longest delay with
    which the case would have been seen by `end`.
    """
    months = cases[["left_month", "first_public_month"]].dropna().set_axis(["left", "public"], axis=1)
    months = months[months["public"] <= end]
    left, public = (pd.PeriodIndex(months[name], freq="M").asi8 for name in months)
    return months.assign(delay=public - left, room=end.ordinal - left)


def corrected(pairs: pd.DataFrame, window: Span) -> tuple[pd.DataFrame, float, float, tuple[float, float]]:
    """The departures (`delays`) up to the window's end, each counted as often as it stands for.

    Assumed: how long a person waits to speak does not depend on the month of leaving; nobody waits longer than the
    earliest leaver could have; people of known and of unknown month do not differ.

    Returns:
        The departures: index `case_id`; `left`, `public`, `delay`, `stands_for` (departures, the case itself among
        them). The share (0-1) of those seen that fall in the last calendar year of the window; the same when each
        departure counts as often as it stands for; and its 95% interval, from lists drawn anew with replacement (all
        pairs of months, later ones too).

    Raises:
        Lacking: When no departure up to the window's end is dated.

    Source: as for `stats.truncation`; the interval as for `stats.bootstrap`.
    """
    kinds = pairs.groupby(["left", "delay", "room"]).size().rename("n").reset_index()
    up_to = (kinds["left"] <= window.end).to_numpy(dtype=bool)
    last_year = up_to & (pd.PeriodIndex(kinds["left"], freq="M").year == window.end.year)
    if not up_to.any():
        raise Lacking("data/cases.csv", f"no case has `left` (up to {window.end}) and `first_public` to the month")
    delay, room, n = (kinds[name].to_numpy() for name in ("delay", "room", "n"))

    def share(counts: Counts) -> Numbers:
        stand_for = untruncated(delay, room, counts)
        return divide(stand_for @ last_year, stand_for @ up_to)

    stand_for = untruncated(delay, room, n) / n
    weights = pd.Series(stand_for, index=pd.MultiIndex.from_frame(kinds[["left", "delay"]]))
    seen = pairs[pairs["left"] <= window.end]
    keys = pd.MultiIndex.from_frame(seen[["left", "delay"]])
    departures = seen.drop(columns="room").assign(stands_for=weights.reindex(keys).to_numpy())
    interval = percentile_interval(share(resampled_counts(n)))
    return departures, float(n @ last_year / (n @ up_to)), float(share(n)), interval


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record `timeline.truncation`: the share of departures in the window's last year, as seen and as corrected.

    Returns departures by month of leaving: `seen`, and `estimated`, what they stand for.
    """
    study = data.study
    pairs = delays(pd.concat([data.core, data.later]), study.extension.end)
    departures, observed, estimated, interval = corrected(pairs, study.window)
    year, cases = f"y{study.window.end.year}", departures.index
    cell.value("timeline.truncation.n", len(cases), unit="count", cases=cases)
    cell.value("timeline.truncation.observed.share", observed, unit="share", cases=cases)
    cell.value(f"timeline.truncation.{year}.share", estimated, unit="share", cases=cases)
    cell.value(f"timeline.truncation.{year}.interval", interval, unit="interval", cases=cases)
    by_month = departures.groupby("left")["stands_for"]
    return pd.DataFrame({"seen": by_month.size(), "estimated": by_month.sum()}).rename_axis("month of leaving")
