"""Estimates from counts, many at once, against published examples, plain functions and brute force."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from analysis.stats.groups import newcombe
from analysis.stats.measures import COUNT, DIFFERENCE, DIFFERENT, LEAST, SHARE, likeness, rate_ratio
from analysis.stats.rates import rate_ratios
from analysis.stats.uncertainty import wilson


@st.composite
def counts(draw, least=0):
    """A numerator and its denominator."""
    denominator = draw(st.integers(least, 80))
    return draw(st.integers(0, denominator)), denominator


def columns(*pairs):
    """Numerators and denominators as the measures take them: a row per outcome, one column."""
    return np.array([[n] for n, _ in pairs]), np.array([[d] for _, d in pairs])


def only(estimates):
    """Value, low and high of the one column."""
    return tuple(float(part[0]) for part in estimates)


@given(counts(least=1), counts(least=1), st.sampled_from([0.9, 0.95, 0.99]))
def test_many_at_once_have_the_intervals_of_one(first, second, level):
    """A share has Wilson's interval and a difference Newcombe's, which are tested against their authors' examples."""
    value, low, high = only(SHARE.compute(*columns(first), level))
    assert (value, low, high) == pytest.approx((first[0] / first[1], *wilson(*first, level)))
    value, low, high = only(DIFFERENCE.compute(*columns(first, second), level))
    assert value == pytest.approx(first[0] / first[1] - second[0] / second[1])
    assert (low, high) == pytest.approx(tuple(map(float, newcombe(*first, *second, level))))


@given(counts(least=1), counts(least=1))
def test_a_difference_turned_round_is_its_mirror(first, second):
    """First minus second and second minus first have the same interval, signs changed."""
    value, low, high = only(DIFFERENCE.compute(*columns(first, second), 0.95))
    assert only(DIFFERENCE.compute(*columns(second, first), 0.95)) == pytest.approx((-value, -high, -low))


@given(st.integers(0, 40), st.integers(0, 40), st.floats(1, 20), st.floats(1, 20))
def test_a_ratio_is_that_of_the_exact_comparison_of_two_rates(later, earlier, months, other_months):
    """Value and limits agree with `rates.rate_ratios`, which is tested against worked examples of its own."""
    found = only(rate_ratio(months, other_months).compute(*columns((later, later + earlier)), 0.95))
    assert found == pytest.approx(rate_ratios(later, months, earlier, other_months), nan_ok=True)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=5))
def test_likeness_is_counted_as_by_hand(accounts):
    """Against every pair of accounts, and every way of dealing out each property anew, looked at one by one."""

    def shared(people):
        pairs = list(itertools.combinations(people, 2))
        return sum(any(a and b for a, b in zip(one, other, strict=True)) for one, other in pairs) / len(pairs)

    first, second = zip(*accounts, strict=True)
    dealt = [shared(list(zip(first, again, strict=True))) for again in itertools.permutations(second)]
    half = norm.ppf(0.975) * np.std(dealt)
    value = shared(accounts) - np.mean(dealt)
    patterns = list(itertools.product([False, True], repeat=2))
    n = np.array([[accounts.count(pattern)] for pattern in patterns])
    n = np.hstack([n, n[::-1]])  # what is computed beside it changes nothing
    found = only(likeness(np.array(patterns)).compute(n, np.full_like(n, len(accounts)), 0.95))
    assert found == pytest.approx((value, max(value - half, -1), min(value + half, 1)), abs=1e-7)


def test_counts_count():
    """Cases, kinds that occur, and cases of the rarest kind, each with itself as its interval."""
    for measure, expected in ((COUNT, 3), (DIFFERENT, 2), (LEAST, 0)):
        assert only(measure.compute(*columns((3, 9), (0, 9), (5, 9)), 0.95)) == (expected,) * 3


def test_nothing_known_gives_no_estimate():
    """A denominator of 0 is NaN with everything possible, never a division."""
    value, low, high = only(SHARE.compute(*columns((0, 0)), 0.95))
    assert math.isnan(value)
    assert (low, high) == (0, 1)
