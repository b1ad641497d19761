"""What the ledger gives to the prose: its totals, the verdicts, and the numbers of 2015 as they were published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.claims.judged import Claim, numbers, under_rule
from analysis.claims.verdicts import RULES
from analysis.claims.written import written_counts, written_interval, written_value
from analysis.data.dataset import Dataset
from analysis.record.record import Cell
from analysis.stats.uncertainty import Share

PUBLISHED = ("cases", "country", "country_group", "gender", "period", "year")  # what the prose sets beside ours


def show(cell: Cell, claims: Sequence[Claim], dataset: Dataset) -> str:
    """Record the totals, every claim and the published counts; how many claims there are, in words.

    `claims.n_total`, `.n_tested`, `.n_supported`, `.n_partly`, `.n_not_supported` and `.n_untestable`; the same of the
    summary and report alone below `claims.own`, of those tested below `claims.own.<topic>`, and by other rules below
    `claims.rule.<rule>`, with `.n_changed`, the claims whose verdict the rule changes.
    """
    own = [claim for claim in claims if claim.entry.own]
    sets = {"claims": [claim.verdict for claim in claims], "claims.own": [claim.verdict for claim in own]}
    for claim in own:
        if claim.tested:
            sets.setdefault(f"claims.own.{claim.entry.topic}", []).append(claim.verdict)
    for rule in RULES:
        verdicts = sets[f"claims.rule.{rule}"] = [under_rule(claim, rule) for claim in claims]
        changed = sum(claim.verdict != other for claim, other in zip(claims, verdicts, strict=True))
        cell.value(f"claims.rule.{rule}.n_changed", changed, unit="count")
    for prefix, verdicts in sets.items():
        for name, number in numbers(verdicts).items():
            cell.value(f"{prefix}.n_{name}", number, unit="count")
    for claim in claims:
        _show_claim(cell, claim)
    _show_published(cell, dataset.published)
    return f"{len(claims)} statements, {sum(claim.tested for claim in claims)} with a verdict"


def _show_claim(cell: Cell, claim: Claim) -> None:
    """Record `claims.<id>.verdict`, `.margin` and the counts `.of`; of a claim read on both clocks its readings.

    Those stand below `claims.<id>.left` and `claims.<id>.first_public`: `.estimate` and `.interval`.
    """
    name = f"claims.{claim.id}"
    cases = {case for estimate in claim.readings.values() for case in estimate.cases}
    cell.value(f"{name}.verdict", claim.verdict, unit="verdict", cases=cases)
    if claim.margin is not None:
        cell.value(f"{name}.margin", claim.margin, unit="count", cases=cases)
    for clock, estimate in claim.readings.items():
        if len(claim.readings) == 1:
            if counts := written_counts(claim.unit, estimate):
                cell.value(f"{name}.of", counts, unit="text", cases=estimate.cases)
        elif pd.notna(estimate.value):
            unit, text = "share" if claim.unit == "share" else "number", written_value(claim.unit, estimate.value)
            limits = (estimate.low, estimate.high)
            written = written_interval(claim.unit, *limits)
            cell.value(f"{name}.{clock}.estimate", estimate.value, unit=unit, text=text, cases=estimate.cases)
            cell.value(f"{name}.{clock}.interval", limits, unit="interval", text=written, cases=estimate.cases)


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
