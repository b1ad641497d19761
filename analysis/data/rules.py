"""The rules between tables: links resolve, dates agree, nobody counts twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from analysis.data.problems import Problem
from analysis.data.study import Study

Tables = dict[str, pd.DataFrame]


def line(index: Any) -> int:
    """The line in the file of a row of a freshly read table (header is line 1)."""
    return int(index) + 2


def link_problems(tables: Tables, resources: dict[str, dict[str, Any]]) -> list[Problem]:
    """Every cell that names a row of another table which is not there."""
    problems = []
    for name, resource in resources.items():
        for key in resource["schema"].get("foreignKeys", []):
            column, target = key["fields"][0], key["reference"]["resource"]
            known = tables[target][key["reference"]["fields"][0]].cat.categories
            cells = tables[name][column]
            unknown = cells.cat.categories.difference(known)
            for index, value in cells[cells.isin(unknown)].items() if len(unknown) else ():
                where = resources[target]["path"]
                message = f'"{value}" is not in data/{where}. Add the row there, or correct it here.'
                problems.append(Problem(f"data/{resource['path']}", line(index), column, message))
    return problems


def date_problems(cases: pd.DataFrame, study: Study) -> list[Problem]:
    """Dates that contradict each other or the decision on the case, each at its own precision."""
    columns = ["decision", "joined", "left", "first_public"]
    number = cases.groupby(columns, dropna=False, observed=True, sort=False).ngroup()
    different = cases.loc[~number.duplicated(), columns].astype(object)
    texts = different.where(different.notna(), None).to_numpy()
    wrong = dict(zip(number[different.index], (_contradictions(row, study) for row in texts), strict=True))
    said = {group: contradictions for group, contradictions in wrong.items() if contradictions}
    return [
        Problem("data/cases.csv", line(index), column, message)
        for index, group in number[number.isin(list(said))].items()
        for column, message in said[group]
    ]


def _contradictions(texts: Iterable[Any], study: Study) -> list[tuple[str, str]]:
    """What is wrong with the decision and the three dates of a case: pairs of column and message."""
    decision, joined, left, public = texts
    start, end, last = str(study.window.start), str(study.window.end), str(study.extension.end)
    found = []
    if left and public and _after(left, public):
        message = f'"{left}" is after the account was first public ({public}). Correct one of the two.'
        found.append(("left", message))
    if joined and left and _after(joined, left):
        found.append(("joined", f'"{joined}" is after the person left ({left}). Correct one of the two.'))
    if decision == "core" and (not public or _after(start, public) or _after(public, end)):
        shown = f'"{public}" is outside the window' if public else "the cell is empty"
        rule = f"but the case is core ({start} to {end}). Correct the date or the decision."
        found.append(("first_public", f"{shown}, {rule}"))
    if decision == "later" and public and not _after(public, end):
        rule = f"is not after {end}, but the case is later. Correct the date or the decision."
        found.append(("first_public", f'"{public}" {rule}'))
    if decision == "later" and public and _after(public, last):
        found.append(("first_public", f'"{public}" is after {last}. Correct the date, or exclude the case.'))
    return found


def _after(first: str, second: str) -> bool:
    """Whether the first date is after the second for certain, at the coarser precision of the two."""
    width = min(len(first), len(second))
    return first[:width] > second[:width]


def case_problems(tables: Tables, study: Study) -> list[Problem]:
    """Core and later cases without a story or a coding; reasons that contradict decisions."""
    cases, codings = tables["cases"], tables["codings"]
    final = codings[(codings["coder"] == study.final_coder) & codings["variable"].isin(study.narrative_variables)]
    pairs = final[["case_id", "variable"]].drop_duplicates()["case_id"].cat
    per_case = pd.Series(np.bincount(pairs.codes, minlength=len(pairs.categories)), index=pairs.categories)
    n_codings = per_case.reindex(cases["case_id"].astype(object), fill_value=0).to_numpy()
    kept = cases["decision"].isin(["core", "later"])
    no_story = kept & ~cases["case_id"].isin(tables["case_stories"]["case_id"].cat.categories)
    no_coding = kept & (n_codings != len(study.narratives))
    wrong_reason = kept != (cases["reason"] == "ok")
    wrong_duplicate = (cases["reason"] == "duplicate") != cases["duplicate_of"].notna()
    rules = [
        (no_story, "case_id", "has no story. Link one in data/case_stories.csv, or exclude the case."),
        (
            no_coding,
            "case_id",
            f"lacks a coding of some narrative by {study.final_coder}. Add the rows to data/codings.csv "
            "(value empty when the text does not reach it).",
        ),
        (wrong_reason, "reason", "has a reason that does not go with its decision. Correct one of the two."),
        (wrong_duplicate, "duplicate_of", "must name the row it repeats if it is a duplicate, and only then."),
    ]
    return [
        Problem("data/cases.csv", line(index), column, f"{case} {message}")
        for wrong, column, message in rules
        for index, case in cases.loc[wrong, "case_id"].items()
    ]


def story_problems(tables: Tables) -> list[Problem]:
    """Evidence that rests on a story which is not linked to its case."""
    links, codings = tables["case_stories"], tables["codings"]
    codings = codings[codings["story_id"].notna()]
    linked, told = (_pairs(table, links) for table in (links, codings))
    apart = codings[~told.isin(linked)]
    pairs = zip(apart.index, apart["case_id"], apart["story_id"], strict=True)
    return [
        Problem(
            "data/codings.csv",
            line(index),
            "story_id",
            f'"{story}" is not linked to {case}. Add the link to data/case_stories.csv, or correct it here.',
        )
        for index, case, story in pairs
    ]


def _pairs(table: pd.DataFrame, like: pd.DataFrame) -> pd.Series[int]:
    """One number per row for its case and story, the same for the same pair; below 0 where `like` has no such id."""
    case, story = (
        like[key].cat.categories.get_indexer(table[key].cat.categories).take(table[key].cat.codes)
        for key in ("case_id", "story_id")
    )
    number = case * len(like["story_id"].cat.categories) + story
    return pd.Series(np.where((case < 0) | (story < 0), -1, number), index=table.index, dtype=int)


def all_problems(tables: Tables, resources: dict[str, dict[str, Any]], study: Study) -> list[Problem]:
    """Every rule between tables that the data breaks."""
    return [
        *link_problems(tables, resources),
        *date_problems(tables["cases"], study),
        *case_problems(tables, study),
        *story_problems(tables),
    ]
