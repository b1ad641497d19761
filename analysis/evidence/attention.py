"""Attention or departure: the rise over time on both clocks, per month and against the pool of recruits."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from analysis.data.clocks import lies_in
from analysis.data.dataset import Dataset
from analysis.data.study import Span
from analysis.record.formats import decimal
from analysis.record.record import Cell
from analysis.stats.rates import Rate, RateRatio, rate, rate_ratio
from analysis.timeline.dating import dated, years_of
from analysis.timeline.recruits import between, published_points

PER = 10_000
CLOCKS = ("first_public", "left")


def rates_in(cases: pd.DataFrame, clock: str, spans: Sequence[Span], window: Span) -> list[Rate]:
    """Cases per month in each span on one clock, with exact intervals.

    Args:
        cases: Cases that were public by the end of the window. A case counts where its date certainly lies in the
            span, so a rate is a minimum: cases without a date, or with a year alone where months are asked for, are
            in none.
        clock: `left` or `first_public`.
        spans: The spans; each rate's exposure is its number of months.
        window: The window by whose end the cases were public.
    """
    ranges = dated(cases, clock, window)
    return [rate(int(lies_in(ranges, span).sum()), len(span.months)) for span in spans]


def foreign(dataset: Dataset) -> pd.DataFrame:
    """The core cases from outside the region of the group's own territory, where a country is known."""
    cases = dataset.core
    return cases[cases["country"].notna() & (cases["region"] != dataset.study.local_region)]


def recruit_rates_in(dataset: Dataset, clock: str, spans: Sequence[Span], line: str) -> list[Rate]:
    """Foreign cases per month per 10,000 foreign fighters who had gone, in each span, with exact intervals.

    Args:
        dataset: The case list; only its core cases from outside the local region are counted.
        clock: `left` or `first_public`.
        spans: Spans inside the window.
        line: `low` or `high`: which line through the published estimates. The exposure is the sum over the span's
            months of the people who had gone by then, in units of 10,000. They include those who had returned or died
            and those who joined other groups: nobody published a series of those present.
    """
    window = dataset.study.window
    gone = between(published_points(dataset.recruits), window.months)[line]
    counted = rates_in(foreign(dataset), clock, spans, window)
    return [rate(r.n, float(gone.loc[span.months].sum()) / PER) for r, span in zip(counted, spans, strict=True)]


def rise(rates: Sequence[Rate]) -> RateRatio:
    """The last rate over all the earlier ones taken together."""
    before = rate(sum(r.n for r in rates[:-1]), sum(r.exposure for r in rates[:-1]))
    return rate_ratio(rates[-1], before)


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record how the last year compares with the years before, per month and per recruit; return the former."""
    study, core, years = data.study, data.core, years_of(data.study.window)
    by_year = {clock: rates_in(core, clock, years, study.window) for clock in CLOCKS}
    yearly = {clock: rise(rates) for clock, rates in by_year.items()}
    cell.value(f"attention.left.{years[0].id}.n", by_year["left"][0].n, unit="count", cases=core.index)
    cell.value("attention.first_public.chance", chance(yearly["first_public"]), unit="phrase", cases=core.index)
    for clock in CLOCKS:
        _record_ratio(cell, f"attention.{clock}", yearly[clock], core.index)
        for line in ("low", "high"):
            found = rise(recruit_rates_in(data, clock, years, line))
            _record_ratio(cell, f"attention.recruits.{line}.{clock}", found, core.index)
    rows = {clock: {"ratio": found.ratio, "low": found.low, "high": found.high} for clock, found in yearly.items()}
    return pd.DataFrame.from_dict(rows, orient="index")


def chance(ratio: RateRatio) -> str:
    """Whether a ratio of rates is beyond chance: its interval leaves out 1."""
    return "beyond chance" if ratio.low > 1 or ratio.high < 1 else "within the range of chance"


def _record_ratio(cell: Cell, name: str, ratio: RateRatio, cases: pd.Index[str]) -> None:
    """Record a ratio of rates with its interval; nothing where it is undefined or infinite."""
    if math.isfinite(ratio.ratio):
        cell.value(f"{name}.ratio", ratio.ratio, unit="number", cases=cases)
        cell.value(f"{name}.interval", (ratio.low, ratio.high), unit="interval", text=limits(ratio), cases=cases)


def limits(ratio: RateRatio) -> str:
    """The interval of a ratio in words: `0.98 to 2.57`."""
    return f"{decimal(ratio.low)} to {decimal(ratio.high) if math.isfinite(ratio.high) else 'no limit'}"
