"""How far two coders agree: four coefficients from one table of counts, with intervals over cases."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.stats.bootstrap import percentile_interval, resampled_counts
from analysis.stats.uncertainty import Numbers, divide


def percent_agreement(table: Numbers) -> Numbers:
    """The share (0-1) of cases to which both coders gave the same value.

    The table has counts (..., values, values): rows are the first coder's values, columns the second's. The denominator
    is their sum.
    """
    same: Numbers = np.trace(table, axis1=-2, axis2=-1) / table.sum(axis=(-2, -1))
    return same


def cohen_kappa(table: Numbers) -> Numbers:
    """Agreement beyond chance, when each coder guesses at his own rates; 1 is perfect, 0 is chance, NaN undefined.

    The table is as for `percent_agreement`. Source: Cohen (1960), Educational and Psychological Measurement
    20(1):37-46.
    """
    total = table.sum(axis=(-2, -1))
    chance = (table.sum(axis=-1) * table.sum(axis=-2)).sum(axis=-1) / total**2
    return _beyond(percent_agreement(table), chance)


def gwet_ac1(table: Numbers) -> Numbers:
    """Agreement beyond chance, when only hard cases are guessed; steadier than kappa where a value is rare.

    The table is as for `percent_agreement`, of at least two values. Source: Gwet (2008), British Journal of
    Mathematical and Statistical Psychology 61(1):29-48.
    """
    total = table.sum(axis=(-2, -1))
    rate = (table.sum(axis=-1) + table.sum(axis=-2)) / (2 * total[..., None])
    chance = (rate * (1 - rate)).sum(axis=-1) / (table.shape[-1] - 1)
    return _beyond(percent_agreement(table), chance)


def krippendorff_alpha(coincidences: Numbers) -> Numbers:
    """One less observed over expected disagreement, for values without order; NaN when only one value occurs.

    The coincidences are counts (..., values, values) of pairs of values within cases, both ways round; of two coders
    with nothing missing, a table plus its transpose. Source: Krippendorff (2011), Computing Krippendorff's
    Alpha-Reliability, section C.
    """
    values = coincidences.sum(axis=-1)
    total = values.sum(axis=-1)
    observed = total - np.trace(coincidences, axis1=-2, axis2=-1)
    expected = (total**2 - (values**2).sum(axis=-1)) / (total - 1)
    return 1 - _ratio(observed, expected)


COEFFICIENTS: dict[str, tuple[str, Callable[[Numbers], Numbers]]] = {
    "percent": ("Percent agreement", percent_agreement),
    "kappa": ("Cohen’s kappa", cohen_kappa),
    "alpha": ("Krippendorff’s alpha", lambda table: krippendorff_alpha(table + np.swapaxes(table, -2, -1))),
    "ac1": ("Gwet’s AC1", gwet_ac1),
}


def agreement(ratings: pd.DataFrame) -> pd.DataFrame:
    """The four coefficients of two coders, with 95% bootstrap intervals over cases.

    Args:
        ratings: One row per case, two columns of values 0 and 1 without NA, as `both_coded` gives them.

    Returns:
        Index `coefficient` (percent, kappa, alpha, ac1); `value`, `low`, `high`; `n` cases both coded (the denominator
        of percent agreement); `undefined`, the share (0-1) of resamples that did not define the coefficient and were
        left out.

    Raises:
        ValueError: When no case was coded by both.
    """
    if ratings.empty:
        raise ValueError("No case was coded by both coders, so there is no agreement to measure.")
    counted = pair_table(ratings)
    table, resampled = counted.astype(float), resampled_counts(counted).astype(float)
    rows = {}
    for name, (_, coefficient) in COEFFICIENTS.items():
        replicates = coefficient(resampled)
        low, high = percentile_interval(replicates)
        row = {"value": float(coefficient(table)), "low": low, "high": high, "n": len(ratings)}
        rows[name] = row | {"undefined": float(np.isnan(replicates).mean())}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("coefficient")


def pair_table(ratings: pd.DataFrame) -> NDArray[np.int64]:
    """How many cases have each pair of values: counts (2, 2), rows the first coder's values, columns the second's.

    The ratings are as for `agreement`.
    """
    first, second = (ratings[coder].to_numpy(dtype=int) for coder in ratings)
    return np.bincount(2 * first + second, minlength=4).reshape(2, 2)


def _beyond(observed: Numbers, chance: Numbers) -> Numbers:
    return _ratio(observed - chance, 1 - chance)


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    """A quotient, NaN where it is 0/0: then the data do not define the coefficient."""
    return divide(above, np.where(np.abs(below) > 1e-12, below, 0))
