"""From counts to an estimate with its interval: a share, a difference, a ratio of rates, a count; many at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from analysis.stats.groups import newcombe
from analysis.stats.rates import rate_ratios
from analysis.stats.uncertainty import Counts, Numbers, divide, limits

Estimates = tuple[Numbers, Numbers, Numbers]
Compute = Callable[[Counts, Counts, float], Estimates]


@dataclass(frozen=True)
class Measure:
    """A way to turn the counts of one or more outcomes into an estimate.

    Attributes:
        unit: `share`, `difference`, `ratio` or `count`: the scale of the estimate.
        compute: From `n` and `denominator` (arrays, outcomes in the first dimension) and a confidence level (0-1) to
            value, low and high, one per column. NaN where there is nothing to compute from.
        movable: Whether changing one case's code moves one numerator by one, so that a margin in cases has a meaning.
        rank: Where every outcome is a comparison with one rival: which of the rivals decides, the first being the one
            against whom the share is smallest. 0 where all outcomes count together.
    """

    unit: str
    compute: Compute
    movable: bool = True
    rank: int = 0

    def deciding(self, n: Counts, denominator: Counts) -> NDArray[np.int64]:
        """The rows of numerators and denominators (outcomes, lists) that the estimate of each list is computed from."""
        if not self.rank:
            return np.arange(len(n))[:, None]
        share = np.nan_to_num(divide(n, denominator), nan=1.0)
        return np.lexsort((-denominator, share), axis=0)[self.rank - 1 : self.rank]


def _share(n: Counts, denominator: Counts, level: float) -> Estimates:
    return divide(n[0], denominator[0]), *limits(n[0], denominator[0], level)


def _difference(n: Counts, denominator: Counts, level: float) -> Estimates:
    first, second = divide(n, denominator)
    return first - second, *newcombe(n[0], denominator[0], n[1], denominator[1], level)


def _whole(of: Callable[[Counts], Counts]) -> Compute:
    """A count that is its own interval."""

    def compute(n: Counts, denominator: Counts, level: float) -> Estimates:
        value = of(n).astype(float)
        return value, value, value

    return compute


SHARE = Measure("share", _share)
"""The share of one outcome, with its Wilson interval (Wilson 1927)."""

DIFFERENCE = Measure("difference", _difference)
"""The share of the first outcome minus that of the second, over different cases, with the hybrid score interval.

Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
"""

COUNT = Measure("count", _whole(lambda n: n[0]))
"""The number of cases. It counts a record in full, so its interval is the number itself."""

DIFFERENT = Measure("count", _whole(lambda n: (n > 0).sum(axis=0)), movable=False)
"""How many of the outcomes occur at all, such as how many countries."""

LEAST = Measure("count", _whole(lambda n: n.min(axis=0)), movable=False)
"""The number of cases of the rarest of the outcomes."""


def lead(rank: int) -> Measure:
    """Whether a named one is the greatest: the share it has of what sets it and its strongest rival apart.

    There is an outcome for each rival: 1 for a case of the named one alone, 0 for one of the rival alone; over one half
    it leads. Who beats the strongest rival beats all, so that this one exact test is enough. To be among the `rank`
    greatest it must beat the rival of that rank, picked from so many; what is left to error is divided by the rank.

    Source: Berger (1982), Technometrics 24(4):295-300, for the first; Benjamini and Heller (2008), Biometrics
    64(4):1215-1222, for the rank; limits of Clopper and Pearson (1934), Biometrika 26(4):404-413.
    """

    def compute(n: Counts, denominator: Counts, level: float) -> Estimates:
        return divide(n[0], denominator[0]), *limits(n[0], denominator[0], 1 - (1 - level) / rank, "beta")

    return Measure("share", compute, rank=rank)


def rate_ratio(later: float, earlier: float) -> Measure:
    """The rate of a later time over that of an earlier one, with the exact interval of `rates.rate_ratios`.

    The outcome is 1 for a case of the later time and 0 for one of the earlier; the exposures, such as months, are in
    one unit.
    """
    return Measure("ratio", lambda n, of, level: rate_ratios(n[0], later, of[0] - n[0], earlier, level))


def likeness(patterns: NDArray[np.bool_]) -> Measure:
    """The share of pairs of cases with a property in common, minus the share that chance alone would give.

    Chance deals each property out anew, to as many cases as show it, independently of the other properties. The mean
    and the variance of the share over all ways of dealing are exact. The interval is the normal one with that
    variance, so that it leaves out 0 where a permutation test would; it is cut to -1 and 1.

    Args:
        patterns: One row per outcome (a pattern of properties, each case shows exactly one), one column per property.

    Source: Miettinen (1976), American Journal of Epidemiology 103(2):226-235, for intervals based on a test.
    """

    def compute(n: Counts, denominator: Counts, level: float) -> Estimates:
        cases = n.sum(axis=0).astype(float)
        pairs = cases * (cases - 1) / 2
        showing = np.tensordot(patterns.T.astype(int), n, 1)
        two, three, four = (_all_show(showing, cases, drawn) for drawn in (2, 3, 4))
        apart = (1 - two).prod(axis=0)
        one_shared, none_shared = (1 - 2 * two + three).prod(axis=0), (1 - 2 * two + four).prod(axis=0)
        others = np.maximum(cases - 2, 0)
        mean_square = divide(apart + 2 * others * one_shared + others * (others - 1) / 2 * none_shared, pairs)
        half = norm.ppf(0.5 + level / 2) * np.sqrt(np.maximum(mean_square - apart**2, 0))
        value = in_common(patterns, n) - (1 - apart)
        return value, np.clip(value - half, -1, 1), np.clip(value + half, -1, 1)

    return Measure("difference", compute, movable=False)


def in_common(patterns: NDArray[np.bool_], n: Counts) -> Numbers:
    """The share of pairs of cases with a property in common; NaN with fewer than two cases.

    One row of `patterns` per pattern of properties, one column per property; `n` cases show each, in the first
    dimension.
    """
    common = (patterns.astype(int) @ patterns.astype(int).T > 0).astype(float)
    cases = n.sum(axis=0).astype(float)
    partners = np.tensordot(common, n, 1) - np.diag(common).reshape(-1, *[1] * (n.ndim - 1))
    share: Numbers = divide((n * partners).sum(axis=0), cases * (cases - 1))
    return share


def _all_show(showing: Counts, cases: Numbers, drawn: int) -> Numbers:
    """The chance that so many cases, drawn without replacement, all show a property; 0 where there are too few."""
    parts = [divide(np.maximum(showing - earlier, 0), np.maximum(cases - earlier, 0)) for earlier in range(drawn)]
    chance: Numbers = np.nan_to_num(np.prod(parts, axis=0))
    return chance
