"""How the parts of a tested claim are written: estimates, ranges, counts, each on its own scale."""

from __future__ import annotations

import math

from analysis.claims.claims import Claim, Estimate
from analysis.record.formats import count, decimal, percent
from analysis.record.wording import Range

CLOCK_WORDS = {"": "", "left": "leaving", "first_public": "publication"}
BOUNDS = {"exact": "", "at_least": "at least ", "about": "about ", "nearly": "nearly "}
NONE = "–"
NOTHING = "nothing to count"
MOST_DIGITS = 2
LEAST = 0.005  # below it a share would be printed as 0%


def written_value(unit: str, value: float, digits: int = 0) -> str:
    """An estimate on its scale: `61%`, `+29 points`, `1.6 times`, `74`; in words where there is none (NaN).

    Args:
        unit: `share`, `difference`, `ratio` or `count`.
        value: The estimate.
        digits: Decimals of a percentage.
    """
    if math.isnan(value):
        return NOTHING
    if unit == "share":
        return percent(value) if digits == 0 else f"{decimal(value * 100, digits)}%"
    if unit == "difference":
        return f"{_points(value)} points"
    return f"{decimal(value, 1)} times" if unit == "ratio" else count(value)


def written_interval(unit: str, low: float, high: float) -> str:
    """An interval on its scale: `48–72%`, `+6 to +51`, `1.0–2.6`; empty for a count, which has none."""
    if unit == "share":
        least = "under 1" if 0 < low < LEAST else percent(low)[:-1]
        return f"{least}–{percent(high)}"
    if unit == "difference":
        return f"{_points(low)} to {_points(high)}"
    if unit == "ratio":
        return f"{_decimals(low)}–{'no limit' if math.isinf(high) else _decimals(high)}"
    return ""


def written_counts(unit: str, estimate: Estimate) -> str:
    """The counts behind an estimate: `36 of 59`, `7 of 21 against 1 of 24`, `38 against 36`; else empty."""
    if unit == "difference" and len(estimate.n) > 2:
        return f"pairs of {sum(estimate.n)} cases"
    if unit == "difference":
        parts = [f"{n} of {d}" for n, d in zip(estimate.n, estimate.denominator, strict=True)]
        return " against ".join(parts)
    if len(estimate.n) != 1 or unit == "count":
        return ""
    n, denominator = estimate.n[0], estimate.denominator[0]
    return f"{n} against {denominator - n}" if unit == "ratio" else f"{n} of {denominator}"


def digits_of(claim: Claim) -> int:
    """How many decimals the percentages of a claim need, so that no estimate seems to stand on an end of the range."""
    if claim.unit != "share" or claim.entry.allowed is None:
        return 0
    ends = [end for end in (claim.entry.allowed.low, claim.entry.allowed.high) if 0 < end < 1]
    shown = [*claim.readings.values(), *([claim.published] if claim.published else [])]
    pairs = [(estimate.value, end) for estimate in shown for end in ends if estimate.value != end]
    same = {digits: any(_same(*pair, digits) for pair in pairs) for digits in range(MOST_DIGITS)}
    return next((digits for digits, clash in same.items() if not clash), MOST_DIGITS)


def written_estimate(unit: str, estimate: Estimate, digits: int = 0) -> str:
    """An estimate with its counts and interval: `61% (36 of 59; 48–72%)`, `nothing to count (0 of 0)`."""
    interval = "" if math.isnan(estimate.value) else written_interval(unit, estimate.low, estimate.high)
    inside = [written_counts(unit, estimate), interval]
    told = "; ".join(part for part in inside if part)
    value = written_value(unit, estimate.value, digits)
    return f"{value} ({told})" if told else value


def written_readings(claim: Claim) -> str:
    """What our list says of a claim, clock by clock where there is more than one."""
    digits = digits_of(claim)
    told = {clock: written_estimate(claim.unit, estimate, digits) for clock, estimate in claim.readings.items()}
    if len(told) == 1:
        return next(iter(told.values()))
    return "; ".join(f"by {CLOCK_WORDS[clock]}: {text}" for clock, text in told.items())


def written_published(claim: Claim) -> str:
    """The published number of a claim: `62% (36 of 58)`, `at least 50%`, or a dash where there is none."""
    if claim.published is None:
        return NONE
    value = written_value(claim.unit, claim.published.value, digits_of(claim))
    counts = written_counts(claim.unit, claim.published)
    return f"{BOUNDS[claim.published.bound]}{value}" + (f" ({counts})" if counts else "")


def written_range(claim: Claim) -> str:
    """The range that a claim's words allow: `58–67%`, `50% or more`, `none`, `above 0`, `58 or more`; or a dash."""
    unit, allowed, digits = claim.unit, claim.entry.allowed, digits_of(claim)
    if allowed is None:
        return NONE
    ends = (allowed.low, allowed.high)
    low, high = (written_value(unit, end, digits) if math.isfinite(end) else "" for end in ends)
    if unit in ("ratio", "difference"):
        return _side(allowed, 1.0 if unit == "ratio" else 0.0)
    if allowed.low == allowed.high:
        return "none" if allowed.low == 0 else low
    if unit == "count":
        return f"{low} or more"
    if allowed.high == 1:
        return f"{low} or more" if allowed.closed in ("both", "left") else f"over {low}"
    if allowed.low == 0:
        return f"up to {high}"
    return f"{low[:-1]}–{high}"


def written_stands(claim: Claim) -> str:
    """In how many single changes of a choice the verdict stands: `31 of 34`; a dash where that was not asked."""
    return NONE if claim.holds is None else f"{claim.holds.n_single} of {claim.holds.single}"


def written_margin(claim: Claim) -> str:
    """How many cases would have to differ to turn the verdict; a dash where no number has a meaning."""
    return NONE if claim.margin is None else str(claim.margin)


def _same(one: float, other: float, digits: int) -> bool:
    return written_value("share", one, digits) == written_value("share", other, digits)


def _side(allowed: Range, middle: float) -> str:
    """On which side of no difference a range lies: `above 1`, `up to 1`, `1`."""
    if allowed.low == allowed.high:
        return f"{middle:g}"
    if allowed.low >= middle:
        return f"{'from' if middle in allowed else 'above'} {middle:g}"
    return f"{'up to' if middle in allowed else 'below'} {middle:g}"


def _points(share: float) -> str:
    """A difference of shares in percentage points with its sign: `+29`, `−5`, `0`."""
    points = math.floor(abs(share) * 100 + 0.5 + 1e-9)
    return f"{'+' if share > 0 else '−'}{points}" if points else "0"


def _decimals(number: float) -> str:
    """A limit of a ratio with one decimal, or more where one would hide on which side of 1 it lies."""
    enough = (digits for digits in (1, 2, 3) if number == 1 or round(number, digits) != 1)
    return decimal(number, next(enough, 3))
