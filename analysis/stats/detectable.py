"""What a comparison of two groups could have shown: the least difference that it would find four times in five."""

from __future__ import annotations

import math
from functools import cache

from statsmodels.stats.power import NormalIndPower

POWER, ALPHA = 0.8, 0.05
_solved = cache(NormalIndPower().solve_power)


def detectable(share: float, n_one: int, n_other: int) -> float:
    """The least difference of two shares (0-1) that a two-sided test at 5% finds with a power of 80%.

    It is taken from a share, such as that of all, towards the side with more room, so that it could occur; the groups
    are as large (cases of known code) as they are. Infinite where even all against none would not be found, or one is
    empty.

    Source: Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, chapter 6 (arcsine differences of
    proportions), solved by statsmodels.
    """
    if not n_one or not n_other:
        return math.inf
    effect = _solved(nobs1=n_one, ratio=n_other / n_one, alpha=ALPHA, power=POWER)
    room = max(share, 1 - share)
    angle = 2 * math.asin(math.sqrt(1 - room)) + effect
    return math.inf if angle > math.pi else math.sin(angle / 2) ** 2 - (1 - room)
