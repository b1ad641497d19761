"""The rules of the codings: a code has its evidence and its story, and a form only where reasons are reached."""

from __future__ import annotations

import pandas as pd

from analysis.data.problems import Problem
from analysis.data.schema import Tables
from analysis.data.study import Study

FILE = "data/codings.csv"


def coding_problems(tables: Tables, study: Study) -> list[Problem]:
    """What is wrong with single codes.

    Args:
        tables: Every table as text, by name, its lines as index.
        study: Gives the editions and their coders, the forms and the reach.
    """
    codings = tables["codings"]
    return [
        *_unlinked(codings, tables["case_stories"]),
        *_bare(codings, tables["cases"], study),
        *_beyond(codings, study),
    ]


def _unlinked(codings: pd.DataFrame, links: pd.DataFrame) -> list[Problem]:
    """Evidence that rests on a story which is not linked to its case."""
    pair = ["case_id", "story_id"]
    told = codings[pair].dropna(subset="story_id")
    linked = pd.MultiIndex.from_frame(told).isin(pd.MultiIndex.from_frame(links[pair]))
    way_out = "Add the link to data/case_stories.csv, or correct it here."
    return [
        Problem(FILE, int(str(line)), "story_id", f'"{story}" is not linked to {case}. {way_out}')
        for line, case, story in told[~linked].itertuples()
    ]


def _bare(codings: pd.DataFrame, cases: pd.DataFrame, study: Study) -> list[Problem]:
    """Codes of 1 without evidence or story, by coders of forms; people who were left out have no paraphrases."""
    variables = [code.variable for code in (*study.forms, *study.joining_motives)]
    left_out = cases.loc[cases["decision"] == "excluded", "case_id"]
    yes = codings[codings["coder"].isin(_coders_of_forms(study)) & codings["variable"].isin(variables)]
    yes = yes[(yes["value"] == "1") & ~yes["case_id"].isin(left_out)]
    return [
        Problem(FILE, int(str(line)), column, f"{case} {variable} is 1 by {coder}, but has no {what}. {way_out}")
        for column, what, way_out in (
            ("evidence", "evidence", "Say in one name-free sentence what was said, or change the code."),
            ("story_id", "story", "Name the story that it rests on, or change the code."),
        )
        for line, case, variable, coder in yes.loc[yes[column].isna(), ["case_id", "variable", "coder"]].itertuples()
    ]


def _beyond(codings: pd.DataFrame, study: Study) -> list[Problem]:
    """Forms that are coded although the same coder says that the text does not reach reasons."""
    by = pd.MultiIndex.from_frame(codings[["case_id", "coder"]])
    reach = codings[codings["variable"] == study.reach]
    reached = by.isin(pd.MultiIndex.from_frame(reach.loc[reach["value"] == "1", ["case_id", "coder"]]))
    forms = codings["variable"].isin([form.variable for form in study.forms]) & codings["coder"].isin(
        _coders_of_forms(study)
    )
    wrong = codings[forms & ~reached & codings["value"].notna()]
    way_out = f"Empty the code, or code {study.reach} as 1."
    return [
        Problem(FILE, int(str(line)), "value", f"{case} {form} is coded by {coder}, who reached no reasons. {way_out}")
        for line, case, form, coder in wrong[["case_id", "variable", "coder"]].itertuples()
    ]


def _coders_of_forms(study: Study) -> list[str]:
    return [coder for edition in study.editions if edition.coded == "forms" for coder in edition.everyone]
