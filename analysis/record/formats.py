"""How a number is written in the paper: one rule per unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd


def percent(share: float) -> str:
    """A share (0-1) as a whole percentage: `61%`. Halves round away from zero, as readers expect."""
    return f"{int(share * 100 + 0.5 + 1e-9)}%"


def percent_range(low: float, high: float) -> str:
    """Two shares (0-1) as a range of whole percentages: `48–72%`."""
    return f"{percent(low)[:-1]}–{percent(high)}"


def decimal(number: float, digits: int = 2) -> str:
    """A number with a fixed count of decimals and a true minus sign: `0.37`, `−0.05`."""
    return f"{number:.{digits}f}".replace("-", "−")


def p_value(p: float) -> str:
    """A p-value as `p = 0.03`: three decimals below 0.01 and where two would hide the side of 0.05."""
    if p < 0.001:
        return "p < 0.001"
    return f"p = {p:.3f}" if p < 0.01 or f"{p:.2f}" == "0.05" else f"p = {p:.2f}"


def month(value: pd.Period) -> str:
    """A month in words: `March 2015`."""
    return str(value.strftime("%B %Y"))


def join_words(words: Iterable[str]) -> str:
    """Words as an English list: `a, b and c`."""
    *rest, last = list(words)
    return f"{', '.join(rest)} and {last}" if rest else last


def count(number: float) -> str:
    """A whole number with thousands separated: `20,730`."""
    return f"{int(number):,}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun: `1 case`, `3 cases`."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


FORMATS: dict[str, Callable[[Any], str]] = {
    "share": percent,
    "count": count,
    "month": month,
    "number": decimal,
    "p": p_value,
    "text": str,
    "phrase": str,
    "verdict": str,
}


def written(value: Any, unit: str) -> str:
    """A value as the paper writes it; an interval is a pair of shares. KeyError for an unknown unit."""
    if unit == "interval":
        return percent_range(*value)
    return str(FORMATS[unit](value))
