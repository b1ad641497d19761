"""How many cases would have to differ for another verdict: the nearest other counts, found by halving."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from analysis.claims.verdicts import THIN, Codes, fit, may_be_thin, verdict
from analysis.record.wording import Range
from analysis.stats.measures import Estimates, Measure
from analysis.stats.uncertainty import LEVEL, Counts

_CODES = THIN + 1


def margin(
    own: str, test: str, allowed: Range, measure: Measure, found: Sequence[tuple[Counts, Counts]], published: int | None
) -> int | None:
    """The fewest single changes, over all numerators together, that give another verdict; None when none does.

    Args:
        own: The verdict as it is.
        test: The kind of test, as `verdicts.fit` takes it.
        allowed: The range of the claim.
        measure: How counts become an estimate; each of its estimates rises or falls with every numerator.
        found: Numerators and denominators of each reading, as columns. The denominators stay.
        published: The code of the published number, where there is one.
    """
    costs = np.array([changes_to(test, allowed, measure, *counts) for counts in found])
    codes = np.array(list(product(range(_CODES), repeat=len(found)))).T
    total = np.take_along_axis(costs, codes, axis=1).sum(axis=0)
    least = total[verdict(codes, published) != own].min()
    return int(least) if np.isfinite(least) else None


def changes_to(test: str, allowed: Range, measure: Measure, n: Counts, denominator: Counts) -> NDArray[np.float64]:
    """Code of `verdicts.fit` to the fewest single changes of the numerators that give it; infinite when none does.

    The counts that there can be are a box. It is halved along every side, and a half is halved again, until all its
    counts have one code for certain or lie farther away than counts already found. As estimates rise or fall with
    every numerator, a box lies between the estimates of two of its corners. Boxes that stay open lie along the
    borders between codes, so that the work grows with the length of those borders, not with the number of counts.

    Args: as `margin`; `n` and `denominator` are those of one reading, arrays (outcomes, 1).
    """
    best = np.full(_CODES, np.inf)
    for code in range(_CODES):
        low, high = np.zeros_like(denominator), denominator
        while low.size:
            far = np.maximum(np.maximum(low - n, n - high), 0).sum(axis=0).astype(float)
            near = far < best[code]
            low, high, far = low[:, near], high[:, near], far[near]
            codes, sure, thin = _codes_of(test, allowed, measure, low, high, denominator)
            best[code] = far[sure & (codes == code)].min(initial=best[code])
            still = ~sure & (thin if code == THIN else True)
            low, high = _halves(low[:, still], high[:, still])
    return best


def _codes_of(
    test: str, allowed: Range, measure: Measure, low: Counts, high: Counts, denominator: Counts
) -> tuple[Codes, NDArray[np.bool_], NDArray[np.bool_]]:
    """The code of each box, whether all its counts have it for certain, and whether any of them may be too thin."""
    down = np.array(measure.falling)[:, None] if measure.falling else np.zeros_like(denominator, dtype=bool)
    of = np.broadcast_to(denominator, low.shape)
    least = measure.compute(np.where(down, high, low), of, LEVEL)
    most = measure.compute(np.where(down, low, high), of, LEVEL)
    same = np.array([_side(allowed, a) == _side(allowed, b) for a, b in zip(least, most, strict=True)]).all(axis=0)
    widest: Estimates = (least[0], least[1], most[2])
    thin = may_be_thin(measure.unit, widest)
    point = (low == high).all(axis=0)
    return fit(test, allowed, measure.unit, least), point | (same & ~thin), thin


def _side(allowed: Range, numbers: NDArray[np.float64]) -> NDArray[np.int64]:
    """Where each number lies with regard to the range and its ends; two with the same answer have nothing between."""
    inside = allowed.holds(numbers)
    above = ~inside & (numbers > (allowed.low + allowed.high) / 2)
    side = np.where(inside, 1, np.where(above, 2, 0))
    return np.asarray(side + 4 * (numbers > allowed.low) + 8 * (numbers >= allowed.high))


def _halves(low: Counts, high: Counts) -> tuple[Counts, Counts]:
    """The boxes halved along every side that is longer than one count."""
    for side in range(len(low)):
        middle = (low[side] + high[side]) // 2
        long = low[side] < high[side]
        first_high, second_low = high.copy(), low[:, long].copy()
        first_high[side] = middle
        second_low[side] = middle[long] + 1
        low, high = np.hstack([low, second_low]), np.hstack([first_high, high[:, long]])
    return low, high
