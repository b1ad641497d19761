"""A share and what is not known about it: chance (Wilson interval) and missing codes (bounds)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri
from statsmodels.stats.proportion import proportion_confint

LEVEL = 0.95

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Share:
    """A share with its counts and its 95% Wilson interval.

    Attributes:
        n: Cases that have the property.
        denominator: Cases in which it is known whether they have it.
        low: Lower limit of the interval, a share (0-1).
        high: Upper limit of the interval, a share (0-1).
    """

    n: int
    denominator: int
    low: float
    high: float

    @classmethod
    def of(cls, n: int, denominator: int) -> Share:
        """The share of two counts, with its Wilson interval; ValueError where they make no share."""
        return cls(n, denominator, *wilson(n, denominator))

    @property
    def share(self) -> float:
        """`n` divided by `denominator`, a share (0-1); NaN when the denominator is 0."""
        return self.n / self.denominator if self.denominator else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper limit, shares (0-1)."""
        return self.low, self.high

    @property
    def row(self) -> dict[str, float]:
        """The share as a table has it: `n`, `denominator`, `share`, `low`, `high`."""
        return {"n": self.n, "denominator": self.denominator, "share": self.share, "low": self.low, "high": self.high}


def wilson(n: int, denominator: int, level: float = LEVEL) -> tuple[float, float]:
    """The Wilson score interval of a share, without continuity correction.

    With a denominator of 0 it is (0, 1), since nothing is known; ValueError when `n` is negative or more than that.

    Source: Wilson (1927), as method 3 in Newcombe (1998), Statistics in Medicine 17:857-872.
    """
    if not 0 <= n <= denominator:
        raise ValueError(f"{n} of {denominator} is not a share. The numerator lies between 0 and the denominator.")
    low, high = limits(np.array(n), np.array(denominator), level)
    return float(low), float(high)


def limits(n: Counts, denominator: Counts, level: float = LEVEL, method: str = "wilson") -> tuple[Numbers, Numbers]:
    """The lower and the upper limits of many shares (0-1), arrays of one shape; where nothing is known, 0 and 1.

    From numerators and denominators, counts; `wilson` limits, or the exact ones for `beta`.

    Source: Wilson (1927), as for `wilson`; Clopper and Pearson (1934), Biometrika 26(4):404-413.
    """
    of = np.maximum(denominator, 1)
    if method == "wilson":  # as statsmodels has it, but z: claims ask thousands of times
        z = ndtri((1 + level) / 2)
        centre, half = n + z**2 / 2, z * np.sqrt(n * (of - n) / of + z**2 / 4)
        low, high = (centre - half) / (of + z**2), (centre + half) / (of + z**2)
    else:
        low, high = proportion_confint(n, of, alpha=1 - level, method=method)
    # The limits at none and at all are 0 and 1; floating point misses them by a hair.
    low = np.where((n == 0) | (denominator == 0), 0.0, low)
    return low, np.where((n == denominator) | (denominator == 0), 1.0, high)


def divide(above: NDArray[Any], below: NDArray[Any]) -> Numbers:
    """Quotients, such as shares of counts; NaN where the denominator is 0."""
    above, below = np.broadcast_arrays(np.asarray(above, dtype=float), np.asarray(below, dtype=float))
    quotients: Numbers = np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0)
    return quotients


def share_of(values: pd.Series[int], among: NDArray[np.bool_] | None = None) -> Share:
    """The share of ones among the values that are known: codes 1, 0 and NA (Int64), one per case.

    The denominator is the number of values that are not NA; `among` says which of them count, in their order.
    ValueError when a value is neither 0, 1 nor missing.
    """
    return Share.of(*_counted(values, among))


def bounds(values: pd.Series[int]) -> tuple[float, float]:
    """The least and the greatest share (0-1) that the missing values allow: all of them 0, all of them 1.

    The values are as for `share_of`; the denominator is every case, known or not. With no case at all, (0, 1).

    Source: Manski (1990), American Economic Review 80(2):319-323, worst-case bounds.
    """
    ones, known = _counted(values)
    if values.empty:
        return 0.0, 1.0
    return ones / len(values), (ones + len(values) - known) / len(values)


def _counted(values: pd.Series[int], among: NDArray[np.bool_] | None = None) -> tuple[int, int]:
    """How many values are 1, and how many are known."""
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    numbers = numbers if among is None else numbers[among]
    ones, known = int((numbers == 1).sum()), int((~np.isnan(numbers)).sum())
    if ones + int((numbers == 0).sum()) < known:
        odd = values.dropna()[~values.dropna().isin([0, 1])]
        raise ValueError(f"{odd.iloc[0]!r} is not a code. A code is 0, 1 or missing.")
    return ones, known
