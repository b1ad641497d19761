"""What the ledger gives to the prose: its totals, and for every claim verdict, numbers and what would turn it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.claims.claims import Claim, Estimate, under_rule
from analysis.claims.claims_tables import reason
from analysis.claims.claims_text import listed, numbers, own_claims
from analysis.claims.claims_words import (
    written_counts,
    written_estimate,
    written_interval,
    written_margin,
    written_published,
    written_range,
    written_readings,
    written_stands,
    written_value,
)
from analysis.claims.verdicts import FITS, NOT_SUPPORTED, PARTLY, RULES, SUPPORTED
from analysis.data.dataset import Dataset
from analysis.record.record import Record
from analysis.record.wording import phrase
from analysis.sensitivity.sensitivity_record import record_holds


def record_numbers(record: Record, claims: Sequence[Claim]) -> None:
    """Record how many claims there are and how they fare, all together and those of the summary and report alone.

    `claims.n_total`, `.n_tested`, `.n_supported`, `.n_partly`, `.n_not_supported`, `.n_untestable`, `.n_firm`, and the
    same below `claims.own` and, for each topic of the ledger, below `claims.own.<topic>`; `claims.own.supported`,
    `.partly` and `.not_supported` list the names of those claims.
    """
    own = own_claims(claims)
    sets = {"claims": claims, "claims.own": own}
    for topic in dict.fromkeys(claim.entry.topic for claim in own):
        sets[f"claims.own.{topic}"] = [claim for claim in own if claim.entry.topic == topic]
    for prefix, chosen in sets.items():
        for name, number in numbers(chosen).items():
            record.value(f"{prefix}.n_{name}", number, unit="count")
    for name, verdict in (("supported", SUPPORTED), ("partly", PARTLY), ("not_supported", NOT_SUPPORTED)):
        record.value(f"claims.own.{name}", listed(own, verdict), unit="text")


def record_rules(record: Record, claims: Sequence[Claim]) -> None:
    """Record how many claims fare how by other rules than ours: `claims.rule.<rule>.n_supported`, ..., `.n_changed`.

    `claims.rule.<rule>.changed` lists the claims whose verdict that rule changes.
    """
    for rule in RULES:
        other = [replace(claim, verdict=under_rule(claim, rule)) for claim in claims]
        changed = [new.entry.short for old, new in zip(claims, other, strict=True) if old.verdict != new.verdict]
        found = numbers(other)
        for name in ("supported", "partly", "not_supported", "untestable"):
            record.value(f"claims.rule.{rule}.n_{name}", found[name], unit="count")
        record.value(f"claims.rule.{rule}.n_changed", len(changed), unit="count")
        record.value(f"claims.rule.{rule}.changed", "; ".join(changed) if changed else "none", unit="text")


def record_claim(record: Record, claim: Claim, dataset: Dataset) -> None:
    """Record one claim below `claims.<id>`.

    Always `verdict` and `statement`. For a claim without a verdict `reason`. For one with a quantity `allowed`,
    `says` (all readings in one text), `strength` and, where they exist, `published`, `published_agrees`, `margin`,
    `stands` and `variants.*` (see `sensitivity_record.record_holds`). The numbers of a reading stand below the claim,
    or below `claims.<id>.left` and `claims.<id>.first_public` when it is read on both clocks: `estimate`, `interval`,
    `of`, `says`; for a share also `n`, `denominator` and `phrase`. Where nothing is counted only `says`, `n` and
    `denominator` stand.
    """
    name = f"claims.{claim.id}"
    record.value(f"{name}.verdict", claim.verdict, unit="verdict")
    record.value(f"{name}.statement", claim.entry.claim, unit="text")
    if not claim.tested:
        record.value(f"{name}.reason", reason(claim), unit="text")
    if not claim.readings:
        return
    record.value(f"{name}.allowed", written_range(claim), unit="text")
    several = len(claim.readings) > 1
    for clock, estimate in claim.readings.items():
        _record_reading(record, f"{name}.{clock}" if several else name, claim, estimate)
    if several:
        record.value(f"{name}.says", written_readings(claim), unit="text")
    record.value(f"{name}.strength", "firm" if claim.firm else "open to chance", unit="phrase")
    if claim.published is not None:
        agrees = "agrees" if claim.published_fit == FITS else "disagrees"
        record.value(f"{name}.published", written_published(claim), unit="text")
        record.value(f"{name}.published_agrees", agrees, unit="phrase")
    if claim.margin is not None:
        record.value(f"{name}.margin", claim.margin, unit="count", text=written_margin(claim))
    if claim.holds is not None:
        record.value(f"{name}.stands", written_stands(claim), unit="text")
        record_holds(record, f"{name}.variants", claim.holds, dataset)


def _record_reading(record: Record, name: str, claim: Claim, estimate: Estimate) -> None:
    share = claim.unit == "share" and len(estimate.n) == 1
    counted: dict[str, Any] = (
        {"n": estimate.n[0], "denominator": estimate.denominator[0], "cases": estimate.cases} if share else {}
    )
    record.value(f"{name}.says", written_estimate(claim.unit, estimate), unit="text")
    if share:
        record.value(f"{name}.n", estimate.n[0], unit="count")
        record.value(f"{name}.denominator", estimate.denominator[0], unit="count")
    if math.isnan(estimate.value):
        return
    value = written_value(claim.unit, estimate.value)
    unit = "share" if claim.unit == "share" else "number"
    record.value(f"{name}.estimate", estimate.value, unit=unit, text=value, **counted)
    if interval := written_interval(claim.unit, estimate.low, estimate.high):
        record.value(f"{name}.interval", (estimate.low, estimate.high), unit="interval", text=interval)
    if counts := written_counts(claim.unit, estimate):
        record.value(f"{name}.of", counts, unit="text")
    if share:
        record.value(f"{name}.phrase", phrase(estimate.value), unit="phrase")
