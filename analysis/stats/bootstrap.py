"""Resampling cases with replacement: the one place that names the seed and the number of draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEED = 58
DRAWS = 5000


def resampled_counts(counts: NDArray[np.int64], draws: int = DRAWS, seed: int = SEED) -> NDArray[np.int64]:
    """How many cases of each kind each resample holds: an array (draws, *shape of counts).

    Cases of one kind are alike to the statistic, so that drawing cases with replacement is drawing multinomial counts
    of kinds. The resamples therefore depend on the counts alone, not on the order of the cases or their number of rows.

    Args:
        counts: Cases of each kind, at least 1 in all. Each resample holds as many.
        draws: Number of resamples.
        seed: Seed of the generator; the same seed gives the same resamples.

    Source: Efron (1979), Annals of Statistics 7(1):1-26.
    """
    total = int(counts.sum())
    drawn = np.random.default_rng(seed).multinomial(total, counts.ravel() / total, size=draws)
    return drawn.reshape(draws, *counts.shape)


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


def clustered_interval(values: pd.Series[int], clusters: pd.Series[int], level: float) -> tuple[float, float]:
    """The interval of a share when cases of one cluster stand or fall together: whole clusters are drawn.

    Args:
        values: Codes 1, 0 and NA, index `case_id`; the denominator is the number of values that are not NA.
        clusters: The cluster of each case, same index.
        level: Confidence level, a share (0-1).

    Source: Field and Welsh (2007), Journal of the Royal Statistical Society B 69(3):369-390, the cluster bootstrap.
    """
    known = values.dropna()
    if known.empty:
        return float("nan"), float("nan")
    drawn = known.astype(int).groupby(clusters.loc[known.index]).agg(["sum", "size"])
    kinds = drawn.value_counts().sort_index()  # clusters of one kind are alike to the share
    counts = resampled_counts(np.asarray(kinds, dtype=np.int64))
    ones, cases = (counts @ kinds.index.get_level_values(part).to_numpy() for part in ("sum", "size"))
    return percentile_interval(ones / cases, level)
