"""What the two coders of an edition coded: the accounts given to both, their pairs of values, and their agreement."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.study import Edition, Study
from analysis.record.formats import join_words
from analysis.stats.agreement import agreement

REACHED = "Reach of reasons"


def one_kind(study: Study) -> str:
    """What agreement can show, given who the coders are."""
    if study.human_coders:
        return f"Human coders: {join_words(study.human_coders)}; the others are automated and of one kind."
    return (
        "All coders are automated and of one kind, so agreement shows how repeatable the coding is, more than how two "
        "independent people would agree. No human has reviewed the codes yet."
    )


def given(dataset: Dataset, edition: Edition) -> pd.Index:
    """The cases given to both coders of an edition, those left out of the list among them."""
    one, other = edition.coders
    return dataset.cases.index[dataset.given_to(one) & dataset.given_to(other)]


def hinted_cases(dataset: Dataset) -> pd.Index:
    """The cases whose earlier label, shown to the first edition's second coder, hinted at a narrative."""
    hints = dataset.cases["description_hinted_at"].fillna("").str.split(";")
    named = [dataset.study.hint_that_names_a_code in map(str.strip, of_case) for of_case in hints]
    return dataset.cases.index[named]


def both_coded(dataset: Dataset, edition: Edition, variable: str, cases: pd.Index | None = None) -> pd.DataFrame:
    """The values of the cases to which both coders gave one: index `case_id`, a column a coder, before the decision.

    Args:
        dataset: The case list.
        edition: Whose coders.
        variable: The variable coded. Where an edition coded whole narratives, reach was not coded but is derived: 1
            where the coder gave any narrative a code.
        cases: The cases considered; by default those given to both.
    """
    cases = given(dataset, edition) if cases is None else cases
    return pd.DataFrame({coder: _values(dataset, edition, coder, variable, cases) for coder in edition.coders}).dropna()


def _values(dataset: Dataset, edition: Edition, coder: str, variable: str, cases: pd.Index) -> pd.Series[int]:
    study = dataset.study
    if variable == study.reach and edition.coded == "narratives":
        return dataset.coded(study.narrative_variables, coder, cases).notna().any(axis=1).astype("Int8")
    return dataset.coded([variable], coder, cases)[variable]


def variables_of(dataset: Dataset, edition: Edition) -> dict[str, str]:
    """What agreement is measured on in an edition, to its label: reach, the narratives, the motives for joining.

    A motive of which a coder wrote down only where it is stated, and never that it is not, cannot be compared.
    """
    study = dataset.study
    labels = {study.reach: REACHED, **study.narrative_labels}
    motives = {motive.variable: motive.label for motive in study.joining_motives}
    given_both = [(dataset.coded(list(motives), coder, dataset.cases.index) == 0).any() for coder in edition.coders]
    return labels | {name: label for name, label in motives.items() if all(zeros[name] for zeros in given_both)}


def agreement_table(
    dataset: Dataset, edition: Edition, variables: Sequence[str], cases: pd.Index | None = None
) -> pd.DataFrame:
    """The four coefficients of variables over the cases that both coders could code.

    Args:
        dataset: The case list.
        edition: Whose coders.
        variables: The variables, in the order wanted.
        cases: The cases considered; by default those given to both.

    Returns:
        Index `variable`, `coefficient`; columns as `agreement` gives them.
    """
    tables = {name: agreement(both_coded(dataset, edition, name, cases)) for name in variables}
    return pd.concat(tables, names=["variable"])


def agreed(dataset: Dataset) -> pd.DataFrame:
    """Agreement in every edition on all that both its coders coded: `agreement_table` with `edition` before it."""
    return pd.concat(
        {
            edition.id: agreement_table(dataset, edition, list(variables_of(dataset, edition)))
            for edition in dataset.study.editions
        },
        names=["edition"],
    )
