"""Two groups of cases compared on several codes: differences of shares, exact tests, corrected for their number."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import confint_proportions_2indep

from analysis.data.study import Code
from analysis.stats.pairs import holm
from analysis.stats.uncertainty import LEVEL, share_of


def compare(
    codes: pd.DataFrame, group: pd.Series[bool], variables: Sequence[Code], level: float = LEVEL
) -> pd.DataFrame:
    """The share that voices each narrative inside and outside a group, with exact tests corrected for their number.

    Args:
        codes: Codes, index `case_id`, one Int64 column per variable (1, 0, NA).
        group: Whether a case is in the group, index `case_id`; NA leaves the case out.
        variables: The variables, which are also the family of tests over which Holm's correction runs.
        level: Confidence level, a share (0-1).

    Returns:
        Index `variable`; `label`; `in_n`, `in_denominator`, `in_share`, `in_low`, `in_high` (Wilson), the same with
        `out_`; `difference` (in less out), `difference_low`, `difference_high` (Newcombe); `p` (Fisher, two-sided)
        and `p_holm`. The denominators are the cases of each group whose code is known; where one is 0 the difference
        is NaN and p is 1.

    Source: Fisher (1935), The Design of Experiments, chapter 2; Holm (1979), Scandinavian Journal of Statistics
    6(2):65-70; Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
    """
    rows = {}
    of_side = [group.reindex(codes.index).eq(side).fillna(False).to_numpy(dtype=bool) for side in (True, False)]
    for code in variables:
        row: dict[str, object] = {"label": code.label}
        shares = [share_of(codes[code.variable], level, members) for members in of_side]
        for side, share in zip(("in", "out"), shares, strict=True):
            row |= {f"{side}_n": share.n, f"{side}_denominator": share.denominator, f"{side}_share": share.share}
            row |= {f"{side}_low": share.low, f"{side}_high": share.high}
        counts = [(share.n, share.denominator) for share in shares]
        low, high = newcombe(*counts[0], *counts[1], level)
        row |= {"difference": shares[0].share - shares[1].share, "difference_low": low, "difference_high": high}
        row["p"] = float(fisher_exact([[n, total - n] for n, total in counts]).pvalue)
        rows[code.variable] = row
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("variable")
    return table.assign(p_holm=holm(table["p"]))


def newcombe(n1: int, total1: int, n2: int, total2: int, level: float = LEVEL) -> tuple[float, float]:
    """The interval of a difference of two independent shares, first less second; (-1, 1) when a denominator is 0.

    Args:
        n1: First numerator; `total1`: its denominator.
        total1: First denominator.
        n2: Second numerator; `total2`: its denominator.
        total2: Second denominator.
        level: Confidence level, a share (0-1).

    Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
    """
    if not total1 or not total2:
        return -1.0, 1.0
    low, high = confint_proportions_2indep(n1, total1, n2, total2, method="newcomb", compare="diff", alpha=1 - level)
    return float(low), float(high)
