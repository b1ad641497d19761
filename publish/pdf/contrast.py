"""Contrast of text and chart colours, as the Web Content Accessibility Guidelines 2.2 define it."""

from __future__ import annotations

from coloraide import Color

# WCAG 2.2, success criterion 1.4.3; we ask it of large text too, as the paper is read in print and in grey.
LEAST_FOR_TEXT = 4.5

Colour = tuple[float, float, float]
WHITE: Colour = (1.0, 1.0, 1.0)


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
