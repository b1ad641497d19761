"""How often each narrative was voiced, by whose coding, and how far that is certain."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from analysis.data.study import Code
from analysis.stats.uncertainty import LEVEL, bounds, share_of


def reached(codes: pd.DataFrame) -> pd.Index[str]:
    """The cases whose retrieved text reaches the person's reasons: every narrative has a code.

    Args:
        codes: Adjudicated codes of the narratives, index `case_id`, one Int64 column each (1, 0, NA).
    """
    return codes.index[codes.notna().all(axis=1)]


def strict_codes(final: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Codes under the strict rule: 1 where both coders gave 1.

    The cases are those of the adjudicated codes, so that every variant has one denominator: NA where the
    adjudicated code is NA, else 0 or 1. A coder who gave no code counts as not having seen the narrative.

    Args:
        final: Adjudicated codes, index `case_id`, one Int64 column per narrative.
        first: Codes of the first coder; `second`: of the second. Same columns.
        second: Codes of the second coder.
    """
    seen = _seen(first, final) & _seen(second, final)
    return seen.astype("Int64").where(final.notna())


def broad_codes(final: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Codes under the broad rule: 1 where at least one coder gave 1; otherwise as `strict_codes`."""
    seen = _seen(first, final) | _seen(second, final)
    return seen.astype("Int64").where(final.notna())


def _seen(codes: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    return codes.reindex(index=like.index, columns=like.columns).eq(1).fillna(False).astype(bool)


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


def case_ids(codes: pd.Series[int]) -> str:
    """The ids of the cases coded 1, sorted and separated by spaces.

    Args:
        codes: Codes 1, 0 and NA, index `case_id`.
    """
    return " ".join(sorted(map(str, codes.index[codes.eq(1).fillna(False)])))


def none_voiced(codes: pd.DataFrame) -> pd.Series[int]:
    """1 where reasons are reached and no narrative is among them, 0 where one is, NA where not reached.

    Args:
        codes: Adjudicated codes of the narratives, index `case_id`.
    """
    complete = codes.loc[reached(codes)]
    return complete.sum(axis=1).eq(0).astype("Int64").reindex(codes.index)


def recoded_as_not_voiced(codes: pd.Series[int], cases: Collection[str]) -> pd.Series[int]:
    """The codes with 0 in place of 1 for the cases named; a missing code stays missing.

    Used where a rule of coding is open to doubt (deception alone as corruption): the denominator stays.

    Args:
        codes: Codes of one narrative, index `case_id`.
        cases: Case ids whose code rests on that rule; ids that are not in the index are passed over.
    """
    return codes.mask(codes.index.isin(list(cases)) & codes.notna(), 0)
