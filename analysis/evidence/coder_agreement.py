"""Agreement of the coders as a table: every narrative and every motive for joining, with and without hinted cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.evidence.coders import hinted_cases, pools
from analysis.record.formats import count, decimal, percent
from analysis.record.record import Cell
from analysis.stats.agreement import COEFFICIENTS, landis_koch


def printed(table: pd.DataFrame, unhinted: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """A row per variable, from two `coders.agreement_table`: coefficients of all cases, kappa of the unhinted ones."""
    rows = []
    for variable, label in labels.items():
        found: dict[str, Any] = {name: table.loc[(variable, name)] for name in COEFFICIENTS}
        other: Any = unhinted.loc[(variable, "kappa")]
        said = {id_: f"{decimal(row.value)} ({decimal(row.low)} to {decimal(row.high)})" for id_, row in found.items()}
        rows.append(
            {
                "Code": label,
                "Cases": count(found["kappa"].n),
                "Same code": percent(found["percent"].value),
                "Kappa (95% interval)": said["kappa"],
                "Alpha": decimal(found["alpha"].value),
                "AC1 (95% interval)": said["ac1"],
                "Kappa, not hinted": f"{decimal(other.value)} ({count(other.n)})",
            }
        )
    return pd.DataFrame(rows)


def show(cell: Cell, data: Dataset, agreed: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Record kappa with its word per narrative, and the table `coder-agreement`; `agreed` as from `coders.agreed`."""
    study, candidates = data.study, pools(data)["all"]
    hinted = hinted_cases(data).intersection(candidates)
    cell.value("agreement.hinted", len(hinted), unit="count", cases=hinted)
    kappas, without = (agreed[pool].xs("kappa", level="coefficient")["value"] for pool in ("all", "unhinted"))
    for variable in study.narrative_variables:
        cell.value(f"agreement.{variable}.kappa", kappas[variable], unit="number")
        cell.value(f"agreement.{variable}.kappa_word", landis_koch(kappas[variable]), unit="phrase")
        cell.value(f"agreement.unhinted.{variable}.kappa", without[variable], unit="number")
    worst = str(kappas[study.narrative_variables].idxmin())
    cell.value("agreement.worst.label", study.label(worst).lower(), unit="phrase")
    cell.value("agreement.worst.kappa", kappas[worst], unit="number")
    names = {variable: study.label(variable) for variable in kappas.index}
    return cell.table(
        "coder-agreement",
        printed(agreed["all"], agreed["unhinted"], names),
        title="Agreement of the two coders",
        caption="Agreement of the two coders before adjudication, over the candidates that both could code (of "
        f"{len(candidates)} given to the second coder). Intervals: bootstrap over cases. Last column: kappa without "
        f"the {len(hinted)} cases whose earlier label named a narrative (cases left). For the motives for joining the "
        "first coder’s 0 means not stated, the second’s that motives were given and this was not among them; the "
        "comparison is rougher there.",
        align="lrrrrrr",
        widths=[26, 8, 10, 18, 9, 18, 12],
        cases=candidates,
        data=agreed["all"],
    )
