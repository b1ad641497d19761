"""Contrast of text and chart colours, as the Web Content Accessibility Guidelines 2.2 define it."""

from __future__ import annotations

import re
from collections.abc import Sequence

# WCAG 2.2, success criterion 1.4.3; we ask it of large text too, as the paper is read in print and in grey.
LEAST_FOR_TEXT = 4.5
# WCAG 2.2, success criterion 1.4.11: lines and areas that carry meaning.
LEAST_FOR_GRAPHICS = 3.0

Colour = tuple[float, float, float]
WHITE: Colour = (1.0, 1.0, 1.0)


def from_hex(text: str) -> Colour:
    """A colour as red, green and blue from 0 to 1.

    Args:
        text: `#rrggbb`.

    Raises:
        ValueError: The text is not of that form.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError(f"{text!r} is not a colour. Write #rrggbb.")
    red, green, blue = (int(text[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def from_components(values: Sequence[float]) -> Colour:
    """A colour from the numbers of a PDF: one of grey, three of RGB or four of CMYK, each from 0 to 1.

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


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 (black) to 1 (white), by WCAG 2.2's definition for sRGB.

    Args:
        colour: Red, green and blue from 0 to 1.
    """
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: Colour, other: Colour) -> float:
    """The contrast of two colours, 1 (none) to 21 (black on white), whichever comes first.

    Args:
        one: Red, green and blue from 0 to 1.
        other: The same.
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
