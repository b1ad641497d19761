"""How hard a claim was tested: its margin, its failing results, its power and its p-value, each against another way."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from analysis.claims.severity import MOST, margin, p_value, severity
from analysis.claims.verdicts import FITS, TESTS, fit, level_of, verdict
from analysis.record.wording import Range
from analysis.stats.measures import COUNT, DIFFERENCE, LEAST, SHARE, lead, rate_ratio

MEASURES = {"share": SHARE, "difference": DIFFERENCE, "count": COUNT, "ratio": rate_ratio(8, 12)}
ENDS = {"share": (0, 1), "difference": (-1, 1), "count": (0, 9), "ratio": (0, 4)}
MORE_THAN_HALF = Range(0.5, 1.0, "right")


def column(*numbers):
    """Counts of outcomes, as the functions take them."""
    return np.array(numbers).reshape(-1, 1)


@st.composite
def ranges(draw, unit):
    """A range on the scale of a unit."""
    low, high = sorted(draw(st.floats(*ENDS[unit]).map(lambda end: round(end, 2))) for _ in range(2))
    high = np.inf if unit == "ratio" and draw(st.booleans()) else high
    return Range(low, high, draw(st.sampled_from(["both", "left", "right", "neither"])))


@settings(max_examples=200)
@given(data=st.data(), test=st.sampled_from(TESTS), published=st.sampled_from([None, 0, 1, 2]))
@pytest.mark.parametrize("unit", MEASURES)
def test_the_margin_is_what_a_walk_by_single_changes_finds(unit, data, test, published):
    """Step by step away from the counts, one numerator at a time: the first other verdict is the margin away."""
    measure, allowed = MEASURES[unit], data.draw(ranges(unit))
    sides = 2 if unit == "difference" else 1
    denominator = tuple(data.draw(st.integers(0, 9)) for _ in range(sides))
    start = tuple(data.draw(st.integers(0, most)) for most in denominator)

    def verdicts(counts):
        estimates = measure.compute(np.array([*counts]).T, column(*denominator), level_of(test))
        return {verdict(int(one), published) for one in fit(test, allowed, unit, estimates)}

    own, seen, edge, far = verdicts({start}), {start}, {start}, 0
    while edge and verdicts(edge) == own:
        steps = {(*n[:i], n[i] + step, *n[i + 1 :]) for n, i, step in product(edge, range(sides), (1, -1))}
        edge = {n for n in steps if all(0 <= one <= most for one, most in zip(n, denominator, strict=True))} - seen
        seen, far = seen | edge, far + 1
    found = margin(test, allowed, measure, column(*start), column(*denominator), published)
    assert found == (far if edge else None)


def test_failing_results_and_power_as_by_hand():
    """At least half of 20: up to 5 fail, for Wilson's upper limit of 5 is below one half and that of 6 is not."""
    found = severity("share", Range(0.5, 1.0), SHARE, column(12), column(20))
    assert found.failing == tuple(range(6))
    assert found.region == pytest.approx(6 / 21)
    assert found.power == pytest.approx(binom.cdf(5, 20, 0.3))
    assert found.hardly  # as it would have been noticed in 42% of lists like ours only
    assert not severity("share", Range(0.5, 1.0), SHARE, column(36), column(60)).hardly


def test_a_claim_that_little_can_fail_is_marked():
    """More than 15%, or one of each kind: few of the possible results fail them, whatever the power.

    Where there are more results than can be tried, no margin is known.
    """
    many = severity("share", Range(0.15, 1.0, "right"), SHARE, column(14), column(36))
    assert (many.failing, many.hardly) == ((0, 1), True)
    one_each = severity("share", Range(1, np.inf, "left"), LEAST, column(3, 4), column(9, 9))
    assert one_each.region == pytest.approx(1 - (9 / 10) ** 2)
    assert one_each.hardly
    assert margin("comparison", MORE_THAN_HALF, DIFFERENCE, column(600, 300), column(MOST, 1_000), None) is None


def test_no_difference_cannot_pass_on_few_cases():
    """Counts so small that no ratio has its whole interval inside the margin; large ones can."""
    margin_of = Range(0.8, 1.25)
    few, many = (severity("no_difference", margin_of, rate_ratio(1, 1), column(n), column(2 * n)) for n in (20, 400))
    assert (few.could_pass, many.could_pass) == (False, True)


@pytest.mark.parametrize(("n", "of"), [(31, 36), (20, 30), (6, 13), (0, 6)])
def test_a_maximum_has_the_exact_p_value_of_its_strongest_rival(n, of):
    """Twice the smaller tail where the one named is ahead, and 1 where it is not."""
    p = p_value("maximum", MORE_THAN_HALF, lead(1), column(n), column(of))
    exact = min(1.0, 2 * binomtest(n, of, alternative="greater").pvalue) if n > of / 2 else 1.0
    assert p == pytest.approx(exact, abs=2e-6)
    assert p_value("maximum", MORE_THAN_HALF, lead(2), column(n), column(of)) == pytest.approx(
        min(1, 2 * exact), abs=4e-6
    )


@given(st.integers(1, 40).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))))
def test_a_p_value_is_below_five_percent_exactly_where_the_test_supports(count):
    """Of a maximum, and so the verdict and the p-value say the same; how much has no p-value."""
    n, of = map(column, count)
    fits = fit("maximum", MORE_THAN_HALF, "share", lead(1).compute(n, of, 0.95))[0] == FITS
    assert fits == (p_value("maximum", MORE_THAN_HALF, lead(1), n, of) <= 0.05)
    assert p_value("share", MORE_THAN_HALF, SHARE, n, of) is None
