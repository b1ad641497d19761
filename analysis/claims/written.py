"""How the parts of a tested claim are written: estimates, ranges, counts, failing results, each on its own scale."""

from __future__ import annotations

import math
from itertools import groupby

from analysis.claims.judged import Claim, Estimate
from analysis.record import small_cells
from analysis.record.formats import count, decimal, out_of, p_value, percent, points, rounded
from analysis.record.wording import Range

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
    said = small_cells.out_of if estimate.withheld else out_of
    if unit == "difference" and len(estimate.n) > 2:
        return f"pairs of {sum(estimate.n)} cases"
    if unit == "difference":
        return " against ".join(map(said, estimate.n, estimate.denominator))
    if len(estimate.n) != 1 or unit == "count":
        return ""
    n, denominator = estimate.n[0], estimate.denominator[0]
    return f"{n} against {denominator - n}" if unit == "ratio" else said(n, denominator)


def digits_of(claim: Claim) -> int:
    """How many decimals the percentages of a claim need, so that no estimate seems to stand on an end of the range."""
    allowed = claim.entry.allowed
    if claim.unit != "share" or allowed is None:
        return 0
    shown = [estimate.value for estimate in (claim.estimate, claim.published) if estimate]
    pairs = [(value, end) for value in shown for end in (allowed.low, allowed.high) if 0 < end < 1 and value != end]
    pairs = [(value, end) for value, end in pairs if not math.isnan(value)]
    enough = (d for d in range(MOST_DIGITS) if all(percent(value, d) != percent(end, d) for value, end in pairs))
    return next(enough, MOST_DIGITS)


def written_estimate(unit: str, estimate: Estimate, digits: int = 0) -> str:
    """An estimate with its counts and interval: `61% (36 of 59; 48–72%)`, `nothing to count (0 of 0)`."""
    if estimate.withheld:  # the share or difference would tell the count
        return written_counts(unit, estimate)
    interval = "" if math.isnan(estimate.value) else written_interval(unit, estimate.low, estimate.high)
    told = "; ".join(part for part in (written_counts(unit, estimate), interval) if part)
    value = written_value(unit, estimate.value, digits)
    return f"{value} ({told})" if told else value


def written_ours(claim: Claim) -> str:
    """What our list says of a claim; a dash where nothing does."""
    return written_estimate(claim.unit, claim.estimate, digits_of(claim)) if claim.estimate else NONE


def written_published(claim: Claim) -> str:
    """The published number of a claim: `62% (36 of 58)`, `at least 50%`, or a dash where there is none."""
    if claim.published is None:
        return NONE
    value = written_value(claim.unit, claim.published.value, digits_of(claim))
    counts = written_counts(claim.unit, claim.published)
    return f"{BOUNDS[claim.published.bound]}{value}" + (f" ({counts})" if counts else "")


def written_p(claim: Claim) -> str:
    """The p-value of a claim on its own and corrected: `0.03; 0.41`, or a dash where it has none."""
    if claim.p is None or claim.p_holm is None:
        return NONE
    return "; ".join(
        p_value(number).removeprefix("p").removeprefix(" = ").strip() for number in (claim.p, claim.p_holm)
    )


def written_failing(claim: Claim) -> str:
    """The results that would fail a claim, with the power: `0–22 of 63 (90%)`, `up to 0 points (85%)`."""
    results, severity = _failing(claim), claim.severity
    return f"{results} ({percent(severity.power)})" if severity else results


def _failing(claim: Claim) -> str:
    allowed, severity = claim.entry.allowed, claim.severity
    if allowed is None or severity is None or claim.estimate is None:
        return NONE
    if claim.unit == "count":
        return f"below {written_value(claim.unit, allowed.low)}"
    if severity.failing:
        runs = [list(run) for _, run in groupby(enumerate(severity.failing), lambda pair: pair[1] - pair[0])]
        ends = [(run[0][1], run[-1][1]) for run in runs]
        told = " or ".join(f"{low}–{high}" if low < high else f"{low}" for low, high in ends)
        if claim.unit == "share":
            return f"{told} of {claim.estimate.denominator[0]}"
    middle, unit = (1.0 if claim.unit == "ratio" else 0.0), "" if claim.unit == "ratio" else " points"
    if allowed.low < middle < allowed.high:
        return f"below {allowed.low:g} or above {allowed.high:g}"
    if allowed.low >= middle:
        return f"{'below' if middle in allowed else 'up to'} {middle:g}{unit}"
    return f"{'above' if middle in allowed else 'from'} {middle:g}{unit}"


def written_verdict(claim: Claim) -> str:
    """The verdict, marked where the claim could hardly fail, or where no result of our size could support it."""
    marks = ["could hardly fail"] if claim.hardly else []
    marks += ["could not pass"] if claim.severity and not claim.severity.could_pass else []
    return "; ".join([claim.verdict, *marks])


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
    """On which side of no difference a range lies: `above 1`, `up to 1`, or around it `0.8–1.25`."""
    if allowed.low < middle < allowed.high:
        return f"{allowed.low:g}–{allowed.high:g}"
    if allowed.low >= middle:
        return f"{'from' if middle in allowed else 'above'} {middle:g}"
    return f"{'up to' if middle in allowed else 'below'} {middle:g}"


def reason(claim: Claim) -> str:
    """Why a claim has no verdict: the ledger's reason, or that the cases are too few; empty for any other claim."""
    if claim.tested or claim.entry.described or claim.entry.untestable_reason:
        return claim.entry.untestable_reason
    return f"Too few cases: {written_ours(claim)}."
