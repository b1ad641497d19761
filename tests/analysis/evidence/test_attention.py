"""Attention or departure: rates on both clocks, the recruits behind them, and the rise over time."""

import pandas as pd
import pytest
from scipy.stats import fisher_exact

from analysis.data.study import Span
from analysis.evidence.attention import (
    PER,
    foreign,
    rates_frame,
    rates_in,
    recruit_rates_in,
    rise,
    same_speed,
    soon_public,
    whole_span,
)
from analysis.stats.recruits import between, published_points
from analysis.stats.uncertainty import share_of
from analysis.timeline.dating import dated, years_of
from analysis.timeline.lag import lags


def span(start, end):
    """A span of months."""
    return Span("s", f"{start} to {end}", pd.Period(start, "M"), pd.Period(end, "M"))


def test_the_years_of_a_window_are_cut_where_it_ends():
    """January 2014 to August 2015 gives twelve months and eight."""
    first, last = years_of(span("2014-01", "2015-08"))
    assert (first.label, len(first.months), last.label, len(last.months)) == ("2014", 12, "2015", 8)


def test_a_year_alone_counts_for_its_year_and_for_no_month():
    """A bare 2015 lies in the window's part of 2015, not in its summer; a bare 2014 likewise."""
    cases = pd.DataFrame({"left": ["2015", "2014", "2015-07", None]})
    window = span("2014-01", "2015-08")
    assert [r.n for r in rates_in(cases, "left", years_of(window), window)] == [1, 2]
    assert [r.n for r in rates_in(cases, "left", [span("2015-06", "2015-08")], window)] == [1]
    assert dated(cases, "left", window)["latest"].max() == window.end


def test_counts_per_year_are_those_of_the_years_column(dataset):
    """On both clocks the cases per year are those whose year, as loaded, is that year."""
    window = dataset.study.window
    for clock in dataset.study.clocks:
        counted = rates_in(dataset.core, clock, years_of(window), window)
        for year, found in zip(years_of(window), counted, strict=True):
            assert found.n == (dataset.core[f"{clock}_year"] == int(year.label)).sum()
            assert found.exposure == len(year.months)


def test_the_rise_sets_the_last_span_against_all_before(dataset):
    """The earlier rate pools the counts and the months of every span but the last."""
    spans = dataset.study.periods
    rates = rates_in(dataset.core, "first_public", spans, dataset.study.window)
    found = rise(rates)
    assert found.later == rates[-1]
    assert found.earlier.n == sum(r.n for r in rates[:-1])
    assert found.earlier.exposure == sum(len(s.months) for s in spans[:-1])


def test_recruits_are_counted_against_foreign_cases_only(dataset):
    """No case from the local region or without a country enters, and a higher line gives a lower rate."""
    cases = foreign(dataset)
    assert not (cases["region"] == dataset.study.local_region).any()
    assert cases["country"].notna().all()
    years = years_of(dataset.study.window)
    low, high = (recruit_rates_in(dataset, "first_public", years, line) for line in ("low", "high"))
    assert [r.n for r in low] == [r.n for r in high]
    assert all(below.rate >= above.rate for below, above in zip(low, high, strict=True))
    points = published_points(dataset.recruits)
    gone = between(points, years[0].months)["high"].sum() / PER
    assert high[0].exposure == pytest.approx(gone)


def test_soon_public_counts_the_lags_of_a_cohort(dataset):
    """The share public within some months is that of the lags of those who left in the span."""
    everyone = pd.concat([dataset.core, dataset.later])
    year = years_of(dataset.study.window)[0]
    cohort = everyone[everyone["left_month"].notna() & (everyone["left_year"] == int(year.label))]
    found = soon_public(everyone, year, 6)
    assert found == share_of((lags(cohort) <= 6).astype("Int64"))


def test_equal_speed_is_fishers_test():
    """The p-value is that of Fisher's exact test on the two shares."""
    one, other = (share_of(pd.Series([1] * a + [0] * b, dtype="Int64")) for a, b in ((3, 1), (1, 3)))
    assert same_speed(one, other) == pytest.approx(fisher_exact([[3, 1], [1, 3]]).pvalue)


def test_the_whole_span_runs_from_window_to_extension(dataset):
    """The extension follows the window, and the whole span holds both."""
    whole = whole_span(dataset.study)
    assert len(whole.months) == len(dataset.study.window.months) + len(dataset.study.extension.months)


def test_the_frame_of_rates_has_a_row_per_point(dataset):
    """Every measure, clock and span stands once, with the numbers of its rate."""
    spans = dataset.study.periods
    monthly = {clock: rates_in(dataset.core, clock, spans, dataset.study.window) for clock in dataset.study.clocks}
    frame = rates_frame(monthly, monthly, spans)
    assert len(frame) == 2 * len(monthly) * len(spans)
    assert not frame.duplicated(["measure", "clock", "span"]).any()
    assert list(frame["rate"]) == pytest.approx(list(frame["n"] / frame["exposure"]))
