"""What two coders both coded: the accounts given to both, their pairs of values, and their agreement."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.problems import Lacking
from analysis.data.study import Edition
from analysis.record.formats import join_words, out_of
from analysis.stats.agreement import agreement

REACHED = "Reach of reasons"


def review(dataset: Dataset) -> str:
    """Whether humans have reviewed the codes, as one sentence."""
    if not dataset.human_coders:
        return "No human coder has reviewed the codes yet."
    n = out_of(len(human_coded(dataset)), len(dataset.core))
    return f"Human coders ({join_words(dataset.human_coders)}) have coded {n} core cases."


def one_kind(dataset: Dataset) -> str:
    """What agreement can show, given who the coders are."""
    if dataset.human_coders:
        return f"Human coders: {join_words(dataset.human_coders)}; the others are automated and of one kind."
    return (
        "All coders are automated and of one kind, so agreement shows how repeatable the coding is, more than how two "
        "independent people would agree. " + review(dataset)
    )


def human_coded(dataset: Dataset) -> pd.Index:
    """The core cases that at least one human coded."""
    core = dataset.core.index
    return core[core.isin(dataset.codings.loc[dataset.codings["coder"].isin(dataset.human_coders), "case_id"])]


def comparisons(dataset: Dataset) -> list[Edition]:
    """Every pair of coders that is compared, as an edition has it.

    The coders of each edition come first, then each further coder with everyone whom the study sets beside him
    (`compared_with`), as long as they have a case in common; where they have none, `paper data check` says so.
    """
    study = dataset.study
    further = [
        Edition(f"{one.id}-{other}", f"Coder {one.id} ({one.kind})", (one.id, other), study.final_coder, "forms")
        for one in study.further_coders
        for other in one.compared_with
    ]
    return [*study.editions, *(pair for pair in further if len(given(dataset, pair)))]


def given(dataset: Dataset, edition: Edition) -> pd.Index:
    """The cases given to both coders of an edition, those left out of the list among them."""
    one, other = edition.coders
    return dataset.cases.index[dataset.given_to(one) & dataset.given_to(other)]


def hinted_cases(dataset: Dataset) -> pd.Index:
    """The cases whose earlier label, shown to the first edition's second coder, hinted at a narrative."""
    if not dataset.study.hint_that_names_a_code:
        return dataset.cases.index[:0]
    hints = dataset.cases["description_hinted_at"].fillna("").str.split(";")
    named = [dataset.study.hint_that_names_a_code in map(str.strip, of_case) for of_case in hints]
    return dataset.cases.index[named]


def both_coded(dataset: Dataset, edition: Edition, variable: str, cases: pd.Index | None = None) -> pd.DataFrame:
    """The values of the cases to which both coders gave one: index `case_id`, a column a coder, before the decision.

    By default of the cases given to both. Who coded whole narratives did not code reach; it is derived: 1 where the
    coder gave any narrative a code.
    """
    cases = given(dataset, edition) if cases is None else cases
    return pd.DataFrame({coder: _values(dataset, coder, variable, cases) for coder in edition.coders}).dropna()


def _values(dataset: Dataset, coder: str, variable: str, cases: pd.Index) -> pd.Series[int]:
    study = dataset.study
    if variable == study.reach and coder not in study.coders_of_forms:
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
    """The four coefficients of variables over the cases that both coders could code, by default of those given to both.

    Index `variable` (in the order given), `coefficient`; columns as `agreement` gives them. A variable of which no case
    has a value by both coders has no rows.
    """
    pairs = {name: both_coded(dataset, edition, name, cases) for name in variables}
    return pd.concat({name: agreement(both) for name, both in pairs.items() if len(both)}, names=["variable"])


def agreed(dataset: Dataset) -> pd.DataFrame:
    """Agreement in every comparison on all that both its coders coded: `agreement_table` with `edition` before it."""
    pairs = [pair for pair in comparisons(dataset) if len(given(dataset, pair))]
    if not pairs:
        raise Lacking("data/codings.csv", "no account coded by two coders who are compared")
    return pd.concat(
        {pair.id: agreement_table(dataset, pair, list(variables_of(dataset, pair))) for pair in pairs},
        names=["edition"],
    )
