"""Every combination of the choices, and a share counted under all of them at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.data.dataset import Dataset
from analysis.record.record import Cell
from analysis.sensitivity.choices import LEVELS, codings, selections
from analysis.stats.measures import SHARE

MIDDLE = 0.9


class Grid:
    """Every variant of a case list. Make it once and count many things on it.

    Args:
        dataset: The case list; what is counted are cases of its core list.

    Attributes:
        codings: The codes of the core list under each coding, as `choices.codings` gives them.
        options: Every option of every choice, the paper's own first: whose codes, which cases, which confidence level.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.codings = codings(dataset)
        stay = selections(dataset)
        whose, deception = (tuple(dict.fromkeys(part)) for part in zip(*self.codings, strict=True))
        self.options: dict[str, tuple[object, ...]] = {"coding": whose, "deception_alone": deception}
        self.options |= {choice: tuple(masks) for choice, masks in stay.items()} | {"level": LEVELS}
        # Cases that every option keeps or leaves out alike are one group, so that a long list makes no large table.
        masks = np.array([mask for options in stay.values() for mask in options.values()])
        alike, self._group = np.unique(masks, axis=1, return_inverse=True)
        rows, self._kept = iter(alike), np.ones((1, alike.shape[1]), dtype=int)  # (combinations, groups)
        for options in stay.values():
            chosen = np.array([next(rows) for _ in options])
            self._kept = (self._kept[:, None] * chosen).reshape(-1, alike.shape[1])

    def __len__(self) -> int:
        """The number of variants: the product of the numbers of options."""
        return math.prod(map(len, self.options.values()))

    @property
    def own(self) -> pd.DataFrame:
        """The codes under the paper's own coding."""
        return next(iter(self.codings.values()))

    @cached_property
    def variants(self) -> pd.DataFrame:
        """One row per variant, a column per choice; row 0 is the paper's own.

        `departures` counts the choices that differ from those of row 0; where it is one, `changed` names that choice.
        """
        choices = list(self.options)
        frame = pd.DataFrame(list(product(*self.options.values())), columns=choices)
        differs = np.stack([(frame[choice] != options[0]).to_numpy() for choice, options in self.options.items()])
        departures = differs.sum(axis=0)
        changed = np.where(departures == 1, np.array(choices)[differs.argmax(axis=0)], "")
        return frame.assign(departures=departures, changed=changed)

    def counts(self, values: Sequence[pd.Series[int]]) -> NDArray[np.int64]:
        """Numerators and denominators under every combination of the choices but the level, the last of them.

        Args:
            values: Per coding, in the order of `codings`: 1, 0 or NA per core case. NA leaves the case out.

        Returns:
            An array (2, combinations), in the order of `variants`; an entry holds for as many variants as levels.
        """
        codes = np.stack([each.to_numpy(dtype=float, na_value=np.nan) for each in values])
        flags = np.concatenate([codes == 1, ~np.isnan(codes)])
        groups = [np.bincount(self._group[row], minlength=self._kept.shape[1]) for row in flags]
        return (np.array(groups) @ self._kept.T).reshape(2, -1)

    def evaluate(self, values: Sequence[pd.Series[int]]) -> pd.DataFrame:
        """A share under every variant, of values as `counts` takes them.

        Returns:
            `variants` with `n`, `denominator`, `share` (0-1, NaN when the denominator is 0), `low`, `high` (Wilson).
        """
        n, denominator = self.counts(values)
        shares = [SHARE.compute(n[None], denominator[None], level) for level in LEVELS]
        share, low, high = np.stack(shares, axis=-1).reshape(3, -1)
        counted = {"n": np.repeat(n, len(LEVELS)), "denominator": np.repeat(denominator, len(LEVELS))}
        return self.variants.assign(**counted, share=share, low=low, high=high)

    @cached_property
    def narratives(self) -> dict[str, pd.DataFrame]:
        """The share that voices each narrative under every variant: variable to what `evaluate` gives."""
        names = self.dataset.study.narrative_variables
        return {name: self.evaluate([codes[name] for codes in self.codings.values()]) for name in names}


@dataclass(frozen=True)
class Holds:
    """In how many variants a statement holds, and which single choices turn it.

    Attributes:
        n: Variants in which it holds, of all `variants`.
        variants: All variants.
        n_single: Variants with exactly one departure from the paper's own choices in which it holds, of all `single`.
        single: All variants with exactly one departure.
        turned_by: The single departures whose answer differs from the paper's own: choice and option.
    """

    n: int
    variants: int
    n_single: int
    single: int
    turned_by: tuple[tuple[str, object], ...]


def holds(variants: pd.DataFrame, answers: NDArray[np.bool_]) -> Holds:
    """In how many variants a statement holds, by one answer per variant, and which choices alone turn the answer."""
    single = (variants["departures"] == 1).to_numpy()
    turned = variants[single & (answers != answers[0])]
    turns = tuple((row["changed"], row[row["changed"]]) for _, row in turned.iterrows())
    return Holds(int(answers.sum()), len(answers), int(answers[single].sum()), int(single.sum()), turns)


def share_range(results: pd.DataFrame, *, alone: bool = False, middle: float = 1.0) -> tuple[float, float]:
    """The lowest and the highest share (0-1) over variants, as `Grid.evaluate` gives them.

    `alone` keeps only variants with at most one departure from the paper's own choices; `middle` is the share (0-1) of
    variants to keep around the median.
    """
    shares = results.loc[results["departures"] <= 1, "share"] if alone else results["share"]
    low, high = shares.dropna().quantile([(1 - middle) / 2, (1 + middle) / 2])
    return float(low), float(high)


def show(cell: Cell, grid: Grid) -> dict[str, tuple[object, ...]]:
    """Record the size of the grid; the choices and their options, the paper's own first.

    `sensitivity.ways` counts the variants that differ in more than the confidence level, which moves no share;
    `.single_method`, `.single_country` and `.single_level` tell what the single departures change.
    """
    single = {choice: len(options) - 1 for choice, options in grid.options.items()}
    country, level = single["without"], single["level"]
    sizes = {"variants": len(grid), "levels": len(LEVELS), "ways": len(grid) // len(LEVELS)}
    sizes |= {"single": sum(single.values()), "single_country": country, "single_level": level}
    for name, size in {**sizes, "single_method": sum(single.values()) - country - level}.items():
        cell.value(f"sensitivity.{name}", size, unit="count")
    return grid.options
