"""The margin of a verdict is what trying every other count gives."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.claims.margin import changes_to, margin
from analysis.claims.verdicts import TESTS, fit, verdict
from analysis.record.wording import Range
from analysis.stats.measures import COUNT, DIFFERENCE, SHARE, rate_ratio
from analysis.stats.uncertainty import LEVEL

MEASURES = {"share": SHARE, "difference": DIFFERENCE, "count": COUNT, "ratio": rate_ratio(8, 12)}


@st.composite
def readings(draw, outcomes):
    """Numerators and denominators of one reading, as columns."""
    denominator = [draw(st.integers(0, 14)) for _ in range(outcomes)]
    n = [draw(st.integers(0, most)) for most in denominator]
    return np.array(n)[:, None], np.array(denominator)[:, None]


@st.composite
def ranges(draw, unit):
    """A range on the scale of a unit."""
    ends = {"share": (0, 1), "difference": (-1, 1), "count": (0, 14), "ratio": (0, 4)}[unit]
    low, high = sorted(draw(st.floats(*ends).map(lambda end: round(end, 2))) for _ in range(2))
    if unit == "ratio" and draw(st.booleans()):
        high = np.inf
    return Range(low, high, draw(st.sampled_from(["both", "left", "right", "neither"])))


def codes_of_all(test, allowed, measure, denominator):
    """Every numerator that there can be, and the code of each: arrays (outcomes, all) and (all)."""
    every = np.array(list(product(*(range(most + 1) for most in denominator[:, 0])))).T
    of = np.broadcast_to(denominator, every.shape)
    return every, fit(test, allowed, measure.unit, measure.compute(every, of, LEVEL))


@settings(max_examples=300)
@given(data=st.data(), unit=st.sampled_from(sorted(MEASURES)), test=st.sampled_from(TESTS))
def test_halving_finds_what_trying_all_counts_finds(data, unit, test):
    """For every code, the nearest counts that give it are as near as a search through all counts says."""
    n, denominator = data.draw(readings(2 if unit == "difference" else 1))
    allowed = data.draw(ranges(unit))
    every, codes = codes_of_all(test, allowed, MEASURES[unit], denominator)
    far = np.abs(every - n).sum(axis=0).astype(float)
    expected = [far[codes == code].min(initial=np.inf) for code in range(4)]
    assert list(changes_to(test, allowed, MEASURES[unit], n, denominator)) == expected


@given(data=st.data(), test=st.sampled_from(TESTS), published=st.sampled_from([None, 0, 1, 2]))
def test_the_margin_over_two_readings_is_the_fewest_changes_in_both(data, test, published):
    """With two clocks, the margin is the least sum of changes over both that turns the verdict, or None."""
    found, allowed = [data.draw(readings(1)) for _ in range(2)], data.draw(ranges("share"))
    parts = [codes_of_all(test, allowed, SHARE, denominator) for _, denominator in found]
    (own,) = verdict(
        np.array([[codes[int(n[0, 0])]] for (_, codes), (n, _) in zip(parts, found, strict=True)]), published
    )
    turning = [
        abs(i - int(found[0][0][0, 0])) + abs(j - int(found[1][0][0, 0]))
        for i, one in enumerate(parts[0][1])
        for j, other in enumerate(parts[1][1])
        if verdict(np.array([[one], [other]]), published)[0] != own
    ]
    assert margin(str(own), test, allowed, SHARE, found, published) == min(turning, default=None)


def test_a_margin_among_a_million_cases_is_exact():
    """Just over half of a million: the margin is what the counts at the border say, one by one."""
    n, denominator = np.array([[600_000], [300_000]]), np.array([[1_000_000], [1_000_000]])
    turns = margin("supported", "comparison", Range(0, 1, "right"), DIFFERENCE, [(n, denominator)], None)
    assert turns is not None

    def lowest(changes):
        taken = np.arange(changes + 1)
        moved = np.array([600_000 - taken, 300_000 + changes - taken])
        return DIFFERENCE.compute(moved, np.broadcast_to(denominator, moved.shape), LEVEL)[1].min()

    assert lowest(turns) <= 1e-5 < lowest(turns - 1)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_estimates_rise_or_fall_with_every_numerator(measure):
    """What the search relies on: one case more moves value and limits all up, or all down, and never turns back."""
    falling = measure.falling or (False,)
    for denominator in product((1, 4, 30), repeat=len(falling)):
        for side, falls in enumerate(falling):
            for others in product((0, 1), repeat=len(falling) - 1):
                n = np.tile(np.array([[d] for d in denominator]), denominator[side] + 1)
                for place, share in zip([s for s in range(len(falling)) if s != side], others, strict=True):
                    n[place] = share * denominator[place]
                n[side] = np.arange(denominator[side] + 1)
                of = np.broadcast_to(np.array(denominator)[:, None], n.shape)
                for part in measure.compute(n, of, LEVEL):
                    steps = np.diff(part[np.isfinite(part)]) * (-1 if falls else 1)
                    assert (steps >= -1e-12).all()
