"""The periods as a table: our cases by either clock, the report's, and what could not be placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.data.clocks import lies_in, stated_range
from analysis.data.dataset import Dataset
from analysis.data.published import published_counts
from analysis.data.study import Span
from analysis.record.cell import MINIMUM, Cell
from analysis.record.formats import decimal, in_words, lowered, month, percent, plural

OUTSIDE = BEFORE, AFTER, UNKNOWN, UNDATED = "before", "after", "unknown", "undated"
PUBLISHED = "published"


def period_of(dates: pd.Series[str], periods: tuple[Span, ...]) -> pd.Series[str]:
    """The period that each date as given falls in: its id, `before` or `after` them all, `unknown`, or `undated`.

    A date known only to the year is `unknown` unless its whole year lies in one period. Periods do not overlap.
    """
    ranges = stated_range(dates)
    place = pd.Series(UNKNOWN, index=dates.index, name="period").mask(ranges["latest"].isna(), UNDATED)
    place = place.mask(ranges["latest"] < periods[0].start, BEFORE)
    place = place.mask(ranges["earliest"] > periods[-1].end, AFTER)
    for period in periods:
        place = place.mask((lies_in(ranges, period) == 1).fillna(False), period.id)
    return place


def by_period(cases: pd.DataFrame, clocks: Iterable[str], periods: tuple[Span, ...]) -> pd.DataFrame:
    """Cases per period, a column per clock that sums to the cases; after the periods what could not be placed."""
    rows = [*(period.id for period in periods), *OUTSIDE]
    counted = {clock: period_of(cases[clock], periods).value_counts() for clock in clocks}
    return pd.DataFrame(counted).reindex(rows).fillna(0).astype(int).rename_axis("period")


def period_frame(counts: pd.DataFrame, periods: tuple[Span, ...], published: pd.Series[int]) -> pd.DataFrame:
    """Counts and shares by period, a row per series and period.

    The report's own count per period (index: period id; empty where none was printed) is of another list of cases: it
    is set beside ours (`by_period`) and never added to it. ValueError when it does not name the same periods.

    Returns:
        Columns `series` (a clock or `published`), `period`, `months` (length), `n`, `denominator` (cases of the series
        dated well enough to say, those before and after the periods included), `cases` (all of them), `share` (0-1),
        `per_month` (`n` over the length).
    """
    if set(published.index) not in ({period.id for period in periods}, set()):
        raise ValueError("data/published.csv and the study's `periods` name different periods. Make them agree.")
    rows = []
    for series, n in [*counts.items(), (PUBLISHED, published)][: None if len(published) else -1]:
        total = int(n.sum())
        dated = total - int(n.get(UNKNOWN, 0) + n.get(UNDATED, 0))
        for period in periods:
            cases, length = int(n[period.id]), len(period.months)
            share = cases / dated if dated else float("nan")
            rows.append((series, period.id, length, cases, dated, total, share, cases / length))
    columns = ["series", "period", "months", "n", "denominator", "cases", "share", "per_month"]
    return pd.DataFrame(rows, columns=columns)


def counted(n: Any, dated: int) -> str:
    """A count with its share of the dated cases, `7 (12%)`; the count alone where no case is dated."""
    return f"{n} ({percent(n / dated)})" if dated else f"{n}"


def period_table(
    counts: pd.DataFrame, clocks: Mapping[str, str], periods: tuple[Span, ...], published: pd.Series[int]
) -> pd.DataFrame:
    """A row per period, then what could not be placed, then all cases: `n (share)`, of the cases dated well enough.

    A column per clock, from `by_period`, and one for the report's own count per period (index: period id).
    """
    first, last = month(periods[0].start), month(periods[-1].end)
    names = [f"Before {first}", f"After {last}", "Known to the year only", "No date"]
    rows = {period.id: period.label for period in periods}
    rows |= {place: name for place, name in zip(OUTSIDE, names, strict=True) if counts.loc[place].any()}
    table = {"Period": [*rows.values(), "All cases"]}
    columns = [(label, counts[clock]) for clock, label in clocks.items()]
    for series, n in [*columns, ("The report", published)] if len(published) else columns:
        dated = int(n.drop([UNKNOWN, UNDATED], errors="ignore").sum())
        said = [counted(n[place], dated) if place in published else str(n.get(place, "–")) for place in rows]
        table[series] = [*said, str(n.sum())]
    return pd.DataFrame(table)


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record and return the table `period-counts`, and cases per month and period, made public and published."""
    study, published, core = data.study, published_counts(data.published, "period"), data.core.index
    counts = by_period(data.core, study.clocks, study.periods)
    numbers = period_frame(counts, study.periods, published["n"])
    for series in numbers["series"].unique():
        cases = () if series == PUBLISHED else core
        for period, rate in numbers[numbers["series"] == series].set_index("period")["per_month"].items():
            name, written = f"timeline.{series}.period.{period}.per_month", decimal(rate, 1)
            cell.value(name, rate, unit="number", text=written, cases=cases)
    derived = int(published["derived"].sum())
    caption = "Cases per period; shares are of the cases dated well enough to say. "
    caption += f"Core list n = {len(core)}" + (f", the report n = {published['n'].sum()}" if len(published) else "")
    if derived:
        verb = "is" if derived == 1 else "are"
        caption += f"; {plural(derived, 'count')} of the report {verb} derived from printed ones"
    table = period_table(counts, study.clocks, study.periods, published["n"])
    ours = "both clocks" if len(study.clocks) > 1 else lowered(*study.clocks.values())
    theirs = " and the report’s" if len(published) else ""
    return cell.table(
        "period-counts",
        table,
        title=f"The {in_words(len(study.periods))} periods, ours by {ours}{theirs}",
        caption=f"{caption}. {MINIMUM}",
        align="l" + "r" * (len(table.columns) - 1),
        cases=core,
        data=numbers,
    )
