"""Words bound to numbers: a claim may call a share "most" or "nearly two thirds" only inside a stated range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.record.formats import percent

TOLERANCE = 1e-5  # finer than any share of fewer than 300 cases, coarser than a bound written with six decimals


@dataclass(frozen=True)
class Range:
    """The shares that some words allow (a share is 0-1; a count or a ratio may go beyond).

    Attributes:
        closed: Which ends belong to the range: `both`, `left` (the lower), `right` (the upper) or `neither`.
        reason: Why these ends: a source or a sentence.
    """

    low: float
    high: float
    closed: str = "both"
    reason: str = ""

    def holds(self, numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which numbers lie in the range; one within `TOLERANCE` of an end counts as at it, NaN lies in none."""
        above = numbers >= self.low + (-TOLERANCE if self.closed in ("both", "left") else TOLERANCE)
        below = numbers <= self.high + (TOLERANCE if self.closed in ("both", "right") else -TOLERANCE)
        return np.asarray(above & below)

    def __contains__(self, number: float) -> bool:
        """Whether one number lies in the range."""
        return bool(self.holds(np.asarray(number, dtype=float)))

    def __str__(self) -> str:
        """The range as whole percentages, such as `58% to below 67%`."""
        ends = f"{'from' if self.closed in ('both', 'left') else 'above'} {percent(self.low)}"
        return f"{ends} to {'' if self.closed in ('both', 'right') else 'below '}{percent(self.high)}"
