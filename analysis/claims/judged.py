"""The ledger tested: every claim, on each clock that it is read by, with its estimate, verdict and what turns it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.claims.ledger import Entry, ledger
from analysis.claims.quantities import CROSSED, UNCODED, Reading, measured
from analysis.claims.severity import Severity, margin, p_value, severity
from analysis.claims.verdicts import NOT_TESTABLE, fit, level_of, verdict
from analysis.data.dataset import Dataset
from analysis.record.small_cells import too_few
from analysis.sensitivity.choices import CLOCK, CODING, COUNTRY, DECEPTION, Change
from analysis.sensitivity.variants import Variant, Variants
from analysis.stats.groups import holm
from analysis.stats.measures import Measure
from analysis.stats.uncertainty import LEVEL, Counts

CLOCK_WORDS = {"left": "leaving", "first_public": "publication"}


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
        withheld: Whether it counts people by two attributes, and some that are too few to be printed.
    """

    value: float
    low: float
    high: float
    n: tuple[int, ...] = ()
    denominator: tuple[int, ...] = ()
    cases: tuple[str, ...] = ()
    bound: str = "exact"
    withheld: bool = False


@dataclass(frozen=True)
class Claim:
    """A claim of the ledger on one clock, with all that the record says about it.

    Attributes:
        entry: Its row of the ledger.
        clock: By which dates it is read; empty where it is not about time.
        unit: Scale of its estimate: `share`, `difference`, `ratio`, `count`; empty when no quantity tests it.
        estimate: What our list gives; None when no quantity does.
        published: The published number as an estimate, where there is one.
        verdict: One of `verdicts.VERDICTS`.
        margin: The fewest cases whose code or date would have to differ for another verdict, the number of cases
            counted staying as it is; None when no change of single codes turns it, or when none has a meaning.
        severity: How hard it was tested.
        p: The p-value of its test alone; None where it has none.
        p_holm: The same, corrected over all tests of the ledger.
        stands: In how many single changes of method the verdict stands, and of how many; None for none.
    """

    entry: Entry
    clock: str = ""
    unit: str = ""
    estimate: Estimate | None = None
    published: Estimate | None = None
    verdict: str = NOT_TESTABLE
    margin: int | None = None
    severity: Severity | None = None
    p: float | None = None
    p_holm: float | None = None
    stands: tuple[int, int] | None = None

    @property
    def both_clocks(self) -> bool:
        """Whether the claim is read by both clocks, each with a verdict of its own."""
        return len(self.entry.clocks) > 1

    @property
    def id(self) -> str:
        """Its name: that of the ledger, with the clock where it is read by both."""
        return f"{self.entry.id}.{self.clock}" if self.both_clocks else self.entry.id

    @property
    def short(self) -> str:
        """Its short wording, with the clock where it is read by both."""
        return f"{self.entry.short}, by {CLOCK_WORDS[self.clock]}" if self.both_clocks else self.entry.short

    @property
    def tested(self) -> bool:
        """Whether the record gives a verdict on it."""
        return self.verdict != NOT_TESTABLE

    @property
    def hardly(self) -> bool:
        """Whether it is tested and could hardly fail, so that its verdict is no support."""
        return self.tested and self.severity is not None and self.severity.hardly


class Court:
    """The claims read and judged on any variant of the list; each is read once for each coding."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._read: dict[tuple[int, bool, str, str], tuple[pd.DataFrame, Measure, NDArray[np.float64]]] = {}
        self._given: dict[tuple[str, str, bytes, bytes], str] = {}

    def counts(self, variant: Variant, entry: Entry, clock: str) -> tuple[Measure, Counts, Counts, pd.Index]:
        """What tests a claim in a variant: measure, numerators and denominators (outcomes, 1), the cases counted.

        The cases are those of the first outcome that decides.
        """
        codes = (0, True) if entry.quantity in UNCODED else (id(variant.frame), variant.seen is None)
        key = *codes, entry.id, clock
        if key not in self._read:
            measure, outcomes = measured(Reading(self.dataset, variant.frame, clock, variant.seen), entry)
            values = [outcome.to_numpy(dtype=float, na_value=np.nan) for outcome in outcomes]
            self._read[key] = variant.frame, measure, np.array(values)  # the frame stays, so that no other has its id
        _, measure, every = self._read[key]
        stay = every[:, variant.stays]
        n, denominator = (stay == 1).sum(axis=1, keepdims=True), (~np.isnan(stay)).sum(axis=1, keepdims=True)
        rows = measure.deciding(n, denominator)
        among = variant.frame.index[variant.stays]
        return measure, n[rows], denominator[rows], among[stay[rows[0]] == 1] if len(rows) else among[:0]

    def verdict(self, variant: Variant, entry: Entry, clock: str) -> str:
        """The verdict on a claim in a variant of the list."""
        if entry.allowed is None:
            return NOT_TESTABLE
        measure, n, denominator, _ = self.counts(variant, entry, clock)
        key = entry.id, clock, n.tobytes(), denominator.tobytes()  # many variants give the same counts
        if key not in self._given:
            code = fit(entry.test, entry.allowed, measure.unit, measure.compute(n, denominator, level_of(entry.test)))
            self._given[key] = verdict(int(code[0]), published_code(self.dataset, entry, measure))
        return self._given[key]


def judged(variants: Variants) -> list[Claim]:
    """Every claim of the ledger on each of its clocks, in its order, with all p-values corrected together."""
    court = Court(variants.dataset)
    claims = [judge(court, variants, entry, clock) for entry in ledger(variants.dataset) for clock in entry.clocks]
    corrected = holm(pd.Series({claim.id: claim.p for claim in claims if claim.p is not None}, dtype=float))
    return [replace(claim, p_holm=corrected[claim.id]) if claim.id in corrected else claim for claim in claims]


def judge(court: Court, variants: Variants, entry: Entry, clock: str) -> Claim:
    """One claim on one clock with its estimate, verdict and severity, and in how many changes the verdict stands."""
    if not entry.quantity:
        return Claim(entry, clock)
    measure, n, denominator, cases = court.counts(variants.own, entry, clock)
    ours = estimate(measure, n, denominator, sorted(map(str, cases)))
    said = published_estimate(court.dataset, entry, measure)
    if entry.quantity in CROSSED and any(map(too_few, (*ours.n, *ours.denominator))):
        ours = replace(ours, withheld=True)
    given = court.verdict(variants.own, entry, clock)
    found = Claim(entry, clock, measure.unit, ours, said, given)
    if entry.allowed is None or given == NOT_TESTABLE:
        return found
    test = entry.test, entry.allowed, measure, n, denominator
    others = [one for one in variants.single if meaningful(entry, clock, one.changes)]
    stands = sum(court.verdict(one, entry, clock) == given for one in others), len(others)
    turns = margin(*test, published_code(court.dataset, entry, measure))
    return replace(found, margin=turns, severity=severity(*test), p=p_value(*test), stands=stands)


def meaningful(entry: Entry, clock: str, changes: Iterable[Change]) -> bool:
    """Whether a claim still means something under some changes.

    It does not when a change chooses cases by what the claim is about: dates of leaving for a claim about time, people
    under supervision or pressed into service, or a country that it names; nor does whose codes count mean anything to
    a claim that rests on none.
    """
    given = entry.arguments
    about = {CLOCK} if clock else set()
    about |= {CODING, DECEPTION} if entry.quantity in UNCODED else set()
    about |= {"supervised"} if given.get("situation") else set()
    about |= {"coerced"} if "coerced" in given.get("variable", "") else set()
    named = {*given.get("values", "").split("|"), given.get("value", "")}
    return not any(one.choice in about or (one.choice == COUNTRY and one.option in named) for one in changes)


def estimate(
    measure: Measure, n: Counts, denominator: Counts, cases: Iterable[str] = (), level: float = LEVEL
) -> Estimate:
    """The estimate of counts (outcomes, 1), with the ids of the cases that the first outcome counts."""
    value, low, high = (float(part[0]) for part in measure.compute(n, denominator, level))
    return Estimate(value, low, high, tuple(map(int, n[:, 0])), tuple(map(int, denominator[:, 0])), tuple(cases))


def published_estimate(dataset: Dataset, entry: Entry, measure: Measure, level: float = LEVEL) -> Estimate | None:
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
    return estimate(measure, n, denominator, level=level)


def published_code(dataset: Dataset, entry: Entry, measure: Measure) -> int | None:
    """How the published number fits the words of its own claim, a code of `verdicts.fit`; None where there is none."""
    said = published_estimate(dataset, entry, measure, level_of(entry.test)) if entry.allowed else None
    if said is None or entry.allowed is None:
        return None
    value, low, high = (np.array([part]) for part in (said.value, said.low, said.high))
    return int(fit(entry.test, entry.allowed, measure.unit, (value, low, high))[0])
