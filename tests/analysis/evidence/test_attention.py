"""Attention or departure: rates on both clocks, the recruits behind them, and the rise over time."""

import pandas as pd
import pytest

from analysis.evidence import attention
from analysis.evidence.attention import PER, chance, foreign, limits, rates_in, recruit_rates_in, rise
from analysis.stats.rates import rate_ratios
from analysis.timeline.dating import years_of
from analysis.timeline.recruits import between, published_points
from caught import caught
from dated_cases import PERIODS, WINDOW


def test_a_year_alone_counts_for_its_year_and_for_no_month():
    """A bare 2015 lies in the window's part of 2015, not in its summer; a bare 2014 likewise."""
    cases = pd.DataFrame({"left": ["2015", "2014", "2015-07", None]})
    assert rates_in(cases, "left", years_of(WINDOW), WINDOW) == [(1, 12), (2, 8)]
    assert rates_in(cases, "left", [PERIODS[-1]], WINDOW) == [(1, 3)]


def test_counts_per_year_are_those_of_the_years_column(dataset):
    """On both clocks the cases per year are those whose year, as loaded, is that year."""
    window = dataset.study.window
    for clock in dataset.study.clocks:
        for year, (n, _) in zip(years_of(window), rates_in(dataset.core, clock, years_of(window), window), strict=True):
            assert n == (dataset.core[f"{clock}_year"] == int(year.label)).sum()


def test_the_rise_sets_the_last_span_against_all_before():
    """The earlier rate pools the counts and the exposures of every span but the last."""
    assert rise([(3, 8), (4, 4), (9, 5.5)]) == rate_ratios(9, 5.5, 7, 12)


def test_recruits_are_counted_against_foreign_cases_only(dataset):
    """No case from the local region or without a country enters, and the exposure is that of the line asked for."""
    cases = foreign(dataset)
    assert not (cases["region"] == dataset.study.local_region).any()
    assert cases["country"].notna().all()
    years, points = years_of(dataset.study.window), published_points(dataset.recruits)
    for line in ("low", "high"):
        (n, exposure), *_ = recruit_rates_in(dataset, "first_public", years, line)
        assert n == (cases["first_public_year"] == int(years[0].label)).sum()
        assert exposure == pytest.approx(between(points, years[0].months)[line].sum() / PER)


@pytest.mark.parametrize(
    ("later", "earlier", "said"),
    [(40, 10, "beyond chance"), (11, 10, "within the range of chance"), (10, 40, "beyond chance")],
)
def test_words_on_a_ratio_follow_its_interval(later, earlier, said):
    """A ratio is beyond chance exactly when its interval leaves out 1; an infinite limit is written in words."""
    assert chance(rate_ratios(later, 10, earlier, 10)) == said
    assert limits(rate_ratios(later, 1, 0, 1)).endswith("to no limit")


def test_the_rise_goes_on_record(dataset):
    """The ratios recorded are those of the last year over the one before."""
    shown, years = caught(attention.show, dataset), years_of(dataset.study.window)
    for clock in ("left", "first_public"):
        ratio, *_ = rise(rates_in(dataset.core, clock, years, dataset.study.window))
        assert float(shown.texts[f"attention.{clock}.ratio"]) == pytest.approx(ratio, abs=0.00501)
    assert int(shown.texts["attention.left.y2014.n"]) == (dataset.core["left_year"] == 2014).sum()
