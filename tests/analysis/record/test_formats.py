"""One rule of rounding for every number that the paper prints."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.record import formats


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (formats.percent(1 / 8), "13%"),
        (formats.percent(-1 / 8), "−13%"),
        (formats.percent(57 / 200), "29%"),
        (formats.percent(0.9995, 1), "100.0%"),
        (formats.percent(0.0825, 1), "8.3%"),
        (formats.percent_range(1 / 8, 3 / 8), "13–38%"),
        (formats.points(1 / 8), "+13"),
        (formats.points(-1 / 8), "−13"),
        (formats.points(0.005), "+1"),
        (formats.points(-0.004), "0"),
        (formats.decimal(0.125), "0.13"),
        (formats.decimal(-0.125), "−0.13"),
        (formats.decimal(2.675), "2.68"),
        (formats.decimal(0.125, 1), "0.1"),
        (formats.decimal(-0.001), "0.00"),
        (formats.count(600.5), "601"),
        (formats.count(20729.5), "20,730"),
        (formats.p_value(0.125), "p = 0.13"),
        (formats.p_value(0.0454), "p = 0.045"),
        (formats.p_value(0.0545), "p = 0.055"),
    ],
)
def test_halves_go_away_from_zero_in_every_format(written, text):
    """1/8 is 13%, +13 points and 0.13 wherever it is printed, and its negative is the mirror."""
    assert written == text


@given(st.integers(-10_000, 10_000), st.integers(1, 400), st.integers(0, 3))
def test_rounding_is_that_of_exact_fractions(n, denominator, digits):
    """A quotient of counts rounds as the fraction itself does, however floating point holds it."""
    exact = abs(Fraction(n, denominator)) * 10**digits
    expected = math.copysign(math.floor(exact + Fraction(1, 2)), n)
    assert formats.rounded(n / denominator, digits) * 10**digits == expected


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_what_is_no_number_is_not_printed(number):
    """A share of nobody is said in words; no format writes NaN into the paper."""
    with pytest.raises(ValueError, match="Say in words"):
        formats.percent(number)
