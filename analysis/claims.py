"""The ledger tested: every claim with its estimates, its verdict, and how easily the verdict would turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd

from analysis.dataset import Dataset
from analysis.measures import Counts, Measure, Numbers
from analysis.outcomes import Outcome, Quantity, parse_arguments
from analysis.quantities import QUANTITIES
from analysis.sensitivity import Grid, Holds, holds
from analysis.uncertainty import LEVEL
from analysis.variants import Reading, codes_under
from analysis.verdicts import FITS, NOT_TESTABLE, fit, verdict
from analysis.wording import Range

CLOCKS = {"left": ("left",), "first_public": ("first_public",), "both": ("left", "first_public")}


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
    """

    value: float
    low: float
    high: float
    n: tuple[int, ...]
    denominator: tuple[int, ...]
    cases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A claim of the ledger with all that the record says about it.

    Attributes:
        id: The claim's name.
        entry: Its row of the ledger.
        unit: Scale of its estimates: `share`, `difference`, `ratio`, `count`; empty when no quantity tests it.
        allowed: The range its words allow; None when no quantity tests it.
        estimates: Clock to estimate; the clock is empty for a claim that is not about time.
        fits: Clock to the code of `verdicts.fit`.
        published: The published number as an estimate, where there is one.
        published_fit: Its code.
        verdict: One of `verdicts.VERDICTS`.
        margin: The fewest cases whose code or date would have to differ for another verdict, the number of cases counted staying
            as it is; None when no change of single codes turns it or none has a meaning.
        holds: In how many variants the verdict stands; None when no quantity tests the claim.
    """

    id: str
    entry: pd.Series[object]
    unit: str
    allowed: Range | None
    estimates: dict[str, Estimate]
    fits: dict[str, int]
    published: Estimate | None
    published_fit: int | None
    verdict: str
    margin: int | None
    holds: Holds | None

    @property
    def tested(self) -> bool:
        """Whether the record gives a verdict on it."""
        return self.verdict != NOT_TESTABLE

    @property
    def firm(self) -> bool:
        """Whether the claim fits by every clock with its whole interval, so that chance alone would not turn it."""
        limits = [limit for estimate in self.estimates.values() for limit in (estimate.low, estimate.high)]
        return self.allowed is not None and bool(limits) and all(limit in self.allowed for limit in limits)


def tested_claims(dataset: Dataset, grid: Grid | None = None) -> list[Claim]:
    """Every claim of the ledger, in its order, with estimates, verdict and margin.

    Args:
        dataset: The case list.
        grid: Its variants; with them each claim also says in how many its verdict stands.
    """
    ledger = dataset.claims.set_index("claim_id")
    readings = {clock: reading(dataset, clock) for clock in dataset.study.clocks}
    claims = [_claim(dataset, str(name), entry, readings) for name, entry in ledger.iterrows()]
    return claims if grid is None else [replace(claim, holds=stands(claim, dataset, grid)) for claim in claims]


def reading(dataset: Dataset, clock: str) -> Reading:
    """The core list as the paper reads it: adjudicated codes, on one clock."""
    return Reading(dataset, clock, codes_under(dataset, dataset.study.final_coder))


def quantity_of(dataset: Dataset, entry: pd.Series[object]) -> Quantity:
    """The quantity that a row of the ledger names, with its arguments.

    Raises:
        ValueError: When no function has the name.
    """
    name, arguments = str(entry["quantity"]), entry["arguments"]
    if name not in QUANTITIES:
        raise ValueError(f'data/claims.csv quantity: "{name}" is no function. Write one of {", ".join(sorted(QUANTITIES))}.')
    return QUANTITIES[name](dataset, parse_arguments("" if pd.isna(arguments) else str(arguments)))


def allowed_range(entry: pd.Series[object]) -> Range:
    """The range that a row of the ledger allows; no upper end is infinity."""
    high = entry["allowed_high"]
    return Range(float(str(entry["allowed_low"])), np.inf if pd.isna(high) else float(str(high)), str(entry["closed"]))


def clocks_of(entry: pd.Series[object]) -> tuple[str, ...]:
    """The clocks by which a row of the ledger is read; one empty name when it is not about time."""
    return ("",) if pd.isna(entry["clocks"]) else CLOCKS[str(entry["clocks"])]


def counts(outcomes: tuple[Outcome, ...], of: Reading) -> tuple[Counts, Counts]:
    """Numerator and denominator of each outcome, as columns: two arrays (outcomes, 1)."""
    values = [outcome(of) for outcome in outcomes]
    n = np.array([[int(codes.sum())] for codes in values])
    return n, np.array([[int(codes.notna().sum())] for codes in values])


def _claim(dataset: Dataset, name: str, entry: pd.Series[object], readings: dict[str, Reading]) -> Claim:
    if pd.isna(entry["quantity"]):
        return Claim(name, entry, "", None, {}, {}, None, None, NOT_TESTABLE, None, None)
    quantity, allowed, clocks = quantity_of(dataset, entry), allowed_range(entry), clocks_of(entry)
    measure, test = quantity.measure, str(entry["test"])
    of = {clock: readings[clock or "first_public"] for clock in clocks}
    found = {clock: counts(quantity.outcomes, of[clock]) for clock in clocks}
    estimates = {clock: _estimate(measure, *found[clock], quantity.outcomes[0](of[clock])) for clock in clocks}
    codes = {c: int(fit(test, allowed, measure.unit, _arrays(e))[0]) for c, e in estimates.items()}
    published = published_estimate(dataset, entry, measure)
    published_fit = None if published is None else int(fit(test, allowed, measure.unit, _arrays(published))[0])
    own = str(verdict(np.array([[code] for code in codes.values()]), published_fit)[0])

    def verdicts_at(n: list[Counts], denominator: list[Counts]) -> list[str]:
        fits = [fit(test, allowed, measure.unit, measure.compute(a, b, LEVEL)) for a, b in zip(n, denominator, strict=True)]
        return list(verdict(np.array(fits), published_fit))

    margin = _margin(own, list(found.values()), verdicts_at) if measure.movable and own != NOT_TESTABLE else None
    return Claim(
        name, entry, measure.unit, allowed, estimates, codes, published, published_fit, own, margin, None
    )


def _estimate(measure: Measure, n: Counts, denominator: Counts, counted: pd.Series[int]) -> Estimate:
    value, low, high = (float(part[0]) for part in measure.compute(n, denominator, LEVEL))
    ids = tuple(sorted(map(str, counted.index[counted.eq(1).fillna(False)])))
    return Estimate(value, low, high, tuple(map(int, n[:, 0])), tuple(map(int, denominator[:, 0])), ids)


def _arrays(estimate: Estimate) -> tuple[Numbers, Numbers, Numbers]:
    return np.array([estimate.value]), np.array([estimate.low]), np.array([estimate.high])


def published_estimate(dataset: Dataset, entry: pd.Series[object], measure: Measure) -> Estimate | None:
    """The published number of a claim on the scale of its measure, or None where there is none.

    A number printed as a share has no counts and no interval; a total counts itself.
    """
    if pd.isna(entry["published_id"]):
        return None
    row = dataset.published.set_index("published_id").loc[str(entry["published_id"])]
    value = float(row["value"])
    if row["unit"] == "share" or measure.unit == "count":
        return Estimate(value, value, value, (), ())
    n, denominator = np.array([[int(value)]]), np.array([[int(row["denominator"])]])
    return _estimate(measure, n, denominator, pd.Series(dtype="Int64"))


def _margin(own: str, found: list[tuple[Counts, Counts]], verdicts_at: object) -> int | None:
    """The fewest single changes, over all numerators together, that give another verdict."""
    n0 = np.concatenate([n for n, _ in found])
    d0 = np.concatenate([d for _, d in found])
    lengths = np.cumsum([len(n) for n, _ in found])[:-1]
    for changes in range(1, int(d0.max()) + 1):
        moves = np.array([m for m in product(range(-changes, changes + 1), repeat=len(n0)) if sum(map(abs, m)) == changes]).T
        n = n0 + moves
        possible = ((n >= 0) & (n <= d0)).all(axis=0)
        if not possible.any():
            continue
        n = n[:, possible]
        d = np.broadcast_to(d0, n.shape)
        given = verdicts_at(np.split(n, lengths), np.split(d, lengths))  # type: ignore[operator]
        if any(other != own for other in given):
            return changes
    return None


def stands(claim: Claim, dataset: Dataset, grid: Grid) -> Holds | None:
    """In how many variants the claim's verdict stands, and which single choices turn it; None when nothing tests it.

    A variant in which the claim cannot be tested turns a verdict. The published number is the same in every variant.
    """
    if claim.allowed is None:
        return None
    quantity = quantity_of(dataset, claim.entry)
    levels = grid.variants["level"].to_numpy(dtype=float)
    fits = []
    for clock in clocks_of(claim.entry):
        results = [grid.evaluate(_on(outcome, clock)) for outcome in quantity.outcomes]
        n = np.stack([result["n"].to_numpy() for result in results])
        denominator = np.stack([result["denominator"].to_numpy() for result in results])
        codes = np.full(len(levels), FITS)
        for level in np.unique(levels):
            of = levels == level
            estimates = quantity.measure.compute(n[:, of], denominator[:, of], float(level))
            codes[of] = fit(str(claim.entry["test"]), claim.allowed, claim.unit, estimates)
        fits.append(codes)
    given = pd.Series(verdict(np.stack(fits), claim.published_fit), index=grid.variants.index)
    return holds(grid.variants.assign(verdict=given), lambda results: results["verdict"] == claim.verdict)


def _on(outcome: Outcome, clock: str) -> Outcome:
    """The outcome read on one clock, whatever the variant's own; unchanged when the claim is not about time."""
    return (lambda of: outcome(replace(of, clock=clock))) if clock else outcome
