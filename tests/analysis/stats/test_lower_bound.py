"""The lower bounds on the number of public cases, against published values and exact properties."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from analysis.stats.lower_bound import chao1, chapman

SIGHTINGS = st.lists(st.integers(1, 9), min_size=1, max_size=80).map(pd.Series)


def test_the_bound_gives_the_values_of_estimates():
    """Nine kinds seen 1, 1, 4, 2, 5, 2, 4, 1 and 2 times: EstimateS gives 9.75, interval 9.07 to 17.45."""
    found = chao1(pd.Series([1, 1, 4, 2, 5, 2, 4, 1, 2]))
    assert (found.observed, found.once, found.twice) == (9, 3, 3)
    assert found.estimate == pytest.approx(9.75)
    assert (found.low, found.high) == pytest.approx((9.07, 17.45), abs=0.005)


def test_the_bound_is_below_the_classic_one_on_the_cottontails():
    """Chao (1987): 43 rabbits caught once and 16 twice of 76; the classic form gives 134, the corrected one less."""
    caught = pd.Series([1] * 43 + [2] * 16 + [3] * 8 + [4] * 6 + [6] * 2 + [7])
    classic = 76 + 43**2 / (2 * 16)
    assert round(classic) == 134
    assert chao1(caught).estimate == pytest.approx(76 + 43 * 42 / (2 * 17))
    assert chao1(caught).low < 135 < chao1(caught).high


@given(SIGHTINGS, st.sampled_from([0.9, 0.95, 0.99]))
def test_the_bound_never_lies_below_the_list(sightings, level):
    """What was seen is the least, and the interval holds the estimate."""
    found = chao1(sightings, level)
    assert found.observed <= found.low <= found.estimate <= found.high
    assert found.observed == len(sightings)


@given(SIGHTINGS, st.integers(3, 9))
def test_cases_seen_often_only_add_themselves(sightings, times):
    """One more case that was seen three times or more adds one to the bound and nothing to the unseen."""
    more = pd.concat([sightings, pd.Series([times])], ignore_index=True)
    assert chao1(more).estimate == pytest.approx(chao1(sightings).estimate + 1)


def test_at_most_one_case_seen_once_means_none_unseen():
    """With one single sighting at most the bias-corrected bound is the list itself."""
    found = chao1(pd.Series([1, 2, 2, 5]))
    assert (found.low, found.estimate, found.high) == (4, 4, 4)


@pytest.mark.parametrize("sightings", [[], [0, 1, 2]], ids=["no case", "a case never seen"])
def test_a_case_never_seen_is_refused(sightings):
    """A list is made of cases that were seen."""
    with pytest.raises(ValueError, match="seen at least once"):
        chao1(pd.Series(sightings, dtype=int))


@given(st.integers(5, 60).flatmap(lambda total: st.tuples(st.just(total), *[st.integers(total // 2 + 1, total)] * 2)))
def test_two_captures_give_the_number_of_cases_on_average(drawn):
    """Over all that two random captures can share, the mean is the number itself, and that of the variance its own.

    Exact where both captures are as large as the set: Chapman (1951) for the number, Seber (1982) for the error.
    """
    total, first, second = drawn
    shared = range(max(0, first + second - total), min(first, second) + 1)
    chances = [hypergeom(total, first, second).pmf(both) for both in shared]
    found = [chapman(first, second, both) for both in shared]
    mean = sum(chance * number for chance, (number, _) in zip(chances, found, strict=True))
    assert mean == pytest.approx(total)
    spread = sum(chance * (number - total) ** 2 for chance, (number, _) in zip(chances, found, strict=True))
    assert sum(c * error**2 for c, (_, error) in zip(chances, found, strict=True)) == pytest.approx(spread, abs=1e-9)


@pytest.mark.parametrize("counts", [(5, 4, 5), (5, 4, -1)], ids=["more in both than in one", "fewer than none"])
def test_captures_that_cannot_be_are_refused(counts):
    """What is in both captures is in each of them."""
    with pytest.raises(ValueError, match="both captures"):
        chapman(*counts)
