"""Each finding in one place: count, denominator, interval, bounds, agreement, sensitivity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.data.clocks import lies_in
from analysis.data.dataset import Dataset
from analysis.people.reported import SUPERVISED, UNKNOWN, access_of
from analysis.record.formats import decimal, percent, percent_range
from analysis.sensitivity.sensitivity import Grid, Outcome, narrative_outcome
from analysis.sensitivity.specification import share_range
from analysis.stats.uncertainty import Share, bounds, share_of
from analysis.timeline.dating import dated, years_of

MIDDLE = 0.9


@dataclass(frozen=True)
class Finding:
    """A share with everything that bears on it.

    Attributes:
        id: Its name in records, such as `brutality`.
        label: Its name in print.
        share: Count, denominator and Wilson interval under the paper's own choices.
        bounds: Share of all core cases (0-1) when the undetermined are all 0 and all 1.
        kappa: Cohen's kappa of the coders, NaN where the finding rests on no code.
        ac1: Gwet's AC1, NaN likewise.
        alone: Lowest and highest share (0-1) when one choice departs.
        middle: Limits (0-1) of the middle 90% of all variants.
        every: Lowest and highest share (0-1) over all variants.
    """

    id: str
    label: str
    share: Share
    bounds: tuple[float, float]
    kappa: float
    ac1: float
    alone: tuple[float, float]
    middle: tuple[float, float]
    every: tuple[float, float]


def outcomes(dataset: Dataset) -> dict[str, tuple[str, Outcome]]:
    """The findings as outcomes: id to its name in print and the outcome that `Grid.evaluate` takes.

    The narratives; the last year of the window on each clock; accounts given under supervision.
    """
    study = dataset.study
    last = years_of(study.window)[-1]
    found: dict[str, tuple[str, Outcome]] = {
        code.variable: (f"Voices {code.label.lower()}", narrative_outcome(code.variable)) for code in study.narratives
    }
    found["left_last_year"] = (f"Left in {last.label}", _in_year(dataset, "left"))
    found["public_last_year"] = (f"Made public in {last.label}", _in_year(dataset, "first_public"))
    found["supervised"] = ("Told under supervision", lambda _: supervised_codes(dataset))
    return found


def supervised_codes(dataset: Dataset) -> pd.Series[int]:
    """1 for an account given under supervision, 0 for one given freely, NA where the situation is not reported."""
    access = access_of(dataset.core, dataset.study)
    return (access == SUPERVISED).astype("Int64").mask(access == UNKNOWN)


def finding(grid: Grid, id_: str, agreement: pd.DataFrame) -> Finding:
    """One finding with its uncertainty.

    Args:
        grid: The variants.
        id_: A key of `outcomes`.
        agreement: From `coders.agreement_table`, for the findings that rest on a code.
    """
    label, outcome = outcomes(grid.dataset)[id_]
    results = grid.evaluate(outcome)
    if id_ == "supervised":
        results = results[results["supervised"]]  # leaving them out would make the share 0 by definition
    codes = outcome(grid.own)
    values: Any = agreement["value"]
    coded = id_ in agreement.index.get_level_values("variable")
    return Finding(
        id=id_,
        label=label,
        share=share_of(codes),
        bounds=bounds(codes),
        kappa=float(values[id_, "kappa"]) if coded else float("nan"),
        ac1=float(values[id_, "ac1"]) if coded else float("nan"),
        alone=share_range(results, alone=True),
        middle=share_range(results, alone=False, middle=MIDDLE),
        every=share_range(results, alone=False),
    )


def findings_table(found: Sequence[Finding]) -> pd.DataFrame:
    """The findings as the paper prints them, a row each, every cell text."""
    return pd.DataFrame(
        [
            {
                "Finding": f.label,
                "Cases": f"{f.share.n} of {f.share.denominator}",
                "Share (95% interval)": f"{percent(f.share.share)} ({percent_range(*f.share.interval)})",
                "Bounds": one_or_range(*f.bounds),
                "Kappa": "–" if f.kappa != f.kappa else decimal(f.kappa),
                "AC1": "–" if f.ac1 != f.ac1 else decimal(f.ac1),
                "One choice changed": one_or_range(*f.alone),
                "Middle 90% of variants": one_or_range(*f.middle),
            }
            for f in found
        ]
    )


def one_or_range(low: float, high: float) -> str:
    """Two shares (0-1) as a range, or as one percentage when nothing lies between them."""
    return percent(low) if percent(low) == percent(high) else percent_range(low, high)


def findings_frame(found: Sequence[Finding]) -> pd.DataFrame:
    """The findings as numbers, index `finding`, a column for every number."""
    rows = {}
    for f in found:
        row: dict[str, float] = {"n": f.share.n, "denominator": f.share.denominator, "share": f.share.share}
        row |= {"low": f.share.low, "high": f.share.high, "kappa": f.kappa, "ac1": f.ac1}
        for part in ("bounds", "alone", "middle", "every"):
            row[f"{part}_low"], row[f"{part}_high"] = getattr(f, part)
        rows[f.id] = row
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("finding")


def findings_caption(found: Sequence[Finding], n_variants: int, cases: int) -> str:
    """The caption of the table of findings.

    Args:
        found: The findings.
        n_variants: Variants of the grid.
        cases: Cases of the core list.
    """
    coded = [f for f in found if f.kappa == f.kappa]
    return (
        f"Every finding with what bears on it. Cases: of those where it is known, out of {cases} core cases. Bounds: "
        f"share of all {cases}, the unknown ones all outside and all inside. Kappa and AC1: agreement of the two "
        f"coders before adjudication ({len(coded)} findings rest on their codes). One choice changed: lowest and "
        f"highest share when one choice of the analysis departs from ours. Last column: of all {n_variants:,} "
        "combinations of choices."
    )


def _in_year(dataset: Dataset, clock: str) -> Outcome:
    study = dataset.study
    inside = lies_in(dated(dataset.core, clock, study.window), years_of(study.window)[-1])
    return lambda _: inside
