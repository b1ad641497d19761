"""The codebook in print: every variable with its meaning, as the data package defines it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.record.cell import Cell
from analysis.record.formats import lowered

ADDED = "rule, added"


def codebook(data: Dataset) -> pd.DataFrame:
    """Every column of cases and stories, every coded variable, every added rule: `Variable`, `Meaning`, `File`."""
    fields = {resource["name"]: resource["schema"]["fields"] for resource in data.descriptor["resources"]}
    rows = [(one["name"], _meaning(one), f"{name}.csv") for name in ("cases", "stories") for one in fields[name]]
    rows += [(name, meaning, "codings.csv") for name, meaning in _coded(data).items()]
    added = data.descriptor["study"].get("added_rules", [])
    rows += [(f"Rule {number}", rule, ADDED) for number, rule in enumerate(added, 1)]
    return pd.DataFrame(rows, columns=["Variable", "Meaning", "File"])


def _coded(data: Dataset) -> dict[str, str]:
    """What each coded variable means: narratives, reach, forms with their narrative, joining, eligibility, others."""
    study, labels = data.study, data.study.narrative_labels
    reach = data.descriptor["study"]["reach"]
    computed = "Narrative, computed" if study.edition.coded == "forms" else "Narrative"
    kinds = [(computed, study.narratives), ("Reason for joining", study.joining_motives)]
    meanings = {
        code.variable: f"{kind}: {code.label}. {code.definition}".strip() for kind, codes in kinds for code in codes
    }
    meanings[reach["variable"]] = f"Reach: {reach['definition']}"
    for form in study.forms:
        of = f"Form of {lowered(labels[form.narrative])}" if form.narrative else "Form of no narrative"
        meanings[form.variable] = f"{of}: {form.label}. {form.definition}".strip()
    meanings |= {code.variable: f"Eligibility: {code.label}." for code in study.eligibility}
    known = data.value_labels("codings", "variable")
    return meanings | {name: f"First edition only: {label}." for name, label in known.items() if name not in meanings}


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
        caption="Variables of the case list and of the codings, as the data package defines them, with the rules that "
        "the third coder added while deciding, marked as such. A code is 1 (voiced or stated), 0 "
        "(reasons or motives were given and this was not among them) or empty (the text retrieved does not reach it). "
        f"Narratives are computed from their forms. {data.descriptor['study'].get('narrative_rule', '')}".strip(),
        widths=[30, 56, 14],
    )
    return printed.tail()
