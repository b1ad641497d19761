"""The ledger tested: every claim with its estimates, its verdict, and how easily the verdict would turn."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.claims.ledger import Entry, ledger, published_row, quantity_of
from analysis.claims.margin import margin
from analysis.claims.outcomes import Outcome
from analysis.claims.verdicts import NOT_TESTABLE, RULES, fit, verdict
from analysis.data.dataset import Dataset
from analysis.sensitivity.sensitivity import Grid, Holds, holds
from analysis.sensitivity.variants import Reading, codes_under
from analysis.stats.measures import Estimates, Measure
from analysis.stats.uncertainty import LEVEL, Counts


@dataclass(frozen=True)
class Estimate:
    """A number that tests a claim, with its interval.

    Attributes:
        value: The estimate, on the scale of the claim's unit.
        low: Lower limit of the 95% interval.
        high: Upper limit.
        n: Numerator of each outcome.
        denominator: Denominator of each outcome.
        cases: The ids of the cases that the first outcome counts.
        bound: How a published number is worded: `exact`, `at_least`, `about` or `nearly`.
    """

    value: float
    low: float
    high: float
    n: tuple[int, ...]
    denominator: tuple[int, ...]
    cases: tuple[str, ...] = ()
    bound: str = "exact"

    @property
    def arrays(self) -> Estimates:
        """Value, low and high as arrays of one, the form that `verdicts.fit` takes."""
        return np.array([self.value]), np.array([self.low]), np.array([self.high])


@dataclass(frozen=True)
class Claim:
    """A claim of the ledger with all that the record says about it.

    Attributes:
        entry: Its row of the ledger.
        unit: Scale of its estimates: `share`, `difference`, `ratio`, `count`; empty when no quantity tests it.
        estimates: Clock to estimate; the clock is empty for a claim that is not about time.
        fits: Clock to the code of `verdicts.fit`.
        published: The published number as an estimate, where there is one.
        published_fit: Its code.
        verdict: One of `verdicts.VERDICTS`.
        margin: The fewest cases whose code or date would have to differ for another verdict, the number of cases
            counted staying as it is; None when no change of single codes turns it, or when none has a meaning.
        holds: In how many variants the verdict stands; None when that was not asked or nothing tests the claim.
    """

    entry: Entry
    unit: str = ""
    estimates: dict[str, Estimate] | None = None
    fits: dict[str, int] | None = None
    published: Estimate | None = None
    published_fit: int | None = None
    verdict: str = NOT_TESTABLE
    margin: int | None = None
    holds: Holds | None = None

    @property
    def id(self) -> str:
        """The claim's name."""
        return self.entry.id

    @property
    def tested(self) -> bool:
        """Whether the record gives a verdict on it."""
        return self.verdict != NOT_TESTABLE

    @property
    def readings(self) -> dict[str, Estimate]:
        """Clock to estimate; none when no quantity tests the claim."""
        return self.estimates or {}

    @property
    def firm(self) -> bool:
        """Whether the whole interval of every reading lies in the range, so that chance alone would not turn it."""
        limits = [limit for estimate in self.readings.values() for limit in (estimate.low, estimate.high)]
        allowed = self.entry.allowed
        return allowed is not None and bool(limits) and all(limit in allowed for limit in limits)


def judged(dataset: Dataset, grid: Grid | None = None) -> list[Claim]:
    """Every claim of the ledger, in its order, with estimates, verdict and margin.

    Args:
        dataset: The case list.
        grid: Its variants; with them each tested claim also says in how many its verdict stands.
    """
    codes = codes_under(dataset, dataset.study.final_coder)
    readings = {clock: Reading(dataset, clock, codes) for clock in dataset.study.clocks}
    claims = [judge(dataset, entry, readings) for entry in ledger(dataset)]
    if grid is None:
        return claims
    return [replace(claim, holds=stands(claim, grid)) if claim.tested else claim for claim in claims]


def judge(dataset: Dataset, entry: Entry, readings: dict[str, Reading]) -> Claim:
    """One claim with its estimates, verdict and margin.

    Args:
        dataset: The case list.
        entry: Its row of the ledger.
        readings: Clock to the core list as the paper reads it.
    """
    if entry.allowed is None:
        return Claim(entry)
    quantity, allowed = quantity_of(dataset, entry), entry.allowed
    measure = quantity.measure
    of = {clock: readings[clock or "first_public"] for clock in entry.clocks}
    found = {clock: counts(quantity.outcomes, of[clock]) for clock in entry.clocks}
    estimates = {c: estimate(measure, *found[c], quantity.outcomes[0](of[c])) for c in entry.clocks}
    fits = {c: int(fit(entry.test, allowed, measure.unit, e.arrays)[0]) for c, e in estimates.items()}
    published = published_estimate(dataset, entry, measure)
    agrees = None if published is None else int(fit(entry.test, allowed, measure.unit, published.arrays)[0])
    own = str(verdict(np.array([[code] for code in fits.values()]), agrees)[0])

    turns = None
    if measure.movable and own != NOT_TESTABLE:
        turns = margin(own, entry.test, allowed, measure, list(found.values()), agrees)
    return Claim(entry, measure.unit, estimates, fits, published, agrees, own, turns)


def under_rule(claim: Claim, rule: str) -> str:
    """The verdict on a claim by another rule than ours.

    Args:
        claim: A claim, tested or not.
        rule: A key of `verdicts.RULES`.
    """
    entry = claim.entry
    if entry.allowed is None:
        return claim.verdict
    test = RULES[rule].get(entry.test, entry.test)
    fits = [fit(test, entry.allowed, claim.unit, e.arrays) for e in claim.readings.values()]
    published = (
        None if claim.published is None else int(fit(test, entry.allowed, claim.unit, claim.published.arrays)[0])
    )
    return str(verdict(np.array(fits), published)[0])


def counts(outcomes: tuple[Outcome, ...], of: Reading) -> tuple[Counts, Counts]:
    """Numerator and denominator of each outcome, as columns: two arrays (outcomes, 1)."""
    values = [outcome(of) for outcome in outcomes]
    n = np.array([[int(codes.sum())] for codes in values])
    return n, np.array([[int(codes.notna().sum())] for codes in values])


def estimate(measure: Measure, n: Counts, denominator: Counts, counted: pd.Series[int]) -> Estimate:
    """The estimate of one column of counts, with the cases that its first outcome counts.

    Args:
        measure: How counts become an estimate.
        n: Numerators, an array (outcomes, 1).
        denominator: Denominators, likewise.
        counted: The first outcome, index `case_id`.
    """
    value, low, high = (float(part[0]) for part in measure.compute(n, denominator, LEVEL))
    ids = tuple(sorted(map(str, counted.index[counted.eq(1).fillna(False)])))
    return Estimate(value, low, high, tuple(map(int, n[:, 0])), tuple(map(int, denominator[:, 0])), ids)


def published_estimate(dataset: Dataset, entry: Entry, measure: Measure) -> Estimate | None:
    """The published number of a claim on the scale of its measure, or None where there is none.

    A number printed as a share has no counts and so no interval; a total counts itself.
    """
    row = published_row(dataset, entry)
    if row is None:
        return None
    value = float(row["value"])
    if row["unit"] == "share" or measure.unit == "count":
        return Estimate(value, value, value, (), (), bound=str(row["bound"]))
    n, denominator = np.array([[int(value)]]), np.array([[int(row["denominator"])]])
    return estimate(measure, n, denominator, pd.Series(dtype="Int64"))


def stands(claim: Claim, grid: Grid) -> Holds:
    """In how many variants the claim's verdict stands, and which single choices turn it.

    A variant in which the claim cannot be tested turns a verdict. The published number is the same in every variant.

    Args:
        claim: A claim with a quantity.
        grid: The variants.

    Raises:
        ValueError: When nothing tests the claim.
    """
    entry = claim.entry
    if entry.allowed is None:
        raise ValueError(f"{claim.id} has no quantity, so no variant of it. Ask only about claims that are tested.")
    quantity = quantity_of(grid.dataset, entry)
    levels = grid.options["level"]
    fits = np.zeros((len(entry.clocks), len(grid)), dtype=int)
    for reading, clock in zip(fits, entry.clocks, strict=True):
        counted = [grid.counts(_on(outcome, clock), quantity.coded) for outcome in quantity.outcomes]
        n, denominator = np.stack(counted, axis=1)
        for place, level in enumerate(levels):
            estimates = quantity.measure.compute(n, denominator, float(str(level)))
            reading[place :: len(levels)] = fit(entry.test, entry.allowed, claim.unit, estimates)
    given = grid.variants.assign(stands=verdict(fits, claim.published_fit) == claim.verdict)
    return holds(given, lambda results: results["stands"])


def _on(outcome: Outcome, clock: str) -> Outcome:
    """The outcome read on one clock, whatever the variant's own; unchanged when the claim is not about time."""
    return (lambda of: outcome(replace(of, clock=clock))) if clock else outcome
