"""When cases left and when they were first made public: two clocks, each counted, never mixed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.data.clocks import lies_in, possible_range, precision, stated_range
from analysis.data.study import Span
from analysis.stats.uncertainty import Share, bounds, share_of

BEFORE, AFTER, UNKNOWN, UNDATED = "before", "after", "unknown", "undated"
OUTSIDE = (BEFORE, AFTER, UNKNOWN, UNDATED)


def months_shown(cases: pd.DataFrame, clocks: Iterable[str], window: Span) -> pd.PeriodIndex:
    """Every month from the first on any clock (or the window's start, if earlier) to the window's end or the last.

    Args:
        cases: Cases with `<clock>_month` (`Period[M]`).
        clocks: The clocks, such as `left` and `first_public`.
        window: The window of the list.
    """
    known = [month for clock in clocks for month in cases[f"{clock}_month"].dropna().unique()]
    return pd.period_range(min([window.start, *known]), max([window.end, *known]), freq="M")


def by_month(cases: pd.DataFrame, clock: str, months: pd.PeriodIndex) -> pd.DataFrame:
    """Cases per month on one clock, of those known to the month.

    Args:
        cases: Cases with `<clock>_month` (`Period[M]`, NaT unless known to the month).
        clock: `left` or `first_public`.
        months: The months wanted, in order.

    Returns:
        Index `month`; `n` cases of that month, `cumulative` cases up to and including it. The denominator is the
        number of cases known to the month, the last cumulative count.

    Raises:
        ValueError: When a case lies outside the months wanted, since it would vanish.
    """
    known = cases[f"{clock}_month"].dropna()
    outside = sorted(set(known.unique()) - set(months))
    if outside:
        raise ValueError(f"{outside[0]} lies outside the months wanted. Widen them, so that no case vanishes.")
    n = known.value_counts().reindex(months, fill_value=0).astype(int)
    return pd.DataFrame({"n": n, "cumulative": n.cumsum()}, index=months.rename("month"))


def not_by_month(cases: pd.DataFrame, clock: str) -> pd.Series[int]:
    """Cases whose month is not known: one count per year for those known to the year, then `none`.

    Args:
        cases: Cases with the clock's dates as given.
        clock: `left` or `first_public`.
    """
    known = precision(cases[clock])
    years = cases.loc[known == "year", clock].value_counts().sort_index()
    counts = {**{str(year): int(n) for year, n in years.items()}, "none": int((known == "none").sum())}
    return pd.Series(counts, name="n").rename_axis("known")


@dataclass(frozen=True)
class Peak:
    """The busiest months of a count.

    Attributes:
        months: Every month that reaches the highest count, in order; empty when nothing was counted.
        n: The highest count.
        ahead: Cases by which it leads the next month; 0 when several tie.
    """

    months: tuple[pd.Period, ...]
    n: int
    ahead: int = 0


def peak(counts: pd.DataFrame) -> Peak:
    """The month with most cases, or all of them when several tie.

    Args:
        counts: Index `month`, column `n`, as `by_month` gives it.
    """
    highest = int(counts["n"].max())
    second = int(counts["n"].nlargest(2).iloc[1]) if len(counts) > 1 else 0
    return Peak(tuple(counts.index[counts["n"] == highest]) if highest else (), highest, highest - second)


def dated_by_basis(cases: pd.DataFrame) -> pd.DataFrame:
    """How the date of leaving is known: rows are the basis, columns `month`, `year`, `none`; cells are cases.

    Args:
        cases: Cases with `left` and `left_basis`.
    """
    known = pd.Categorical(precision(cases["left"]), categories=["month", "year", "none"])
    table = pd.crosstab(cases["left_basis"], known, dropna=False)
    return table.rename_axis(columns=None).astype(int)


def period_of(dates: pd.Series[str], periods: tuple[Span, ...]) -> pd.Series[str]:
    """The period that each date falls in: its id, `before` or `after` them all, `unknown`, or `undated`.

    A date known only to the year is `unknown` unless its whole year lies in one period.

    Args:
        dates: Dates as given.
        periods: Periods in order of time, not overlapping.
    """
    ranges = stated_range(dates)
    place = pd.Series(UNKNOWN, index=dates.index, name="period").mask(ranges["latest"].isna(), UNDATED)
    place = place.mask(ranges["latest"] < periods[0].start, BEFORE)
    place = place.mask(ranges["earliest"] > periods[-1].end, AFTER)
    for period in periods:
        place = place.mask((lies_in(ranges, period) == 1).fillna(False), period.id)
    return place


def by_period(cases: pd.DataFrame, clock: str, periods: tuple[Span, ...]) -> pd.DataFrame:
    """Cases per period on one clock, with what could not be placed apart.

    Args:
        cases: Cases with the clock's dates as given.
        clock: `left` or `first_public`.
        periods: Periods in order of time, not overlapping.

    Returns:
        Index: the ids of the periods, then `before`, `after`, `unknown` (year only), `undated`. `n` sums to the cases;
        `share` (NaN but for periods) is of the cases dated well enough to say, those before and after included;
        `per_month` is `n` over the months of the period.
    """
    ids = [period.id for period in periods]
    n = period_of(cases[clock], periods).value_counts().reindex([*ids, *OUTSIDE], fill_value=0).astype(int)
    lengths = pd.Series({period.id: len(period.months) for period in periods}).reindex(n.index)
    dated = int(n.drop([UNKNOWN, UNDATED]).sum())
    share = (n / dated if dated else n * float("nan")).where(n.index.isin(ids))
    return pd.DataFrame({"n": n, "share": share, "per_month": n / lengths}).rename_axis("period")


@dataclass(frozen=True)
class SpanShare:
    """How many cases fall in a span on one clock, and what the undated ones could change.

    Attributes:
        share: Cases inside, of the cases known to the precision asked for.
        cases: The ids of the cases inside.
        open: Cases not known to that precision.
        worst: Share of all cases (0-1): lowest and highest when those not so dated are all put outside or all inside.
        possible: The same, but nobody is put inside where the case's other dates rule it out.
    """

    share: Share
    cases: tuple[str, ...]
    open: int
    worst: tuple[float, float]
    possible: tuple[float, float]


def share_in(cases: pd.DataFrame, clock: str, span: Span, known_to: str, window: Span) -> SpanShare:
    """The share of cases inside a span on one clock, with bounds for the undated.

    Args:
        cases: Cases of the core list with `joined`, `left` and `first_public` as given.
        clock: `left` or `first_public`.
        span: The run of months asked about.
        known_to: `month` or `year`: how well a case must be dated to enter the denominator. A span that is not made of
            whole years needs `month`, or cases known to the year would count where they lie outside and never inside.
        window: The window of the core list.

    Raises:
        ValueError: When a case known to the precision is not decided, as a year is not for a part of that year.
    """
    well_enough = precision(cases[clock]).isin(["month"] if known_to == "month" else ["month", "year"])
    stated = lies_in(stated_range(cases[clock]), span).where(well_enough)
    if stated[well_enough].isna().any():
        raise ValueError(f"{span.label}: dates known to the {known_to} do not decide it. Ask for months.")
    narrowed = lies_in(possible_range(cases, clock, window), span)
    return SpanShare(
        share=share_of(stated),
        cases=tuple(stated.index[stated == 1]),
        open=int(stated.isna().sum()),
        worst=bounds(stated),
        possible=bounds(narrowed),
    )
