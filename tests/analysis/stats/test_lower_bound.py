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
    assert chao1(pd.Series([1, 1, 4, 2, 5, 2, 4, 1, 2])) == pytest.approx((9.75, 9.07, 17.45), abs=0.005)


def test_the_bound_is_below_the_classic_one_on_the_cottontails():
    """Chao (1987): 43 rabbits caught once and 16 twice of 76; the classic form gives 134, the corrected one less."""
    estimate, low, high = chao1(pd.Series([1] * 43 + [2] * 16 + [3] * 8 + [4] * 6 + [6] * 2 + [7]))
    assert round(76 + 43**2 / (2 * 16)) == 134
    assert estimate == pytest.approx(76 + 43 * 42 / (2 * 17))
    assert low < 135 < high


@given(SIGHTINGS, st.integers(3, 9))
def test_the_bound_never_lies_below_the_list_and_cases_seen_often_only_add_themselves(sightings, times):
    """What was seen is the least, the interval holds the estimate; one more case seen three times or more adds one."""
    estimate, low, high = chao1(sightings)
    assert len(sightings) <= low <= estimate <= high
    assert chao1(pd.concat([sightings, pd.Series([times])]))[0] == pytest.approx(estimate + 1)


def test_at_most_one_case_seen_once_means_none_unseen():
    """With one single sighting at most the bias-corrected bound is the list itself."""
    assert chao1(pd.Series([1, 2, 2, 5])) == (4, 4, 4)


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
