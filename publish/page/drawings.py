"""Makes the charts inside the page small: short names, hundredths of a point, no names that nothing refers to."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_REFERENCE = re.compile(r"(^#|url\(#)([^)]+)")
_SHIFT = re.compile(r"(?<=translate\()[^)]+")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_MARK = re.compile(r"mark-[\w-]+$")
_TITLE = re.compile(r"(?:^|_)(headline)$")  # what analysis/record/headline.py names a chart's title


def compact(drawing: HtmlElement, prefix: str) -> None:
    """Make a chart smaller, in place; what is seen moves by less than a hundredth of a point.

    Identifiers that marks are found by keep their ending, `mark-NAME`.

    Args:
        drawing: The chart, as it stands in the page.
        prefix: What its names begin with; no other chart's may.
    """
    short: dict[str, str] = {}
    elements = [element for element in drawing.iter() if isinstance(element.tag, str)]
    for element in elements:
        if "xlink:href" in element.attrib:
            element.set("href", element.attrib.pop("xlink:href"))
        for key, value in element.items():
            if key == "href" or "url(#" in value:
                element.set(key, _REFERENCE.sub(lambda name: f"{name[1]}{_short(name[2], short, prefix)}", value))
        if "d" in element.attrib:
            element.set("d", " ".join(_rounded(element.get("d")).split()))
        if "transform" in element.attrib:
            element.set("transform", _SHIFT.sub(lambda shift: _rounded(shift[0]), element.get("transform")))
        for side in ("text", "tail"):
            if "\n" in (getattr(element, side) or ""):
                setattr(element, side, re.sub(r"\s*\n\s*", "\n", getattr(element, side)))
    for element in elements:
        name = element.get("id", "")
        if mark := _MARK.search(name):
            element.set("id", f"{prefix}_{mark[0]}")
        elif name in short:
            element.set("id", short[name])
        elif name:
            del element.attrib["id"]
            if title := _TITLE.search(name):
                element.set("class", title[1])


def _short(name: str, short: dict[str, str], prefix: str) -> str:
    return short.setdefault(name, f"{prefix}-{len(short) + 1}")


def _rounded(text: str) -> str:
    return _LONG_NUMBER.sub(lambda number: f"{round(float(number[0]), 2):g}", text)
