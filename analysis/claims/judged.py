"""The ledger tested: every claim with its estimates, its verdict, and how easily the verdict would turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.ledger import Entry, ledger
from analysis.claims.margin import margin
from analysis.claims.quantities import UNCODED, Reading, measured
from analysis.claims.verdicts import NOT_SUPPORTED, NOT_TESTABLE, PARTLY, RULES, SUPPORTED, fit, verdict
from analysis.data.dataset import Dataset
from analysis.sensitivity.choices import LEVELS
from analysis.sensitivity.grid import Grid, Holds, holds
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
    n: tuple[int, ...] = ()
    denominator: tuple[int, ...] = ()
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
        readings: Clock to estimate; the clock is empty for a claim that is not about time.
        fits: Clock to the code of `verdicts.fit`.
        published: The published number as an estimate, where there is one.
        published_fit: Its code.
        verdict: One of `verdicts.VERDICTS`.
        margin: The fewest cases whose code or date would have to differ for another verdict, the number of cases
            counted staying as it is; None when no change of single codes turns it, or when none has a meaning.
        holds: In how many variants the verdict stands; None when there is none.
    """

    entry: Entry
    unit: str = ""
    readings: dict[str, Estimate] = field(default_factory=dict)
    fits: dict[str, int] = field(default_factory=dict)
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


def judged(grid: Grid) -> list[Claim]:
    """Every claim of the ledger, in its order, with estimates, verdict, margin and the variants in which it stands."""
    return [judge(grid, entry) for entry in ledger(grid.dataset)]


def judge(grid: Grid, entry: Entry) -> Claim:
    """One claim with its estimates, verdict and margin, and in how many variants the verdict stands.

    A variant in which the claim cannot be tested turns a verdict. The published number is the same in every variant. A
    claim about time is read on its own clocks, whatever the clock of the variant, which only chooses cases.
    """
    if entry.allowed is None:
        return Claim(entry)
    different = [grid.own] if entry.quantity in UNCODED else list(grid.codings.values())
    found: dict[str, tuple[Counts, Counts]] = {}
    readings, fits = {}, []
    for clock in entry.clocks:
        codings = [measured(Reading(grid.dataset, codes, clock), entry) for codes in different]
        codings *= len(grid.codings) // len(codings)
        measure, own = codings[0]
        outcomes = zip(*(outcomes for _, outcomes in codings), strict=True)
        n, denominator = np.stack([grid.counts(outcome) for outcome in outcomes], axis=1)
        found[clock] = n[:, :1], denominator[:, :1]
        readings[clock] = estimate(measure, *found[clock], own[0])
        levels = [fit(entry.test, entry.allowed, measure.unit, measure.compute(n, denominator, lv)) for lv in LEVELS]
        fits.append(np.stack(levels, axis=-1).ravel())
    published = published_estimate(grid.dataset, entry, measure)
    agrees = None if published is None else int(fit(entry.test, entry.allowed, measure.unit, published.arrays)[0])
    verdicts = verdict(np.stack(fits), agrees)
    given, codes = str(verdicts[0]), {clock: int(each[0]) for clock, each in zip(entry.clocks, fits, strict=True)}
    if given == NOT_TESTABLE:
        return Claim(entry, measure.unit, readings, codes, published, agrees)
    turns = margin(given, entry.test, entry.allowed, measure, list(found.values()), agrees) if measure.movable else None
    stands = holds(grid.variants, verdicts == given)
    return Claim(entry, measure.unit, readings, codes, published, agrees, given, turns, stands)


def estimate(measure: Measure, n: Counts, denominator: Counts, counted: pd.Series[int]) -> Estimate:
    """The estimate of one column of counts, two arrays (outcomes, 1), with the cases that the first outcome counts."""
    value, low, high = (float(part[0]) for part in measure.compute(n, denominator, LEVEL))
    ids = tuple(sorted(map(str, counted.index[counted.eq(1).fillna(False)])))
    return Estimate(value, low, high, tuple(map(int, n[:, 0])), tuple(map(int, denominator[:, 0])), ids)


def published_estimate(dataset: Dataset, entry: Entry, measure: Measure) -> Estimate | None:
    """The published number of a claim on the scale of its measure, or None where there is none.

    A number printed as a share has no counts and so no interval; a total counts itself.
    """
    if not entry.published_id:
        return None
    row: Any = dataset.published.set_index("published_id").loc[entry.published_id]
    value = float(row["value"])
    if row["unit"] == "share" or measure.unit == "count":
        return Estimate(value, value, value, bound=str(row["bound"]))
    n, denominator = np.array([[int(value)]]), np.array([[int(row["denominator"])]])
    return estimate(measure, n, denominator, pd.Series(dtype="Int64"))


def under_rule(claim: Claim, rule: str) -> str:
    """The verdict on a claim by another rule than ours, a key of `verdicts.RULES`."""
    entry = claim.entry
    if entry.allowed is None:
        return claim.verdict
    test = RULES[rule].get(entry.test, entry.test)
    fits = [fit(test, entry.allowed, claim.unit, e.arrays) for e in claim.readings.values()]
    said = claim.published
    published = None if said is None else int(fit(test, entry.allowed, claim.unit, said.arrays)[0])
    return str(verdict(np.array(fits), published)[0])


def numbers(verdicts: list[str]) -> dict[str, int]:
    """How many verdicts there are: `total`, `tested`, `supported`, `partly`, `not_supported`, `untestable`."""
    names = {"supported": SUPPORTED, "partly": PARTLY, "not_supported": NOT_SUPPORTED, "untestable": NOT_TESTABLE}
    given = {name: verdicts.count(verdict) for name, verdict in names.items()}
    return {"total": len(verdicts), "tested": len(verdicts) - given["untestable"], **given}
