"""What is reported of a person: yes, no or unknown; counted; and how an account was given."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.data.study import Study
from analysis.stats.uncertainty import Share

NOT_REPORTED = "not_reported"
SUPERVISED, UNSUPERVISED, UNKNOWN = "supervised", "unsupervised", NOT_REPORTED


def access_of(cases: pd.DataFrame, study: Study) -> pd.Series[str]:
    """How each account was given: `supervised`, `unsupervised` or `not_reported`, by the groups the study states."""
    status = cases["status_at_disclosure"]
    access = pd.Series(UNKNOWN, index=cases.index, name="access")
    return access.mask(status.isin(study.supervised), SUPERVISED).mask(status.isin(study.unsupervised), UNSUPERVISED)


def supervised_of(cases: pd.DataFrame, study: Study) -> pd.Series[bool]:
    """Whether each account was given under supervision; NA where that is not reported."""
    access = access_of(cases, study)
    return access.eq(SUPERVISED).astype("boolean").mask(access == UNKNOWN)


def flags(values: pd.Series[str], wanted: Iterable[str]) -> pd.Series[int]:
    """Per case 1 where the value is one of those wanted, 0 where it is another, NA where none is reported."""
    known = values.notna() & values.ne(NOT_REPORTED)
    return values.isin(list(wanted)).astype("Int64").where(known)


def country_group(cases: pd.DataFrame, countries: pd.DataFrame, group: str) -> pd.Series[int]:
    """Per case 1 where its country belongs to a group, 0 where not, NA where the country is not reported.

    The group names a column of true and false of the countries (index `country`).
    """
    return flags(cases["country"], countries.index[countries[group].astype(bool)])


def tally(values: pd.Series[str], order: Iterable[str] | None = None) -> pd.DataFrame:
    """Cases per value, with shares among those reported; missing and `not_reported` both mean not reported.

    Args:
        values: One value per case.
        order: Values in the order wanted, each shown even when nobody has it (ValueError for one that is not there); by
            default the most frequent first and equals in alphabetical order. What is not reported comes last.

    Returns:
        Index `value`; `n` sums to the cases; `denominator` is the number of cases reported; `share`, `low` and `high`
        (Wilson 95%) are 0-1 and missing for `not_reported`.
    """
    known = values[values.notna() & values.ne(NOT_REPORTED)]
    counts = known.value_counts()
    by_size = sorted(counts.index, key=lambda value: (-counts[value], value))
    names = [name for name in (by_size if order is None else order) if name != NOT_REPORTED]
    if lost := set(counts.index) - set(names):
        raise ValueError(f"{min(lost)!r} is not in the order wanted. Add it.")
    rows = [{"value": name, **Share.of(int(counts.get(name, 0)), len(known)).row} for name in names]
    if len(values) > len(known):
        rows.append({"value": NOT_REPORTED, "n": len(values) - len(known), "denominator": len(known)})
    return pd.DataFrame(rows, columns=["value", "n", "denominator", "share", "low", "high"]).set_index("value")
