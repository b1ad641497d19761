"""How the parts of a tested claim are written: estimates, ranges, counts, each on its own scale."""

from __future__ import annotations

import math

from analysis.claims.judged import Claim, Estimate
from analysis.record.formats import count, decimal, percent, points, rounded
from analysis.record.wording import Range

CLOCK_WORDS = {"": "", "left": "leaving", "first_public": "publication"}
BOUNDS = {"exact": "", "at_least": "at least ", "about": "about ", "nearly": "nearly "}
NONE = "–"
MOST_DIGITS = 2
LEAST = 0.005  # below it a share would be printed as 0%


def written_value(unit: str, value: float, digits: int = 0) -> str:
    """An estimate on its scale: `61%`, `+29 points`, `1.6 times`, `74`; in words where there is none (NaN)."""
    if math.isnan(value):
        return "nothing to count"
    if unit == "share":
        return percent(value, digits)
    if unit == "difference":
        return f"{points(value)} points"
    return f"{decimal(value, 1)} times" if unit == "ratio" else count(value)


def written_interval(unit: str, low: float, high: float) -> str:
    """An interval on its scale: `48–72%`, `+6 to +51`, `1.0–2.6`; empty for a count, which has none."""
    if unit == "share":
        return f"{'under 1' if 0 < low < LEAST else percent(low)[:-1]}–{percent(high)}"
    if unit == "difference":
        return f"{points(low)} to {points(high)}"
    if unit == "ratio":
        return f"{_decimals(low)}–{'no limit' if math.isinf(high) else _decimals(high)}"
    return ""


def _decimals(number: float) -> str:
    """A limit of a ratio with one decimal, or more where one would hide on which side of 1 it lies."""
    enough = (digits for digits in (1, 2, 3) if number == 1 or rounded(number, digits) != 1)
    return decimal(number, next(enough, 3))


def written_counts(unit: str, estimate: Estimate) -> str:
    """The counts behind an estimate: `36 of 59`, `7 of 21 against 1 of 24`, `38 against 36`; else empty."""
    if unit == "difference" and len(estimate.n) > 2:
        return f"pairs of {sum(estimate.n)} cases"
    if unit == "difference":
        return " against ".join(f"{n} of {d}" for n, d in zip(estimate.n, estimate.denominator, strict=True))
    if len(estimate.n) != 1 or unit == "count":
        return ""
    n, denominator = estimate.n[0], estimate.denominator[0]
    return f"{n} against {denominator - n}" if unit == "ratio" else f"{n} of {denominator}"


def digits_of(claim: Claim) -> int:
    """How many decimals the percentages of a claim need, so that no estimate seems to stand on an end of the range."""
    allowed = claim.entry.allowed
    if claim.unit != "share" or allowed is None:
        return 0
    shown = [estimate.value for estimate in (*claim.readings.values(), claim.published) if estimate]
    pairs = [(value, end) for value in shown for end in (allowed.low, allowed.high) if 0 < end < 1 and value != end]
    pairs = [(value, end) for value, end in pairs if not math.isnan(value)]
    enough = (d for d in range(MOST_DIGITS) if all(percent(value, d) != percent(end, d) for value, end in pairs))
    return next(enough, MOST_DIGITS)


def written_estimate(unit: str, estimate: Estimate, digits: int = 0) -> str:
    """An estimate with its counts and interval: `61% (36 of 59; 48–72%)`, `nothing to count (0 of 0)`."""
    interval = "" if math.isnan(estimate.value) else written_interval(unit, estimate.low, estimate.high)
    told = "; ".join(part for part in (written_counts(unit, estimate), interval) if part)
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
    if unit in ("ratio", "difference"):
        return _side(allowed, 1.0 if unit == "ratio" else 0.0)
    low, high = (written_value(unit, end, digits) if math.isfinite(end) else "" for end in (allowed.low, allowed.high))
    if allowed.low == allowed.high:
        return "none" if allowed.low == 0 else low
    if unit == "count" or allowed.high == 1:
        return f"{low} or more" if unit == "count" or allowed.closed in ("both", "left") else f"over {low}"
    return f"up to {high}" if allowed.low == 0 else f"{low[:-1]}–{high}"


def _side(allowed: Range, middle: float) -> str:
    """On which side of no difference a range lies: `above 1`, `up to 1`, `1`."""
    if allowed.low == allowed.high:
        return f"{middle:g}"
    if allowed.low >= middle:
        return f"{'from' if middle in allowed else 'above'} {middle:g}"
    return f"{'up to' if middle in allowed else 'below'} {middle:g}"


def reason(claim: Claim) -> str:
    """Why a claim has no verdict: the ledger's reason, or that the cases are too few; empty for a tested claim."""
    if claim.tested or claim.entry.untestable_reason:
        return claim.entry.untestable_reason
    told = "; ".join(written_estimate(claim.unit, estimate) for estimate in claim.readings.values())
    return f"Too few cases: {told}."
