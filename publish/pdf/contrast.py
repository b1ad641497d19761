"""Contrast of text and chart colours, as the Web Content Accessibility Guidelines 2.2 define it."""

from __future__ import annotations

from collections.abc import Sequence

from coloraide import Color

# WCAG 2.2, success criterion 1.4.3; we ask it of large text too, as the paper is read in print and in grey.
LEAST_FOR_TEXT = 4.5

Colour = tuple[float, float, float]
WHITE: Colour = (1.0, 1.0, 1.0)


def from_components(values: Sequence[float]) -> Colour:
    """Red, green and blue, 0 to 1, from the numbers of a PDF: one of grey, three of RGB or four of CMYK, each 0 to 1.

    Raises:
        ValueError: There are two numbers, or more than four.
    """
    if len(values) == 1:
        return values[0], values[0], values[0]
    if len(values) == 3:
        return values[0], values[1], values[2]
    if len(values) == 4:
        cyan, magenta, yellow, black = values
        red, green, blue = ((1 - ink) * (1 - black) for ink in (cyan, magenta, yellow))
        return red, green, blue
    raise ValueError(f"{tuple(values)} is not a colour in grey, RGB or CMYK.")


def ratio(one: Colour | str, other: Colour | str) -> float:
    """The contrast of two colours, 1 (none) to 21 (black on white), whichever comes first.

    Args:
        one: Red, green and blue from 0 to 1, or a colour as CSS writes it: `#rrggbb`.
        other: The same.

    Raises:
        ValueError: A text is not a colour.
    """
    return float(_colour(one).contrast(_colour(other), method="wcag21"))


def _colour(given: Colour | str) -> Color:
    return Color(given) if isinstance(given, str) else Color("srgb", given)
