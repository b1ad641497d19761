"""Counts over time as rates, with exact Poisson intervals, and the exact interval of their ratio."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from statsmodels.stats.rates import confint_poisson

from analysis.stats.uncertainty import LEVEL, Counts, Numbers, limits


@dataclass(frozen=True)
class Rate:
    """A count over an exposure.

    Attributes:
        n: The count.
        exposure: What it is counted over, such as months: the denominator.
        low: Lower limit of the rate.
        high: Upper limit of the rate.
    """

    n: int
    exposure: float
    low: float
    high: float

    @property
    def rate(self) -> float:
        """`n` per unit of exposure."""
        return self.n / self.exposure


@dataclass(frozen=True)
class RateRatio:
    """One rate over another.

    Attributes:
        later: The rate above the line.
        earlier: The rate below the line.
        low: Lower limit of the ratio.
        high: Upper limit of the ratio; infinite when the earlier count is 0.
    """

    later: Rate
    earlier: Rate
    low: float
    high: float

    @property
    def ratio(self) -> float:
        """The later rate over the earlier; infinite when the earlier count is 0, NaN when both are."""
        if self.earlier.n == 0:
            return math.inf if self.later.n else math.nan
        return self.later.rate / self.earlier.rate


def rate(n: int, exposure: float, level: float = LEVEL) -> Rate:
    """A Poisson rate with its exact interval.

    Args:
        n: A count.
        exposure: The denominator, more than 0.
        level: Confidence level, a share (0-1).

    Raises:
        ValueError: For a negative count or an exposure that is not positive.

    Source: Garwood (1936), Biometrika 28(3-4):437-442.
    """
    if n < 0 or exposure <= 0:
        raise ValueError(f"{n} over {exposure} is not a rate. The count is 0 or more and the exposure more than 0.")
    low, high = confint_poisson(n, exposure, method="exact-c", alpha=1 - level)
    return Rate(n, exposure, float(low), float(high))


def rate_ratio(later: Rate, earlier: Rate, level: float = LEVEL) -> RateRatio:
    """The ratio of two Poisson rates with its exact conditional interval, as `ratio_limits` gives it.

    Args:
        later: The rate above the line.
        earlier: The rate below the line.
        level: Confidence level, a share (0-1).
    """
    counts = np.array(later.n), later.exposure, np.array(earlier.n), earlier.exposure
    low, high = map(float, ratio_limits(*counts, level))
    return RateRatio(later, earlier, low, high)


def ratio_limits(
    n_later: Counts, later: float, n_earlier: Counts, earlier: float, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """The exact limits of many ratios of rates, arrays of one shape; where nothing is counted, 0 and infinite.

    Given the sum of the two counts, the later one is binomial; its exact limits become limits of the ratio. They leave
    out 1 exactly where twice the smaller tail of the conditional test is below one minus the level.

    Args:
        n_later: Counts of the rate above the line.
        later: Their exposure, more than 0.
        n_earlier: Counts of the rate below the line.
        earlier: Their exposure.
        level: Confidence level, a share (0-1).

    Source: Przyborowski and Wilenski (1940), Biometrika 31(3-4):313-323; limits of Clopper and Pearson (1934),
    Biometrika 26(4):404-413; matching test: Fay (2010), The R Journal 2(1):53-58.
    """
    shares = limits(n_later, n_later + n_earlier, level, "beta")
    with np.errstate(divide="ignore"):
        low, high = (share / (1 - share) * (earlier / later) for share in shares)
    return low, high
