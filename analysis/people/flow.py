"""From the candidates that were looked at to the core list: how many were left out at each step, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Flow:
    """The way from candidates to the core list; every number is a count of cases.

    Attributes:
        candidates: Everyone who was looked at.
        excluded: Left out because a rule was not met.
        reasons: Reason to count, most frequent first and equals in alphabetical order; sums to `excluded`.
        eligible: Candidates that meet the rules, whenever they were made public.
        later: Eligible, but first public after the window.
        core: The core list.
    """

    candidates: int
    excluded: int
    reasons: dict[str, int]
    eligible: int
    later: int
    core: int


def flow(cases: pd.DataFrame) -> Flow:
    """The count of cases at each step.

    Args:
        cases: Every candidate, with `decision` (core, later, excluded) and `reason`.

    Raises:
        ValueError: When a decision is none of the three.
    """
    decisions = cases["decision"].value_counts()
    unknown = set(decisions.index) - {"core", "later", "excluded"}
    if unknown:
        raise ValueError(f"The decision {min(unknown)!r} is none of core, later and excluded.")
    core, later, excluded = (int(decisions.get(decision, 0)) for decision in ("core", "later", "excluded"))
    counts = cases.loc[cases["decision"] == "excluded", "reason"].value_counts()
    reasons = {str(reason): int(counts[reason]) for reason in sorted(counts.index, key=lambda r: (-counts[r], r))}
    return Flow(len(cases), excluded, reasons, core + later, later, core)


def known_of(cases: pd.DataFrame, codes: pd.DataFrame, clocks: Sequence[str]) -> pd.Series[int]:
    """How many cases have what each chapter needs: the denominators of the paper, side by side.

    Args:
        cases: Cases with `<clock>_month` (`Period[M]`, NaT unless known to the month).
        codes: Codes of the narratives in wide form for the same cases; NA where the text does not reach reasons.
        clocks: The clocks, such as `left` and `first_public`.

    Returns:
        `reasons` (some narrative is coded 1 or 0), then one count per clock.
    """
    reached = codes.reindex(cases.index).notna().any(axis="columns")
    dated = {clock: int(cases[f"{clock}_month"].notna().sum()) for clock in clocks}
    return pd.Series({"reasons": int(reached.sum()), **dated}, name="n").rename_axis("known")
