"""How hard a claim was tested: what would have failed it, could our list have shown that, what would turn the verdict.

All results that are possible with the denominators of our list are judged by the rule of the verdicts. A claim could
hardly fail when less than a quarter of them fail it, or when a truth that is clearly outside its words, by 20
percentage points or by a factor of one and a half, would have failed it in less than half of all lists of our size.
Support for such a claim is none.

Source: Mayo and Spanos (2006), British Journal for the Philosophy of Science 57(2):323-357, for severity.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, norm

from analysis.claims.verdicts import FITS, NOT_FIT, Codes, fit, level_of, verdict
from analysis.record.wording import Range
from analysis.stats.measures import Measure
from analysis.stats.uncertainty import LEVEL, Counts

MOST = 10_000_000  # results to judge; two groups of some three thousand cases
LEAST_REGION, LEAST_POWER = 0.25, 0.5
STEP = 1e-6  # of a p-value
CLEARLY, TIMES = 0.2, 1.5  # how far outside the words a truth is that our list should have shown
ENDS = {"share": (0.0, 1.0), "difference": (-1.0, 1.0), "ratio": (0.0, np.inf), "count": (0.0, np.inf)}
MIDDLE = {"share": 0.5, "difference": 0.0, "ratio": 1.0}  # where neither of two is ahead


@dataclass(frozen=True)
class Severity:
    """How hard a claim was tested on the counts of our list.

    Attributes:
        region: The share (0-1) of all possible results that fail it; NaN where they cannot be listed.
        power: The chance (0-1) that a truth clearly outside the words fails it: of several such truths the least.
        could_pass: Whether any possible result supports it.
        failing: Of a single share, the numerators that fail it.
    """

    region: float
    power: float
    could_pass: bool
    failing: tuple[int, ...] = ()

    @property
    def hardly(self) -> bool:
        """Whether the claim could hardly fail."""
        return self.region < LEAST_REGION or self.power < LEAST_POWER


def results(test: str, allowed: Range, measure: Measure, denominator: Counts) -> tuple[Counts, Codes] | None:
    """Every numerator that the denominators (outcomes, 1) allow and its code; None for more than `MOST` of them."""
    if float(np.prod(denominator + 1.0)) > MOST:
        return None
    every = np.indices(tuple(denominator[:, 0] + 1)).reshape(len(denominator), -1)
    estimates = measure.compute(every, np.broadcast_to(denominator, every.shape), level_of(test))
    return every, fit(test, allowed, measure.unit, estimates)


def margin(
    test: str, allowed: Range, measure: Measure, n: Counts, denominator: Counts, published: int | None
) -> int | None:
    """The fewest single changes, over all numerators together, that give another verdict; the denominators stay.

    None when no change gives one, when no change of single cases has a meaning, and when there are too many to try.

    Args:
        test: The kind of test.
        allowed: The range of the claim.
        measure: How counts become an estimate.
        n: Numerators, an array (outcomes, 1).
        denominator: Denominators, likewise.
        published: The code of the published number, where there is one.
    """
    found = results(test, allowed, measure, denominator) if measure.movable else None
    if found is None:
        return None
    every, codes = found
    far, verdicts = np.abs(every - n).sum(axis=0), np.array([verdict(code, published) for code in range(4)])[codes]
    other = far[verdicts != verdicts[far.argmin()]]
    return int(other.min()) if other.size else None


def severity(test: str, allowed: Range, measure: Measure, n: Counts, denominator: Counts) -> Severity:
    """The severity of the test of one reading; arguments as of `margin`."""
    found = results(test, allowed, measure, denominator)
    if found is None:
        return Severity(np.nan, _normal_power(allowed, measure, n, denominator), could_pass=True)
    every, codes = found
    failing = codes == NOT_FIT
    single = tuple(map(int, every[0][failing])) if len(every) == 1 else ()
    powers = [float(weights[failing].sum()) for weights in _truths(allowed, measure, n, denominator, every)]
    return Severity(float(failing.mean()), min(powers, default=1.0), bool((codes == FITS).any()), single)


def _outside(allowed: Range, unit: str) -> list[float]:
    """The truths clearly outside a range, one beyond each end of it that is not the end of the scale."""
    least, most = ENDS[unit]
    if unit == "ratio":
        return [end for end, inner in ((allowed.low / TIMES, allowed.low), (allowed.high * TIMES, allowed.high))
                if least < inner < most]  # fmt: skip
    low, high = max(least, allowed.low - CLEARLY), min(most, allowed.high + CLEARLY)
    return [truth for truth, end, limit in ((low, allowed.low, least), (high, allowed.high, most)) if end != limit]


def _truths(
    allowed: Range, measure: Measure, n: Counts, denominator: Counts, every: Counts
) -> list[NDArray[np.float64]]:
    """How likely each result is under each truth outside the words; none for counts, where one case decides."""
    found = []
    for truth in _outside(allowed, measure.unit) if measure.unit != "count" else ():
        shares = [truth]
        if measure.unit == "ratio":  # of the counts of both spans, the later one's
            (apart,) = measure.compute(np.array([[1]]), np.array([[2]]), LEVEL)[0]
            shares = [truth / (truth + apart)]
        if measure.unit == "difference":
            first = float(np.clip(n[1, 0] / max(denominator[1, 0], 1) + truth, 0, 1))
            shares = [first, float(np.clip(first - truth, 0, 1))]
        weights = [binom.pmf(row, of, p) for row, of, p in zip(every, denominator[:, 0], shares, strict=True)]
        found.append(np.prod(weights, axis=0))
    return found


def _normal_power(allowed: Range, measure: Measure, n: Counts, denominator: Counts) -> float:
    """Power where results cannot be listed: the estimate is taken as normal, as wide as its interval says."""
    _, (low,), (high,) = measure.compute(n, denominator, LEVEL)
    spread = (high - low) / 2 / norm.ppf(0.5 + LEVEL / 2)
    return float(min(norm.cdf(CLEARLY / spread) for _ in _outside(allowed, measure.unit))) if spread else 1.0


def p_value(test: str, allowed: Range, measure: Measure, n: Counts, denominator: Counts) -> float | None:
    """The p-value of a test that has one: what one less the level of an interval is where it turns decisive.

    For a comparison it is two-sided, against neither being ahead; for a maximum the same, but 1 where the one named is
    behind, since its rival was picked as the strongest; of no difference the larger of the two one-sided ones against a
    difference beyond the margin. It is in steps of a millionth; None for how much. So no p-value and verdict can
    contradict each other.
    """
    if test == "share":
        return None

    def decides(step: int) -> bool:
        level = 1 - step * STEP * (2 if test == "no_difference" else 1)
        _, low, high = measure.compute(n, denominator, level)
        if test == "no_difference":
            return bool(allowed.holds(low)[0] and allowed.holds(high)[0])
        ahead, behind = bool(low[0] > MIDDLE[measure.unit]), bool(high[0] < MIDDLE[measure.unit])
        return ahead or (behind and test == "comparison")

    steps = range(1, int(1 / STEP) // (2 if test == "no_difference" else 1))
    found = bisect_left(steps, True, key=decides)
    return min(1.0, steps[found] * STEP) if found < len(steps) else 1.0
