"""Attention or departure: the rise over time on both clocks, the lag between them, and the pool of recruits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from scipy.stats import fisher_exact

from analysis.data.clocks import lies_in
from analysis.data.dataset import Dataset
from analysis.data.study import Span, Study
from analysis.stats.rates import Rate, RateRatio, rate, rate_ratio
from analysis.stats.recruits import between, published_points
from analysis.stats.uncertainty import LEVEL, Share, share_of
from analysis.timeline.dating import dated
from analysis.timeline.lag import lags

PER = 10_000


def whole_span(study: Study) -> Span:
    """The window and the extension after it, as one span."""
    return Span("whole", "Window and extension", study.window.start, study.extension.end)


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
    return [rate(int(lies_in(ranges, span).eq(1).fillna(False).sum()), len(span.months)) for span in spans]


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


def soon_public(cases: pd.DataFrame, span: Span, months: int, level: float = LEVEL) -> Share:
    """Of those who left in a span, the share whose account was public within some months.

    Args:
        cases: Cases with both clocks, the later ones included, so that late leavers have had time to speak.
        span: The span of leaving, to the month.
        months: The limit, in whole months. The denominator is the cases known to the month on both clocks.
        level: Confidence level, a share (0-1).
    """
    left = cases[(cases["left_month"] >= span.start) & (cases["left_month"] <= span.end)]
    waited = lags(left)
    return share_of((waited <= months).astype("Int64"), level)


def same_speed(first: Share, second: Share) -> float:
    """Fisher's exact two-sided p-value that two shares are equal.

    Source: Fisher (1935), The Design of Experiments; Agresti (1992), Statistical Science 7(1):131-153.
    """
    table = [[share.n, share.denominator - share.n] for share in (first, second)]
    return float(fisher_exact(table).pvalue)


def rates_frame(
    monthly: Mapping[str, Sequence[Rate]], per_recruits: Mapping[str, Sequence[Rate]], spans: Sequence[Span]
) -> pd.DataFrame:
    """The rates of the chart, one row each.

    Args:
        monthly: Clock to a rate per span, per month.
        per_recruits: Clock to a rate per span, per month per 10,000 who had gone.
        spans: The spans.

    Returns:
        Columns `measure` (`month` or `recruits`), `clock`, `span`, `n`, `exposure`, `rate`, `low`, `high`.
    """
    rows = [
        (measure, clock, span.id, found.n, found.exposure, found.rate, found.low, found.high)
        for measure, series in (("month", monthly), ("recruits", per_recruits))
        for clock, rates in series.items()
        for span, found in zip(spans, rates, strict=True)
    ]
    return pd.DataFrame(rows, columns=["measure", "clock", "span", "n", "exposure", "rate", "low", "high"])
