"""The groups of the paper, what each voices as far as it may be printed, and the largest against the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from analysis.data.dataset import Dataset
from analysis.narratives.codes import case_ids
from analysis.record.formats import FEW, decimal
from analysis.record.small_cells import LEAST, too_few
from analysis.stats.detectable import detectable
from analysis.stats.groups import compare, holm
from analysis.stats.pooling import pooled
from analysis.stats.uncertainty import share_of

UNKNOWN, SMALLER = "Not reported", "Smaller groups"
WITHHELD = ("n", "share", "low", "high", "pooled", "cases")
COLUMNS = ["dimension", "group", "narrative", "cases_in_group", "n", "denominator", "share", "low", "high", "small"]
COLUMNS += ["pooled", "cases"]
Divisions = Mapping[str, "pd.Series[str]"]
"""Id of a way to divide people to the group of each case: named and in the order as in print, NA where unknown."""


def divisions(data: Dataset) -> Divisions:
    """The ways in which the paper divides the people of the core list: origin, gender, age, both clocks, situation."""
    cases, study = data.core, data.study
    gender = cases["gender"].map(data.value_labels("cases", "gender")).str.capitalize()
    adult, minor = "Adult when joining", "Under 18 when joining"
    access = dict.fromkeys(study.supervised, "Supervised") | dict.fromkeys(study.unsupervised, "Not supervised")
    divided = {
        "region": _division("Origin", cases["region"].map(data.value_labels("countries", "region"))),
        "gender": _division("Gender", gender),
        "age": _division("Age", cases["minor_when_joined"].map({True: minor, False: adult}), [adult, minor]),
    }
    for clock, label in study.clocks.items():
        years = cases[f"{clock}_year"].astype("string")
        divided[f"{clock}_year"] = _division(label.replace("Month", "Year"), years, sorted(years.dropna().unique()))
    spoke = cases["status_at_disclosure"].map(access)
    return divided | {"status": _division("When speaking", spoke, ["Not supervised", "Supervised"])}


def _division(name: str, groups: pd.Series[str], order: Sequence[str] = ()) -> pd.Series[str]:
    """Groups in the order given; else the largest first, equals by name."""
    by_size = groups.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return pd.Series(pd.Categorical(groups, list(order) or list(by_size.index)), groups.index, name=name)


def folded(groups: pd.Series[str], known: pd.Series[bool]) -> pd.Series[str]:
    """The groups as they are printed: those with fewer than `LEAST` accounts of known codes are one, or nothing.

    From the group of each case, NA where unknown, and whether its narratives are coded. Text; `UNKNOWN` where there is
    no group, NA where even the small groups together have too few accounts.
    """
    named = groups.astype("string").fillna(UNKNOWN)
    sizes = named[known].value_counts().reindex(named.unique(), fill_value=0)
    few = named.isin(sizes.index[(sizes < LEAST) & (sizes.index != UNKNOWN)])
    named = named.mask(few, SMALLER if (few & known).sum() >= LEAST else pd.NA)
    return named.mask(named.eq(UNKNOWN) & (sizes.get(UNKNOWN, 0) < LEAST))


def subgroup_table(codes: pd.DataFrame, divided: Divisions) -> pd.DataFrame:
    """The share that voices each narrative, group by group, as far as it may be printed.

    Returns:
        One row per division, group (`folded`; those of unknown group last) and narrative: `dimension`, `group`,
        `narrative`, `cases_in_group`, `denominator` (cases of the group with a decided code), `small` (fewer than
        `FEW` of them); `n`, `share` (0-1), `low`, `high` (Wilson 95%), `pooled` (the share drawn towards that of all
        groups, see `stats.pooling`; not for those of unknown group) and `cases`, all of them missing where `n` is too
        small to be printed (`small_cells.too_few`).
    """
    known, rows = codes.notna().all(axis=1), []
    for dimension, groups in divided.items():
        named = folded(groups, known)
        order = [group for group in (*groups.cat.categories, SMALLER, UNKNOWN) if named.eq(group).any()]
        members = {group: named.eq(group).fillna(False).to_numpy(dtype=bool) for group in order}
        shares = {key: share_of(codes[key[1]], among=members[key[0]]) for key in product(order, codes.columns)}
        towards: dict[tuple[str, str], float] = {}
        for name in codes.columns:
            keys = [(group, name) for group in order if group != UNKNOWN]
            drawn = pooled(*(np.array([getattr(shares[key], count) for key in keys]) for count in ("n", "denominator")))
            towards |= dict(zip(keys, drawn, strict=True))
        for (group, name), share in shares.items():
            row = {"dimension": dimension, "group": group, "narrative": name}
            row |= {"cases_in_group": int(members[group].sum()), **share.row, "small": share.denominator < FEW}
            row |= {"pooled": towards.get((group, name), np.nan), "cases": case_ids(codes[name].where(members[group]))}
            rows.append(row | (dict.fromkeys(WITHHELD) if too_few(share.n) else {}))
    return pd.DataFrame(rows, columns=COLUMNS).astype({"n": "Int64"})


def contrasts(codes: pd.DataFrame, divided: Divisions, labels: Mapping[str, str]) -> pd.DataFrame:
    """Of each division, the largest group against all others of known group; a row per narrative of `labels`.

    Returns:
        As `groups.compare` gives it, the largest group inside (the one with most coded cases; the first in print order
        among equals), with `variable`, `dimension`, `division` (in print), `group`, and `detectable`: the least
        difference from the share of both together that the comparison would find, see `stats.detectable`; `p_holm` is
        adjusted over all rows. A division with one known group is left out.
    """
    none = pd.DataFrame({"p": pd.Series(dtype=float), "detectable": pd.Series(dtype=float)})
    tables = [none.assign(variable=pd.Series(dtype=object), dimension=pd.Series(dtype=object))]
    for dimension, groups in divided.items():
        coded = groups[codes.notna().all(axis=1)].value_counts().reindex(groups.cat.categories)
        if (coded > 0).sum() > 1:
            inside = groups.eq(str(coded.idxmax())).astype("boolean").mask(groups.isna())
            table = compare(codes, inside, labels).reset_index()
            counts = table[["in_n", "out_n", "in_denominator", "out_denominator"]].itertuples(index=False)
            table["detectable"] = [
                detectable((n + other_n) / max(one + other, 1), one, other) for n, other_n, one, other in counts
            ]
            tables.append(table.assign(dimension=dimension, division=str(groups.name), group=str(coded.idxmax())))
    table = pd.concat(tables[1:] or tables, ignore_index=True)
    return table.assign(p_holm=holm(table["p"])).sort_values("p", kind="stable", ignore_index=True)


def in_points(difference: float) -> str:
    """A difference of shares (0-1) as it is said: `33 points`; one that cannot be is `more than 100 points`."""
    if np.isnan(difference):
        return "not known"
    return f"{decimal(difference * 100, 0)} points" if np.isfinite(difference) else "more than 100 points"
