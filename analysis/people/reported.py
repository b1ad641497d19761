"""Who the cases are: counts and shares by what the sources report of each person."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.data.study import Study
from analysis.stats.uncertainty import Share, share_of, wilson

NOT_REPORTED = "not_reported"
SUPERVISED, UNSUPERVISED, UNKNOWN = "supervised", "unsupervised", NOT_REPORTED


def access_of(cases: pd.DataFrame, study: Study) -> pd.Series[str]:
    """How each account was given: `supervised`, `unsupervised` or `not_reported`, by the groups the study states."""
    status = cases["status_at_disclosure"]
    access = pd.Series(UNKNOWN, index=cases.index, name="access")
    return access.mask(status.isin(study.supervised), SUPERVISED).mask(status.isin(study.unsupervised), UNSUPERVISED)


def flags(values: pd.Series[str], wanted: Iterable[str]) -> pd.Series[int]:
    """1 where the value is one of those wanted, 0 where it is another, NA where it is not reported.

    Args:
        values: One value per case; missing and `not_reported` both mean not reported.
        wanted: The values asked about.
    """
    place, different = pd.factorize(values)
    texts, asked = list(different), set(wanted)
    is_one = np.array([*(text in asked for text in texts), False])  # the last is taken where there is no value
    unknown = np.array([*(text == NOT_REPORTED for text in texts), True])
    answer = pd.arrays.IntegerArray(is_one[place].astype(np.int64), unknown[place])
    return pd.Series(answer, index=values.index, name=values.name)


def tally(values: pd.Series[str], order: Iterable[str] | None = None) -> pd.DataFrame:
    """Cases per value, with shares among those reported.

    Args:
        values: One value per case; missing and `not_reported` both mean not reported.
        order: Values in the order wanted, each shown even when nobody has it; by default the most frequent first
            and equals in alphabetical order. What is not reported comes last in any case, where there is any.

    Returns:
        Index `value`; `n` sums to the cases; `denominator` is the number of cases reported; `share`, `low` and `high`
        (Wilson 95%) are 0-1 and missing for `not_reported`.

    Raises:
        ValueError: When a value is not in the order wanted, since it would vanish.
    """
    known = values[values.notna() & (values != NOT_REPORTED)]
    counts = known.value_counts()
    names = sorted(counts.index, key=lambda v: (-counts[v], v)) if order is None else list(order)
    names = [name for name in names if name != NOT_REPORTED]
    if set(counts.index) - set(names):
        raise ValueError(f"{min(set(counts.index) - set(names))!r} is not in the order wanted. Add it.")
    denominator = len(known)
    rows: list[tuple[str, int, int, float, float, float]] = []
    for name in names:
        n = int(counts.get(name, 0))
        share = n / denominator if denominator else float("nan")
        rows.append((name, n, denominator, share, *wilson(n, denominator)))
    if len(values) > denominator:
        missing = float("nan")
        rows.append((NOT_REPORTED, len(values) - denominator, denominator, missing, missing, missing))
    table = pd.DataFrame(rows, columns=["value", "n", "denominator", "share", "low", "high"])
    return table.set_index("value")


def by_country(cases: pd.DataFrame, countries: pd.DataFrame, also: Iterable[str] = ()) -> pd.DataFrame:
    """Cases per country, regions with most cases first, countries with most cases first within each.

    Args:
        cases: Cases with `country` (code, missing when not reported) and `region`.
        countries: Index `country`; `name`, `region`.
        also: Countries to show even where no case comes from them.

    Returns:
        One row per country that occurs or is asked for, and one with country `not_reported` at the end where there is
        any such case: `country`, `name`, `region`, `n`, `region_n`. `n` sums to the cases.
    """
    counts = cases["country"].fillna(NOT_REPORTED).value_counts()
    counts = counts.reindex(counts.index.union(pd.Index(list(also), dtype=object)), fill_value=0)
    n = counts.rename("n").rename_axis("country").reset_index()
    n["name"] = n["country"].map(countries["name"]).fillna("Not reported")
    n["region"] = n["country"].map(countries["region"]).fillna(NOT_REPORTED)
    n["region_n"] = n.groupby("region")["n"].transform("sum")
    n["last"] = n["region"] == NOT_REPORTED
    keys, ascending = ["last", "region_n", "region", "n", "name"], [True, False, True, False, True]
    ordered = n.sort_values(keys, ascending=ascending, ignore_index=True)
    return ordered[["country", "name", "region", "n", "region_n"]]


def country_group(cases: pd.DataFrame, countries: pd.DataFrame, group: str) -> pd.Series[int]:
    """1 where the case's country belongs to a group, 0 where not, NA where the country is not reported.

    Args:
        cases: Cases with `country`.
        countries: Index `country`; a column of true and false named after the group.
        group: Name of that column, such as `western_europe_or_australia`.
    """
    members = countries.index[countries[group].astype(bool)]
    return flags(cases["country"], members)


def minors(cases: pd.DataFrame) -> Share:
    """The share under 18 when joining, among cases in which a text says whether they were.

    Args:
        cases: Cases with `minor_when_joined` (boolean, NA where no text says so).
    """
    return share_of(cases["minor_when_joined"].astype("Int64"))


def by_situation(cases: pd.DataFrame, study: Study, order: Iterable[str]) -> pd.DataFrame:
    """Cases per situation at disclosure, in the study's groups, with shares among those reported.

    Args:
        cases: Cases with `status_at_disclosure`.
        study: Says which situations are supervised.
        order: Every situation there can be.

    Returns:
        As `tally`, with `group` (supervised, unsupervised, not_reported): groups in that order, within a group the most
        frequent first and equals in the order given. Situations that nobody has stay, with n = 0.
    """
    table = tally(cases["status_at_disclosure"], order)
    group_of = dict.fromkeys(study.supervised, SUPERVISED) | dict.fromkeys(study.unsupervised, UNSUPERVISED)
    table["group"] = pd.Categorical(
        [group_of.get(str(value), UNKNOWN) for value in table.index], [SUPERVISED, UNSUPERVISED, UNKNOWN], ordered=True
    )
    return table.sort_values(["group", "n"], ascending=[True, False], kind="stable").astype({"group": str})
