"""Makes the charts inside the page small: short names, paths by steps, tenths of a point, no element without effect."""

from __future__ import annotations

import re
from functools import cache

from lxml.html import HtmlElement

_REFERENCE = re.compile(r"(^#|url\(#)([^)]+)")
_PLACE = frozenset({"x", "y", "x1", "x2", "y1", "y2", "width", "height", "transform"})
_LONG_NUMBER = re.compile(r"-?\d+\.\d\d+")
_UNTURNED = re.compile(r"\s*rotate\(-?0 [^)]*\)")
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_BLANK = {"svg", "g", "defs", "pattern", "clippath"}  # their own text is no text
_MARK = re.compile(r"mark-[\w-]+$")


def compact(drawing: HtmlElement, prefix: str) -> None:
    """Make a chart smaller, in place; what is seen moves by a twentieth of a point at most.

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
            element.set("d", by_steps(element.get("d")))
        for key in _PLACE.intersection(element.keys()):
            element.set(key, _LONG_NUMBER.sub(lambda number: _tenths(float(number[0])), element.get(key)))
        if _UNTURNED.fullmatch(element.get("transform", "")):
            del element.attrib["transform"]
        if element.tag in _BLANK:
            element.text = None
        if element.getparent() is not None and element.getparent().tag in _BLANK and element is not drawing:
            element.tail = None
    for element in elements:
        name = element.get("id", "")
        if mark := _MARK.search(name):
            element.set("id", f"{prefix}_{mark[0]}")
        elif name in short:
            element.set("id", short[name])
        elif name:
            del element.attrib["id"]
        if element.tag == "g" and element.keys() == ["id"] and [child.tag for child in element] == ["path"]:
            element[0].set("id", element.attrib.pop("id"))  # a mark of one path is that path
        if element.tag == "g" and not element.attrib:
            element.drop_tag()
    for group in [*drawing.iter("g")]:
        if group.keys() == ["id"] and len(group) == 1 and "id" not in group[0].attrib:
            group[0].set("id", group.get("id"))  # the one shape of a mark is the mark
            group.drop_tag()


@cache
def by_steps(path: str) -> str:
    """A path whose points are given from the point before, so that equal shapes are equal text, which packs well.

    Every point is rounded by itself to tenths: nothing adds up.

    Args:
        path: Absolute moves, lines, curves and closings, as matplotlib writes them.
    """
    made, at, start = [], (0, 0), (0, 0)
    for sign, numbers in _STEP.findall(path):
        if sign not in "MLCQZz":
            return path
        tenths = [round(float(number) * 10) for number in numbers.split()]
        points = list(zip(tenths[::2], tenths[1::2], strict=True))
        steps = " ".join(f"{_tenths((x - at[0]) / 10)} {_tenths((y - at[1]) / 10)}" for x, y in points)
        made.append(sign.lower() + steps.replace(" -", "-"))
        at = points[-1] if points else start
        start = at if sign == "M" else start
    return "".join(made)


def _short(name: str, short: dict[str, str], prefix: str) -> str:
    return short.setdefault(name, f"{prefix}-{len(short) + 1}")


def _tenths(number: float) -> str:
    return f"{round(number, 1):g}".replace("0.", ".", 1) if abs(number) < 1 else f"{round(number, 1):.10g}"
