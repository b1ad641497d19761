"""Shares, Wilson intervals and bounds, against published examples and exact properties."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from analysis.stats.uncertainty import Share, bounds, share_of, wilson

CODES = st.lists(st.sampled_from([0, 1, None]), max_size=120)


@st.composite
def counts(draw):
    """A numerator and its denominator."""
    denominator = draw(st.integers(1, 500))
    return draw(st.integers(0, denominator)), denominator


def codes(values):
    """Codes as the dataset gives them."""
    return pd.Series(values, dtype="Int64")


@pytest.mark.parametrize(
    ("n", "denominator", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_intervals_that_newcombe_printed(n, denominator, low, high):
    """Newcombe (1998), table I, method 3: four worked examples to four decimals."""
    assert wilson(n, denominator) == pytest.approx((low, high), abs=5e-5)


@given(counts(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_wilson_limits_solve_the_score_equation(count, level):
    """Each limit is a share that the score test just does not reject."""
    n, denominator = count
    z = norm.ppf(0.5 + level / 2)
    low, high = wilson(n, denominator, level)
    for limit, reached in ((low, n > 0), (high, n < denominator)):
        distance = abs(n / denominator - limit)
        if reached:
            assert distance == pytest.approx(z * math.sqrt(limit * (1 - limit) / denominator), abs=1e-8)
        else:
            assert distance == 0


@given(counts())
def test_wilson_holds_the_share_and_mirrors_its_complement(count):
    """The share lies in its interval, and the interval of `not` is the interval turned round."""
    n, denominator = count
    low, high = wilson(n, denominator)
    assert 0 <= low <= n / denominator <= high <= 1
    assert wilson(denominator - n, denominator) == pytest.approx((1 - high, 1 - low))


def test_no_case_leaves_everything_possible():
    """A denominator of 0 gives no share and the interval from 0 to 1."""
    nothing = share_of(codes([None, None]))
    assert math.isnan(nothing.share)
    assert nothing.interval == (0, 1)
    assert bounds(codes([])) == (0, 1)


@pytest.mark.parametrize(("n", "denominator"), [(5, 4), (-1, 4), (1, 0)])
def test_an_impossible_count_is_refused(n, denominator):
    """A numerator outside 0 to denominator is an error, not a number."""
    with pytest.raises(ValueError, match="is not a share"):
        wilson(n, denominator)


@pytest.mark.parametrize("statistic", [share_of, bounds])
def test_a_code_other_than_0_and_1_is_refused(statistic):
    """A 2 among the codes is an error, not a case counted twice."""
    with pytest.raises(ValueError, match="is not a code"):
        statistic(codes([0, 2, None]))


def test_missing_codes_are_neither_voiced_nor_not_voiced():
    """Two ones, a zero and two missing: 2 of 3, and bounds from 2 to 4 of 5."""
    values = codes([1, 1, 0, None, None])
    assert share_of(values) == Share(2, 3, *wilson(2, 3))
    assert bounds(values) == (2 / 5, 4 / 5)


@given(CODES)
def test_bounds_hold_the_share_of_the_known_and_of_any_filling(values):
    """Both lie inside; the width is the share of missing values."""
    low, high = bounds(codes(values))
    share = share_of(codes(values)).share
    if values:
        assert high - low == pytest.approx(values.count(None) / len(values))
        filled = [i % 2 if value is None else value for i, value in enumerate(values)]
        assert low <= sum(filled) / len(filled) <= high
    if not math.isnan(share):
        assert low <= share <= high


@given(CODES, st.randoms())
def test_a_share_among_some_is_the_share_of_those_cut_out(values, chance):
    """Naming which values count gives what cutting them out gives."""
    among = np.array([chance.random() < 0.5 for _ in values], dtype=bool)
    assert share_of(codes(values), among=among) == share_of(codes(values)[among])
