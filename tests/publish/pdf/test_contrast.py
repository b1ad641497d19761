"""Contrast, against values published with the definition and properties that follow from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.pdf.contrast import WHITE, ratio

parts = st.floats(0, 1)
colours = st.tuples(parts, parts, parts)


def test_black_on_white_is_the_most_there_is():
    """WCAG 2.2 gives the range of the ratio as 1 to 21."""
    assert ratio("#000000", WHITE) == pytest.approx(21)
    assert ratio(WHITE, WHITE) == 1


@pytest.mark.parametrize(("grey", "passes"), [("#767676", True), ("#777777", False)])
def test_the_lightest_grey_that_passes_on_white(grey, passes):
    """#767676 is the lightest grey with 4.5:1 on white; WebAIM's and W3C's examples say so."""
    assert (ratio(grey, WHITE) >= 4.5) is passes


@given(colours, colours)
def test_the_ratio_is_that_of_the_definition(one, other):
    """WCAG 2.2's formula, written out here, gives the same; so does the pair the other way round."""

    def luminance(colour: tuple[float, float, float]) -> float:
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    assert ratio(one, other) == pytest.approx((light + 0.05) / (dark + 0.05), rel=1e-3)
    assert ratio(one, other) == ratio(other, one)
