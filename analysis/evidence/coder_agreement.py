"""Agreement of the coders as a table: reach, every narrative and every motive for joining, in both editions."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.evidence.agreement import defined
from analysis.evidence.coders import agreement_table, given, hinted_cases, one_kind, variables_of
from analysis.record.formats import count, decimal, lowered, percent
from analysis.record.record import Cell
from analysis.stats.agreement import COEFFICIENTS


def unhinted(data: Dataset) -> pd.DataFrame:
    """Agreement of the first edition on the narratives, without the cases whose label had named one to its coder."""
    first = data.study.editions[0]
    cases = given(data, first).difference(hinted_cases(data))
    return agreement_table(data, first, data.study.narrative_variables, cases)


def printed(data: Dataset, agreed: pd.DataFrame, without: pd.DataFrame) -> pd.DataFrame:
    """A row per edition and variable: the coefficients with their intervals, and kappa `without` the hinted cases."""
    rows = []
    for edition in data.study.editions:
        hinted = edition == data.study.editions[0]
        of_edition = agreed.loc[edition.id]
        for variable, label in variables_of(data, edition).items():
            found: dict[str, Any] = {name: of_edition.loc[(variable, name)] for name in COEFFICIENTS}
            other: Any = without.loc[(variable, "kappa")] if hinted and (variable, "kappa") in without.index else None
            rows.append(
                {
                    "Coders": ", ".join(edition.coders),
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


def _with_limits(row: Any) -> str:
    if pd.isna(row["value"]):
        return "not defined"
    return f"{decimal(row['value'])} ({decimal(row['low'])} to {decimal(row['high'])})"


def show(cell: Cell, data: Dataset, agreed: pd.DataFrame) -> pd.DataFrame:
    """Record and return the table `coder-agreement`; `agreed` as from `coders.agreed`."""
    study, without = data.study, unhinted(data)
    first = study.editions[0]
    pools = [f"{count(len(given(data, one)))} in the {lowered(one.label)}" for one in study.editions]
    cases = [case for edition in study.editions for case in given(data, edition)]
    return cell.table(
        "coder-agreement",
        printed(data, agreed, without),
        title="Agreement of the coders in both editions",
        caption="Agreement of the two coders of each edition before the decision, over the accounts that both could "
        f"code (n; both were given {' and '.join(pools)}). Intervals: bootstrap over cases. {one_kind(study)} "
        f"Last column: kappa without the cases whose earlier label, shown to coder {first.coders[1]}, named a "
        f"narrative (cases left). Reach of {' and '.join(first.coders)} is derived: any code of a narrative. Motives "
        "for joining that a coder noted only where they are stated cannot be compared.",
        align="llrrrrrr",
        widths=[7, 22, 5, 7, 20, 20, 20, 11],
        cases=dict.fromkeys(cases),
        data=agreed,
    )
