"""The periods as a table: our cases by either clock, the 2015 report's, and what could not be placed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.published import published_counts
from analysis.data.study import Span
from analysis.record.figure_text import MINIMUM
from analysis.record.formats import month, plural
from analysis.record.record import Cell
from analysis.timeline.periods import OUTSIDE, UNDATED, UNKNOWN, by_period, counted


def period_table(
    counts: pd.DataFrame, clocks: Mapping[str, str], periods: tuple[Span, ...], published: pd.Series[int]
) -> pd.DataFrame:
    """A row per period, then what could not be placed, then all cases: `n (share)`, of the cases dated well enough.

    A column per clock, from `periods.by_period`, and one for the report's own count per period (index: period id).
    """
    first, last = month(periods[0].start), month(periods[-1].end)
    names = [f"Before {first}", f"After {last}", "Known to the year only", "No date"]
    rows = {period.id: period.label for period in periods}
    rows |= {place: name for place, name in zip(OUTSIDE, names, strict=True) if counts.loc[place].any()}
    table = {"Period": [*rows.values(), "All cases"]}
    for series, n in [*((label, counts[clock]) for clock, label in clocks.items()), ("2015 report", published)]:
        dated = int(n.drop([UNKNOWN, UNDATED], errors="ignore").sum())
        said = [counted(n[place], dated) if place in published else str(n.get(place, "–")) for place in rows]
        table[series] = [*said, str(n.sum())]
    return pd.DataFrame(table)


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record and return the table `period-counts`."""
    study, published = data.study, published_counts(data.published, "period")
    counts = by_period(data.core, study.clocks, study.periods)
    derived = int(published["derived"].sum())
    caption = "Cases per period; shares are of the cases dated well enough to say. "
    caption += f"Core list n = {len(data.core)}, 2015 report n = {published['n'].sum()}"
    if derived:
        verb = "is" if derived == 1 else "are"
        caption += f"; {plural(derived, 'count')} of the report {verb} derived from printed ones"
    return cell.table(
        "period-counts",
        period_table(counts, study.clocks, study.periods, published["n"]),
        title="The four periods, ours by both clocks and the 2015 report’s",
        caption=f"{caption}. {MINIMUM}",
        align="lrrr",
        cases=data.core.index,
        numbers="periods",
    )
