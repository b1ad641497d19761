"""How a number is written in the paper: one rule per unit, and one rule of rounding for all."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from numbers import Integral
from typing import Any

import pandas as pd

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def rounded(number: float, digits: int = 0) -> Decimal:
    """A number as the paper rounds it everywhere: to so many decimals, halves away from zero.

    The number is taken as it is written with twelve digits, so that what floating point leaves of an exact half
    (2.675, or 0.285 times 100) does not decide. ValueError for what is no finite number.
    """
    if not math.isfinite(number):
        raise ValueError(f"{number} cannot be written as a number. Say in words what is not known.")
    return Decimal(f"{number:.12g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0  # no zero has a sign


def percent(share: float, digits: int = 0) -> str:
    """A share (0-1) as a percentage, whole unless decimals are asked for: `61%`, `99.5%`."""
    return f"{decimal(share * 100, digits)}%"


def percent_range(low: float, high: float) -> str:
    """Two shares (0-1) as a range of whole percentages: `48–72%`."""
    return f"{percent(low)[:-1]}–{percent(high)}"


def points(difference: float) -> str:
    """A difference of two shares (-1 to 1) in whole percentage points with its sign: `+13`, `−5`, `0`."""
    whole = decimal(difference * 100, 0)
    return f"+{whole}" if rounded(difference * 100) > 0 else whole


def decimal(number: float, digits: int = 2) -> str:
    """A number with a fixed count of decimals and a true minus sign: `0.37`, `−0.05`."""
    return str(rounded(number, digits)).replace("-", "−")


def p_value(p: float) -> str:
    """A p-value as `p = 0.03`: three decimals below 0.01 and where two would hide the side of 0.05."""
    if p < 0.001:
        return "p < 0.001"
    return f"p = {decimal(p, 3 if p < 0.01 or decimal(p) == '0.05' else 2)}"


def month(value: pd.Period) -> str:
    """A month in words: `March 2015`."""
    return str(value.strftime("%B %Y"))


def join_words(words: Iterable[str]) -> str:
    """Words as an English list: `a, b and c`."""
    *rest, last = list(words)
    return f"{', '.join(rest)} and {last}" if rest else last


def lowered(label: str) -> str:
    """A label as it stands inside a sentence: `Quality of life` becomes `quality of life`; `IS` stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def sentence(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


FEW = 10  # cases of a group under which no percentage is printed, and no bar drawn


def of(n: int, denominator: int) -> str:
    """A share with its counts: `36 of 59, 61%`; without percentage when the denominator is under `FEW`."""
    counted = out_of(n, denominator)
    return f"{counted}, {percent(n / denominator)}" if denominator >= FEW else counted


def number(value: Any) -> str:
    """A number that is no count: two decimals, but none where it is whole by nature: `0.37`, `3`."""
    return count(int(value)) if isinstance(value, Integral) else decimal(value)


def count(number: float) -> str:
    """A number of things, rounded to a whole one, with thousands separated: `20,730`."""
    return f"{rounded(number):,}".replace("-", "−")


def in_words(number: int) -> str:
    """A small count in words, as running text has it: `none`, `one`, ... `ten`; digits from 11 on."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"


def out_of(n: int, denominator: int) -> str:
    """A count with what it is counted among: `36 of 59`."""
    return f"{count(n)} of {count(denominator)}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun: `1 case`, `3 cases`."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


FORMATS: dict[str, Callable[[Any], str]] = {
    "share": percent,
    "count": count,
    "month": month,
    "number": number,
    "p": p_value,
    "text": str,
    "phrase": str,
    "verdict": str,
}


def written(value: Any, unit: str) -> str:
    """A value as the paper writes it; an interval is a pair of shares (0-1). ValueError for an unknown unit."""
    if unit == "interval":
        return percent_range(*value)
    if unit not in FORMATS:
        raise ValueError(f"{unit!r} is not a unit. Use interval, {', '.join(FORMATS)}.")
    return str(FORMATS[unit](value))
