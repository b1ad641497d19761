"""What the two coders are compared on: the pools of cases, every variable, and who belongs on the list."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.data.dataset import Dataset
from analysis.stats.agreement import agreement, both_coded

YES, NO, UNCLEAR = "yes", "no", "unclear"


def pools(dataset: Dataset) -> dict[str, pd.Index]:
    """The sets of cases over which agreement is measured, by name.

    Returns:
        `all`: every candidate the second coder was given; `core`: those on the core list; `unhinted` and
        `core_unhinted`: the same without cases whose earlier label named a code, so that it could have given the code
        away.
    """
    index, given = dataset.cases.index, dataset.given_to(dataset.study.second_coder)
    core, hinted = (dataset.cases["decision"] == "core").to_numpy(), _hinted(dataset)
    return {
        "all": index[given],
        "core": index[given & core],
        "unhinted": index[given & ~hinted],
        "core_unhinted": index[given & core & ~hinted],
    }


def hinted_cases(dataset: Dataset) -> pd.Index:
    """The cases whose earlier label, shown to the second coder, hinted at a narrative."""
    return dataset.cases.index[_hinted(dataset)]


def _hinted(dataset: Dataset) -> NDArray[np.bool_]:
    place, different = pd.factorize(dataset.cases["description_hinted_at"])
    named = [dataset.study.hint_that_names_a_code in map(str.strip, hints.split(";")) for hints in different]
    return np.array([*named, False])[place]  # the last is taken where there is no hint


def agreement_table(dataset: Dataset, variables: list[str], cases: pd.Index) -> pd.DataFrame:
    """The four coefficients of every variable over the cases that both coders could code.

    Args:
        dataset: The case list.
        variables: The variables, in the order wanted.
        cases: A pool of cases.

    Returns:
        Index `variable`, `coefficient`; columns as `agreement` gives them. Variables that no case has from both are
        left out.
    """
    measured = {variable: both_coded(dataset, variable, cases) for variable in variables}
    tables = {variable: agreement(ratings) for variable, ratings in measured.items() if not ratings.empty}
    return pd.concat(tables, names=["variable"])


def reach(dataset: Dataset, cases: pd.Index) -> pd.DataFrame:
    """Whether each coder found the person's reasons in the text: 1 or 0, index `case_id`, a column per coder.

    A coder reached the reasons when any narrative has a value. Every case of the pool counts.
    """
    coders = [dataset.study.first_coder, dataset.study.second_coder]
    variables = dataset.study.narrative_variables
    found = {coder: dataset.coded(variables, coder, cases).notna().any(axis=1).astype("Int64") for coder in coders}
    return pd.DataFrame(found)


def eligibility_verdicts(dataset: Dataset) -> pd.DataFrame:
    """The second coder's answer to each rule of the list and overall: yes, no or unclear; index `case_id`.

    Overall it is `no` when any rule is answered no, `yes` when all are answered yes, else `unclear`.

    Returns:
        One column per rule (its variable) and `overall`.
    """
    rules = [code.variable for code in dataset.study.eligibility]
    codes = dataset.coded(rules, dataset.study.second_coder, pools(dataset)["all"])
    words = codes.apply(_in_words)
    overall = pd.Series(UNCLEAR, index=words.index).mask((words == YES).all(axis=1), YES)
    return words.assign(overall=overall.mask((words == NO).any(axis=1), NO))


def _in_words(codes: pd.Series[int]) -> pd.Series[str]:
    yes, no = (codes.eq(code).fillna(False) for code in (1, 0))
    return pd.Series(UNCLEAR, index=codes.index).mask(yes, YES).mask(no, NO)


def eligibility_against_decision(dataset: Dataset) -> pd.DataFrame:
    """The second coder's overall answer against the decision: rows yes, no, unclear; columns the decisions; cases.

    The decision was the adjudicator's, who saw both coders' evidence; it is no third independent opinion.
    """
    overall = eligibility_verdicts(dataset)["overall"]
    decided = dataset.cases.loc[overall.index, "decision"]
    table: pd.DataFrame = decided.groupby([overall, decided]).size().unstack(fill_value=0)
    return table.reindex(index=[YES, NO, UNCLEAR], fill_value=0).rename_axis(index="second_coder", columns="decision")


def eligibility_ratings(dataset: Dataset) -> pd.DataFrame:
    """The second coder's clear answers beside the decision, as 0 and 1: columns `second_coder` and `decision`.

    Decision 1 is core. Unclear answers are left out, so the denominator is the clear ones. A case on the later list
    is left out too: that decision is about its date.
    """
    overall = eligibility_verdicts(dataset)["overall"]
    decided = dataset.cases.loc[overall.index, "decision"]
    kept = (overall != UNCLEAR) & decided.isin(["core", "excluded"])
    both = {"second_coder": overall[kept] == YES, "decision": decided[kept] == "core"}
    return pd.DataFrame(both).astype(int)
