"""Delays that end in time tell those that do not: by hand, on made-up lists whose truth is known, and at the limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.truncation import delay_distribution, untruncated


def test_a_case_worked_by_hand():
    """Five delays: at 2 one of the two with room for it ends, at 1 two of four; half of the halves remain at 0.

    Delays 0, 0, 1, 1, 2 with room 0, 1, 1, 2, 2. Room for 2 had the last two, one of which took 2: F(1) = 1/2. Room
    for 1 had all but the first and, being at most 1 long, the second, third and fourth, of which two took 1:
    F(0) = 1/2 * (1 - 2/3) = 1/6. So the case with room 0 stands for six, each with room 1 for two, the others for one.
    """
    delay, room, n = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 1, 2, 2]), np.ones(5, dtype=int)
    assert delay_distribution(delay, room, n) == pytest.approx([1 / 6, 1 / 2, 1])
    draws = np.array([n, [2, 0, 1, 0, 1], [0, 3, 0, 0, 0]])  # many lists at once are each list alone
    alone = np.array([delay_distribution(delay, room, draw) for draw in draws])
    assert delay_distribution(delay, room, draws) == pytest.approx(alone)
    assert untruncated(delay, room, n) == pytest.approx([6, 2, 2, 1, 1])


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=8), st.lists(st.floats(0.01, 1), min_size=2, max_size=8))
def test_the_truth_of_a_made_up_list_returns(begun, lasting):
    """Beginnings and delays drawn apart, in the numbers expected, cut at the end: both distributions return exactly."""
    begun, lasting = np.array(begun), np.array(lasting) / sum(lasting)
    last = len(lasting) - 1
    room = np.arange(len(begun)) + last - len(begun) + 1
    begun, room = begun[room >= 0], room[room >= 0]
    kinds = [(start, delay) for start in range(len(room)) for delay in range(min(int(room[start]), last) + 1)]
    start, delay = np.array(kinds).T
    n = begun[start] * lasting[delay]
    assert delay_distribution(delay, room[start], n) == pytest.approx(np.cumsum(lasting)[: int(room.max()) + 1])
    found = untruncated(delay, room[start], n)
    assert np.bincount(start, found) == pytest.approx(begun)


def test_all_room_leaves_the_list_as_it_is():
    """With room for every delay the estimate is the plain share, and each case stands for itself."""
    delay, n = np.array([0, 2, 5]), np.array([1, 2, 1])
    assert delay_distribution(delay, np.array([5, 5, 5]), n) == pytest.approx([0.25, 0.25, 0.75, 0.75, 0.75, 1])
    assert untruncated(delay, np.array([5, 5, 5]), n) == pytest.approx(n)


def test_a_delay_that_could_not_be_seen_is_refused():
    """Longer than its room, or negative."""
    for delay in (3, -1):
        with pytest.raises(ValueError, match="fits into its room"):
            delay_distribution(np.array([delay]), np.array([2]), np.array([1]))
