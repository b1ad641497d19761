"""Contrast, against values published with the definition and properties that follow from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.contrast import WHITE, from_components, from_hex, luminance, ratio

parts = st.floats(0, 1)
colours = st.tuples(parts, parts, parts)


def test_black_on_white_is_the_most_there_is() -> None:
    """WCAG 2.2 gives the range of the ratio as 1 to 21."""
    assert ratio(from_hex("#000000"), WHITE) == pytest.approx(21)
    assert ratio(WHITE, WHITE) == 1


@pytest.mark.parametrize(("grey", "passes"), [("#767676", True), ("#777777", False)])
def test_the_lightest_grey_that_passes_on_white(grey: str, passes: bool) -> None:
    """#767676 is the lightest grey with 4.5:1 on white; WebAIM's and W3C's examples say so."""
    assert (ratio(from_hex(grey), WHITE) >= 4.5) is passes


@pytest.mark.parametrize(("colour", "weight"), [("#ff0000", 0.2126), ("#00ff00", 0.7152), ("#0000ff", 0.0722)])
def test_pure_colours_have_the_weights_of_the_definition(colour: str, weight: float) -> None:
    """The luminance of full red, green and blue is their coefficient."""
    assert luminance(from_hex(colour)) == pytest.approx(weight)


@given(colours, colours)
def test_the_ratio_does_not_depend_on_which_colour_comes_first(
    one: tuple[float, ...], other: tuple[float, ...]
) -> None:
    """Contrast is symmetric and lies between 1 and 21."""
    found = ratio(from_components(one), from_components(other))
    assert found == ratio(from_components(other), from_components(one))
    assert 1 <= found <= 21.0001


def test_the_colour_spaces_of_a_pdf_agree() -> None:
    """Grey, RGB and CMYK of the same colour give the same; a pair of numbers is no colour."""
    assert from_components([0.5]) == from_components([0.5, 0.5, 0.5]) == from_components([0, 0, 0, 0.5])
    with pytest.raises(ValueError, match="is not a colour"):
        from_components([0.1, 0.2])


@pytest.mark.parametrize("text", ["#12", "red", "#12345g", "123456"])
def test_what_is_not_a_colour_is_refused(text: str) -> None:
    """Only #rrggbb is read."""
    with pytest.raises(ValueError, match="Write #rrggbb"):
        from_hex(text)
