"""The rule of the verdicts, as hand-made examples and as properties."""

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

ORDER = [NOT_SUPPORTED, PARTLY, SUPPORTED]
CODES = st.sampled_from([NOT_FIT, MAY_FIT, FITS, THIN])
MORE_THAN_HALF = Range(0.5, 1.0, "right")
RANGES = {
    "most": MORE_THAN_HALF,
    "at least half": Range(0.5, 1.0),
    "nearly two thirds": Range(7 / 12, 2 / 3, "left"),
    "few": Range(0.0, 0.15, "right"),
    "none": Range(0.0, 0.0),
    "a minority": Range(0.0, 0.5, "neither"),
}
ONE = Range(1.0, 1.0)


def code(test, allowed, value, low, high, unit="share"):
    """The code of one estimate."""
    return int(fit(test, allowed, unit, tuple(np.array([number]) for number in (value, low, high)))[0])


def of(*readings, published=None):
    """The verdict of one claim from the codes of its readings."""
    return str(verdict(np.array([[reading] for reading in readings]), published)[0])


@pytest.mark.parametrize(
    ("test", "allowed", "value", "low", "high", "expected"),
    [
        ("share", MORE_THAN_HALF, 0.61, 0.48, 0.72, FITS),  # how much: the estimate decides
        ("share", MORE_THAN_HALF, 0.45, 0.35, 0.55, MAY_FIT),
        ("share", MORE_THAN_HALF, 0.25, 0.16, 0.38, NOT_FIT),
        ("share", MORE_THAN_HALF, 1.00, 0.21, 1.00, THIN),  # one of one
        ("share", RANGES["nearly two thirds"], 0.51, 0.40, 0.62, MAY_FIT),
        ("share", RANGES["nearly two thirds"], 0.70, 0.50, 0.85, MAY_FIT),  # the interval holds the whole range
        ("share", RANGES["none"], 0.03, 0.005, 0.14, NOT_FIT),  # one example refutes "none"
        ("share", RANGES["none"], 0.00, 0.00, 0.10, FITS),
        ("comparison", MORE_THAN_HALF, 0.61, 0.48, 0.72, MAY_FIT),  # more than: the whole interval decides
        ("comparison", MORE_THAN_HALF, 0.86, 0.71, 0.94, FITS),
        ("comparison", MORE_THAN_HALF, 0.46, 0.23, 0.71, NOT_FIT),  # the other way
        ("compatible", ONE, 1.58, 0.98, 2.57, FITS),
        ("compatible", ONE, 1.58, 1.02, 2.57, NOT_FIT),
    ],
)
def test_a_reading_fits_as_the_rule_says(test, allowed, value, low, high, expected):
    """Each kind of claim on both sides of what decides it."""
    assert code(test, allowed, value, low, high, "ratio" if allowed is ONE else "share") == expected


@pytest.mark.parametrize(
    ("readings", "published", "expected"),
    [
        ((FITS,), None, SUPPORTED),
        ((FITS, FITS), FITS, SUPPORTED),
        ((FITS, THIN), None, SUPPORTED),
        ((FITS, NOT_FIT), FITS, PARTLY),  # the clocks disagree
        ((FITS,), MAY_FIT, PARTLY),  # the words disagree with the report's own number
        ((MAY_FIT,), None, PARTLY),
        ((NOT_FIT, MAY_FIT), None, PARTLY),
        ((NOT_FIT, THIN), None, NOT_SUPPORTED),
        ((NOT_FIT, NOT_FIT), FITS, NOT_SUPPORTED),  # agreement with oneself is no evidence
        ((THIN, THIN), FITS, NOT_TESTABLE),
    ],
)
def test_readings_make_a_verdict_as_the_rule_says(readings, published, expected):
    """Every way of agreeing and disagreeing."""
    assert of(*readings, published=published) == expected


@given(st.lists(CODES, min_size=1, max_size=4), CODES)
def test_a_published_number_never_raises_a_verdict(readings, published):
    """With the report's own number the verdict is the same or lower, and it never decides whether there is one."""
    alone, beside = of(*readings), of(*readings, published=published)
    assert (alone == NOT_TESTABLE) == (beside == NOT_TESTABLE)
    if alone != NOT_TESTABLE:
        assert ORDER.index(beside) <= ORDER.index(alone)


@given(st.lists(CODES, min_size=1, max_size=4), st.integers(0, 3))
def test_a_better_fit_never_lowers_a_verdict(readings, place):
    """Raise one reading from not fitting to fitting: the verdict goes up or stays."""
    place %= len(readings)
    worse, better = ([*readings[:place], new, *readings[place + 1 :]] for new in (NOT_FIT, FITS))
    assert ORDER.index(of(*worse)) <= ORDER.index(of(*better))


@given(st.integers(12, 80), st.sampled_from(list(RANGES)))
def test_moving_an_estimate_across_a_bound_flips_the_verdict(denominator, words):
    """Counts from none to all: supported exactly where the share lies in the range, and never between two others."""
    n = np.arange(denominator + 1)[None, :]
    estimates = SHARE.compute(n, np.full_like(n, denominator), 0.95)
    given_verdicts = verdict(fit("share", RANGES[words], "share", estimates)[None, :])
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


def test_an_unknown_test_is_an_error():
    """A kind of claim without a rule has no verdict."""
    with pytest.raises(KeyError):
        code("guess", MORE_THAN_HALF, 0.6, 0.5, 0.7)


def test_a_missing_estimate_is_too_thin():
    """NaN gives no verdict rather than a refutation."""
    assert code("share", MORE_THAN_HALF, float("nan"), 0.0, 1.0) == THIN
