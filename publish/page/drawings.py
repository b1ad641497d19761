"""Makes the charts inside the page small: short names, hundredths of a point, no names that nothing refers to."""

from __future__ import annotations

import re
from itertools import count

_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_ID = re.compile(r'(\sid=")([^"]+)"')
_REFERENCE = re.compile(r'(href="#|url\(#)([^")]+)')
_PATH = re.compile(r'(\sd=")([^"]+)"')
_SHIFT = re.compile(r"(translate\()([^)]+)\)")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_MARK = re.compile(r"mark-[\w-]+$")
_TITLE = re.compile(r"(?:^|_)(headline)$")  # what analysis/record/headline.py names a chart's title


def compact(page: str) -> str:
    """The page with its charts smaller; what is seen moves by less than a hundredth of a point.

    Identifiers that marks are found by keep their ending, `mark-NAME`. What a style of the chart names (a hatch, say)
    keeps its name only while that style still stands in the chart: this comes before styles are taken out.

    Args:
        page: The page, its charts drawn inside it.
    """
    numbers = count(1)

    def smaller(found: re.Match[str]) -> str:
        return _short_names(_short_numbers(re.sub(r"\s*\n\s*", "\n", found[0])), f"c{next(numbers)}")

    return _DRAWING.sub(smaller, page)


def _short_numbers(drawing: str) -> str:
    def rounded(found: re.Match[str]) -> str:
        return _LONG_NUMBER.sub(lambda number: f"{round(float(number[0]), 2):g}", found[2])

    drawing = _PATH.sub(lambda found: f'{found[1]}{" ".join(rounded(found).split())}"', drawing)
    return _SHIFT.sub(lambda found: f"{found[1]}{rounded(found)})", drawing)


def _short_names(drawing: str, prefix: str) -> str:
    drawing = drawing.replace("xlink:href=", "href=")
    wanted = dict.fromkeys(name for _, name in _REFERENCE.findall(drawing))
    names = {name: f"{prefix}-{number}" for number, name in enumerate(wanted, 1)}

    def renamed(found: re.Match[str]) -> str:
        if title := _TITLE.search(found[2]):
            return f' class="{title[1]}"'
        mark = _MARK.search(found[2])
        if mark:
            return f'{found[1]}{prefix}_{mark[0]}"'
        return f'{found[1]}{names[found[2]]}"' if found[2] in names else ""

    drawing = _REFERENCE.sub(lambda found: f"{found[1]}{names[found[2]]}", drawing)
    return _ID.sub(renamed, drawing)
