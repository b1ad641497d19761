"""The rule by which a claim is supported, partly supported, not supported or not testable; stated once, here.

A claim's words allow a range of numbers. Each clock by which the claim can be read gives one estimate with a 95%
interval.

- A claim about *how much* (test `share`) fits when the estimate lies in the range. The list is a record, and a share of
  it is a fact about the record. It may fit when only the interval reaches the range, and it does not fit when not even
  the interval does.
- A claim that *compares* (test `comparison`: more than, growing, first) fits only when the whole interval lies in the
  range, since of two groups one is always ahead. It may fit when the estimate alone does, and it does not fit when the
  estimate points the other way.
- A claim of *no difference* (test `compatible`) fits when the interval reaches the range, and does not fit otherwise.

Other rules stand in `RULES`, to see what depends on ours: in `strict` every claim about how much is judged as a
comparison; in `estimate` the estimate alone decides; in `lenient` a comparison may fit when the interval reaches the
range, even though the estimate points the other way.

A share or difference whose interval is wider than half of its scale is too thin to say anything, and is left out.

- supported: every reading fits, and so does the report's own published number where there is one.
- not supported: no reading fits or may fit.
- partly supported: everything in between. The published number can lower a verdict, never raise it: that a report's
  words agree with its own numbers is consistency, not evidence.
- not testable: no quantity of this record tests the claim, or every reading is too thin.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.record.wording import Range
from analysis.stats.measures import Estimates

NOT_FIT, MAY_FIT, FITS, THIN = 0, 1, 2, 3
SUPPORTED, PARTLY, NOT_SUPPORTED, NOT_TESTABLE = "supported", "partly supported", "not supported", "not testable"
VERDICTS = (SUPPORTED, PARTLY, NOT_SUPPORTED, NOT_TESTABLE)
TESTS = ("share", "comparison", "compatible")
RULES: dict[str, dict[str, str]] = {
    "strict": {"share": "comparison"},
    "estimate": {"share": "estimate", "comparison": "estimate"},
    "lenient": {"comparison": "lenient"},
}
"""Other rules than ours: rule to which kind of test is judged as which; the kinds not named stay."""
SCALE = {"share": 1.0, "difference": 2.0}
THIN_PART = 0.5

Codes = NDArray[np.int64]


def fit(test: str, allowed: Range, unit: str, estimates: Estimates) -> Codes:
    """How each estimate fits the allowed range: `FITS`, `MAY_FIT`, `NOT_FIT` or `THIN`.

    Args:
        test: `share`, `comparison` or `compatible`; or `estimate` or `lenient`, which only other rules than ours use.
        allowed: The range.
        unit: The scale of the estimates: `share`, `difference`, `ratio` or `count`.
        estimates: Value, low and high, arrays of one shape. NaN is too thin.

    Raises:
        KeyError: For an unknown test.
    """
    value, low, high = (np.atleast_1d(np.asarray(part, dtype=float)) for part in estimates)
    reaches = allowed.holds(value) | allowed.holds(low) | allowed.holds(high)
    reaches |= (low <= allowed.low) & (high >= allowed.high)
    whole = allowed.holds(low) & allowed.holds(high)
    inside = allowed.holds(value)
    fits, may = {
        "share": (inside, reaches),
        "comparison": (whole, inside),
        "compatible": (reaches, reaches),
        "estimate": (inside, inside),
        "lenient": (whole, reaches),
    }[test]
    codes = np.where(fits, FITS, np.where(may, MAY_FIT, NOT_FIT))
    thin = np.isnan(value) | (high - low > THIN_PART * SCALE.get(unit, np.inf))
    return np.where(thin, THIN, codes)


def verdict(readings: Codes, published: int | None = None) -> NDArray[np.str_]:
    """The verdict of each column of readings.

    Args:
        readings: Codes as `fit` gives them, readings in the first dimension.
        published: The code of the published number, where there is one.
    """
    thin = readings == THIN
    supported = (thin | (readings == FITS)).all(axis=0) & (published in (None, FITS))
    refuted = (thin | (readings == NOT_FIT)).all(axis=0)
    conditions = [thin.all(axis=0), supported, refuted]
    return np.select(conditions, [NOT_TESTABLE, SUPPORTED, NOT_SUPPORTED], PARTLY)
