"""The rule of the verdicts, as hand-made examples and as properties."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims.verdicts import (
    FITS,
    MAY_FIT,
    NOT_FIT,
    NOT_SUPPORTED,
    NOT_TESTABLE,
    PARTLY,
    SUPPORTED,
    THIN,
    fit,
    verdict,
)
from analysis.record.wording import Range
from analysis.stats.measures import SHARE

MORE_THAN_HALF = Range(0.5, 1.0, "right")
RANGES = {
    "most": MORE_THAN_HALF,
    "at least half": Range(0.5, 1.0),
    "nearly two thirds": Range(7 / 12, 2 / 3, "left"),
    "few": Range(0.0, 0.15, "right"),
    "none": Range(0.0, 0.0),
    "a minority": Range(0.0, 0.5, "neither"),
}
EQUIVALENT = Range(0.8, 1.25)


def code(test, allowed, value, low, high, unit="share"):
    """The code of one estimate."""
    return int(fit(test, allowed, unit, tuple(np.array([number]) for number in (value, low, high)))[0])


@pytest.mark.parametrize(
    ("test", "allowed", "value", "low", "high", "expected"),
    [
        ("share", MORE_THAN_HALF, 0.61, 0.48, 0.72, FITS),  # how much: the estimate decides
        ("share", MORE_THAN_HALF, 0.45, 0.35, 0.55, MAY_FIT),
        ("share", MORE_THAN_HALF, 0.25, 0.16, 0.38, NOT_FIT),
        ("share", MORE_THAN_HALF, 1.00, 0.21, 1.00, THIN),  # one of one
        ("maximum", MORE_THAN_HALF, math.nan, 0.0, 1.0, THIN),  # no verdict rather than a refutation
        ("share", RANGES["nearly two thirds"], 0.51, 0.40, 0.62, MAY_FIT),
        ("share", RANGES["nearly two thirds"], 0.70, 0.50, 0.85, MAY_FIT),  # the interval holds the whole range
        ("share", RANGES["none"], 0.03, 0.005, 0.14, NOT_FIT),  # one example refutes "none"
        ("share", RANGES["none"], 0.00, 0.00, 0.10, FITS),
        ("comparison", MORE_THAN_HALF, 0.61, 0.48, 0.72, MAY_FIT),  # more than: the whole interval decides
        ("comparison", MORE_THAN_HALF, 0.86, 0.71, 0.94, FITS),
        ("comparison", MORE_THAN_HALF, 0.46, 0.23, 0.71, NOT_FIT),  # the other way
        ("maximum", MORE_THAN_HALF, 0.50, 0.20, 0.80, NOT_FIT),  # a tie counts against it, however few there are
        ("maximum", MORE_THAN_HALF, 0.60, 0.20, 0.90, MAY_FIT),
        ("maximum", MORE_THAN_HALF, 0.86, 0.71, 0.94, FITS),
        ("no_difference", EQUIVALENT, 1.00, 0.90, 1.11, FITS),  # the whole interval inside the margin
        ("no_difference", EQUIVALENT, 1.10, 0.90, 1.40, MAY_FIT),
        ("no_difference", EQUIVALENT, 1.58, 0.98, 2.57, NOT_FIT),
    ],
)
def test_a_reading_fits_as_the_rule_says(test, allowed, value, low, high, expected):
    """Each kind of claim on both sides of what decides it."""
    assert code(test, allowed, value, low, high, "ratio" if allowed is EQUIVALENT else "share") == expected


@pytest.mark.parametrize(
    ("reading", "published", "expected"),
    [
        (FITS, None, SUPPORTED),
        (FITS, FITS, SUPPORTED),
        (FITS, MAY_FIT, PARTLY),  # the words disagree with the report's own number
        (MAY_FIT, FITS, PARTLY),
        (NOT_FIT, FITS, NOT_SUPPORTED),  # agreement with oneself is no evidence
        (THIN, FITS, NOT_TESTABLE),
    ],
)
def test_a_reading_makes_a_verdict_as_the_rule_says(reading, published, expected):
    """Every way of agreeing and disagreeing; a published number never raises a verdict."""
    assert verdict(reading, published) == expected


@given(st.integers(12, 80), st.sampled_from(list(RANGES)))
def test_moving_an_estimate_across_a_bound_flips_the_verdict(denominator, words):
    """Counts from none to all: supported exactly where the share lies in the range, and never between two others."""
    n = np.arange(denominator + 1)[None, :]
    estimates = SHARE.compute(n, np.full_like(n, denominator), 0.95)
    given_verdicts = np.array([verdict(code) for code in fit("share", RANGES[words], "share", estimates)])
    inside = np.array([share in RANGES[words] for share in estimates[0]])
    testable = given_verdicts != NOT_TESTABLE
    assert ((given_verdicts == SUPPORTED) == inside)[testable].all()


@given(st.integers(1, 80).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))), st.sampled_from(list(RANGES)))
def test_a_claim_that_fits_with_its_interval_fits_with_its_estimate(count, words):
    """What holds as a comparison holds as an amount: the stricter rule never fits where the milder does not."""
    n, denominator = (np.array([[number]]) for number in count)
    estimates = SHARE.compute(n, denominator, 0.95)
    strict, mild = (int(fit(test, RANGES[words], "share", estimates)[0]) for test in ("comparison", "share"))
    assert strict <= mild or THIN in (strict, mild)
