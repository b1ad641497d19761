"""The ledger as the paper prints it: three tables of tested claims and one of those that nothing tests."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from analysis.claims.claims import Claim
from analysis.claims.claims_words import (
    written_estimate,
    written_margin,
    written_published,
    written_range,
    written_readings,
    written_stands,
)

OWN_WORDS = ("summary", "report")
TABLES = {
    "claims-who-when": "Who the defectors are, and when they left",
    "claims-narratives": "What the defectors said",
    "claims-press": "What the press and the critics made of it",
}
LEADS = ("field_lead", "month_lead", "narrative_lead")  # quantities, by name
ALIGN = "lllllrr"
WIDTHS = (17, 14, 11, 26, 17, 9, 6)
UNTESTED_WIDTHS = (22, 36, 42)


def of_table(claims: Sequence[Claim], name: str) -> list[Claim]:
    """The tested claims of one of the tables, in the order of the ledger.

    Args:
        claims: All claims.
        name: A key of `TABLES`.
    """
    tested = [claim for claim in claims if claim.tested]
    own = [claim for claim in tested if claim.entry.where_stated in OWN_WORDS]
    if name == "claims-press":
        return [claim for claim in tested if claim.entry.where_stated not in OWN_WORDS]
    topics = ("people", "time") if name == "claims-who-when" else ("narratives", "argument")
    return [claim for claim in own if claim.entry.topic in topics]


def verdict_table(claims: Sequence[Claim]) -> pd.DataFrame:
    """Tested claims as the paper prints them, a row each, every cell text."""
    rows = [
        {
            "Statement": claim.entry.short,
            "Words allow": written_range(claim),
            "2015 numbers": written_published(claim),
            "Our list (95% interval)": written_readings(claim),
            "Verdict": claim.verdict,
            "Stands in": written_stands(claim),
            "Turns": written_margin(claim),
        }
        for claim in claims
    ]
    return pd.DataFrame(rows)


def verdict_caption(claims: Sequence[Claim], about: str) -> str:
    """The caption of a table of tested claims: the first explains the columns, the others point to it.

    Args:
        claims: The claims of the table.
        about: What they are about, a value of `TABLES`.
    """
    first, *others = TABLES.values()
    if about in others:
        tested = f"{about}: {len(claims)} statements tested on our list."
        return f"{tested} {leads_caption(claims)}Columns as in the table “{first}”."
    single = max((claim.holds.single for claim in claims if claim.holds is not None), default=0)
    return (
        f"{about}: {len(claims)} statements tested on our list, which is not the list of the 58. Words allow: the "
        "range of shares, of differences between groups, of ratios of months or of counts that the words leave open. "
        "Our list: of those where it is known; by the date of leaving and by the date of publication where it is about "
        f"time. {leads_caption(claims)}Stands in: of {single} variants that change one choice of ours, those with the "
        "same verdict. Turns: the fewest cases that would have to differ for another verdict."
    )


def leads_caption(claims: Sequence[Claim]) -> str:
    """What the shares are of that set one group, month or narrative against another; empty when there are none.

    Args:
        claims: The claims of the table or figure.
    """
    if not any(claim.entry.quantity in LEADS for claim in claims):
        return ""
    return (
        "A share that compares two groups, two months or two narratives is of the cases in exactly one of the two, "
        "over 50% being a lead. "
    )


def untested_table(claims: Sequence[Claim]) -> pd.DataFrame:
    """The claims without a verdict as the paper prints them, with the reason; every cell text."""
    return pd.DataFrame(
        [
            {
                "Statement": claim.entry.short,
                "In full": claim.entry.claim,
                "Why it is not testable": reason(claim),
            }
            for claim in claims
            if not claim.tested
        ]
    )


def reason(claim: Claim) -> str:
    """Why a claim has no verdict: the ledger's reason, or that the cases are too few; empty for a tested claim."""
    if claim.tested:
        return ""
    if claim.entry.reason:
        return claim.entry.reason
    told = "; ".join(written_estimate(claim.unit, estimate) for estimate in claim.readings.values())
    return f"Too few cases: {told}."


def untested_caption(claims: Sequence[Claim]) -> str:
    """The caption of the table of claims without a verdict."""
    without = [claim for claim in claims if not claim.tested]
    few = sum(bool(claim.readings) for claim in without)
    return (
        f"The {len(without)} of {len(claims)} statements that this record cannot test, and why. {few} of them have a "
        "quantity, but an interval wider than half of its scale."
    )


def claims_frame(claims: Sequence[Claim]) -> pd.DataFrame:
    """Every claim as numbers, a row per claim and clock; the columns that do not apply are empty."""
    rows = []
    for claim in claims:
        entry = claim.entry
        base: dict[str, object] = {
            "claim": claim.id,
            "topic": entry.topic,
            "where_stated": entry.where_stated,
            "verdict": claim.verdict,
        }
        base |= {"test": entry.test, "unit": claim.unit, "margin": claim.margin}
        if entry.allowed is not None:
            base |= {"allowed_low": entry.allowed.low, "allowed_high": _finite(entry.allowed.high)}
        if claim.published is not None:
            base["published"] = claim.published.value
        if claim.holds is not None:
            base |= {"stands_single": claim.holds.n_single, "single": claim.holds.single}
            base |= {"stands": claim.holds.n, "variants": claim.holds.variants}
        for clock in entry.clocks:
            row = {**base, "clock": clock}
            if estimate := claim.readings.get(clock):
                row |= {"value": estimate.value, "low": estimate.low, "high": _finite(estimate.high)}
                row |= {"n": " ".join(map(str, estimate.n)), "denominator": " ".join(map(str, estimate.denominator))}
            rows.append(row)
    columns = ["claim", "clock", "topic", "where_stated", "test", "unit", "allowed_low", "allowed_high", "published"]
    columns += ["value", "low", "high", "n", "denominator", "verdict", "margin"]
    columns += ["stands_single", "single", "stands", "variants"]
    return pd.DataFrame(rows).reindex(columns=columns).astype({"margin": "Int64"})


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
