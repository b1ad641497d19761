"""The ledger as the paper prints it: the tested claims, those that only describe the 58, those that nothing tests."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from analysis.claims.judged import CLOCK_WORDS, Claim
from analysis.claims.severity import CLEARLY, LEAST_POWER, LEAST_REGION, TIMES
from analysis.claims.written import (
    NONE,
    reason,
    written_failing,
    written_ours,
    written_p,
    written_published,
    written_range,
    written_verdict,
)
from analysis.data.dataset import Dataset
from analysis.record.cell import Cell
from analysis.record.formats import count, decimal, percent, plural
from analysis.record.small_cells import HIDDEN

TABLES = {
    "claims-who-when": "Who they are, and when they left",
    "claims-narratives": "What they said",
    "claims-press": "What the press and the critics made of it",
}
TOPICS = {"claims-who-when": ("people", "time"), "claims-narratives": ("narratives", "argument")}
WIDTHS = (18, 11, 24, 14, 17, 10, 6)
WIDTHS_BY = (16, 11, 9, 21, 13, 15, 9, 6)  # with the date by which a claim about time is read
UNTESTED_WIDTHS = (22, 36, 42)


def show(cell: Cell, claims: Sequence[Claim], dataset: Dataset) -> pd.DataFrame:
    """Record the tables of tested claims, each that has any; all tested claims in one table."""
    for name, about in TABLES.items():
        if not (chosen := of_table(claims, name)):
            continue
        words: dict[str, str] = {"title": about, "caption": caption(claims, name)}
        table, numbers = printed(chosen), frame(chosen)
        align, widths = ("lllllrr", WIDTHS) if table.shape[1] == len(WIDTHS) else ("llllllrr", WIDTHS_BY)
        cell.table(name, table, **words, align=align, widths=widths, cases=dataset.core.index, data=numbers)
    return printed([claim for claim in claims if claim.tested])


def show_described(cell: Cell, claims: Sequence[Claim], dataset: Dataset) -> pd.DataFrame:
    """Record and return the table of the claims that only describe the 58, set beside our list."""
    chosen = [claim for claim in claims if claim.entry.described]
    rows = [(claim.short, claim.entry.claim, written_published(claim), written_ours(claim)) for claim in chosen]
    return cell.table(
        "claims-described",
        pd.DataFrame(rows, columns=["Statement", "In full", "Printed", "Our list (95% interval)"]),
        title="Statements that only describe people, beside our list",
        caption="Printed numbers beside those of our list, without a verdict: our list holds other "
        "people and cannot settle how many of those were women or came from where. Ours: of those for whom it is "
        "known.",
        align="lllr",
        widths=(22, 36, 16, 26),
        cases=dataset.core.index,
        data=frame(chosen),
    )


def show_untested(cell: Cell, claims: Sequence[Claim]) -> pd.DataFrame:
    """Record and return the table of the claims without a verdict."""
    without = [claim for claim in claims if not claim.tested and not claim.entry.described]
    few = sum(claim.estimate is not None for claim in without)
    rows = [(claim.short, claim.entry.claim, reason(claim)) for claim in without]
    return cell.table(
        "claims-untested",
        pd.DataFrame(rows, columns=["Statement", "In full", "Why it is not testable"]),
        title="Statements that this record cannot test",
        caption=f"{plural(len(without), 'statement')} that this record cannot test, and why: no quantity, or, "
        f"as of {few}, an interval wider than half of its scale.",
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
    """Tested claims as the paper prints them, a row each, every cell text.

    A statement that is read by both dates stands in its first row only: the print says it again where a page begins.
    """
    rows = [
        {
            "Statement": "" if before and before.entry is claim.entry else claim.entry.short,
            "By": CLOCK_WORDS.get(claim.clock, ""),
            "Words allow": written_range(claim),
            "Our list (95% interval)": written_ours(claim),
            "Verdict": written_verdict(claim),
            "Fails at (power)": written_failing(claim),
            "p; corrected": written_p(claim),
            "Turns": NONE if claim.margin is None else str(claim.margin),
        }
        for before, claim in zip([None, *claims], claims, strict=False)
    ]
    table = pd.DataFrame(rows)
    return table if any(claim.clock for claim in claims) else table.drop(columns="By", errors="ignore")


def caption(claims: Sequence[Claim], name: str) -> str:
    """The caption of a table, a key of `TABLES`: the first explains the columns, the others point to it."""
    chosen, first = of_table(claims, name), next(table for table in TABLES if of_table(claims, table))
    small = f"{HIDDEN} " if any(claim.estimate and claim.estimate.withheld for claim in chosen) else ""
    if name != first:
        tested = f"{TABLES[name]}: {plural(len(chosen), 'statement')} tested on our list."
        return f"{tested} {leads_caption(chosen)}{small}Columns as in the table “{TABLES[first]}”."
    tests = sum(claim.p is not None for claim in claims)
    twice = "one about time has a verdict by the date of leaving and one by the date of publication. "
    return (
        f"{TABLES[name]}: {plural(len(chosen), 'statement')} tested on our list, which is not the list that they speak "
        f"of{f'; {twice}' if any(claim.both_clocks for claim in claims) else '. '}Words allow: the range of shares, "
        "of differences between groups or of ratios of months that the words leave open. "
        f"{leads_caption(chosen)}{small}Fails at: the results, with the denominators of our list, that would have been "
        f"“not supported”; in brackets the power, the chance of such a result if the truth lay {percent(CLEARLY)[:-1]} "
        f"points, or a factor of {decimal(TIMES, 1)}, outside the words. Could hardly fail: fewer than "
        f"{percent(LEAST_REGION)} of the possible results fail it, or the power is below {percent(LEAST_POWER)}; its "
        "verdict is no support. Could not pass: no result of our size supports it. "
        f"p: of the test alone, and corrected by Holm’s method for all {count(tests)} tests of the ledger that have "
        "one. Turns: the fewest cases that would have to differ for another verdict."
    )


def leads_caption(claims: Sequence[Claim]) -> str:
    """What the share is by which something is the greatest; empty when there is none."""
    if not any(claim.entry.test == "maximum" for claim in claims):
        return ""
    return (
        "Who is the greatest is tested against the strongest rival: the share is of the cases in exactly one of the "
        "two, and a tie, 50%, fails. "
    )


def frame(claims: Sequence[Claim]) -> pd.DataFrame:
    """Every claim as numbers, a row per claim and clock; the columns that do not apply are empty."""
    rows = []
    for claim in claims:
        entry, allowed, found, severity = claim.entry, claim.entry.allowed, claim.estimate, claim.severity
        row: dict[str, object] = {"claim": entry.id, "clock": claim.clock, "topic": entry.topic, "test": entry.test}
        row |= {"where_stated": entry.where_stated, "unit": claim.unit, "margin": claim.margin}
        row |= {"verdict": claim.verdict if not entry.described else None, "p": claim.p, "p_holm": claim.p_holm}
        row["published"] = claim.published.value if claim.published else None
        if allowed:
            row |= {"allowed_low": allowed.low, "allowed_high": finite(allowed.high)}
        if found and not found.withheld:
            row |= {"value": found.value, "low": found.low, "high": finite(found.high)}
            if entry.quantity != "shared_narrative":  # it counts each combination of narratives, and some are rare
                row["n"] = " ".join(map(str, found.n))
        if found:
            row |= {"denominator": " ".join(map(str, found.denominator))}
        if severity:
            row |= {"region": severity.region, "power": severity.power, "could_hardly_fail": severity.hardly}
        if claim.stands:
            row |= dict(zip(("stands", "single"), claim.stands, strict=True))
        rows.append(row)
    columns = ["claim", "clock", "topic", "where_stated", "test", "unit", "allowed_low", "allowed_high", "published"]
    columns += ["value", "low", "high", "n", "denominator", "verdict", "margin", "p", "p_holm"]
    columns += ["region", "power", "could_hardly_fail", "stands", "single"]
    whole = {"margin": "Int64", "stands": "Int64", "single": "Int64"}
    return pd.DataFrame(rows).reindex(columns=columns).astype(whole)


def finite(number: float) -> float | None:
    """A number, or None for one that has no end or is not known."""
    return number if math.isfinite(number) else None
