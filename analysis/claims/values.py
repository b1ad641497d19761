"""What the ledger gives to the prose: how many claims there are of each kind, the verdicts, and printed numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.claims.judged import Claim
from analysis.claims.written import written_counts, written_interval, written_value
from analysis.data.dataset import Dataset
from analysis.record.cell import Cell
from analysis.stats.uncertainty import Share

PUBLISHED = ("cases", "country", "country_group", "gender", "period", "year")  # what the prose sets beside ours


def show(cell: Cell, claims: Sequence[Claim], dataset: Dataset) -> str:
    """Record the totals, every claim and the published counts; how many claims there are, in words.

    `claims.n_total`, and of these `.n_tested` (with a verdict on any clock), `.n_described` and `.n_untestable`;
    `claims.could_hardly_fail.n`, of those tested. How many verdicts are good is not counted: the ledger is no score.
    """
    every = {claim.entry.id for claim in claims}
    tested = {claim.entry.id for claim in claims if claim.tested}
    described = {claim.entry.id for claim in claims if claim.entry.described}
    sizes = {"n_total": every, "n_tested": tested, "n_described": described, "n_untestable": every - tested - described}
    sizes["could_hardly_fail.n"] = {claim.entry.id for claim in claims if claim.hardly}
    for name, ids in sizes.items():
        cell.value(f"claims.{name}", len(ids), unit="count")
    for claim in claims:
        _show_claim(cell, claim)
    _show_published(cell, dataset.published)
    return f"{len(every)} statements, {len(tested)} with a verdict"


def _show_claim(cell: Cell, claim: Claim) -> None:
    """Record `claims.<id>.verdict`, `.margin` and the counts `.of`.

    Of a claim that is read by both clocks, below `claims.<id>.left` and `.first_public`: `.verdict`, `.estimate` and
    `.interval`.
    """
    name, found = f"claims.{claim.id}", claim.estimate
    cases = found.cases if found and not found.withheld else ()
    if not claim.entry.described:
        cell.value(f"{name}.verdict", claim.verdict, unit="verdict", cases=cases)
    if claim.margin is not None and not claim.both_clocks:
        cell.value(f"{name}.margin", claim.margin, unit="count", cases=cases)
    if found and not claim.both_clocks and (counts := written_counts(claim.unit, found)):
        cell.value(f"{name}.of", counts, unit="text", cases=cases)
    if found and claim.both_clocks and pd.notna(found.value):
        unit, limits = "share" if claim.unit == "share" else "number", (found.low, found.high)
        told, written = written_value(claim.unit, found.value), written_interval(claim.unit, *limits)
        cell.value(f"{name}.estimate", found.value, unit=unit, text=told, cases=cases)
        cell.value(f"{name}.interval", limits, unit="interval", text=written, cases=cases)


def _show_published(cell: Cell, published: pd.DataFrame) -> None:
    """Record the published counts as `published.<quantity>.<group>`: a share where it has a denominator, else `.n`."""
    rows: Any = published[(published["unit"] == "count") & published["quantity"].isin(PUBLISHED)].itertuples()
    for row in rows:
        part, n = str(row.period_or_group).lower().replace("-", "_"), int(row.value)
        # Quarto takes a part of a name that is a number for a position in a list.
        name = f"published.{row.quantity}.{f'{row.quantity}_{part}' if part.isdigit() else part}"
        if pd.notna(row.denominator):
            cell.share(name, Share.of(n, int(row.denominator)))
        else:
            cell.value(f"{name}.n", n, unit="count")
