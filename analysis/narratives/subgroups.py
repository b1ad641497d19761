"""The narratives in groups of people: small numbers, shown as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from scipy.stats import fisher_exact

from analysis.data.study import Study
from analysis.narratives.codes import case_ids
from analysis.stats.pairs import holm
from analysis.stats.uncertainty import LEVEL, share_of

SMALL = 10  # cases: a group below this is shown in grey and not interpreted
UNKNOWN = "Not reported"


@dataclass(frozen=True)
class Dimension:
    """One way to divide the people.

    Attributes:
        id: Name in values and tables.
        label: Name in print.
        groups: The group's name in print per case, index `case_id`; NA where it is not known.
        order: The groups in the order of print.
    """

    id: str
    label: str
    groups: pd.Series[str]
    order: tuple[str, ...]


def _dimension(id_: str, label: str, groups: pd.Series[str], order: list[str] | None = None) -> Dimension:
    counts = (
        groups.value_counts()
        .rename_axis("group")
        .reset_index()
        .sort_values(["count", "group"], ascending=[False, True])
    )
    return Dimension(id_, label, groups, tuple(order if order is not None else counts["group"]))


def dimensions(
    cases: pd.DataFrame, study: Study, regions: Mapping[str, str], genders: Mapping[str, str]
) -> list[Dimension]:
    """The ways in which the paper divides the people: origin, gender, age, both clocks, situation.

    Args:
        cases: The cases as `Dataset.core` gives them.
        study: Gives the labels of the clocks and what counts as supervised.
        regions: Label of each region.
        genders: Label of each gender.
    """
    region = cases["region"].map(dict(regions))
    minor = cases["minor_when_joined"].map({True: "Under 18 when joining", False: "Adult when joining"})
    status = dict.fromkeys(study.supervised, "Supervised") | dict.fromkeys(study.unsupervised, "Not supervised")
    found = [
        _dimension("region", "Origin", region),
        _dimension("gender", "Gender", cases["gender"].map(dict(genders)).str.capitalize()),
        _dimension("age", "Age", minor, ["Adult when joining", "Under 18 when joining"]),
    ]
    for clock, label in study.clocks.items():
        years = cases[f"{clock}_year"].astype("string")
        name = label.replace("Month", "Year")
        found.append(_dimension(f"{clock}_year", name, years, sorted(years.dropna().unique())))
    situation = cases["status_at_disclosure"].map(status)
    return [*found, _dimension("status", "When speaking", situation, ["Not supervised", "Supervised"])]


def subgroup_table(
    codes: pd.DataFrame, divided: list[Dimension], level: float = LEVEL, small: int = SMALL
) -> pd.DataFrame:
    """The share that voices each narrative, group by group.

    Args:
        codes: Adjudicated codes of the narratives, index `case_id`, one Int64 column each (1, 0, NA).
        divided: The ways to divide the people; cases of unknown group form a last group of their own.
        level: Confidence level of the Wilson interval, a share (0-1).
        small: Groups with fewer known cases than this are marked small.

    Returns:
        One row per dimension, group and narrative: `dimension`, `group`, `narrative`, `cases_in_group`, `n`,
        `denominator` (cases of the group with an adjudicated code), `share` (NaN if the denominator is 0),
        `low`, `high`, `small`, `cases`.
    """
    rows = []
    for dimension in divided:
        groups = dimension.groups.reindex(codes.index).astype("string").fillna(UNKNOWN)
        order = [*dimension.order, *([UNKNOWN] if groups.eq(UNKNOWN).any() else [])]
        for group in order:
            members = groups.eq(group).to_numpy(dtype=bool)
            for name in codes.columns:
                share = share_of(codes[name], level, members)
                row = (dimension.id, group, name, int(members.sum()), share.n, share.denominator, share.share)
                cases = case_ids(codes[name].where(members))
                rows.append((*row, *share.interval, share.denominator < small, cases))
    columns = ["dimension", "group", "narrative", "cases_in_group", "n", "denominator", "share", "low", "high"]
    return pd.DataFrame(rows, columns=[*columns, "small", "cases"])


def contrasts(codes: pd.DataFrame, divided: list[Dimension]) -> pd.DataFrame:
    """Of each dimension, the largest group against all others of known group, narrative by narrative.

    Args:
        codes: Adjudicated codes of the narratives, index `case_id`.
        divided: The ways to divide the people; a dimension with one known group is left out.

    Returns:
        One row per dimension and narrative: `dimension`, `group` (the one with most coded cases; the first
        in print order among equals), `narrative`, `n`, `denominator`, `share`, `rest_n`, `rest_denominator`,
        `rest_share`, `difference` (share minus rest), `p` (two-sided Fisher's exact test; Fisher 1935),
        `p_holm` (adjusted over all rows).
    """
    rows = []
    for dimension in divided:
        groups = dimension.groups.reindex(codes.index)
        coded = groups[codes.notna().all(axis=1)].value_counts().reindex(list(dimension.order), fill_value=0)
        if (coded > 0).sum() < 2:
            continue
        largest = str(coded.idxmax())
        inside = groups.eq(largest).fillna(False).to_numpy(dtype=bool)
        outside = groups.notna().to_numpy() & ~inside
        for name in codes.columns:
            group, rest = (share_of(codes[name], among=members) for members in (inside, outside))
            p = fisher_exact([[s.n, s.denominator - s.n] for s in (group, rest)]).pvalue
            row = (dimension.id, largest, name, group.n, group.denominator, group.share)
            rows.append((*row, rest.n, rest.denominator, rest.share, group.share - rest.share, float(p)))
    columns = ["dimension", "group", "narrative", "n", "denominator", "share"]
    table = pd.DataFrame(rows, columns=[*columns, "rest_n", "rest_denominator", "rest_share", "difference", "p"])
    return table.assign(p_holm=holm(table["p"]))
