"""Counts over time as rates, with exact Poisson intervals and the exact comparison of two rates."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.stats import binom, chi2
from statsmodels.stats.proportion import proportion_confint

from analysis.stats.uncertainty import LEVEL


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
        p: Two-sided p-value of equal rates; below one minus the level exactly when the interval leaves out 1.
    """

    later: Rate
    earlier: Rate
    low: float
    high: float
    p: float

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
    tail = (1 - level) / 2
    low = 0.0 if n == 0 else float(chi2.ppf(tail, 2 * n)) / 2
    high = float(chi2.ppf(1 - tail, 2 * n + 2)) / 2
    return Rate(n, exposure, low / exposure, high / exposure)


def rate_ratio(later: Rate, earlier: Rate, level: float = LEVEL) -> RateRatio:
    """The ratio of two Poisson rates with its exact conditional interval and the p-value that matches it.

    Given the sum of the two counts, the later one is binomial; its exact limits become limits of the ratio. The
    p-value is twice the smaller tail, so that test and interval never disagree.

    Args:
        later: The rate above the line.
        earlier: The rate below the line.
        level: Confidence level, a share (0-1).

    Source: Przyborowski and Wilenski (1940), Biometrika 31(3-4):313-323; limits of Clopper and Pearson (1934),
    Biometrika 26(4):404-413; matching p-value: Fay (2010), The R Journal 2(1):53-58.
    """
    total = later.n + earlier.n
    if total == 0:
        return RateRatio(later, earlier, 0.0, math.inf, 1.0)
    low, high = (float(limit) for limit in proportion_confint(later.n, total, alpha=1 - level, method="beta"))
    low, high = (0.0 if later.n == 0 else low), (1.0 if earlier.n == 0 else high)
    equal = later.exposure / (later.exposure + earlier.exposure)
    tails = float(binom.cdf(later.n, total, equal)), float(binom.sf(later.n - 1, total, equal))
    exposures = earlier.exposure / later.exposure
    limits = [share / (1 - share) * exposures if share < 1 else math.inf for share in (low, high)]
    return RateRatio(later, earlier, limits[0], limits[1], min(1.0, 2 * min(tails)))
