"""Whether each coder's rows are all there: of a case every variable, of an edition every coder."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.data.problems import Problem
from analysis.data.schema import Tables
from analysis.data.study import Edition, Study

FILE = "data/codings.csv"
_GONE = "Restore the rows, or take the others out."


def completeness_problems(tables: Tables, study: Study) -> list[Problem]:
    """What is missing of a coder's rows.

    Args:
        tables: Every table as text, by name, its lines as index.
        study: Gives the editions, who coded in each, and which variables belong together.
    """
    codings = tables["codings"]
    return [
        *_partial(codings, study),
        *(problem for edition in study.editions for problem in _gone(tables["cases"], codings, edition)),
    ]


def _partial(codings: pd.DataFrame, study: Study) -> Iterator[Problem]:
    """Cases of which a coder coded some variables and not the others that he coded elsewhere.

    Whole narratives were coded in parts (not every case has joining motives), so that each part is held by itself.
    """
    whole = {coder for edition in study.editions if edition.coded == "narratives" for coder in edition.everyone}
    parts = {code.variable: "narratives" for code in study.narratives}
    parts |= {code.variable: "joining" for code in study.joining_motives}
    parts |= {code.variable: "eligibility" for code in study.eligibility}
    part = codings["variable"].map(parts).fillna("forms").where(codings["coder"].isin(whole), "all")
    for (coder, _), rows in codings.groupby([codings["coder"], part], observed=True):
        given = rows.groupby("case_id", sort=False, observed=True)["variable"]
        usual = rows["variable"].value_counts() * 2 > given.ngroups
        every = usual.index[usual]
        few = rows["variable"].isin(every).groupby(rows["case_id"], sort=False, observed=True).sum()
        for case in few.index[few < len(every)]:
            mine = given.get_group(case)
            lacks = [name for name in every if name not in set(mine)]
            named = f"{', '.join(lacks[:2])}{f' and {len(lacks) - 2} more' if len(lacks) > 2 else ''}"
            out = "Code them, or leave the value empty where the text does not reach it."
            says = f"{case} lacks {named} by {coder}, who coded the others. {out}"
            yield Problem(FILE, int(mine.index[0]), "variable", says, out)


def _gone(cases: pd.DataFrame, codings: pd.DataFrame, edition: Edition) -> Iterator[Problem]:
    """Cases that one of an edition's coders has and another lacks.

    Every case of an edition was given to its first coder and its decision, and to its second coder unless a column of
    the cases says otherwise (`seen_by_second`). Cases that one reader added and decided are named in `alone`.
    """
    first, second, final = edition.everyone
    has = {coder: set(codings.loc[codings["coder"] == coder, "case_id"].unique()) for coder in edition.everyone}
    given = set().union(*has.values())
    seen = given
    if column := edition.seen_by_second:
        seen = set(cases.loc[cases[column].notna(), "case_id"])
    due = {first: given | seen, second: seen | (has[second] - given), final: given | seen}
    alone = set(edition.alone)
    lines = cases.reset_index().set_index("case_id")["line"]
    for coder, expected in due.items():
        for case in sorted((expected - has[coder]) - alone):
            says = f"{case} has no rows by {coder} in data/codings.csv, though the edition gave it to {coder}. {_GONE}"
            yield Problem("data/cases.csv", int(lines.get(case, 0)), "case_id", says, f"{coder} {_GONE}")
    if column := edition.seen_by_second:
        for case in sorted(has[second] - seen):
            says = f"{case} has rows by {second}, but {column} is empty. Correct one of the two."
            yield Problem("data/cases.csv", int(lines.get(case, 0)), column, says)
