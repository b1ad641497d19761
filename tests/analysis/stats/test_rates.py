"""Rates and their exact comparison, against published examples, the library and exact properties."""

import functools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from analysis.stats.rates import rate, rate_ratio

COUNTS = st.integers(1, 80)
EXPOSURES = st.floats(0.5, 50)
LEVELS = st.sampled_from([0.9, 0.95, 0.99])


@pytest.mark.parametrize(
    ("n", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39), (50, 37.11, 65.92)]
)
def test_the_interval_of_a_count_is_garwoods(n, low, high):
    """Garwood (1936), exact 95% limits of a Poisson count, as tabulated since: 0, 1, 10 and 50."""
    found = rate(n, 1)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-3)


@pytest.mark.parametrize(
    ("later", "earlier", "ratio", "limits"),
    [
        ((2, 17877), (10, 20000), 0.2237512, (0.02383738, 1.04995468)),
        ((60, 51477.5), (30, 54308.7), 2.10999757, None),
    ],
    ids=["Fay (2010)", "Gu and others (2008), example 1"],
)
def test_the_comparison_gives_the_published_values(later, earlier, ratio, limits):
    """Fay (2010): 2 in 17,877 against 10 in 20,000; Gu and others (2008): 60 in 51,477.5 against 30 in 54,308.7."""
    found = rate_ratio(rate(*later), rate(*earlier))
    assert found.ratio == pytest.approx(ratio, abs=5e-8)
    assert limits is None or (found.low, found.high) == pytest.approx(limits, abs=5e-9)


@given(COUNTS, EXPOSURES, COUNTS, EXPOSURES, LEVELS)
def test_the_interval_leaves_out_1_where_the_exact_test_rejects(later, months, earlier, before, level):
    """Equal rates are rejected by the library's conditional test exactly where 1 is outside (Fay 2010)."""
    found = rate_ratio(rate(later, months), rate(earlier, before), level)
    test = functools.partial(poisson_test, later, months, earlier, before, method="exact-cond")
    p = 2 * min(test(alternative=side).pvalue for side in ("larger", "smaller"))
    if abs(p - (1 - level)) > 1e-9:
        assert (found.low > 1 or found.high < 1) == (p < 1 - level)


@given(COUNTS, COUNTS, EXPOSURES, EXPOSURES)
def test_turning_the_comparison_round_turns_the_ratio_over(later, earlier, months, before):
    """The ratio and its limits become their inverses."""
    one, other = rate(later, months), rate(earlier, before)
    found, turned = rate_ratio(one, other), rate_ratio(other, one)
    assert turned.ratio == pytest.approx(1 / found.ratio)
    assert (turned.low, turned.high) == pytest.approx((1 / found.high, 1 / found.low))


@given(COUNTS, COUNTS)
def test_equal_exposures_are_a_binomial_half(later, earlier):
    """With equal exposures the limits are those of the exact binomial share, as odds."""
    limits = binomtest(later, later + earlier).proportion_ci(0.95, method="exact")
    found = rate_ratio(rate(later, 7), rate(earlier, 7))
    assert found.low == pytest.approx(limits.low / (1 - limits.low))
    assert found.high == pytest.approx(limits.high / (1 - limits.high))


def test_nothing_counted_says_nothing():
    """With no case in either period every ratio is possible; with none before, none is too large."""
    empty = rate_ratio(rate(0, 3), rate(0, 5))
    assert (empty.low, empty.high) == (0, math.inf)
    assert math.isnan(empty.ratio)
    new = rate_ratio(rate(4, 3), rate(0, 5))
    assert new.ratio == new.high == math.inf
    assert new.low > 0


def test_a_rate_without_exposure_is_refused():
    """A count over nothing is no rate."""
    with pytest.raises(ValueError, match="not a rate"):
        rate(3, 0)
