"""A range of shares holds what lies in it, its ends as stated."""

import numpy as np
import pytest

from analysis.record.formats import in_words
from analysis.record.wording import Range


@pytest.mark.parametrize(
    ("allowed", "share", "held"),
    [
        (Range(7 / 12, 2 / 3, "left"), 36 / 58, True),  # nearly two thirds, as published
        (Range(7 / 12, 2 / 3, "left"), 33 / 58, False),  # nearer to one half
        (Range(0.583333, 0.666667, "left"), 2 / 3, False),  # a bound written with six decimals is the bound
        (Range(0.5, 1.0, "right"), 29 / 58, False),
        (Range(0.5, 1.0, "right"), 30 / 58, True),
        (Range(0.0, 0.0), 1 / 250, False),
    ],
)
def test_a_share_is_held_only_inside_the_range(allowed, share, held):
    """Shares on both sides of the ends, the published ones among them."""
    assert (share in allowed) is held


@pytest.mark.parametrize(
    ("closed", "held"),
    [("both", [True, True, True]), ("left", [True, True, False]), ("right", [False, True, True]),
     ("neither", [False, True, False])],
)  # fmt: skip
def test_the_ends_of_a_range_belong_to_it_as_stated(closed, held):
    """Each way of closing, at both ends; NaN lies nowhere and an open top has no end."""
    assert Range(0.25, 0.75, closed).holds(np.array([0.25, 0.5, 0.75])).tolist() == held
    assert list(Range(1.0, np.inf, "left").holds(np.array([np.nan, 0.5, 1.0, np.inf]))) == [False, False, True, True]


@pytest.mark.parametrize(("number", "words"), [(0, "none"), (1, "one"), (10, "ten"), (11, "11"), (1200, "1,200")])
def test_small_counts_are_written_in_words(number, words):
    """None, one to ten; digits beyond."""
    assert in_words(number) == words
