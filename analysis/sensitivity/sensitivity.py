"""A statistic over every defensible variant at once, and which choices turn a claim."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.data.dataset import Dataset
from analysis.sensitivity.variants import Reading, codes_under, keeps, options, without_deception_alone
from analysis.stats.uncertainty import divide, limits

Outcome = Callable[[Reading], "pd.Series[int]"]
Rule = Callable[[pd.DataFrame], "pd.Series[bool]"]


@dataclass(frozen=True)
class Grid:
    """Every variant of a case list. Make it once and evaluate many statistics on it.

    Attributes:
        dataset: The case list; the statistics are over its core list.
    """

    dataset: Dataset

    @cached_property
    def options(self) -> dict[str, tuple[object, ...]]:
        """Every option of every choice, the paper's own first."""
        return options(self.dataset)

    @cached_property
    def variants(self) -> pd.DataFrame:
        """One row per variant, a column per choice; `departures` counts the choices that differ from those of row 0."""
        chosen: list[Any] = list(self.options.values())
        index = pd.MultiIndex.from_product(chosen, names=list(self.options))
        departures = sum(np.not_equal(codes, codes[0]).astype(int) for codes in index.codes)
        frame: pd.DataFrame = index.to_frame(index=False)
        return frame.assign(departures=departures)

    def __len__(self) -> int:
        """The number of variants: the product of the numbers of options."""
        return math.prod(map(len, self.options.values()))

    @property
    def own(self) -> Reading:
        """The core list under the paper's own choices."""
        return self._readings[0, 0, 0]

    def evaluate(self, outcome: Outcome) -> pd.DataFrame:
        """A share under every variant.

        Args:
            outcome: From a reading to 1, 0 or NA per core case (Int64, index `case_id`). NA leaves the case out of
                the denominator.

        Returns:
            One row per variant, in the order of `variants` and with its columns; `n`, `denominator`, `share` (0-1,
            NaN when the denominator is 0), `low`, `high` (Wilson).
        """
        n, denominator = self.counts(outcome)
        levels = self.options["level"]
        low, high = np.stack([limits(n, denominator, float(str(level))) for level in levels], axis=-1).reshape(2, -1)
        repeated = {"n": np.repeat(n, len(levels)), "denominator": np.repeat(denominator, len(levels))}
        share = divide(repeated["n"], repeated["denominator"])
        return self.variants.assign(**repeated, share=share, low=low, high=high)

    def counts(self, outcome: Outcome, coded: bool = True) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Numerators and denominators under every combination of the choices but the level, the last of them.

        Args:
            outcome: As `evaluate` takes it.
            coded: Whether the outcome looks at the codes; where it does not, it is computed once per clock.

        Returns:
            Two arrays, in the order of `variants`; each entry holds for as many variants as there are levels.
        """
        group, masks = self._selections
        codings, deceptions, clocks, *_ = (len(found) for found in self.options.values())
        n = np.empty((codings, deceptions, clocks, masks.shape[1]), dtype=int)
        denominator = np.empty_like(n)
        known: dict[tuple[int, int, int], tuple[NDArray[np.int64], NDArray[np.int64]]] = {}
        for (coding, deception, clock), reading in self._readings.items():
            same = (coding, deception, clock) if coded else (0, 0, clock)
            if same not in known:
                known[same] = self._per_group(outcome(reading), group, masks.shape[-1])
            ones, known_ones = known[same]
            n[coding, deception, clock] = masks[clock] @ ones
            denominator[coding, deception, clock] = masks[clock] @ known_ones
        return n.ravel(), denominator.ravel()

    def _per_group(
        self, values: pd.Series[int], group: NDArray[np.intp], groups: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The cases of each group with a 1, and those with a value."""
        if values.index is not self.dataset.core.index:
            values = values.reindex(self.dataset.core.index)
        code = values.to_numpy(dtype=np.int8, na_value=-1) + np.int8(1)  # 0 without a value, 1 for 0, 2 for 1
        counted = np.bincount(3 * group + code, minlength=3 * groups).reshape(groups, 3)
        return counted[:, 2], counted[:, 1] + counted[:, 2]

    @cached_property
    def _selections(self) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """The group of each core case, and which groups stay: (clocks, combinations of the other selections, groups).

        A group is the cases that every option keeps or leaves out alike. The combinations are in the order of
        `variants`.
        """
        stays = {
            choice: np.stack([keep(option).to_numpy(dtype=bool) for option in self.options[choice]])
            for choice, keep in keeps(self.dataset).items()
        }
        group = np.zeros(len(self.dataset.core), dtype=np.intp)
        for row in np.concatenate(list(stays.values())):
            group = pd.factorize(2 * group + row)[0]
        of_group = np.unique(group, return_index=True)[1]
        combined = np.ones((1, len(of_group)), dtype=int)
        for rows in stays.values():
            combined = (combined[:, None, :] * rows[None, :, of_group]).reshape(-1, len(of_group))
        return group, combined.reshape(len(self.options["clock"]), -1, len(of_group))

    @cached_property
    def _readings(self) -> dict[tuple[int, int, int], Reading]:
        codings, deceptions, clocks = (self.options[choice] for choice in ("coding", "deception_alone", "clock"))
        readings = {}
        for i, coding in enumerate(codings):
            counted = codes_under(self.dataset, str(coding))
            for j, deception in enumerate(deceptions):
                codes = counted if deception else without_deception_alone(self.dataset, counted)
                for k, clock in enumerate(clocks):
                    readings[i, j, k] = Reading(self.dataset, str(clock), codes)
        return readings


@dataclass(frozen=True)
class Turn:
    """One option of one choice that, taken alone, turns a claim.

    Attributes:
        choice: The choice, a field of `Variant`.
        option: The option taken in place of the paper's own.
    """

    choice: str
    option: object


@dataclass(frozen=True)
class Holds:
    """In how many variants a rule holds, and which single choices turn it.

    Attributes:
        own: Whether it holds under the paper's own choices.
        n: Variants in which it holds.
        variants: All variants: the denominator of `n`.
        n_single: Variants with exactly one departure from the paper's own choices in which it holds.
        single: All variants with exactly one departure: the denominator of `n_single`.
        turned_by: The single departures whose answer differs from the paper's own.
    """

    own: bool
    n: int
    variants: int
    n_single: int
    single: int
    turned_by: tuple[Turn, ...]


def holds(results: pd.DataFrame, rule: Rule) -> Holds:
    """In how many variants a rule holds, and which choices, taken one at a time, turn the answer.

    Args:
        results: What `Grid.evaluate` gave; columns of several evaluations may be joined beside it.
        rule: From the results to one answer per row. A share that is NaN should not satisfy it.
    """
    answers = rule(results).fillna(False).astype(bool)
    own = bool(answers.iloc[0])
    single = results[results["departures"] == 1]
    turned = single[answers.loc[single.index] != own]
    return Holds(
        own=own,
        n=int(answers.sum()),
        variants=len(results),
        n_single=int(answers.loc[single.index].sum()),
        single=len(single),
        turned_by=tuple(departure(row, results.iloc[0]) for _, row in turned.iterrows()),
    )


def departure(row: pd.Series[Any], own: pd.Series[Any]) -> Turn:
    """The choice in which a variant with one departure differs from the paper's own.

    Raises:
        ValueError: When it does not differ in exactly one choice.
    """
    choices = own.index[: own.index.get_loc("departures")]
    differing = [choice for choice in choices if row[choice] != own[choice]]
    if len(differing) != 1:
        raise ValueError(f"The variant differs in {len(differing)} choices. Ask about variants with one departure.")
    return Turn(differing[0], row[differing[0]])


def narrative_outcome(variable: str) -> Outcome:
    """The outcome of a narrative: its code under the reading."""
    return lambda reading: reading.codes[variable]
