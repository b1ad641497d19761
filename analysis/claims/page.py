"""The ledger for the page: every claim on each of its clocks, as JSON can hold it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.claims.judged import CLOCK_WORDS, Claim
from analysis.claims.tables import finite
from analysis.claims.written import (
    NONE,
    reason,
    written_failing,
    written_ours,
    written_p,
    written_published,
    written_range,
)
from analysis.data.dataset import Dataset
from analysis.record.cell import Cell


def show(cell: Cell, claims: Sequence[Claim], dataset: Dataset) -> None:
    """Record the ledger as data for the page."""
    cell.data("claims-ledger", rows(claims, dataset))


def rows(claims: Sequence[Claim], dataset: Dataset) -> list[dict[str, Any]]:
    """What the page shows of each claim on each of its clocks, in the order of the ledger.

    Returns:
        Per claim and clock `id`, `short`, `text`, `topic`, `where`, `stated_by`, `sources_differ`, `population`,
        `unit`, `verdict` (`described` where there is none), `hardly` (whether it could hardly fail), `fails`, `p`,
        `reason`, `url`, `margin`, `stands` (`n`, `of`: single changes of a choice), `allowed` and `published` (`text`
        beside their numbers), `readings` (`label`, `value`, `low`, `high`, `text`; one or none) and `cases` (the ids
        that it counts). What does not apply is null or empty; so is an open end, and the value where nothing is
        counted.
    """
    places = dataset.value_labels("claims", "where_stated")
    return [_row(claim, places) for claim in claims]


def _row(claim: Claim, places: dict[str, str]) -> dict[str, Any]:
    entry, found, published, allowed = claim.entry, claim.estimate, claim.published, claim.entry.allowed
    row: dict[str, Any] = {name: getattr(entry, name) for name in ("topic", "stated_by", "sources_differ")}
    row |= {"id": claim.id, "short": claim.short, "text": entry.claim, "where": places[entry.where_stated]}
    row |= {"url": entry.url, "population": entry.population, "unit": claim.unit, "reason": reason(claim)}
    row |= {"verdict": "described" if entry.described else claim.verdict, "hardly": claim.hardly}
    fails, p = written_failing(claim), written_p(claim)
    row |= {"fails": "" if fails == NONE else fails, "p": "" if p == NONE else p, "margin": claim.margin}
    row["stands"] = dict(zip(("n", "of"), claim.stands, strict=True)) if claim.stands else None
    row |= {"allowed": None, "published": None, "readings": [], "cases": []}
    if found:
        label = f"by {CLOCK_WORDS[claim.clock]}" if claim.clock else ""
        numbers = {part: None if found.withheld else finite(getattr(found, part)) for part in ("value", "low", "high")}
        row["cases"] = [] if found.withheld else list(found.cases)
        row["readings"] = [{"label": label, **numbers, "text": written_ours(claim)}]
    if allowed:
        row["allowed"] = {"low": allowed.low, "high": finite(allowed.high), "text": written_range(claim)}
    if published:
        row["published"] = {"value": published.value, "text": written_published(claim)}
    return row
