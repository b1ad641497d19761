"""Attention or departure: the rise over time on both clocks, per month and against the pool of recruits."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from analysis.data.clocks import lies_in
from analysis.data.dataset import Dataset
from analysis.data.problems import Lacking
from analysis.data.study import Span
from analysis.record.cell import Cell
from analysis.record.formats import decimal
from analysis.stats.rates import rate_ratios
from analysis.timeline.dating import dated, years_of
from analysis.timeline.recruits import between, published_points

PER = 10_000
Rate = tuple[int, float]  # a count and its exposure, such as months
Ratio = tuple[float, float, float]  # of two rates, with its limits


def rates_in(cases: pd.DataFrame, clock: str, spans: Sequence[Span], window: Span) -> list[Rate]:
    """Cases and months in each span on one clock, `left` or `first_public`.

    A case counts where its date certainly lies in the span, so a count is a minimum: cases without a date, or with a
    year alone where months are asked for, are in none. The cases were public by the end of the window.
    """
    ranges = dated(cases, clock, window)
    return [(int(lies_in(ranges, span).sum()), len(span.months)) for span in spans]


def foreign(dataset: Dataset) -> pd.DataFrame:
    """The core cases from outside the region of the group's own territory, where a country is known."""
    cases = dataset.core
    return cases[cases["country"].notna() & (cases["region"] != dataset.study.local_region)]


def recruit_rates_in(dataset: Dataset, clock: str, spans: Sequence[Span], line: str) -> list[Rate]:
    """Foreign core cases in each span inside the window, and months times the foreign fighters who had gone, in 10,000.

    The exposure is the sum over the span's months of the people who had gone by then, on the `low` or the `high` line
    through the published estimates. They include those who had returned or died and those who joined other groups:
    nobody published a series of those present.
    """
    window = dataset.study.window
    gone = between(published_points(dataset.recruits), window.months)[line]
    counted = rates_in(foreign(dataset), clock, spans, window)
    return [(n, float(gone.loc[span.months].sum()) / PER) for (n, _), span in zip(counted, spans, strict=True)]


def rise(rates: Sequence[Rate]) -> Ratio:
    """The last rate over all the earlier ones taken together, with its exact interval."""
    *before, last = rates
    earlier, exposure = map(sum, zip(*before, strict=True))
    ratio, low, high = map(float, rate_ratios(*last, earlier, exposure))
    return ratio, low, high


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record how the last year compares with those before, per month and per recruit; return the former.

    Raises:
        Lacking: When the window lies in one year.
    """
    study, core, years = data.study, data.core, years_of(data.study.window)
    if len(years) == 1:
        raise Lacking("data/datapackage.json study.window", "no year stands before its last")
    by_year = {clock: rates_in(core, clock, years, study.window) for clock in study.clocks}
    yearly = {clock: rise(rates) for clock, rates in by_year.items()}
    for clock in study.clocks:
        cell.value(f"attention.{clock}.{years[0].id}.n", by_year[clock][0][0], unit="count", cases=core.index)
        cell.value(f"attention.{clock}.chance", chance(yearly[clock]), unit="phrase", cases=core.index)
        _record_ratio(cell, f"attention.{clock}", yearly[clock], core.index)
        for line in ("low", "high") if len(data.recruits) else ():
            found = rise(recruit_rates_in(data, clock, years, line))
            _record_ratio(cell, f"attention.recruits.{line}.{clock}", found, core.index)
    return pd.DataFrame.from_dict(yearly, orient="index", columns=["ratio", "low", "high"])


def chance(ratio: Ratio) -> str:
    """Whether a ratio of rates is beyond chance: its interval leaves out 1."""
    return "beyond chance" if ratio[1] > 1 or ratio[2] < 1 else "within the range of chance"


def _record_ratio(cell: Cell, name: str, found: Ratio, cases: pd.Index[str]) -> None:
    """Record a ratio of rates with its interval; nothing where it is undefined or infinite."""
    ratio, *ends = found
    if math.isfinite(ratio):
        cell.value(f"{name}.ratio", ratio, unit="number", cases=cases)
        cell.value(f"{name}.interval", ends, unit="interval", text=limits(found), cases=cases)


def limits(ratio: Ratio) -> str:
    """The interval of a ratio in words: `0.98 to 2.57`."""
    _, low, high = ratio
    return f"{decimal(low)} to {decimal(high) if math.isfinite(high) else 'no limit'}"
