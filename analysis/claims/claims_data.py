"""The ledger for the page: every claim with its readings, as JSON can hold it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from analysis.claims.claims import Claim, Estimate
from analysis.claims.claims_tables import reason
from analysis.claims.claims_words import CLOCK_WORDS, digits_of, written_estimate, written_published, written_range
from analysis.data.dataset import Dataset


def claims_data(claims: Sequence[Claim], dataset: Dataset) -> list[dict[str, Any]]:
    """What the page shows of each claim, in the order of the ledger.

    Args:
        claims: All claims.
        dataset: The case list, for the names of where a claim stands.

    Returns:
        Per claim `id`, `short`, `text`, `topic`, `where`, `stated_by`, `sources_differ`, `population`, `unit`,
        `verdict`, `reason`, `url`, `margin`, `stands` (`n`, `of`: single changes of a choice), `allowed` and
        `published` (`text` beside their numbers), `readings` (`label`, `value`, `low`, `high`, `text`) and `cases`
        (the ids that the first reading counts). What does not apply is null or empty; so is an open end,
        and the value where nothing is counted.
    """
    places = dataset.value_labels("claims", "where_stated")
    return [_claim(claim, places) for claim in claims]


def _claim(claim: Claim, places: dict[str, str]) -> dict[str, Any]:
    entry, held, allowed, published = claim.entry, claim.holds, claim.entry.allowed, claim.published
    same = ("short", "topic", "stated_by", "sources_differ", "population", "url")
    return {
        **{name: getattr(entry, name) for name in same},
        "id": claim.id,
        "text": entry.claim,
        "where": places[entry.where_stated],
        "unit": claim.unit,
        "verdict": claim.verdict,
        "reason": reason(claim),
        "margin": claim.margin,
        "stands": {"n": held.n_single, "of": held.single} if held else None,
        "allowed": {"low": allowed.low, "high": _finite(allowed.high), "text": written_range(claim)}
        if allowed
        else None,
        "published": {"value": published.value, "text": written_published(claim)} if published else None,
        "readings": [_reading(claim, clock, estimate) for clock, estimate in claim.readings.items()],
        "cases": list(next(iter(claim.readings.values())).cases) if claim.readings else [],
    }


def _reading(claim: Claim, clock: str, estimate: Estimate) -> dict[str, Any]:
    return {
        "label": f"by {CLOCK_WORDS[clock]}" if clock else "",
        "value": _finite(estimate.value),
        "low": _finite(estimate.low),
        "high": _finite(estimate.high),
        "text": written_estimate(claim.unit, estimate, digits_of(claim)),
    }


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
