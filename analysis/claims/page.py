"""The ledger for the page: every claim with its readings, as JSON can hold it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.claims.judged import Claim
from analysis.claims.tables import finite
from analysis.claims.written import CLOCK_WORDS, digits_of, reason, written_estimate, written_published, written_range
from analysis.data.dataset import Dataset
from analysis.record.record import Cell


def show(cell: Cell, claims: Sequence[Claim], dataset: Dataset) -> None:
    """Record the ledger as data for the page."""
    cell.data("claims-ledger", rows(claims, dataset))


def rows(claims: Sequence[Claim], dataset: Dataset) -> list[dict[str, Any]]:
    """What the page shows of each claim, in the order of the ledger.

    Returns:
        Per claim `id`, `short`, `text`, `topic`, `where`, `stated_by`, `sources_differ`, `population`, `unit`,
        `verdict`, `reason`, `url`, `margin`, `stands` (`n`, `of`: single changes of a choice), `allowed` and
        `published` (`text` beside their numbers), `readings` (`label`, `value`, `low`, `high`, `text`) and `cases`
        (the ids that the first reading counts). What does not apply is null or empty; so is an open end,
        and the value where nothing is counted.
    """
    places = dataset.value_labels("claims", "where_stated")
    return [_row(claim, places) for claim in claims]


def _row(claim: Claim, places: dict[str, str]) -> dict[str, Any]:
    entry, held, published, digits = claim.entry, claim.holds, claim.published, digits_of(claim)
    readings = [
        {
            "label": f"by {CLOCK_WORDS[clock]}" if clock else "",
            **{part: finite(getattr(estimate, part)) for part in ("value", "low", "high")},
            "text": written_estimate(claim.unit, estimate, digits),
        }
        for clock, estimate in claim.readings.items()
    ]
    row: dict[str, Any] = {name: getattr(entry, name) for name in ("short", "topic", "stated_by", "sources_differ")}
    row |= {"id": claim.id, "text": entry.claim, "where": places[entry.where_stated], "url": entry.url}
    row |= {"population": entry.population, "unit": claim.unit, "verdict": claim.verdict, "reason": reason(claim)}
    row |= {"margin": claim.margin, "stands": {"n": held.n_single, "of": held.single} if held else None}
    row |= {"allowed": None, "published": None, "readings": readings, "cases": []}
    if entry.allowed:
        low, high = entry.allowed.low, finite(entry.allowed.high)
        row["allowed"] = {"low": low, "high": high, "text": written_range(claim)}
        row["cases"] = list(next(iter(claim.readings.values())).cases)
    if published:
        row["published"] = {"value": published.value, "text": written_published(claim)}
    return row
