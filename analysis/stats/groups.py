"""Two groups of cases compared on several codes: differences of shares, exact tests, corrected for their number."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.stats.uncertainty import LEVEL, Counts, Numbers, Share, share_of


def compare(codes: pd.DataFrame, group: pd.Series[bool], labels: Mapping[str, str]) -> pd.DataFrame:
    """The share that voices each narrative inside and outside a group, with exact tests corrected for their number.

    Args:
        codes: Codes, index `case_id`, one Int64 column per variable (1, 0, NA).
        group: Whether a case is in the group, index `case_id`; NA leaves the case out.
        labels: Variable to its label; the variables are the family of tests over which Holm's correction runs.

    Returns:
        Index `variable`; `label`; `in_n`, `in_denominator`, `in_share`, `in_low`, `in_high` (Wilson), the same with
        `out_`; `difference` (in less out), `difference_low`, `difference_high` (Newcombe); `p` (Fisher, two-sided) and
        `p_holm`. The denominators are the cases of each group whose code is known; where one is 0 the difference is NaN
        and p is 1.
    """
    rows = {}
    of_side = [group.reindex(codes.index).eq(side).fillna(False).to_numpy(dtype=bool) for side in (True, False)]
    for variable, label in labels.items():
        row: dict[str, object] = {"label": label}
        shares = [share_of(codes[variable], members) for members in of_side]
        for side, share in zip(("in", "out"), shares, strict=True):
            row |= {f"{side}_{part}": number for part, number in share.row.items()}
        one, other = shares
        low, high = newcombe(one.n, one.denominator, other.n, other.denominator)
        row |= {"difference": one.share - other.share, "difference_low": float(low), "difference_high": float(high)}
        row["p"] = fisher(one, other)
        rows[variable] = row
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("variable")
    return table.assign(p_holm=holm(table["p"]))


def fisher(one: Share, other: Share) -> float:
    """The p-value (0-1) of Fisher's exact test, two-sided, that two groups of cases have the same share.

    Source: Fisher (1935), The Design of Experiments, chapter 2.
    """
    return float(fisher_exact([[share.n, share.denominator - share.n] for share in (one, other)]).pvalue)


def newcombe(
    n1: Counts | int, total1: Counts | int, n2: Counts | int, total2: Counts | int, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """The limits of many differences of two independent shares, first less second; -1 and 1 where nothing is known.

    From numerators and denominators, counts. Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
    """
    counts = n1, np.maximum(total1, 1), n2, np.maximum(total2, 1)
    low, high = confint_proportions_2indep(*counts, method="newcomb", compare="diff", alpha=1 - level)
    nothing = (np.asarray(total1) == 0) | (np.asarray(total2) == 0)
    return np.where(nothing, -1.0, low), np.where(nothing, 1.0, high)


def holm(p: pd.Series[float]) -> pd.Series[float]:
    """The p-values (0-1, one per test of the family) adjusted for their number, in the order given.

    Source: Holm (1979), Scandinavian Journal of Statistics 6(2):65-70.
    """
    ordered = p.sort_values()
    steps = pd.Series(range(len(p), 0, -1), index=ordered.index)
    # not multipletests of statsmodels, which collects all garbage of the process at each call
    return (ordered * steps).cummax().clip(upper=1).reindex(p.index)
