"""What a reader of a PDF sees: how small its text is, how well it stands out, how many pages a part takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf

from publish.pdf.contrast import LEAST_FOR_TEXT, WHITE, Colour, from_components, ratio

LEAST_SIZE = 7.0  # points; legible in print
ROUNDING = 0.05  # points lost between a size in the source and in the PDF


@dataclass(frozen=True)
class Lettering:
    """Text of one look on one page.

    Attributes:
        page: From 1.
        size: Points, as printed.
        colour: Of the text.
        ground: Of the smallest filled rectangle below it, else white paper.
        font: The PostScript name of its font: `SourceSerif4-Bold`.
    """

    page: int
    size: float
    colour: Colour
    ground: Colour
    font: str


def lettering(path: Path) -> dict[Lettering, str]:
    """Each look of text in a PDF with the first words set in it.

    Only filled rectangles count as ground; text over a picture or a curved shape is taken to stand on what lies below
    that. Letters that a chart carries as outlines are shapes, not text.
    """
    looks: dict[Lettering, str] = {}
    with pdfplumber.open(path) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            grounds = sorted((box for box in page.rects if box["fill"]), key=_area)
            for letter in page.chars:
                if not letter["text"].strip():
                    continue
                font = letter["fontname"].split("+")[-1]
                look = Lettering(number, round(_size(letter), 2), _colour(letter), _ground(letter, grounds), font)
                if len(looks.setdefault(look, "")) < 30:
                    looks[look] += letter["text"]
            page.close()
    return looks


def _size(letter: dict[str, Any]) -> float:
    """Points; text that runs up or down the page is as large as its letters' boxes are wide."""
    across, up = letter["matrix"][:2]
    return float(letter["size"] if abs(across) >= abs(up) else letter["width"])


def _area(box: dict[str, Any]) -> float:
    return float(box["width"]) * float(box["height"])


def _colour(thing: dict[str, Any]) -> Colour:
    values = thing["non_stroking_color"]
    return from_components(values) if isinstance(values, (tuple, list)) else from_components([values or 0.0])


def _ground(letter: dict[str, Any], grounds: Iterable[dict[str, Any]]) -> Colour:
    across, down = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
    for box in grounds:
        if box["x0"] <= across <= box["x1"] and box["top"] <= down <= box["bottom"]:
            return _colour(box)
    return WHITE


def lettering_faults(looks: dict[Lettering, str], families: Iterable[str] = ()) -> list[str]:
    """Text that is too small, too faint or in a strange font, one line for each look of it. Empty when there is none.

    Args:
        looks: What `lettering` found.
        families: The font families that may occur; any, if there are none. A letter that they lack falls to another.
    """
    return [*_small(looks), *_faint(looks), *_strange(looks, tuple(name.replace(" ", "") for name in families))]


def _small(looks: dict[Lettering, str]) -> Iterator[str]:
    for look, words in looks.items():
        if look.size < LEAST_SIZE - ROUNDING:
            yield f"page {look.page}: “{words}…” is {look.size:.1f} pt. Nothing is set below {LEAST_SIZE:.0f} pt."


def _faint(looks: dict[Lettering, str]) -> Iterator[str]:
    for look, words in looks.items():
        found = ratio(look.colour, look.ground)
        if found < LEAST_FOR_TEXT:
            yield (
                f"page {look.page}: “{words}…” has a contrast of {found:.2f}:1 with its ground. "
                f"Text needs {LEAST_FOR_TEXT}:1."
            )


def _strange(looks: dict[Lettering, str], families: tuple[str, ...]) -> Iterator[str]:
    for look, words in looks.items():
        if families and not look.font.startswith(families):
            yield f"page {look.page}: “{words}…” is set in {look.font}, as the paper's fonts lack it or were not found."


def pages_of(pdf: pikepdf.Pdf, title: str) -> int | None:
    """How many pages a section takes until the next bookmark's page begins; None where no bookmark has that title.

    Args:
        pdf: With bookmarks on every section.
        title: Of the section, as its bookmark says it.
    """
    starts = list(bookmarks(pdf))
    here = next((index for index, (name, _) in enumerate(starts) if name.casefold() == title.casefold()), None)
    if here is None:
        return None
    begins = starts[here][1]
    later = [page for _, page in starts[here + 1 :] if page > begins]
    return (later[0] if later else len(pdf.pages) + 1) - begins


def bookmarks(pdf: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    """Each bookmark's title and page, from 1, in reading order."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            waiting[:0] = item.children
            target = item.destination if item.destination is not None else item.action and item.action.get("/D")
            if isinstance(target, pikepdf.Array):
                yield str(item.title), pages.get(target[0].objgen, 0)
