"""Attention or departure: rates on both clocks, the recruits behind them, and the rise over time."""

import pandas as pd
import pytest

from analysis.evidence import attention
from analysis.evidence.attention import (
    PER,
    chance,
    foreign,
    limits,
    rates_frame,
    rates_in,
    recruit_rates_in,
    rise,
    words,
)
from analysis.stats.rates import rate, rate_ratio
from analysis.timeline.dating import years_of
from analysis.timeline.recruits import between, published_points
from caught import assert_sound
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


def test_the_frame_of_rates_has_a_row_per_point(dataset):
    """Every measure, clock and span stands once, with the numbers of its rate."""
    spans = dataset.study.periods
    monthly = {clock: rates_in(dataset.core, clock, spans, dataset.study.window) for clock in dataset.study.clocks}
    frame = rates_frame(monthly, monthly, spans)
    assert len(frame) == 2 * len(monthly) * len(spans)
    assert not frame.duplicated(["measure", "clock", "span"]).any()
    assert list(frame["rate"]) == pytest.approx(list(frame["n"] / frame["exposure"]))


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


def test_the_title_turns_with_the_data(dataset):
    """Departures that rise as well are joined by and; too few cases are said to be too few."""

    def title(public, left):
        return words({"first_public": rate_ratio(*public), "left": rate_ratio(*left)}, {}, dataset).title

    up, down, none = (rate(20, 10), rate(10, 10)), (rate(5, 10), rate(10, 10)), (rate(5, 10), rate(0, 10))
    assert title(up, up).endswith("and 2.0 times as many dated departures")
    assert title(up, down).endswith("but 0.5 times as many dated departures")
    assert "too few dated cases" in title(up, none)


def test_the_figure_is_sound_and_records_the_rise(dataset):
    """A mark per clock, period and measure; the ratios recorded are those of the last year over the one before."""
    shown = assert_sound(attention.show, dataset)
    years = years_of(dataset.study.window)
    for clock in ("left", "first_public"):
        found = rise(rates_in(dataset.core, clock, years, dataset.study.window))
        assert float(shown.texts[f"attention.{clock}.ratio"]) == pytest.approx(found.ratio, abs=0.00501)
    assert int(shown.texts["attention.left.y2014.n"]) == (dataset.core["left_year"] == 2014).sum()
