"""Shares of small groups drawn towards the share of all, as far as the groups do not differ more than chance."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.stats import betabinom

from analysis.stats.uncertainty import Counts, Numbers

WEAKEST, STRONGEST = np.log(0.5), np.log(1e4)  # weight of the overall share, in cases


def pooled(n: Counts, denominator: Counts) -> Numbers:
    """The share (0-1) of each group, partially pooled: an empirical Bayes estimate by a beta-binomial model.

    The groups' shares are taken to scatter around the share of all by a beta distribution. How much they scatter is
    what makes the counts seen likeliest; each group's share then is a mean of its own and of that of all, weighted by
    its cases and by the narrowness of that scatter. From `n` of a `denominator` of known cases per group: a group
    without any gets the share of all; NaN where no case at all is known.

    Source: Efron and Morris (1975), Journal of the American Statistical Association 70(350):311-319; for counts
    Kleinman (1973), Journal of the American Statistical Association 68(341):46-54.
    """
    total = denominator.sum()
    overall = n.sum() / total if total else np.nan
    if not 0 < overall < 1:
        return np.full(len(n), overall)

    def unlikely(log_weight: float) -> float:
        weight = np.exp(log_weight)
        return -float(betabinom.logpmf(n, denominator, weight * overall, weight * (1 - overall)).sum())

    weight = np.exp(minimize_scalar(unlikely, bounds=(WEAKEST, STRONGEST), method="bounded").x)
    return np.asarray((n + weight * overall) / (denominator + weight))
