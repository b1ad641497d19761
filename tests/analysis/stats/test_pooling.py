"""Partial pooling lies between a group's own share and that of all, and finds scatter that is there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.pooling import pooled

GROUPS = st.lists(
    st.integers(0, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), min_size=1, max_size=8
)


@given(GROUPS)
def test_a_pooled_share_lies_between_its_own_and_that_of_all(groups):
    """Nearer to its own the more cases it has; a group without a case has the share of all; nothing known is NaN."""
    n, of = np.array(groups).T
    found = pooled(n, of)
    if not of.sum():
        assert np.isnan(found).all()
        return
    overall = n.sum() / of.sum()
    for share, k, m in zip(found, n, of, strict=True):
        own = k / m if m else overall
        assert min(own, overall) - 1e-9 <= share <= max(own, overall) + 1e-9


def test_groups_that_are_alike_are_pooled_and_groups_that_differ_are_left():
    """Ten groups with one share: each has it. Five at one tenth, five at nine tenths of 200: each keeps its own."""
    alike = pooled(np.full(10, 6), np.full(10, 20))
    assert alike == pytest.approx(0.3)
    apart = pooled(np.array([20] * 5 + [180] * 5), np.full(10, 200))
    assert apart == pytest.approx([0.1] * 5 + [0.9] * 5, abs=0.01)


def test_the_scatter_of_the_model_returns():
    """Five hundred groups drawn from a beta distribution that weighs 10 cases: each is drawn as the model would."""
    rng = np.random.default_rng(1975)
    of = rng.integers(5, 40, 500)
    n = rng.binomial(of, rng.beta(3, 7, 500))
    assert pooled(n, of) == pytest.approx((n + 3) / (of + 10), abs=0.05)
