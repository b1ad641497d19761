"""Words bound to numbers: a share may be called "most" or "nearly two thirds" only inside a stated range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from analysis.record.formats import percent

TOLERANCE = 1e-5  # finer than any share of fewer than 300 cases, coarser than a bound written with six decimals

QUARTER, THIRD, HALF = Fraction(1, 4), Fraction(1, 3), Fraction(1, 2)
TWO_THIRDS, THREE_QUARTERS = Fraction(2, 3), Fraction(3, 4)
FRACTIONS = {
    "a quarter": QUARTER,
    "one third": THIRD,
    "half": HALF,
    "two thirds": TWO_THIRDS,
    "three quarters": THREE_QUARTERS,
}
ABOUT = Fraction(1, 20)
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

SCOTLAND = "Education Scotland, Terms we use in the inspection process"
PLAIN = "What the words say."
VAGUE = "The widest reading, which favours the claim"


class WordingError(ValueError):
    """A phrase of the prose stands for a share that it may not be used for."""


@dataclass(frozen=True)
class Range:
    """The shares that some words allow.

    Attributes:
        low: Lower end (a share is 0-1; a count or a ratio may go beyond).
        high: Upper end.
        closed: Which ends belong to the range: `both`, `left` (the lower), `right` (the upper) or `neither`.
        reason: Why these ends: a source or a sentence.
    """

    low: float
    high: float
    closed: str = "both"
    reason: str = ""

    def holds(self, numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which numbers lie in the range; one within `TOLERANCE` of an end counts as at it, NaN lies in none."""
        above = numbers >= self.low + (-TOLERANCE if self.closed in ("both", "left") else TOLERANCE)
        below = numbers <= self.high + (TOLERANCE if self.closed in ("both", "right") else -TOLERANCE)
        return np.asarray(above & below)

    def __contains__(self, number: float) -> bool:
        """Whether one number lies in the range."""
        return bool(self.holds(np.asarray(number, dtype=float)))

    def __str__(self) -> str:
        """The range as whole percentages, such as `58% to below 67%`."""
        ends = f"{'from' if self.closed in ('both', 'left') else 'above'} {percent(self.low)}"
        return f"{ends} to {'' if self.closed in ('both', 'right') else 'below '}{percent(self.high)}"


def _around(name: str, value: Fraction) -> Iterator[tuple[str, Range]]:
    """The phrases built on one named fraction; "nearly" and "just over" reach halfway to its neighbours."""
    ladder = [Fraction(0), *FRACTIONS.values(), Fraction(1)]
    place = ladder.index(value)
    down, up = (ladder[place - 1] + value) / 2, (value + ladder[place + 1]) / 2
    nearest = f"Within five percentage points, and nearer to {name} than to the next everyday fraction."
    about = Range(float(max(down, value - ABOUT)), float(min(up, value + ABOUT)), "left", nearest)
    yield f"about {name}", about
    yield name, Range(about.low, about.high, "left", f"{VAGUE}: as `about {name}`.")
    below, above = (f"{side} {name}, nearer to it than to the fraction {side.lower()}." for side in ("Below", "Above"))
    yield f"nearly {name}", Range(float(down), float(value), "left", below)
    yield f"just over {name}", Range(float(value), float(up), "neither", above)
    yield f"at least {name}", Range(float(value), 1.0, "both", PLAIN)
    yield f"more than {name}", Range(float(value), 1.0, "right", PLAIN)
    yield f"less than {name}", Range(0.0, float(value), "left", PLAIN)


def _tens() -> Iterator[tuple[str, Range]]:
    reason = "Within five percentage points, so that every share has one number in ten."
    for ten in range(1, 10):
        yield f"about {NUMBERS[ten]} in ten", Range(ten / 10 - 0.05, ten / 10 + 0.05, "left", reason)
        below = "Below it, and nearer to it than to the ten below."
        yield f"almost {ten * 10}%", Range(ten / 10 - 0.05, ten / 10, "left", below)


RULES: dict[str, Range] = {
    "all": Range(1.0, 1.0, "both", PLAIN),
    "none": Range(0.0, 0.0, "both", PLAIN),
    "almost all": Range(0.9, 1.0, "neither", f"Over nine in ten ({SCOTLAND}), and not all."),
    "overwhelmingly": Range(0.75, 1.0, "right", f"More than three quarters, where {SCOTLAND} has `most` begin."),
    "most": Range(0.5, 1.0, "right", f"{VAGUE}: more than half. {SCOTLAND} asks for three quarters."),
    "typically": Range(0.5, 1.0, "right", f"{VAGUE}: as `most`."),
    "a minority": Range(0.0, 0.5, "neither", "Less than half, and not none."),
    "many": Range(0.15, 1.0, "right", f"{VAGUE}: more than `few`."),
    "few": Range(0.0, 0.15, "right", f"Up to fifteen in a hundred ({SCOTLAND}), and not none."),
    "hardly any": Range(0.0, 0.15, "both", "As `few`, or none."),
    "some": Range(0.0, 1.0, "right", "At least one."),
    **{phrase: rule for name, value in FRACTIONS.items() for phrase, rule in _around(name, value)},
    **dict(_tens()),
}

# What the paper itself says of a share, in the order in which it is tried.
_SPOKEN = (
    "none",
    "all",
    "almost all",
    *(f"about {name}" for name in FRACTIONS),
    *(f"about {n} in ten" for n in NUMBERS[1:10]),
    "few",
)
_SPOKEN_TOLERANCE = 0.03  # a named fraction is said only this close to it; else tenths say it better


def allows(phrase: str, share: float) -> bool:
    """Whether a share may be called by a phrase.

    Args:
        phrase: One of `RULES`.
        share: A share (0-1).

    Raises:
        KeyError: When no rule knows the phrase.
    """
    if phrase not in RULES:
        raise KeyError(
            f"No rule knows {phrase!r}. Add it to RULES in analysis/record/wording.py with its range and reason."
        )
    return share in RULES[phrase]


def phrase(share: float, interval: tuple[float, float] | None = None) -> str:
    """The words for a share: `about a quarter`, `about six in ten`, `almost all`.

    Args:
        share: A share (0-1).
        interval: Its interval, where the words may take a side: with it the answer is `most` or `a minority` when the
            whole interval lies on that side of one half, and as without it otherwise.

    Raises:
        ValueError: When the share does not lie between 0 and 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is not a share. A share lies between 0 and 1.")
    fitting = _fitting(share)
    if interval is not None and fitting[0] not in ("all", "almost all", "none"):
        for words, beyond in (("most", interval[0] > HALF), ("a minority", interval[1] < HALF)):
            if beyond and allows(words, share):
                return words
    return fitting[0]


def _fitting(share: float) -> list[str]:
    """The phrases that the paper may use for a share, the preferred first."""
    named = {f"about {name}": float(value) for name, value in FRACTIONS.items()}
    close = [words for words in _SPOKEN if abs(share - named.get(words, share)) <= _SPOKEN_TOLERANCE]
    return [words for words in close if allows(words, share)]


def require(phrase_used: str, share: float) -> str:
    """The phrase itself, when it fits the share.

    Args:
        phrase_used: One of `RULES`.
        share: A share (0-1).

    Raises:
        WordingError: When the share has left the range of the phrase; the message says what fits now.
    """
    if not allows(phrase_used, share):
        stands = f'"{phrase_used}" stands for {RULES[phrase_used]}, but the share is {percent(share, 1)}.'
        raise WordingError(f'{stands} Write "{phrase(share)}".')
    return phrase_used


def in_words(number: int) -> str:
    """A small count in words, as running text has it: `none`, `one`, ... `ten`; digits from 11 on."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"
