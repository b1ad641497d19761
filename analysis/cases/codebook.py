"""The codebook in print: every variable with its meaning, as the data package defines it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.record.record import Cell


def codebook(data: Dataset) -> pd.DataFrame:
    """Every column of cases and stories and every coded variable: `Variable`, `Meaning`, `File`."""
    fields = {resource["name"]: resource["schema"]["fields"] for resource in data.descriptor["resources"]}
    rows = [(one["name"], _meaning(one), f"{name}.csv") for name in ("cases", "stories") for one in fields[name]]
    study = data.study
    kinds = {code.variable: "Narrative" for code in study.narratives}
    kinds |= {code.variable: "Reason for joining" for code in study.joining_motives}
    kinds |= {code.variable: detail.label for detail in study.details for code in detail.variables}
    kinds |= {code.variable: "Eligibility" for code in study.eligibility}
    definitions = {code.variable: code.definition for code in study.narratives}
    for name, label in data.value_labels("codings", "variable").items():
        kind, meaning = kinds.get(name, "Further detail"), f"{label}. {definitions.get(name, '')}".strip()
        rows.append((name, meaning if meaning.startswith(f"{kind}: ") else f"{kind}: {meaning}", "codings.csv"))
    return pd.DataFrame(rows, columns=["Variable", "Meaning", "File"])


def _meaning(field: dict[str, Any]) -> str:
    """What a column holds, with its values; a value that its label only spells out is not said twice."""
    named = [(category["value"], category["label"]) for category in field.get("categories", [])]
    values = [label if label.replace(" ", "_") == value else f"{value} ({label})" for value, label in named]
    listed = f" One of: {', '.join(values)}." if values else ""
    return f"{field.get('description', '')}{listed}".strip()


def show(cell: Cell, data: Dataset) -> pd.DataFrame:
    """Record the table `codebook`, and give its last rows."""
    printed = cell.table(
        "codebook",
        codebook(data),
        title="Codebook",
        caption="Variables of the case list and of the codings, as the data package defines them. A code is 1 (voiced "
        "or stated), 0 (reasons or motives were given and this was not among them) or empty (the text retrieved does "
        "not reach it).",
        align="lll",
        widths=[30, 56, 14],
    )
    return printed.tail()
