"""The narratives by how much of an account was read: number of stories, and their languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.study import Code
from analysis.narratives.codes import reached
from analysis.record.cell import Cell
from analysis.record.formats import FEW, of
from analysis.record.small_cells import HIDDEN, out_of, too_few, withheld
from analysis.stats.uncertainty import share_of

GROUPS = {
    "one": "One story",
    "two_three": "Two or three stories",
    "four_more": "Four stories or more",
    "english": "English only",
    "mixed": "English and other languages",
    "others": "Other languages only",
}


def reading_groups(dataset: Dataset, cases: pd.DataFrame) -> dict[str, dict[str, pd.Index]]:
    """The cases by how much of their account was read: a way of grouping to its groups.

    Returns:
        `stories`: one, two or three, four and more; `languages`: English only, English and others, others only.
    """
    stories, links = cases["n_stories"], dataset.case_stories
    english = links["story_id"].map(dataset.stories["language"]).eq("en")
    n_english = english.groupby(links["case_id"]).sum().reindex(cases.index, fill_value=0)
    every, some = n_english == stories, n_english > 0
    groups = {
        "stories": {"one": stories == 1, "two_three": stories.between(2, 3), "four_more": stories >= 4},
        "languages": {"english": every, "mixed": some & ~every, "others": ~some},
    }
    return {kind: {name: cases.index[rows] for name, rows in found.items()} for kind, found in groups.items()}


def shares_by_reading(
    codes: pd.DataFrame, groups: dict[str, dict[str, pd.Index]], variables: Sequence[Code]
) -> pd.DataFrame:
    """The share of each narrative, and of cases whose reasons are reached, by how much was read.

    From the decided codes of the narratives, index `case_id` of the list, and the `reading_groups`.

    Returns:
        Index `kind`, `group`, `variable` (`reached` first); `n`, `denominator` (for `reached` all cases of the group,
        else those whose reasons are reached), `share`, `low`, `high` (Wilson).
    """
    columns = codes[[code.variable for code in variables]]
    columns.insert(0, "reached", codes.index.isin(reached(codes)).astype(int))
    rows = {}
    for kind, members in groups.items():
        for group, cases in members.items():
            for variable, values in columns.items():
                rows[kind, group, variable] = share_of(values, among=codes.index.isin(cases)).row
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(["kind", "group", "variable"])


def printed(table: pd.DataFrame, variables: Sequence[Code]) -> pd.DataFrame:
    """A row per group, every share of `shares_by_reading` with its counts."""
    heads = {"reached": "Reasons reached", **{code.variable: code.label for code in variables}}
    rows: dict[str, dict[str, str]] = {}
    of_groups: Any = table.iterrows()
    for (_, group, variable), share in of_groups:
        said = of(share.n, share.denominator) if share.denominator else "no case"
        said = out_of(share.n, share.denominator) if too_few(share.n) else said
        rows.setdefault(group, {"Read": GROUPS[group]})[heads[variable]] = said
    return pd.DataFrame(list(rows.values()))


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record whose reasons were reached with one story and with many, and the table `reading`; return the table."""
    narratives, core = data.study.narratives, data.core
    codes = data.coded(data.study.narrative_variables)
    groups, found = reading_groups(data, core), reached(codes)
    for group in ("one", "four_more"):
        cases = groups["stories"][group]
        read = pd.Series(cases.isin(found), index=cases).astype("Int64")
        cell.share(f"missing.read.{group}.reached", share_of(read), cases.intersection(found))
    table = shares_by_reading(codes, groups, narratives)
    return cell.table(
        "reading",
        printed(table, narratives),
        title="The narratives by how much was read",
        caption=f"The narratives by how much of an account could be read, {len(core)} core cases: number of stories "
        "retrieved, and their languages. Reasons reached: of all cases of the row; narratives: of those whose reasons "
        f"are reached. Under {FEW} cases there are counts alone. {HIDDEN}",
        align="lr" + "r" * len(narratives),
        widths=[24, 16, *[15] * len(narratives)],
        cases=core.index,
        data=withheld(table, ("n", "share", "low", "high")),
    )
