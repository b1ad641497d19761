"""Attention or departure: rates on both clocks, the recruits behind them, and the rise over time."""

import pandas as pd
import pytest

from analysis.evidence import attention
from analysis.evidence.attention import (
    PER,
    chance,
    foreign,
    limits,
    rates_in,
    recruit_rates_in,
    rise,
)
from analysis.stats.rates import rate, rate_ratio
from analysis.timeline.dating import years_of
from analysis.timeline.recruits import between, published_points
from caught import caught
from dated_cases import PERIODS, WINDOW


def test_a_year_alone_counts_for_its_year_and_for_no_month():
    """A bare 2015 lies in the window's part of 2015, not in its summer; a bare 2014 likewise."""
    cases = pd.DataFrame({"left": ["2015", "2014", "2015-07", None]})
    assert [r.n for r in rates_in(cases, "left", years_of(WINDOW), WINDOW)] == [1, 2]
    assert [r.n for r in rates_in(cases, "left", [PERIODS[-1]], WINDOW)] == [1]


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


@pytest.mark.parametrize(
    ("later", "earlier", "said"),
    [(40, 10, "beyond chance"), (11, 10, "within the range of chance"), (10, 40, "beyond chance")],
)
def test_words_on_a_ratio_follow_its_interval(later, earlier, said):
    """A ratio is beyond chance exactly when its interval leaves out 1."""
    assert chance(rate_ratio(rate(later, 10), rate(earlier, 10))) == said


def test_a_ratio_without_upper_limit_says_so():
    """An infinite limit is written in words."""
    assert limits(rate_ratio(rate(3, 1), rate(0, 1))).endswith("to no limit")


def test_the_rise_goes_on_record(dataset):
    """The ratios recorded are those of the last year over the one before."""
    shown = caught(attention.show, dataset)
    years = years_of(dataset.study.window)
    for clock in ("left", "first_public"):
        found = rise(rates_in(dataset.core, clock, years, dataset.study.window))
        assert float(shown.texts[f"attention.{clock}.ratio"]) == pytest.approx(found.ratio, abs=0.00501)
    assert int(shown.texts["attention.left.y2014.n"]) == (dataset.core["left_year"] == 2014).sum()
