"""The exact comparison of two rates, against published examples, the library and exact properties."""

import functools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from analysis.stats.rates import rate_ratios

COUNTS = st.integers(1, 80)
EXPOSURES = st.floats(0.5, 50)
LEVELS = st.sampled_from([0.9, 0.95, 0.99])


@pytest.mark.parametrize(
    ("counts", "ratio", "limits"),
    [((2, 17877, 10, 20000), 0.2237512, (0.02383738, 1.04995468)), ((60, 51477.5, 30, 54308.7), 2.10999757, None)],
    ids=["Fay (2010)", "Gu and others (2008), example 1"],
)
def test_the_comparison_gives_the_published_values(counts, ratio, limits):
    """Fay (2010): 2 in 17,877 against 10 in 20,000; Gu and others (2008): 60 in 51,477.5 against 30 in 54,308.7."""
    found, *ends = rate_ratios(*counts)
    assert found == pytest.approx(ratio, abs=5e-8)
    assert limits is None or ends == pytest.approx(limits, abs=5e-9)


@given(COUNTS, EXPOSURES, COUNTS, EXPOSURES, LEVELS)
def test_the_interval_leaves_out_1_where_the_exact_test_rejects(later, months, earlier, before, level):
    """Equal rates are rejected by the library's conditional test exactly where 1 is outside (Fay 2010)."""
    _, low, high = rate_ratios(later, months, earlier, before, level)
    test = functools.partial(poisson_test, later, months, earlier, before, method="exact-cond")
    p = 2 * min(test(alternative=side).pvalue for side in ("larger", "smaller"))
    if abs(p - (1 - level)) > 1e-9:
        assert (low > 1 or high < 1) == (p < 1 - level)


@given(COUNTS, EXPOSURES, COUNTS, EXPOSURES)
def test_turning_the_comparison_round_turns_the_ratio_over(later, months, earlier, before):
    """The ratio and its limits become their inverses."""
    ratio, low, high = rate_ratios(later, months, earlier, before)
    assert rate_ratios(earlier, before, later, months) == pytest.approx((1 / ratio, 1 / high, 1 / low))


@given(COUNTS, COUNTS)
def test_equal_exposures_are_a_binomial_half(later, earlier):
    """With equal exposures the limits are those of the exact binomial share, as odds."""
    share = binomtest(later, later + earlier).proportion_ci(0.95, method="exact")
    _, *limits = rate_ratios(later, 7, earlier, 7)
    assert limits == pytest.approx([share.low / (1 - share.low), share.high / (1 - share.high)])


def test_nothing_counted_says_nothing():
    """With no case in either period every ratio is possible; with none before, none is too large."""
    assert rate_ratios(0, 3, 0, 5) == pytest.approx((math.nan, 0, math.inf), nan_ok=True)
    ratio, low, high = rate_ratios(4, 3, 0, 5)
    assert ratio == high == math.inf
    assert low > 0


def test_a_rate_without_exposure_is_refused():
    """A count over nothing is no rate."""
    with pytest.raises(ValueError, match="not a rate"):
        rate_ratios(3, 0, 1, 1)
