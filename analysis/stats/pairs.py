"""Two narratives at a time, on the same cases: is one voiced more often, and are they voiced together?"""

from __future__ import annotations

from itertools import combinations

import pandas as pd
from statsmodels.stats.contingency_tables import mcnemar

from analysis.stats.groups import fisher, holm
from analysis.stats.uncertainty import Share

ALPHA = 0.05  # a test holds when its p-value, adjusted for the number of tests, is below this


def narrative_pairs(codes: pd.DataFrame) -> pd.DataFrame:
    """Every pair of narratives, compared over the cases that have both codes.

    Args:
        codes: Adjudicated codes of the narratives, index `case_id`, one Int64 column each (1, 0, NA).

    Returns:
        One row per pair: `one`, `other`, `denominator` (cases with both codes), `both`, `only_one`, `only_other`,
        `neither`, `expected_both` (the count of `both` if the two were voiced independently: n one times n other over
        the denominator); `p_difference` (exact McNemar test that both are voiced equally often; McNemar 1947) and
        `p_together` (Fisher's exact test that they are voiced independently; Fisher 1935), each with `_holm`, adjusted
        over all pairs.

    The denominator holds only cases whose reasons are known, and a case counts as known partly because a narrative is
    voiced. That selection by itself makes pairs look rarer than independence would have them.
    """
    rows = []
    for one, other in combinations(codes.columns, 2):
        pair = codes[[one, other]].dropna().astype(bool)
        both = int((pair[one] & pair[other]).sum())
        only_one, only_other = int(pair[one].sum()) - both, int(pair[other].sum()) - both
        neither = len(pair) - both - only_one - only_other
        counts = [[both, only_one], [only_other, neither]]
        expected = (both + only_one) * (both + only_other) / len(pair) if len(pair) else 0.0
        row = {"one": one, "other": other, "denominator": len(pair), "both": both, "only_one": only_one}
        row |= {"only_other": only_other, "neither": neither, "expected_both": expected}
        row["p_difference"] = float(mcnemar(counts, exact=True).pvalue)
        among, others = Share.of(both, both + only_one), Share.of(only_other, only_other + neither)
        rows.append(row | {"p_together": fisher(among, others)})
    table = pd.DataFrame(rows)
    for test in ("difference", "together"):
        table[f"p_{test}_holm"] = holm(table[f"p_{test}"])
    return table


def leaders(codes: pd.DataFrame, pairs: pd.DataFrame) -> list[str]:
    """The most frequent narrative and those that the paired test does not set apart from it, by frequency.

    From the adjudicated codes and their `narrative_pairs`: set apart is a pair whose Holm-adjusted McNemar p is below
    5%.
    """
    order = codes.sum().sort_values(ascending=False, kind="stable").index
    separated = pairs[pairs["p_difference_holm"] < ALPHA]
    apart = {frozenset(pair) for pair in zip(separated["one"], separated["other"], strict=True)}
    return [name for name in order if frozenset((name, order[0])) not in apart]
