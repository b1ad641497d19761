"""How often each narrative was voiced, by whose coding, and how far that is certain."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.data.study import Code
from analysis.narratives.codes import broad_codes, case_ids, reached, strict_codes
from analysis.stats.uncertainty import LEVEL, bounds, share_of


def narrative_table(
    final: pd.DataFrame,
    first: pd.DataFrame,
    second: pd.DataFrame,
    narratives: Sequence[Code],
    level: float = LEVEL,
) -> pd.DataFrame:
    """The share of cases that voice each narrative, with interval, coder variants and bounds.

    Args:
        final: Adjudicated codes, index `case_id`, one Int64 column per narrative (1, 0, NA), one row for
            every case of the list, reached or not.
        first: Codes of the first coder, same form; `second`: of the second.
        second: Codes of the second coder.
        narratives: The narratives, in the order of the study.
        level: Confidence level of the intervals, a share (0-1).

    Returns:
        One row per narrative, index `variable`: `label`, `rank` (1 is the most frequent; equal counts share
        a rank), `n`, `denominator` (cases with an adjudicated code), `share`, `low`, `high` (Wilson);
        `strict_n`, `strict`, `broad_n`, `broad` (same denominator, see `strict_codes`); `first_n`,
        `first_denominator`, `first` and `second_...` (each coder alone, over the cases which that coder
        could code); `bounds_low`, `bounds_high`, `all_cases` (over every case, the undetermined all 0 or
        all 1); `cases` (ids that voice it, separated by spaces).
    """
    strict, broad = strict_codes(final, first, second), broad_codes(final, first, second)
    rows = []
    for code in narratives:
        name = code.variable
        share = share_of(final[name], level)
        low, high = bounds(final[name])
        row = {"variable": name, "label": code.label, "n": share.n, "denominator": share.denominator}
        row |= {"share": share.share, "low": share.low, "high": share.high}
        for variant, codes in (("strict", strict), ("broad", broad)):
            other = share_of(codes[name], level)
            row |= {f"{variant}_n": other.n, variant: other.share}
        for coder, codes in (("first", first), ("second", second)):
            alone = share_of(codes[name], level)
            row |= {f"{coder}_n": alone.n, f"{coder}_denominator": alone.denominator, coder: alone.share}
        row |= {"bounds_low": low, "bounds_high": high, "all_cases": len(final)}
        rows.append(row | {"cases": case_ids(final[name])})
    table = pd.DataFrame(rows).set_index("variable")
    table.insert(1, "rank", table["share"].rank(method="min", ascending=False).astype("Int64"))
    return table


def none_voiced(codes: pd.DataFrame) -> pd.Series[int]:
    """1 where reasons are reached and no narrative is among them, 0 where one is, NA where not reached.

    Args:
        codes: Adjudicated codes of the narratives, index `case_id`.
    """
    complete = codes.loc[reached(codes)]
    return complete.sum(axis=1).eq(0).astype("Int64").reindex(codes.index)
