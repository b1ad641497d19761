"""How many cases would have to differ for another verdict: every other count tried."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from analysis.claims.verdicts import THIN, fit, verdict
from analysis.record.wording import Range
from analysis.stats.measures import Measure
from analysis.stats.uncertainty import LEVEL, Counts

MOST = 10_000_000  # counts to try; two groups of some three thousand cases


def margin(
    own: str, test: str, allowed: Range, measure: Measure, found: Sequence[tuple[Counts, Counts]], published: int | None
) -> int | None:
    """The fewest single changes, over all numerators together, that give another verdict.

    None when no change gives one, and when there are more than `MOST` counts to try.

    Args:
        own: The verdict as it is.
        test: The kind of test, as `verdicts.fit` takes it.
        allowed: The range of the claim.
        measure: How counts become an estimate.
        found: Numerators and denominators of each reading, arrays (outcomes, 1). The denominators stay.
        published: The code of the published number, where there is one.
    """
    if max(float(np.prod(denominator + 1.0)) for _, denominator in found) > MOST:
        return None
    changes = np.array([changes_to(test, allowed, measure, *counts) for counts in found])
    codes = np.array(list(product(range(THIN + 1), repeat=len(found)))).T
    total = np.take_along_axis(changes, codes, axis=1).sum(axis=0)
    least = total[verdict(codes, published) != own].min()
    return int(least) if np.isfinite(least) else None


def changes_to(test: str, allowed: Range, measure: Measure, n: Counts, denominator: Counts) -> NDArray[np.float64]:
    """Code of `verdicts.fit` to the fewest single changes of the numerators that give it; infinite when none does.

    Args: as `margin`; `n` and `denominator` are those of one reading.
    """
    every = np.indices(tuple(denominator[:, 0] + 1)).reshape(len(n), -1)
    estimates = measure.compute(every, np.broadcast_to(denominator, every.shape), LEVEL)
    codes = fit(test, allowed, measure.unit, estimates)
    far = np.abs(every - n).sum(axis=0).astype(float)
    return np.array([far[codes == code].min(initial=np.inf) for code in range(THIN + 1)])
