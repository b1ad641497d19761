"""Agreement of the coders as a table: reach, narratives and motives for joining, in editions and by further coders."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.study import Edition
from analysis.evidence.agreement import defined
from analysis.evidence.coders import (
    agreement_table,
    comparisons,
    given,
    hinted_cases,
    human_coded,
    one_kind,
    review,
    variables_of,
)
from analysis.record.cell import Cell
from analysis.record.formats import count, decimal, join_words, lowered, percent
from analysis.stats.agreement import COEFFICIENTS


def unhinted(data: Dataset) -> pd.DataFrame:
    """Agreement of the first edition on the narratives, without the cases whose label had named one to its coder."""
    first = data.study.editions[0]
    cases = given(data, first).difference(hinted_cases(data))
    return agreement_table(data, first, data.study.narrative_variables, cases)


def printed(data: Dataset, agreed: pd.DataFrame, without: pd.DataFrame) -> pd.DataFrame:
    """A row per comparison and variable: the coefficients with intervals, and kappa `without` the hinted cases."""
    rows = []
    for edition in comparisons(data):
        hinted = edition == data.study.editions[0]
        of_edition = agreed.loc[edition.id]
        for variable, label in variables_of(data, edition).items():
            if variable not in of_edition.index:
                none = dict.fromkeys(("Same code", "Kappa", "Alpha", "AC1", "Kappa, not hinted"), "–")
                rows.append({"Coders": _names(data, edition), "Code": label, "n": count(0)} | none)
                continue
            found: dict[str, Any] = {name: of_edition.loc[(variable, name)] for name in COEFFICIENTS}
            other: Any = without.loc[(variable, "kappa")] if hinted and (variable, "kappa") in without.index else None
            rows.append(
                {
                    "Coders": _names(data, edition),
                    "Code": label,
                    "n": count(found["kappa"]["n"]),
                    "Same code": percent(found["percent"]["value"]),
                    "Kappa": _with_limits(found["kappa"]),
                    "Alpha": _with_limits(found["alpha"]),
                    "AC1": _with_limits(found["ac1"]),
                    "Kappa, not hinted": "–" if other is None else f"{defined(other['value'])} ({count(other['n'])})",
                }
            )
    return pd.DataFrame(rows)


def _names(data: Dataset, pair: Edition) -> str:
    return ", ".join(f"{coder} (human)" if coder in data.human_coders else coder for coder in pair.coders)


def _with_limits(row: Any) -> str:
    if pd.isna(row["value"]):
        return "not defined"
    return f"{decimal(row['value'])} ({decimal(row['low'])} to {decimal(row['high'])})"


def show(cell: Cell, data: Dataset, agreed: pd.DataFrame) -> pd.DataFrame:
    """Record how many humans coded, and the table `coder-agreement`; return it. `agreed` as from `coders.agreed`."""
    study, without, pairs = data.study, unhinted(data), comparisons(data)
    cell.value("coders.human.n", len(data.human_coders), unit="count", cases=human_coded(data))
    cell.value("coders.human.sentence", review(data), unit="phrase", cases=human_coded(data))
    first = study.editions[0]
    pools = [f"{count(len(given(data, one)))} in the {lowered(one.label)}" for one in study.editions]
    cases = [case for pair in pairs for case in given(data, pair)]
    further = [f"{' and '.join(one.coders)} ({count(len(given(data, one)))})" for one in pairs[len(study.editions) :]]
    beside = (
        f"Set beside each other as well, with the accounts given to both: {join_words(further)}. " if further else ""
    )
    table = printed(data, agreed, without)
    table = table if study.hint_that_names_a_code else table.drop(columns=table.columns[-1])
    notes = {
        f"Last column: kappa without the cases whose earlier label, shown to coder {first.coders[1]}, named a "
        "narrative (cases left).": study.hint_that_names_a_code,
        f"Reach of {' and '.join(first.coders)} is derived: any code of a narrative.": first.coded != "forms",
        "Motives for joining that a coder noted only where they are stated cannot be compared.": study.joining_motives,
    }
    return cell.table(
        "coder-agreement",
        table,
        title="Agreement of the coders in "
        + ("both editions" if study.editions[1:] else f"the {lowered(first.label)}"),
        caption="Agreement of the two coders of each edition before the decision, over the accounts that both could "
        f"code (n; both were given {' and '.join(pools)}). Intervals: bootstrap over cases. {beside}{one_kind(data)}"
        + "".join(f" {said}" for said, holds in notes.items() if holds),
        align="llrrrrrr"[: len(table.columns)],
        widths=[7, 22, 5, 7, 20, 20, 20, 11][: len(table.columns)],
        cases=dict.fromkeys(cases),
        data=agreed,
    )
