"""The ledger as the paper prints it: three tables of tested claims and one of those that nothing tests."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from analysis.claims.judged import Claim
from analysis.claims.written import NONE, reason, written_published, written_range, written_readings
from analysis.data.dataset import Dataset
from analysis.record.record import Cell

TABLES = {
    "claims-who-when": "Who the defectors are, and when they left",
    "claims-narratives": "What the defectors said",
    "claims-press": "What the press and the critics made of it",
}
TOPICS = {"claims-who-when": ("people", "time"), "claims-narratives": ("narratives", "argument")}
WIDTHS = (17, 14, 11, 26, 17, 9, 6)
UNTESTED_WIDTHS = (22, 36, 42)


def show(cell: Cell, claims: Sequence[Claim], dataset: Dataset) -> pd.DataFrame:
    """Record the tables of tested claims; all tested claims in one table."""
    for name, about in TABLES.items():
        chosen = of_table(claims, name)
        words: dict[str, str] = {"title": about, "caption": caption(chosen, about), "align": "lllllrr"}
        table, numbers = printed(chosen), frame(chosen)
        cell.table(name, table, **words, widths=WIDTHS, cases=dataset.core.index, data=numbers)
    return printed([claim for claim in claims if claim.tested])


def show_untested(cell: Cell, claims: Sequence[Claim]) -> pd.DataFrame:
    """Record and return the table of the claims without a verdict."""
    without = [claim for claim in claims if not claim.tested]
    few = sum(bool(claim.readings) for claim in without)
    rows = [(claim.entry.short, claim.entry.claim, reason(claim)) for claim in without]
    return cell.table(
        "claims-untested",
        pd.DataFrame(rows, columns=["Statement", "In full", "Why it is not testable"]),
        title="Statements that this record cannot test",
        caption=f"The {len(without)} of {len(claims)} statements that this record cannot test, and why. {few} of them "
        "have a quantity, but an interval wider than half of its scale.",
        widths=UNTESTED_WIDTHS,
    )


def of_table(claims: Sequence[Claim], name: str) -> list[Claim]:
    """The tested claims of one of the tables, a key of `TABLES`, in the order of the ledger."""
    topics = TOPICS.get(name)
    tested = [claim for claim in claims if claim.tested]
    if topics is None:
        return [claim for claim in tested if not claim.entry.own]
    return [claim for claim in tested if claim.entry.own and claim.entry.topic in topics]


def printed(claims: Sequence[Claim]) -> pd.DataFrame:
    """Tested claims as the paper prints them, a row each, every cell text."""
    rows = [
        {
            "Statement": claim.entry.short,
            "Words allow": written_range(claim),
            "2015 numbers": written_published(claim),
            "Our list (95% interval)": written_readings(claim),
            "Verdict": claim.verdict,
            "Stands in": f"{claim.holds.n_single} of {claim.holds.single}" if claim.holds else NONE,
            "Turns": NONE if claim.margin is None else str(claim.margin),
        }
        for claim in claims
    ]
    return pd.DataFrame(rows)


def caption(claims: Sequence[Claim], about: str) -> str:
    """The caption of a table about a value of `TABLES`: the first explains the columns, the others point to it."""
    first, *others = TABLES.values()
    if about in others:
        tested = f"{about}: {len(claims)} statements tested on our list."
        return f"{tested} {leads_caption(claims)}Columns as in the table “{first}”."
    single = max((claim.holds.single for claim in claims if claim.holds), default=0)
    return (
        f"{about}: {len(claims)} statements tested on our list, which is not the list of the 58. Words allow: the "
        "range of shares, of differences between groups, of ratios of months or of counts that the words leave open. "
        "Our list: of those where it is known; by the date of leaving and by the date of publication where it is about "
        f"time. {leads_caption(claims)}Stands in: of {single} variants that change one choice of ours, those with the "
        "same verdict. Turns: the fewest cases that would have to differ for another verdict."
    )


def leads_caption(claims: Sequence[Claim]) -> str:
    """What the shares are of that set one group, month or narrative against another; empty when there are none."""
    if not any(claim.entry.quantity.endswith("_lead") for claim in claims):
        return ""
    return (
        "A share that compares two groups, two months or two narratives is of the cases in exactly one of the two, "
        "over 50% being a lead. "
    )


def frame(claims: Sequence[Claim]) -> pd.DataFrame:
    """Every claim as numbers, a row per claim and clock; the columns that do not apply are empty."""
    rows = []
    for claim in claims:
        entry, held, allowed = claim.entry, claim.holds, claim.entry.allowed
        base: dict[str, object] = {
            "claim": claim.id,
            "topic": entry.topic,
            "where_stated": entry.where_stated,
            "test": entry.test,
        }
        base |= {"unit": claim.unit, "verdict": claim.verdict, "margin": claim.margin}
        if allowed:
            base |= {"allowed_low": allowed.low, "allowed_high": finite(allowed.high)}
        if held:
            base |= {"stands_single": held.n_single, "single": held.single}
            base |= {"stands": held.n, "variants": held.variants}
        base["published"] = claim.published.value if claim.published else None
        for clock in entry.clocks:
            row = {**base, "clock": clock}
            if estimate := claim.readings.get(clock):
                row |= {"value": estimate.value, "low": estimate.low, "high": finite(estimate.high)}
                row |= {"n": " ".join(map(str, estimate.n)), "denominator": " ".join(map(str, estimate.denominator))}
            rows.append(row)
    columns = ["claim", "clock", "topic", "where_stated", "test", "unit", "allowed_low", "allowed_high", "published"]
    columns += ["value", "low", "high", "n", "denominator", "verdict", "margin"]
    columns += ["stands_single", "single", "stands", "variants"]
    return pd.DataFrame(rows).reindex(columns=columns).astype({"margin": "Int64"})


def finite(number: float) -> float | None:
    """A number, or None for one that has no end or is not known."""
    return number if math.isfinite(number) else None
