"""Resampling cases with replacement: the one place that names the seed and the number of draws."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.stats.uncertainty import LEVEL, Counts, Numbers

SEED = 58
DRAWS = 5000


def resampled_counts(counts: Counts, draws: int = DRAWS, seed: int = SEED) -> Counts:
    """How many cases of each kind each resample holds: an array (draws, *shape of counts), each of as many cases.

    Cases of one kind are alike to the statistic, so that drawing cases with replacement is drawing multinomial counts
    of kinds. The resamples therefore depend on the counts alone, not on the order of the cases or their number of rows.

    Source: Efron (1979), Annals of Statistics 7(1):1-26.
    """
    total = int(counts.sum())
    drawn = np.random.default_rng(seed).multinomial(total, counts.ravel() / total, size=draws)
    return drawn.reshape(draws, *counts.shape)


def percentile_interval(replicates: Numbers, level: float = LEVEL) -> tuple[float, float]:
    """The central interval of a statistic over its resamples or draws; NaN twice when none defines it.

    Resamples in which it is undefined (NaN; kappa is, when nobody varies) are left out.

    Source: Efron (1979); Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    defined = replicates[~np.isnan(replicates)]
    if not defined.size:
        return float("nan"), float("nan")
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def clustered_interval(values: pd.Series[int], clusters: pd.Series[int]) -> tuple[float, float]:
    """The 95% interval of a share (0-1) when cases of one cluster stand or fall together: whole clusters are drawn.

    The values are codes 1, 0 and NA, index `case_id`, and their denominator those that are not NA; each case has a
    cluster.

    Source: Field and Welsh (2007), Journal of the Royal Statistical Society B 69(3):369-390, the cluster bootstrap.
    """
    known = values.dropna()
    if known.empty:
        return float("nan"), float("nan")
    drawn = known.astype(int).groupby(clusters.loc[known.index]).agg(["sum", "size"])
    kinds = drawn.value_counts().sort_index()  # clusters of one kind are alike to the share
    counts = resampled_counts(np.asarray(kinds, dtype=np.int64))
    ones, cases = (counts @ kinds.index.get_level_values(part).to_numpy() for part in ("sum", "size"))
    return percentile_interval(ones / cases)
