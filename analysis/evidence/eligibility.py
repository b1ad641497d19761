"""Who belongs on the list: the second coder's answers against the decision."""

from __future__ import annotations

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.evidence.coders import pools
from analysis.record.formats import plural
from analysis.record.record import Cell

YES, NO, UNCLEAR = "yes", "no", "unclear"


def verdicts(dataset: Dataset) -> pd.Series[str]:
    """The second coder's answer on each candidate, index `case_id`, over the rules of the list.

    It is `no` when any rule is answered no, `yes` when all are answered yes, else `unclear`.
    """
    rules = [code.variable for code in dataset.study.eligibility]
    codes = dataset.coded(rules, dataset.study.second_coder, pools(dataset)["all"])
    every, any_no = codes.eq(1).fillna(False).all(axis=1), codes.eq(0).fillna(False).any(axis=1)
    return pd.Series(UNCLEAR, index=codes.index, name="second_coder").mask(every, YES).mask(any_no, NO)


def against_decision(dataset: Dataset) -> pd.DataFrame:
    """The second coder's answer against the decision: rows yes, no, unclear; columns the decisions; cases.

    The decision was the adjudicator's, who saw both coders' evidence; it is no third independent opinion.
    """
    answers = verdicts(dataset)
    table = pd.crosstab(answers, dataset.cases.loc[answers.index, "decision"])
    return table.reindex(index=[YES, NO, UNCLEAR], fill_value=0)


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record the second coder's answers on the core cases, and those not coded; return the cross table."""
    table, answers = against_decision(data), verdicts(data)
    core = data.core.index.intersection(answers.index)
    for answer in table.index:
        cases = core[answers[core] == answer]
        cell.value(f"agreement.eligibility.{answer}_core", table.at[answer, "core"], unit="count", cases=cases)
    skipped = data.core.index.difference(answers.index)
    said = plural(len(skipped), "core case")
    cell.value("agreement.eligibility.core_not_coded", said, unit="text", cases=skipped)
    return table
