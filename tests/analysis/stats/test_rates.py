"""Rates, their exact comparison, the recruits between published points, and the rise over time."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, fisher_exact
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from analysis.data.study import Span
from analysis.evidence.attention import (
    PER,
    dated,
    foreign,
    rates_frame,
    rates_in,
    recruit_rates_in,
    rise,
    same_speed,
    soon_public,
    whole_span,
    years_of,
)
from analysis.evidence.recruits import between, published_points
from analysis.stats.rates import rate, rate_ratio
from analysis.stats.uncertainty import share_of
from analysis.timeline.lag import lags

COUNTS = st.integers(0, 80)
EXPOSURES = st.floats(0.5, 50)
LEVELS = st.sampled_from([0.9, 0.95, 0.99])


def span(start, end):
    """A span of months."""
    return Span("s", f"{start} to {end}", pd.Period(start, "M"), pd.Period(end, "M"))


@pytest.mark.parametrize(
    ("n", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39), (50, 37.11, 65.92)]
)
def test_the_interval_of_a_count_is_garwoods(n, low, high):
    """Garwood (1936), exact 95% limits of a Poisson count, as tabulated since: 0, 1, 10 and 50."""
    found = rate(n, 1)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-3)


def test_the_comparison_gives_the_values_of_fay():
    """Fay (2010): 2 in 17,877 against 10 in 20,000, 0.0238 to 1.0500; the interval holds 1, so p is above 5%."""
    found = rate_ratio(rate(2, 17877), rate(10, 20000))
    assert found.ratio == pytest.approx(0.2237512, abs=5e-8)
    assert (found.low, found.high) == pytest.approx((0.02383738, 1.04995468), abs=5e-9)
    assert found.p > 0.05


def test_the_comparison_is_the_exact_conditional_test_of_statsmodels():
    """Gu and others (2008), example 1: 60 in 51,477.5 against 30 in 54,308.7; p is twice the library's one-sided p."""
    found = rate_ratio(rate(60, 51477.5), rate(30, 54308.7))
    above = poisson_test(60, 51477.5, 30, 54308.7, method="exact-cond", alternative="larger")
    assert found.ratio == pytest.approx(2.10999757175465)
    assert found.p == pytest.approx(2 * above.pvalue)


@given(COUNTS, EXPOSURES, COUNTS, EXPOSURES, LEVELS)
def test_test_and_interval_never_disagree(later, months, earlier, before, level):
    """Equal rates are rejected exactly when the interval of the ratio leaves out 1 (Fay 2010)."""
    found = rate_ratio(rate(later, months), rate(earlier, before), level)
    leaves_out = found.low > 1 or found.high < 1
    if abs(found.p - (1 - level)) > 1e-9:
        assert leaves_out == (found.p < 1 - level)


@given(st.integers(1, 80), st.integers(1, 80), EXPOSURES, EXPOSURES)
def test_turning_the_comparison_round_turns_the_ratio_over(later, earlier, months, before):
    """The ratio and its limits become their inverses, and p stays."""
    one, other = rate(later, months), rate(earlier, before)
    found, turned = rate_ratio(one, other), rate_ratio(other, one)
    assert turned.ratio == pytest.approx(1 / found.ratio)
    assert (turned.low, turned.high) == pytest.approx((1 / found.high, 1 / found.low))
    assert turned.p == pytest.approx(found.p)


@given(st.integers(1, 80), st.integers(1, 80))
def test_equal_exposures_are_a_binomial_half(later, earlier):
    """With equal exposures the limits are those of the exact binomial share, as odds."""
    limits = binomtest(later, later + earlier).proportion_ci(0.95, method="exact")
    found = rate_ratio(rate(later, 7), rate(earlier, 7))
    assert found.low == pytest.approx(limits.low / (1 - limits.low))
    assert found.high == pytest.approx(limits.high / (1 - limits.high))


def test_nothing_counted_says_nothing():
    """With no case in either period every ratio is possible; with none before, none is too large."""
    empty = rate_ratio(rate(0, 3), rate(0, 5))
    assert (empty.low, empty.high, empty.p) == (0, math.inf, 1)
    assert math.isnan(empty.ratio)
    new = rate_ratio(rate(4, 3), rate(0, 5))
    assert new.ratio == new.high == math.inf
    assert new.low > 0


def test_a_rate_without_exposure_is_refused():
    """A count over nothing is no rate."""
    with pytest.raises(ValueError, match="not a rate"):
        rate(3, 0)


def estimates(*rows):
    """Estimates as the data package gives them."""
    return pd.DataFrame(rows, columns=["date", "low", "high", "what"])


def test_points_of_one_month_are_joined_to_their_outer_limits():
    """Two estimates of a month become its lowest and highest; a year alone and other quantities are left out."""
    rows = [
        ("2014-09-24", 13000, 13000, "cumulative_travelled"),
        ("2014-09", 15000, 15500, "cumulative_travelled"),
        ("2014", 1, 2, "cumulative_travelled"),
        ("2014-10", 3, 4, "group_strength"),
    ]
    points = published_points(estimates(*rows))
    assert points.to_dict("index") == {pd.Period("2014-09", "M"): {"low": 13000, "high": 15500, "n_estimates": 2}}


def test_lines_run_straight_between_points_and_nowhere_else():
    """Half way between two points lies their mean; a month outside them is refused, not guessed."""
    points = published_points(
        estimates(("2014-01", 100, 200, "cumulative_travelled"), ("2014-05", 300, 600, "cumulative_travelled"))
    )
    months = pd.period_range("2014-01", "2014-05", freq="M")
    lines = between(points, months)
    assert list(lines["low"]) == [100, 150, 200, 250, 300]
    assert list(lines["high"]) == [200, 300, 400, 500, 600]
    assert list(lines["published"]) == [True, False, False, False, True]
    with pytest.raises(ValueError, match="2014-06 lies outside"):
        between(points, pd.period_range("2014-05", "2014-06", freq="M"))


def test_a_quantity_nobody_published_is_refused():
    """Asking for a quantity without an estimate says what to do."""
    with pytest.raises(ValueError, match="No estimate of arrivals"):
        published_points(estimates(("2014-01", 1, 2, "cumulative_travelled")), "arrivals")


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
