"""The codes of the narratives by each rule: reached, voiced for both coders, for either, for all but a doubted rule."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd


def reached(codes: pd.DataFrame) -> pd.Index[str]:
    """The cases whose retrieved text reaches the person's reasons: every narrative has a code (1 or 0, not NA)."""
    return codes.index[codes.notna().all(axis=1)]


def strict_codes(final: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Codes under the strict rule: 1 where both coders gave 1; `final` are the adjudicated codes, same columns.

    The cases are those of the adjudicated codes, so that every variant has one denominator: NA where the
    adjudicated code is NA, else 0 or 1. A coder who gave no code counts as not having seen the narrative.
    """
    return (_seen(first, final) & _seen(second, final)).astype("Int64").where(final.notna())


def broad_codes(final: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Codes under the broad rule: 1 where at least one coder gave 1; otherwise as `strict_codes`."""
    return (_seen(first, final) | _seen(second, final)).astype("Int64").where(final.notna())


def either_codes(final: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The adjudicated codes; where there is none, 1 when a coder gave 1, else 0 when one gave 0; else NA."""
    either = [codes.reindex(index=final.index, columns=final.columns) for codes in (first, second)]
    voiced = (_seen(first, final) | _seen(second, final)).astype("Int64")
    return final.astype("Int64").fillna(voiced.where(either[0].notna() | either[1].notna()))


def _seen(codes: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    return codes.reindex(index=like.index, columns=like.columns).eq(1).fillna(False).astype(bool)


def recoded_as_not_voiced(codes: pd.Series[int], cases: Collection[str]) -> pd.Series[int]:
    """The codes with 0 in place of 1 for the cases named; a missing code stays missing.

    Used where a rule of coding is open to doubt (deception alone as corruption): the denominator stays. Ids that are
    not in the index are passed over.
    """
    return codes.mask(codes.index.isin(list(cases)) & codes.notna(), 0)


def case_ids(codes: pd.Series[int]) -> str:
    """The ids of the cases coded 1, sorted and separated by spaces; the codes have the index `case_id`."""
    return " ".join(sorted(map(str, codes.index[codes.eq(1).fillna(False)])))
