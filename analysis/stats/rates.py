"""Counts over time: the ratio of two rates with its exact interval, many at once."""

from __future__ import annotations

import numpy as np

from analysis.stats.uncertainty import LEVEL, Counts, Numbers, limits


def rate_ratios(
    n_later: Counts | int, later: float, n_earlier: Counts | int, earlier: float, level: float = LEVEL
) -> tuple[Numbers, Numbers, Numbers]:
    """Poisson rates over others with exact limits: the ratios and their lower and upper limits, arrays of one shape.

    A rate is a count over an exposure such as months. A ratio to nothing is infinite, of nothing to nothing NaN; where
    nothing is counted the limits are 0 and infinite. Given the sum of the two counts, the later one is binomial; its
    exact limits become limits of the ratio. They leave out 1 exactly where twice the smaller tail of the conditional
    test is below one minus the level.

    Raises:
        ValueError: When an exposure is not more than 0.

    Source: Przyborowski and Wilenski (1940), Biometrika 31(3-4):313-323; limits of Clopper and Pearson (1934),
    Biometrika 26(4):404-413; matching test: Fay (2010), The R Journal 2(1):53-58.
    """
    if later <= 0 or earlier <= 0:
        raise ValueError(f"A count over {min(later, earlier)} is not a rate. The exposure is more than 0.")
    above, below = np.asarray(n_later), np.asarray(n_earlier)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (above / later) / (below / earlier)
        low, high = (share / (1 - share) * (earlier / later) for share in limits(above, above + below, level, "beta"))
    return ratio, low, high
