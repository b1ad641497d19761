"""The least difference that a comparison could find: a published example, and what must hold of any."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm

from analysis.stats.detectable import detectable


def test_cohens_table_is_met():
    """Cohen (1988), table 6.4.1: at 5%, two-sided, a power of 80% for h = 0.50 needs 63 cases in each group."""
    found = detectable(0.5, 63, 63)
    assert 2 * math.asin(math.sqrt(0.5 + found)) - math.pi / 2 == pytest.approx(0.50, abs=0.005)


@given(st.floats(0, 1), st.integers(1, 400), st.integers(1, 400))
def test_the_difference_found_has_the_power_asked_for(share, one, other):
    """Its arcsine difference over its standard error leaves 80% beyond the 5% limit, on both tails together."""
    found = detectable(share, one, other)
    assume(math.isfinite(found))
    side = 1 if share <= 0.5 else -1
    assert 0 <= share + side * found <= 1
    angles = [2 * math.asin(math.sqrt(min(max(value, 0), 1))) for value in (share, share + side * found)]
    z = abs(angles[1] - angles[0]) / math.sqrt(1 / one + 1 / other)
    limit = norm.ppf(0.975)
    assert norm.sf(limit - z) + norm.cdf(-limit - z) == pytest.approx(0.8, abs=1e-4)


@pytest.mark.parametrize("counts", [(0, 5), (5, 0), (1, 1)])
def test_what_no_difference_could_show_is_infinite(counts):
    """An empty group, and two groups of one."""
    assert detectable(0.5, *counts) == math.inf
