"""Resampling cases with replacement: the one place that names the seed and the number of draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SEED = 58
DRAWS = 5000


def case_weights(n_cases: int, draws: int = DRAWS, seed: int = SEED) -> NDArray[np.int64]:
    """How often each case is drawn in each resample: an array (draws, cases) whose rows sum to the cases.

    Args:
        n_cases: Number of cases, at least 1.
        draws: Number of resamples.
        seed: Seed of the generator; the same seed gives the same resamples.

    Source: Efron (1979), Annals of Statistics 7(1):1-26; drawing cases with replacement is drawing multinomial weights.
    """
    generator = np.random.default_rng(seed)
    return generator.multinomial(n_cases, np.full(n_cases, 1 / n_cases), size=draws)


def percentile_interval(replicates: NDArray[np.float64], level: float) -> tuple[float, float]:
    """The percentile interval of a statistic over its resamples, and NaN twice when no resample defines it.

    Args:
        replicates: The statistic in each resample; NaN where it is undefined (kappa is, when nobody varies). Those
            are left out.
        level: Confidence level, a share (0-1).

    Source: Efron (1979); Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    defined = replicates[~np.isnan(replicates)]
    if not defined.size:
        return float("nan"), float("nan")
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
