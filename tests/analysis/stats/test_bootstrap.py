"""Whole clusters drawn: as single cases where each stands alone, and wider where they stand together."""

import numpy as np
import pandas as pd
import pytest

from analysis.stats.bootstrap import clustered_interval


def interval(values, clusters):
    """The 95% interval of a share of cases in clusters."""
    return clustered_interval(pd.Series(values, dtype="Int64"), pd.Series(clusters))


def test_cases_that_stand_alone_give_the_interval_of_their_binomial():
    """Half of 100 single cases: 1.96 standard errors of 5 points on both sides."""
    assert interval([1] * 50 + [0] * 50, range(100)) == pytest.approx((0.402, 0.598), abs=0.015)


def test_four_cases_of_one_story_count_as_one():
    """100 cases in 25 clusters that are all alike inside: as wide as 25 single cases."""
    low, high = interval(np.repeat([1] * 13 + [0] * 12, 4), np.repeat(range(25), 4))
    single = interval([1] * 13 + [0] * 12, range(25))
    assert (low, high) == pytest.approx(single, abs=0.001)
    assert high - low > 1.8 * (0.598 - 0.402)


def test_an_unknown_value_is_in_no_denominator():
    """A case without a value is left out, and with none at all nothing is known."""
    assert interval([1, 0, None], [0, 1, 1]) == pytest.approx(interval([1, 0], [0, 1]))
    assert np.isnan(interval([None], [0])).all()
