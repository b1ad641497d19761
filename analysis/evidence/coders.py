"""Who is compared with whom: the pools of cases, and the agreement of the two coders in each."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.stats.agreement import agreement


def pools(dataset: Dataset) -> dict[str, pd.Index]:
    """The sets of cases over which agreement is measured, by name.

    Returns:
        `all`: every candidate the second coder was given; `core`: those on the core list; `unhinted` and
        `core_unhinted`: the same without cases whose earlier label named a code, so that it could have given the code
        away.
    """
    index, given = dataset.cases.index, dataset.given_to(dataset.study.second_coder)
    core, hinted = index.isin(dataset.core.index), index.isin(hinted_cases(dataset))
    return {
        "all": index[given],
        "core": index[given & core],
        "unhinted": index[given & ~hinted],
        "core_unhinted": index[given & core & ~hinted],
    }


def hinted_cases(dataset: Dataset) -> pd.Index:
    """The cases whose earlier label, shown to the second coder, hinted at a narrative."""
    hints = dataset.cases["description_hinted_at"].fillna("").str.split(";")
    named = [dataset.study.hint_that_names_a_code in map(str.strip, of_case) for of_case in hints]
    return dataset.cases.index[named]


def both_coded(dataset: Dataset, variable: str, cases: pd.Index) -> pd.DataFrame:
    """The first and second coder's values of the cases to which both gave one: index `case_id`, a column per coder.

    Args:
        dataset: The case list.
        variable: The variable coded, such as a narrative.
        cases: The cases considered. Codes are those before adjudication.
    """
    coders = [dataset.study.first_coder, dataset.study.second_coder]
    return pd.DataFrame({coder: dataset.coded([variable], coder, cases)[variable] for coder in coders}).dropna()


def agreement_table(dataset: Dataset, variables: Sequence[str], cases: pd.Index) -> pd.DataFrame:
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


def agreed(dataset: Dataset) -> dict[str, pd.DataFrame]:
    """Pool to the agreement on every narrative and every motive for joining, as `agreement_table` gives it."""
    variables = [*dataset.study.narrative_variables, *dataset.study.joining_variables]
    return {pool: agreement_table(dataset, variables, cases) for pool, cases in pools(dataset).items()}
