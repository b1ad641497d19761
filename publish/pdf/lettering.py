"""How a reader of paper sees a PDF's text: how large it is, how well it stands out, in which font."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from ctypes import c_int, c_uint
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from publish.pdf.contrast import LEAST_FOR_TEXT, WHITE, Colour, ratio

LEAST_SIZE = 7.0  # points; legible in print
ROUNDING = 0.05  # points lost between a size in the source and in the PDF
_WORDS = 30  # letters of a text that a message shows
Box = tuple[float, float, float, float]  # left, bottom, right, top; points from the page's lower left corner
Ground = tuple[Box, Colour]


class Look(NamedTuple):
    """How letters look.

    Attributes:
        size: Points, as printed.
        colour: Of the letters.
        ground: Of the smallest filled rectangle below them, else white paper.
        font: The PostScript name of their font: `SourceSerif4-Bold`.
    """

    size: float
    colour: Colour
    ground: Colour
    font: str


def look_of(text: Any, box: Box, grounds: Iterable[Ground]) -> Look:
    """How a text of a page looks.

    Only filled rectangles count as ground; text over a picture or a curved shape is taken to stand on what lies below
    that. Letters that a chart carries as outlines are shapes, not text.

    Args:
        text: The text, as pypdfium2 gives it.
        box: Where it stands.
        grounds: The filled rectangles of its page, smallest first.
    """
    drawn = _to_page(text, text.get_matrix())
    size = round(text.get_font_size() * math.hypot(drawn.c, drawn.d), 2)
    return Look(size, _colour(text), _below(box, grounds), text.get_font().get_base_name().split("+")[-1])


def grounds_of(paths: Iterable[tuple[Any, Box]]) -> list[Ground]:
    """The filled rectangles among the paths of a page, smallest first: straight lines between at most four corners."""
    found = []
    for path, box in paths:
        filled, stroked = c_int(), c_int()
        raw.FPDFPath_GetDrawMode(path, filled, stroked)
        parts = [raw.FPDFPath_GetPathSegment(path, index) for index in range(raw.FPDFPath_CountSegments(path))]
        straight = all(raw.FPDFPathSegment_GetType(part) != raw.FPDF_SEGMENT_BEZIERTO for part in parts)
        if filled.value and len(parts) in (4, 5) and straight:
            found.append((box, _colour(path)))
    return sorted(found, key=lambda ground: (ground[0][2] - ground[0][0]) * (ground[0][3] - ground[0][1]))


def _below(box: Box, grounds: Iterable[Ground]) -> Colour:
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    holding = (colour for (left, low, right, top), colour in grounds if left <= across <= right and low <= up <= top)
    return next(holding, WHITE)


def _to_page(thing: Any, matrix: Any) -> Any:
    """A matrix that leads to the page, through the drawings (form objects) that a thing stands in."""
    while thing.container is not None:
        thing = thing.container
        matrix = matrix.multiply(thing.get_matrix())
    return matrix


def box_of(thing: Any) -> Box:
    """Where a thing lies on its page, also when it stands in a drawing."""
    box: Box = _to_page(thing, pypdfium2.PdfMatrix()).on_rect(*thing.get_bounds())
    return box


def _colour(thing: Any) -> Colour:
    red, green, blue, alpha = (c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha)
    return red.value / 255, green.value / 255, blue.value / 255


def lettering_faults(pages: Iterable[Iterable[tuple[str, Look]]], families: Iterable[str] = ()) -> Iterator[str]:
    """Text that is too small, too faint or in a strange font, one line for each fault of each look of it on a page.

    Args:
        pages: The texts of each page, and how each looks.
        families: The font families that may occur; any, if there are none. A letter that they lack falls to another.
    """
    known = tuple(name.replace(" ", "") for name in families)
    looks: dict[tuple[int, Look], str] = {}
    for page, texts in enumerate(pages, 1):
        for text, look in texts:
            looks[page, look] = (looks.get((page, look), "") + "".join(text.split()))[:_WORDS]
    for (page, look), words in looks.items():
        said = f"page {page}: “{words}…”"
        contrast = ratio(look.colour, look.ground)
        if look.size < LEAST_SIZE - ROUNDING:
            yield f"{said} is {look.size:.1f} pt. Nothing is set below {LEAST_SIZE:.0f} pt."
        if contrast < LEAST_FOR_TEXT:
            yield f"{said} has a contrast of {contrast:.2f}:1 with its ground. Text needs {LEAST_FOR_TEXT}:1."
        if known and not look.font.startswith(known):
            yield f"{said} is set in {look.font}, as the paper's fonts lack it or were not found."
