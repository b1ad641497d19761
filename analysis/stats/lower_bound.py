"""How many cases there were at least: from how often each known case was seen, and from a second capture."""

from __future__ import annotations

import math

import pandas as pd
from scipy.stats import norm

from analysis.stats.uncertainty import LEVEL


def chao1(sightings: pd.Series[int]) -> tuple[float, float, float]:
    """Chao's bias-corrected lower bound on the number of cases, and its 95% log-normal limits, never below the list.

    The idea: a list with many cases seen once and few seen twice must have missed many. What it assumes, and where that
    fails here: a story about one case is found independently of another story about it (here one story led to the next,
    and papers copy each other, so single sightings are too few and the bound is too low); every sighting is of a case
    of the same closed set (one window, one definition); no case is counted as two (that would make single sightings too
    many). Cases may differ in how easily they are found: this is why it is a lower bound and no estimate of the total.
    Cases never published are outside it.

    Args:
        sightings: How often each case was seen, a count of at least 1 per case.

    Raises:
        ValueError: When there is no case, or a case was seen less than once.

    Source: Chao (1984), Scandinavian Journal of Statistics 11(4):265-270; interval: Chao (1987), Biometrics
    43(4):783-791. Variance of the bias-corrected form as in Colwell (2013), EstimateS 9 User's Guide, appendix B.
    """
    if sightings.empty or int(sightings.min()) < 1:
        raise ValueError(
            "Every case on the list was seen at least once, and the list is not empty. Correct the counts."
        )
    observed = len(sightings)
    once, twice = int((sightings == 1).sum()), int((sightings == 2).sum())
    unseen = once * (once - 1) / (2 * (twice + 1))
    if unseen == 0:
        return float(observed), float(observed), float(observed)
    variance = (
        unseen
        + once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    spread = math.exp(float(norm.ppf((1 + LEVEL) / 2)) * math.sqrt(math.log(1 + variance / unseen**2)))
    return observed + unseen, observed + unseen / spread, observed + unseen * spread


def chapman(first: int, second: int, both: int) -> tuple[float, float]:
    """How many cases there are, from two captures of the same closed set, and the standard error of that number.

    Counts of the first, of the second, and of both. Where the captures are not independent, as when the same pages are
    searched twice with like words, what is easily found is found twice, and the number is too low.

    Raises:
        ValueError: When more cases are in both captures than in one of them.

    Source: Chapman (1951), University of California Publications in Statistics 1:131-160; standard error: Seber (1982),
    The Estimation of Animal Abundance, 2nd edition, section 3.1.
    """
    if not 0 <= both <= min(first, second):
        raise ValueError(f"{both} cases in both captures, of {first} and {second}. Correct the counts.")
    total = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    return total, math.sqrt(variance)
