"""The rule by which a claim is supported, partly supported, not supported or not testable; stated once, here.

A claim's words allow a range of numbers (`ledger` says which words ask for which kind of test). Our list gives one
estimate with an interval; a claim about time gives one on each clock, and each gets a verdict of its own.

- `share` (how much) fits when the estimate lies in the range. The list is a record, and a share of it is a fact about
  the record. It may fit when only the interval reaches the range, and it does not fit when not even the interval does.
- `comparison`, `maximum` and `no_difference` fit only when the whole interval lies in the range, since of two groups
  one is always ahead. They may fit when the estimate alone does, and do not fit when it lies outside. The interval is
  the 95% one; of no difference the 90% one, which makes two one-sided tests at 5% each. Of a maximum the estimate is
  the share against the strongest rival: a tie is one half and lies outside.

A share or difference whose interval is wider than half of its scale is too thin to say anything; so is a number that
nothing gives. For a maximum only the latter holds: who has the most on this record is plain.

- supported: it fits, and so does the report's own published number where there is one.
- not supported: it does not fit.
- partly supported: everything in between. The published number can lower a verdict, never raise it: that a report's
  words agree with its own numbers is consistency, not evidence.
- not testable: no quantity of this record tests the claim, or it is too thin.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.record.wording import Range
from analysis.stats.measures import Estimates
from analysis.stats.uncertainty import LEVEL

NOT_FIT, MAY_FIT, FITS, THIN = 0, 1, 2, 3
SUPPORTED, PARTLY, NOT_SUPPORTED, NOT_TESTABLE = "supported", "partly supported", "not supported", "not testable"
VERDICTS = (SUPPORTED, PARTLY, NOT_SUPPORTED, NOT_TESTABLE)
TESTS = ("share", "comparison", "maximum", "no_difference")
SCALE = {"share": 1.0, "difference": 2.0}
THIN_PART = 0.5

Codes = NDArray[np.int64]


def level_of(test: str) -> float:
    """The confidence level (0-1) of the interval that decides a kind of test."""
    return 1 - 2 * (1 - LEVEL) if test == "no_difference" else LEVEL


def fit(test: str, allowed: Range, unit: str, estimates: Estimates) -> Codes:
    """How each estimate fits the allowed range: `FITS`, `MAY_FIT`, `NOT_FIT` or `THIN`.

    The estimates are value, low and high at the level of the test, arrays of one shape, on the scale of their `unit`:
    `share`, `difference`, `ratio` or `count`. NaN is too thin.
    """
    value, low, high = (np.atleast_1d(np.asarray(part, dtype=float)) for part in estimates)
    reaches = allowed.holds(value) | allowed.holds(low) | allowed.holds(high)
    reaches |= (low <= allowed.low) & (high >= allowed.high)
    whole, inside = allowed.holds(low) & allowed.holds(high), allowed.holds(value)
    fits, may = {"share": (inside, reaches), **dict.fromkeys(TESTS[1:], (whole, inside))}[test]
    codes = np.where(fits, FITS, np.where(may, MAY_FIT, NOT_FIT))
    wide = (high - low > THIN_PART * SCALE.get(unit, np.inf)) & (test != "maximum")
    return np.where(np.isnan(value) | wide, THIN, codes)


def verdict(code: int, published: int | None = None) -> str:
    """The verdict on a reading, from its code and that of the published number, where there is one."""
    if code == FITS:
        return SUPPORTED if published in (None, FITS) else PARTLY
    return {NOT_FIT: NOT_SUPPORTED, MAY_FIT: PARTLY, THIN: NOT_TESTABLE}[code]
