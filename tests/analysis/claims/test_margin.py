"""The margin of a verdict is what moving one case at a time gives."""

from itertools import product

import numpy as np
import pytest
from analysis.claims.margin import MOST, margin
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.claims.verdicts import TESTS, fit, verdict
from analysis.record.wording import Range
from analysis.stats.measures import COUNT, DIFFERENCE, SHARE, rate_ratio
from analysis.stats.uncertainty import LEVEL

MEASURES = {"share": SHARE, "difference": DIFFERENCE, "count": COUNT, "ratio": rate_ratio(8, 12)}
ENDS = {"share": (0, 1), "difference": (-1, 1), "count": (0, 9), "ratio": (0, 4)}


@st.composite
def ranges(draw, unit):
    """A range on the scale of a unit."""
    low, high = sorted(draw(st.floats(*ENDS[unit]).map(lambda end: round(end, 2))) for _ in range(2))
    high = np.inf if unit == "ratio" and draw(st.booleans()) else high
    return Range(low, high, draw(st.sampled_from(["both", "left", "right", "neither"])))


@settings(max_examples=200)
@given(data=st.data(), test=st.sampled_from(TESTS), published=st.sampled_from([None, 0, 1, 2]))
@pytest.mark.parametrize(("unit", "readings"), [(unit, 1) for unit in MEASURES] + [("share", 2)])
def test_the_margin_is_what_a_walk_by_single_changes_finds(unit, readings, data, test, published):
    """Step by step away from the counts, one numerator at a time: the first other verdict is the margin away."""
    measure, allowed = MEASURES[unit], data.draw(ranges(unit))
    sides = readings * (2 if unit == "difference" else 1)
    denominator = tuple(data.draw(st.integers(0, 9)) for _ in range(sides))
    start = tuple(data.draw(st.integers(0, most)) for most in denominator)

    def columns(n):
        return np.array(n).reshape(readings, -1, 1), np.array(denominator).reshape(readings, -1, 1)

    def verdict_of(n):
        fits = [fit(test, allowed, unit, measure.compute(*one, LEVEL)) for one in zip(*columns(n), strict=True)]
        return str(verdict(np.array(fits), published)[0])

    own, seen, edge, far = verdict_of(start), {start}, {start}, 0
    while edge and all(verdict_of(n) == own for n in edge):
        steps = {(*n[:i], n[i] + step, *n[i + 1 :]) for n, i, step in product(edge, range(sides), (1, -1))}
        edge = {n for n in steps if all(0 <= one <= most for one, most in zip(n, denominator, strict=True))} - seen
        seen, far = seen | edge, far + 1
    found = list(zip(*columns(start), strict=True))
    assert margin(own, test, allowed, measure, found, published) == (far if edge else None)


def test_counts_too_many_to_try_have_no_margin():
    """Where there are more counts than can be tried, the answer is that none is known."""
    n, denominator = np.array([[600], [300]]), np.array([[MOST], [1_000]])
    found = [(n, denominator)]
    assert margin("supported", "comparison", Range(0, 1, "right"), DIFFERENCE, found, None) is None
